import "./docks.css";
import { type KeyboardEvent, useRef } from "react";
import { useCell, useGui } from "../context";
import { IconButton } from "../icons";
import { MIN_WIDTH, moveSplit, setCollapsed, setWidth } from "./arrangement";
import { ARROWS, usePointerDrag } from "./frame";
import type { ColumnBox, Stage } from "./geometry";
import { titleOf } from "./movePanel";
import { CONTROL_PANEL } from "./panelState";

const STEP = 16;

/** Controls of docked panels: resize dividers, and strips of minimized columns. */
export function Docks({ stage }: { stage: Stage }) {
  return stage.plan.columns.map((column) => (
    <Column key={`${column.side} ${column.index}`} column={column} stage={stage} />
  ));
}

function useTitles(column: ColumnBox): string[] {
  const { store, panel } = useGui();
  const label = useCell(panel.label) ?? "Controls";
  return column.rows.map(({ id }) =>
    id === CONTROL_PANEL ? label : (titleOf(store.element(id)?.props) ?? "Panel"),
  );
}

function Column({ column, stage }: { column: ColumnBox; stage: Stage }) {
  const { panel } = useGui();
  const titles = useTitles(column);
  const name = titles.join(", ");
  const { side, left, width, collapsed, rows } = column;
  const first = rows[0]!.id;
  if (collapsed) {
    return (
      <div className="vg-strip" data-side={side} style={{ left, width }}>
        <IconButton
          icon="chevron"
          label={`Open ${name}`}
          aria-expanded={false}
          onClick={() => panel.arrangement.update((a) => setCollapsed(a, first, false))}
        />
        <span aria-hidden>{name}</span>
      </div>
    );
  }
  const inner = side === "left" ? left + width : left;
  return (
    <>
      <Line
        label={`Width of ${name}`}
        upright
        style={{ left: inner }}
        now={width}
        least={MIN_WIDTH}
        most={Math.round(stage.size.width)}
        onMove={(by, from) =>
          panel.arrangement.update((a) => setWidth(a, first, from + (side === "left" ? by : -by)))
        }
      />
      {rows.slice(0, -1).map(({ id, row, top, height }, i) => (
        <Line
          key={id}
          label={`Height of ${titles[i]}`}
          style={{ left, width, top: top + height }}
          now={height}
          least={0}
          most={stage.size.height}
          onMove={(by, from) =>
            panel.arrangement.update((a) => {
              const is = a[side][column.index]?.weights;
              if (!is) return a;
              const sum = is.reduce((x, y) => x + y, 0);
              const part = (from + by) / stage.size.height - is[row]! / sum;
              return moveSplit(a, side, column.index, row, part);
            })
          }
        />
      ))}
    </>
  );
}

interface LineProps {
  label: string;
  upright?: boolean;
  style: { left?: number; top?: number; width?: number };
  now: number;
  least: number;
  most: number;
  /** Offset in pixels (right or down) since the drag began, and the size at that time. */
  onMove: (by: number, from: number) => void;
}

function Line({ label, upright = false, style, now, least, most, onMove }: LineProps) {
  const from = useRef(0);
  const drag = usePointerDrag({
    onMove: (_, dx, dy, first) => {
      if (first) from.current = now;
      onMove(upright ? dx : dy, from.current);
    },
  });
  const key = (e: KeyboardEvent) => {
    const by = ARROWS[e.key]?.[upright ? 0 : 1];
    if (!by) return;
    e.preventDefault();
    onMove(by * STEP, now);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> is not interactive; this divider can be moved.
    <div
      className="vg-line"
      role="separator"
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-label={label}
      aria-valuenow={Math.round(now)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      style={style}
      {...drag}
      onKeyDown={key}
    />
  );
}

/** Highlights the drop target of a dragged panel. */
export function DropHighlight() {
  const drop = useCell(useGui().panel.drop);
  return drop && <div className="vg-drop" style={drop.light} />;
}
