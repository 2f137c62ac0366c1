/**
 * The layout of panels on a wide page. An Arrangement is immutable; every function here returns a new one, or the
 * same if nothing changes.
 */
export type Side = "left" | "right";

/** Position of a floating panel: its distances from two edges of the scene, in pixels. */
export interface Spot {
  readonly side: Side;
  readonly x: number;
  readonly edge: "top" | "bottom";
  readonly y: number;
}

export interface Window {
  readonly id: string;
  readonly spot: Spot;
  /** Pixels; null: from the theme (width) or the content (height). */
  readonly width: number | null;
  readonly height: number | null;
  readonly collapsed: boolean;
}

/** A column of docked panels. */
export interface Column {
  readonly panels: readonly string[];
  /** Relative height of each. */
  readonly weights: readonly number[];
  readonly width: number | null;
  /** Minimized to a strip. */
  readonly collapsed: boolean;
}

export interface Arrangement {
  /** All panels, including docked ones; floating ones are stacked in this order. */
  readonly windows: readonly Window[];
  /** From the edge of the page inward. */
  readonly left: readonly Column[];
  readonly right: readonly Column[];
}

export const MARGIN = 12;
export const MIN_WIDTH = 160;
export const MIN_HEIGHT = 80;
const MAX_SIZE = 4000;
/** Safety limit: more panels than this are not shown. */
export const MAX_PANELS = 256;

export const EMPTY: Arrangement = { windows: [], left: [], right: [] };

export function windowOf(a: Arrangement, id: string): Window | undefined {
  return a.windows.find((w) => w.id === id);
}

export interface Docked {
  readonly side: Side;
  readonly column: number;
  readonly row: number;
}

export function dockedAt(a: Arrangement, id: string): Docked | null {
  for (const side of ["left", "right"] as const) {
    for (const [column, { panels }] of a[side].entries()) {
      const row = panels.indexOf(id);
      if (row >= 0) return { side, column, row };
    }
  }
  return null;
}

/** Whether a panel is collapsed; a docked one is collapsed with its column. */
export function isCollapsed(a: Arrangement, id: string): boolean {
  const at = dockedAt(a, id);
  if (at) return a[at.side][at.column]!.collapsed;
  return windowOf(a, id)?.collapsed ?? false;
}

/** Adds a new panel. */
export function add(a: Arrangement, id: string, spot: Spot): Arrangement {
  if (windowOf(a, id) || a.windows.length >= MAX_PANELS) return a;
  const fresh: Window = { id, spot, width: null, height: null, collapsed: false };
  return { ...a, windows: [...a.windows, fresh] };
}

export function remove(a: Arrangement, id: string): Arrangement {
  if (!windowOf(a, id)) return a;
  return { ...undock(a, id), windows: a.windows.filter((w) => w.id !== id) };
}

function change(a: Arrangement, id: string, to: Partial<Window>): Arrangement {
  return { ...a, windows: a.windows.map((w) => (w.id === id ? { ...w, ...to } : w)) };
}

function changeColumn(a: Arrangement, side: Side, index: number, to: Partial<Column>): Arrangement {
  return { ...a, [side]: a[side].map((c, i) => (i === index ? { ...c, ...to } : c)) };
}

function undock(a: Arrangement, id: string): Arrangement {
  const at = dockedAt(a, id);
  if (!at) return a;
  const old = a[at.side][at.column]!;
  const keep = (_: unknown, i: number) => i !== at.row;
  const panels = old.panels.filter(keep);
  if (panels.length === 0) return { ...a, [at.side]: a[at.side].filter((_, i) => i !== at.column) };
  return changeColumn(a, at.side, at.column, { panels, weights: old.weights.filter(keep) });
}

/** Docks a panel at an edge, inward of what is docked there. */
export function dock(a: Arrangement, id: string, side: Side): Arrangement {
  const width = windowOf(a, id)?.width;
  if (width === undefined) return a;
  const rest = undock(a, id);
  const column: Column = { panels: [id], weights: [1], width, collapsed: false };
  return { ...rest, [side]: [...rest[side], column] };
}

/** Docks a panel above or below another one; if that one floats, at the right edge. */
export function split(
  a: Arrangement,
  id: string,
  anchor: string,
  where: "above" | "below",
): Arrangement {
  if (!windowOf(a, id) || id === anchor) return a;
  const rest = undock(a, id);
  const at = dockedAt(rest, anchor);
  if (!at) return dock(a, id, "right");
  const { panels, weights } = rest[at.side][at.column]!;
  const row = where === "above" ? at.row : at.row + 1;
  // They share the neighbor's height.
  const half = weights[at.row]! / 2;
  const shared = weights.with(at.row, half);
  return changeColumn(rest, at.side, at.column, {
    panels: panels.toSpliced(row, 0, id),
    weights: shared.toSpliced(row, 0, half),
    collapsed: false,
  });
}

export function float(a: Arrangement, id: string, spot: Spot): Arrangement {
  if (!windowOf(a, id)) return a;
  return raise(change(undock(a, id), id, { spot }), id);
}

/** Moves a panel to the top of the floating ones. */
export function raise(a: Arrangement, id: string): Arrangement {
  const top = windowOf(a, id);
  if (!top || a.windows.at(-1) === top) return a;
  return { ...a, windows: [...a.windows.filter((w) => w !== top), top] };
}

export function setWidth(a: Arrangement, id: string, pixels: number | null): Arrangement {
  const width = within(pixels, MIN_WIDTH);
  const at = dockedAt(a, id);
  return at
    ? changeColumn(change(a, id, { width }), at.side, at.column, { width })
    : change(a, id, { width });
}

export function setHeight(a: Arrangement, id: string, pixels: number | null): Arrangement {
  return change(a, id, { height: within(pixels, MIN_HEIGHT) });
}

export function setCollapsed(a: Arrangement, id: string, collapsed: boolean): Arrangement {
  if (isCollapsed(a, id) === collapsed) return a;
  const at = dockedAt(a, id);
  return at ? changeColumn(a, at.side, at.column, { collapsed }) : change(a, id, { collapsed });
}

/** Moves the divider between two neighbors in a column by a fraction of the column's height, down is positive. */
export function moveSplit(
  a: Arrangement,
  side: Side,
  index: number,
  row: number,
  part: number,
): Arrangement {
  const column = a[side][index];
  const above = column?.weights[row];
  const below = column?.weights[row + 1];
  if (!column || above === undefined || below === undefined) return a;
  const sum = column.weights.reduce((x, y) => x + y, 0);
  const least = Math.min(0.1 * sum, above, below);
  const next = Math.min(above + below - least, Math.max(least, above + part * sum));
  const weights = column.weights.with(row, next).with(row + 1, above + below - next);
  return changeColumn(a, side, index, { weights });
}

function within(pixels: number | null, least: number): number | null {
  return pixels === null ? null : Math.min(MAX_SIZE, Math.max(least, pixels));
}

/** Parses an arrangement that was stored as JSON; null: invalid. */
export function parse(stored: unknown): Arrangement | null {
  if (!isRecord(stored) || !Array.isArray(stored.windows)) return null;
  if (stored.windows.length > MAX_PANELS || !stored.windows.every(isWindow)) return null;
  const columns = [stored.left, stored.right];
  if (!columns.every((list) => Array.isArray(list) && list.every(isColumn))) return null;
  const a = stored as unknown as Arrangement;
  const docked = [...a.left, ...a.right].flatMap((c) => c.panels);
  const once = new Set(docked).size === docked.length;
  return once && docked.every((id) => windowOf(a, id)) ? a : null;
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null;
}

const isSize = (x: unknown) => x === null || (typeof x === "number" && Number.isFinite(x));
const isNumber = (x: unknown) => x !== null && isSize(x);

function isWindow(w: unknown): boolean {
  if (!isRecord(w) || !isRecord(w.spot) || typeof w.id !== "string") return false;
  const { side, edge, x, y } = w.spot;
  const placed = (side === "left" || side === "right") && (edge === "top" || edge === "bottom");
  return placed && isNumber(x) && isNumber(y) && isSize(w.width) && isSize(w.height);
}

function isColumn(c: unknown): boolean {
  if (!isRecord(c) || !Array.isArray(c.panels) || !Array.isArray(c.weights)) return false;
  const paired = c.panels.length > 0 && c.panels.length === c.weights.length;
  const named = c.panels.every((id) => typeof id === "string");
  return paired && named && c.weights.every((w) => isNumber(w) && w > 0) && isSize(c.width);
}
