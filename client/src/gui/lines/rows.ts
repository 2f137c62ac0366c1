export type Cell = string | number | boolean | null;
export type Row = readonly Cell[];

const NO_CELLS: Row = [];

/** Parses a row from a line; an invalid one has no cells. */
export function parseRow(line: string): Row {
  try {
    const row: unknown = JSON.parse(line);
    return Array.isArray(row) ? row.map(cell) : NO_CELLS;
  } catch {
    return NO_CELLS;
  }
}

function cell(x: unknown): Cell {
  return typeof x === "string" || typeof x === "number" || typeof x === "boolean" ? x : null;
}

export function cellText(x: Cell | undefined): string {
  return x === null || x === undefined ? "" : String(x);
}

export interface Sorting {
  column: number;
  down: boolean;
}

/** The indices of the rows in display order. The sort is stable. */
export function sortedRows(
  lines: readonly string[],
  sorting: Sorting | null,
): readonly number[] | null {
  if (!sorting) return null;
  const { column, down } = sorting;
  const keys = lines.map((line) => parseRow(line)[column] ?? null);
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const order = keys.map((_, i) => i);
  const sign = down ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [keys[a]!, keys[b]!];
    // Missing values are last in both directions.
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b;
    const both = typeof x === "number" && typeof y === "number";
    return sign * (both ? x - y : compare(String(x), String(y))) || a - b;
  });
}

/** The first click sorts ascending, the second descending, the third removes sorting. */
export function nextSorting(now: Sorting | null, column: number): Sorting | null {
  if (now?.column !== column) return { column, down: false };
  return now.down ? null : { column, down: true };
}
