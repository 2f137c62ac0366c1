import "./movePanel.css";
import { Popover } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useCell, useGui } from "../context";
import { IconButton } from "../icons";
import { type Arrangement, dock, dockedAt, float, split, windowOf } from "./arrangement";
import { ARROWS } from "./frame";
import { type Stage, spotAt } from "./geometry";

const STEP = 16;

/** The keyboard alternative to dragging a panel: a menu of positions, and arrow keys for a floating panel. */
export function MovePanel({ id, name, stage }: { id: string; name: string; stage: Stage }) {
  const { panel } = useGui();
  const [opened, setOpened] = useState(false);
  const at = dockedAt(useCell(panel.arrangement), id);
  const go = (to: (a: Arrangement) => Arrangement) => () => {
    setOpened(false);
    panel.arrangement.update(to);
  };
  const places = [
    ["Dock left", go((a) => dock(a, id, "left")), at?.side === "left"],
    ["Dock right", go((a) => dock(a, id, "right")), at?.side === "right"],
    ["Float", () => [setOpened(false), panel.float(id)], at === null],
  ] as const;
  const key = (e: KeyboardEvent) => {
    const way = ARROWS[e.key];
    if (!way || opened) return;
    e.preventDefault();
    panel.arrangement.update((a) => nudge(a, id, stage, way[0] * STEP, way[1] * STEP));
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <IconButton
          icon="move"
          label={`Move ${name}`}
          aria-description="The arrow keys move it while it floats"
          data-arrows
          aria-expanded={opened}
          onClick={() => setOpened((o) => !o)}
          onKeyDown={key}
        />
      </Popover.Target>
      <Popover.Dropdown className="vg-places" p={4}>
        {places.map(([label, act, here]) => (
          <button key={label} type="button" aria-pressed={here} onClick={act}>
            {label}
          </button>
        ))}
        <Neighbors id={id} stage={stage} go={go} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface NeighborsProps {
  id: string;
  stage: Stage;
  go: (to: (a: Arrangement) => Arrangement) => () => void;
}

/** Menu items "Below …" for each docked panel. */
function Neighbors({ id, stage, go }: NeighborsProps) {
  const { store, panel } = useGui();
  const label = useCell(panel.label);
  const others = stage.plan.columns.flatMap(({ rows }) => rows.map((row) => row.id));
  return others
    .filter((other) => other !== id)
    .map((other) => (
      <button key={other} type="button" onClick={go((a) => split(a, id, other, "below"))}>
        Below {titleOf(store.element(other)?.props) ?? label ?? "Controls"}
      </button>
    ));
}

/** The name of a panel of the program: the labels of its tabs. */
export function titleOf(props: unknown): string | null {
  const labels = (props as { _tab_labels?: unknown } | undefined)?._tab_labels;
  return Array.isArray(labels) ? labels.map(String).join(", ") || "Panel" : null;
}

function nudge(a: Arrangement, id: string, stage: Stage, dx: number, dy: number): Arrangement {
  const box = stage.plan.boxes.get(id);
  if (!box || box.docked || !windowOf(a, id)) return a;
  const top = box.top ?? stage.size.height - (box.bottom ?? 0) - (box.height ?? box.maxHeight);
  const { size, plan } = stage;
  return float(a, id, spotAt(box.left + dx, top + dy, box.width, size, plan.inset));
}
