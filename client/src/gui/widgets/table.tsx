// biome-ignore-all lint/a11y/useSemanticElements: the rows of a <table> cannot be positioned individually.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and refers to the active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys.
import "./lines.css";
import { type KeyboardEvent, useContext, useId, useMemo, useRef, useState } from "react";
import { PhoneContext, useCell, useGui } from "../context";
import { Lines } from "../lines/lines";
import { cellText, nextSorting, parseRow, type Sorting, sortedRows } from "../lines/rows";
import { MAX_PX, VirtualRows } from "../lines/virtual";
import type { ElementOf } from "../store/elements";
import { list, num, str, strOrNull } from "../store/read";

const ROW_PX = 26;
const ROW_PX_PHONE = 44;

/** A table with any number of rows. Arrow keys move through it, Enter and clicks select a row, if the user may do so. */
export function TableWidget({ el }: { el: ElementOf<"GuiTableMessage"> }) {
  const { store, readOnly: onlyLooks } = useGui();
  const readOnly = useCell(onlyLooks);
  const { props, uuid } = el;
  const rowHeight = useContext(PhoneContext) ? ROW_PX_PHONE : ROW_PX;
  const id = useId();
  const [box, setBox] = useState<HTMLElement | null>(null);
  const reader = useRef(new Lines());
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [active, setActive] = useState(-1);
  const lines = useMemo(() => reader.current.read(props.rows), [props.rows]);
  const order = useMemo(() => sortedRows(lines, sorting), [lines, sorting]);
  const columns = list(props.columns).map((c) => str(c));
  const title = strOrNull(props.label);
  // Headings are aligned with their column: right if its first cell is a number.
  const first = useMemo(() => (lines[0] === undefined ? [] : parseRow(lines[0])), [lines]);

  const choose = (place: number) => {
    if (readOnly || place < 0 || place >= lines.length) return;
    setActive(place);
    store.press(uuid, order ? order[place]! : place);
  };
  const go = (place: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, place));
    setActive(next);
    reveal(box, next, rowHeight, lines.length);
  };
  const keys = (e: KeyboardEvent) => {
    if (e.target !== e.currentTarget) return;
    const page = Math.max(1, Math.floor(num(props.height, 240) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: lines.length - 1,
    };
    const next = steps[e.key];
    if (next !== undefined) go(next);
    else if (e.key === "Enter" || e.key === " ") choose(active);
    else return;
    e.preventDefault();
  };

  return (
    <div className="vg-table-box">
      {title && <div className="vg-lines-title">{title}</div>}
      <div
        ref={setBox}
        className="vg-lines vg-table"
        role="grid"
        tabIndex={0}
        aria-label={title ?? "Table"}
        aria-rowcount={lines.length + 1}
        aria-readonly={readOnly || undefined}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        style={{ height: num(props.height, 240), "--vg-columns": columns.length }}
        onKeyDown={keys}
      >
        <div role="row" data-head>
          {columns.map((name, column) => {
            const here = sorting?.column === column;
            const way = sorting?.down ? "descending" : "ascending";
            return (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may have equal names.
                key={column}
                role="columnheader"
                aria-sort={here ? way : "none"}
                data-number={typeof first[column] === "number" || undefined}
              >
                <button type="button" onClick={() => setSorting(nextSorting(sorting, column))}>
                  {name}
                  {here && <span aria-hidden>{sorting?.down ? " ▾" : " ▴"}</span>}
                </button>
              </div>
            );
          })}
        </div>
        <VirtualRows
          box={box}
          count={lines.length}
          rowHeight={rowHeight}
          row={(place, top) => (
            <div
              key={place}
              id={`${id}-${place}`}
              role="row"
              aria-rowindex={place + 2}
              aria-selected={place === active}
              style={{ top, height: rowHeight }}
              onClick={() => choose(place)}
            >
              {cells(lines[order ? order[place]! : place]!, columns.length)}
            </div>
          )}
        />
      </div>
      <div className="vg-lines-foot">
        {lines.length.toLocaleString("en")} {lines.length === 1 ? "row" : "rows"}
      </div>
    </div>
  );
}

function cells(line: string, count: number) {
  const row = parseRow(line);
  return Array.from({ length: count }, (_, i) => {
    const text = cellText(row[i]);
    return (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is identified by its column.
        key={i}
        role="gridcell"
        title={text}
        data-number={typeof row[i] === "number" || undefined}
      >
        {text}
      </div>
    );
  });
}

/** Scrolls the row into view, below the heading. */
function reveal(box: HTMLElement | null, place: number, rowHeight: number, count: number): void {
  if (!box) return;
  const head = box.querySelector<HTMLElement>("[data-head]")?.offsetHeight ?? 0;
  const squeezed = Math.min(1, MAX_PX / (count * rowHeight));
  const top = place * rowHeight * squeezed;
  const visibleHeight = box.clientHeight - head;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + visibleHeight)
    box.scrollTop = top + rowHeight - visibleHeight;
}
