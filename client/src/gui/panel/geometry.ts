import type { Arrangement, Column, Side, Spot } from "./arrangement";
import { LEAST_WIDTH, MARGIN } from "./arrangement";

/** In pixels of the stage: what is below the titlebar. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a panel is drawn. One of top and bottom is null, and height is where the content decides. */
export interface Box {
  readonly left: number;
  readonly top: number | null;
  readonly bottom: number | null;
  readonly width: number;
  readonly height: number | null;
  readonly maxHeight: number;
  readonly docked: boolean;
  /** Its column is only a strip. */
  readonly away: boolean;
  readonly z: number;
}

export interface ColumnBox {
  readonly side: Side;
  /** In the arrangement. */
  readonly index: number;
  readonly left: number;
  readonly width: number;
  readonly collapsed: boolean;
  /** Those that are shown, and their rows in the arrangement. */
  readonly rows: readonly {
    readonly id: string;
    readonly row: number;
    readonly top: number;
    readonly height: number;
  }[];
}

export interface Plan {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly columns: readonly ColumnBox[];
  /** What the docked panels take of the picture. */
  readonly inset: { readonly left: number; readonly right: number };
}

/** What is left of a column that is collapsed. */
export const STRIP = 36;
/** So much of the picture stays, whatever is docked. */
const LEAST_PICTURE = 160;
/** The heading of a floating panel stays on the page. */
const HEAD = 48;

/** Works out where everything is. Panels that are not shown take no room. */
export function plan(a: Arrangement, shown: ReadonlySet<string>, page: Size, usual: number): Plan {
  const boxes = new Map<string, Box>();
  const columns = place(a, shown, page, usual);
  const inset = { left: 0, right: 0 };
  for (const column of columns) {
    inset[column.side] += column.width;
    for (const { id, top, height } of column.rows) {
      const { left, width, collapsed: away } = column;
      boxes.set(id, {
        left,
        width,
        top,
        bottom: null,
        height,
        maxHeight: height,
        docked: true,
        away,
        z: 0,
      });
    }
  }
  for (const [i, w] of a.windows.entries()) {
    if (!shown.has(w.id) || boxes.has(w.id)) continue;
    boxes.set(w.id, { ...floating(w.spot, w.width ?? usual, w.height, page, inset), z: i + 1 });
  }
  return { boxes, columns, inset };
}

function place(a: Arrangement, shown: ReadonlySet<string>, page: Size, usual: number): ColumnBox[] {
  const wanted = (["left", "right"] as const).flatMap((side) =>
    a[side]
      .map((column, index) => ({ side, index, column }))
      .filter(({ column }) => column.panels.some((id) => shown.has(id))),
  );
  const width = (c: Column) => (c.collapsed ? STRIP : (c.width ?? usual));
  const open = wanted.filter(({ column }) => !column.collapsed);
  const strips = (wanted.length - open.length) * STRIP;
  const sum = open.reduce((total, { column }) => total + width(column), 0);
  const room = Math.max(0, page.width - LEAST_PICTURE - strips);
  const squeeze = sum > room ? room / sum : 1;
  const taken = { left: 0, right: 0 };
  return wanted.map(({ side, index, column }) => {
    const w = Math.round(column.collapsed ? STRIP : width(column) * squeeze);
    const left = side === "left" ? taken.left : page.width - taken.right - w;
    taken[side] += w;
    return {
      side,
      index,
      left,
      width: w,
      collapsed: column.collapsed,
      rows: rows(column, shown, page.height),
    };
  });
}

function rows(column: Column, shown: ReadonlySet<string>, height: number): ColumnBox["rows"] {
  const all = column.panels
    .map((id, row) => ({ id, row, weight: column.weights[row] ?? 1 }))
    .filter(({ id }) => shown.has(id));
  const sum = all.reduce((total, { weight }) => total + weight, 0);
  let top = 0;
  return all.map(({ id, row, weight }) => {
    const end = Math.min(height, top + (height * weight) / sum);
    const box = { id, row, top: Math.round(top), height: Math.round(end) - Math.round(top) };
    top = end;
    return box;
  });
}

function floating(
  { side, x, edge, y }: Spot,
  wanted: number,
  height: number | null,
  page: Size,
  inset: { left: number; right: number },
): Omit<Box, "z"> {
  const from = inset.left;
  const to = Math.max(from + LEAST_WIDTH, page.width - inset.right);
  const width = Math.min(wanted, to - from);
  const left = clamp(side === "left" ? from + x : to - x - width, from, to - width);
  const away = clamp(y, 0, Math.max(0, page.height - HEAD));
  return {
    left,
    width,
    top: edge === "top" ? away : null,
    bottom: edge === "bottom" ? away : null,
    height: height === null ? null : Math.min(height, page.height - away),
    maxHeight: Math.max(HEAD, page.height - away - MARGIN),
    docked: false,
    away: false,
  };
}

function clamp(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

/**
 * The spot of a panel whose upper left corner was put somewhere. The side that is nearer holds it, so that it
 * stays there when the window is resized.
 */
export function spotAt(
  left: number,
  top: number,
  width: number,
  page: Size,
  inset: Plan["inset"],
): Spot {
  const room = page.width - inset.left - inset.right;
  const fromLeft = left - inset.left;
  const fromRight = room - fromLeft - width;
  const side = fromLeft < fromRight ? "left" : "right";
  return {
    side,
    x: clamp(side === "left" ? fromLeft : fromRight, 0, Math.max(0, room - width)),
    edge: "top",
    y: clamp(top, 0, Math.max(0, page.height - HEAD)),
  };
}

/** Where a panel goes that is let go of, and what is lit up meanwhile. */
export type Drop = {
  readonly light: { left: number; top: number; width: number; height: number };
} & (
  | { readonly kind: "edge"; readonly side: Side }
  | { readonly kind: "split"; readonly anchor: string; readonly where: "above" | "below" }
);

/** So near to an edge of the picture a panel docks there. */
const REACH = 28;

export function dropAt(
  id: string,
  x: number,
  y: number,
  p: Plan,
  page: Size,
  usual: number,
): Drop | null {
  const edges = [p.inset.left, page.width - p.inset.right] as const;
  for (const [side, edge] of [
    ["left", edges[0]],
    ["right", edges[1]],
  ] as const) {
    const outer = side === "left" ? x : page.width - x;
    if (outer >= REACH && Math.abs(x - edge) >= REACH) continue;
    const left = side === "left" ? edge : edge - usual;
    return { kind: "edge", side, light: { left, top: 0, width: usual, height: page.height } };
  }
  for (const { left, width, collapsed, rows: list } of p.columns) {
    if (collapsed || x < left || x > left + width) continue;
    const row = list.find(({ top, height }) => y >= top && y <= top + height);
    if (!row || row.id === id) return null;
    const where = y < row.top + row.height / 2 ? "above" : "below";
    const half = row.height / 2;
    const top = where === "above" ? row.top : row.top + half;
    return { kind: "split", anchor: row.id, where, light: { left, top, width, height: half } };
  }
  return null;
}

/** The place that panels stand in, with the plan for it. */
export interface Stage {
  readonly size: Size;
  /** The width of panels for which nobody has asked for another. */
  readonly usual: number;
  readonly plan: Plan;
}
