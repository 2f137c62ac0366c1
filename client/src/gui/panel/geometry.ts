import type { Arrangement, Column, Side, Spot } from "./arrangement";
import { MARGIN, MIN_WIDTH } from "./arrangement";

/** Size in pixels of the stage: the page without the titlebar. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Rectangle of a panel. One of top and bottom is null; height is null if the content determines it. */
export interface Box {
  readonly left: number;
  readonly top: number | null;
  readonly bottom: number | null;
  readonly width: number;
  readonly height: number | null;
  readonly maxHeight: number;
  /** The side at which it is docked; null: it floats. */
  readonly docked: Side | null;
  /** Its column is minimized. */
  readonly away: boolean;
  readonly z: number;
}

/** The direction in which a panel goes when it is collapsed. Without a box it is a phone's sheet. */
export function collapsesTo(box: Box | null): Side | "up" | "down" {
  if (box?.docked) return box.docked;
  return box?.top == null ? "down" : "up";
}

export interface ColumnBox {
  readonly side: Side;
  /** Index in the arrangement. */
  readonly index: number;
  readonly left: number;
  readonly width: number;
  readonly collapsed: boolean;
  /** Visible panels, and their rows in the arrangement. */
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
  /** Space that docked panels take from the scene. */
  readonly inset: { readonly left: number; readonly right: number };
}

/** Width of a collapsed column. */
export const STRIP = 36;
/** Minimum width of the scene between docked panels. */
const MIN_SCENE_PX = 160;
/** Height of a floating panel's heading, which is kept on the page. */
const HEAD = 48;

/** Computes the layout. Hidden panels take no space. */
export function plan(
  a: Arrangement,
  shown: ReadonlySet<string>,
  page: Size,
  defaultWidth: number,
): Plan {
  const boxes = new Map<string, Box>();
  const columns = place(a, shown, page, defaultWidth);
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
        docked: column.side,
        away,
        z: 0,
      });
    }
  }
  for (const [i, w] of a.windows.entries()) {
    if (!shown.has(w.id) || boxes.has(w.id)) continue;
    boxes.set(w.id, {
      ...floating(w.spot, w.width ?? defaultWidth, w.height, page, inset),
      z: i + 1,
    });
  }
  return { boxes, columns, inset };
}

function place(
  a: Arrangement,
  shown: ReadonlySet<string>,
  page: Size,
  defaultWidth: number,
): ColumnBox[] {
  const wanted = (["left", "right"] as const).flatMap((side) =>
    a[side]
      .map((column, index) => ({ side, index, column }))
      .filter(({ column }) => column.panels.some((id) => shown.has(id))),
  );
  const width = (c: Column) => (c.collapsed ? STRIP : (c.width ?? defaultWidth));
  const open = wanted.filter(({ column }) => !column.collapsed);
  const strips = (wanted.length - open.length) * STRIP;
  const sum = open.reduce((total, { column }) => total + width(column), 0);
  const available = Math.max(0, page.width - MIN_SCENE_PX - strips);
  const squeeze = sum > available ? available / sum : 1;
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
  const to = Math.max(from + MIN_WIDTH, page.width - inset.right);
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
    docked: null,
    away: false,
  };
}

function clamp(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

/**
 * The spot of a panel for a position of its upper left corner. It is anchored to the nearer side, so that it stays
 * there when the window is resized.
 */
export function spotAt(
  left: number,
  top: number,
  width: number,
  page: Size,
  inset: Plan["inset"],
): Spot {
  const available = page.width - inset.left - inset.right;
  const fromLeft = left - inset.left;
  const fromRight = available - fromLeft - width;
  const side = fromLeft < fromRight ? "left" : "right";
  return {
    side,
    x: clamp(side === "left" ? fromLeft : fromRight, 0, Math.max(0, available - width)),
    edge: "top",
    y: clamp(top, 0, Math.max(0, page.height - HEAD)),
  };
}

/** Drop target of a dragged panel, and the rectangle to highlight. */
export type Drop = {
  readonly light: { left: number; top: number; width: number; height: number };
} & (
  | { readonly kind: "edge"; readonly side: Side }
  | { readonly kind: "split"; readonly anchor: string; readonly where: "above" | "below" }
);

/** Distance from an edge of the scene within which a panel docks. */
const DOCK_DISTANCE = 28;

export function dropAt(
  id: string,
  x: number,
  y: number,
  p: Plan,
  page: Size,
  defaultWidth: number,
): Drop | null {
  const edges = [p.inset.left, page.width - p.inset.right] as const;
  for (const [side, edge] of [
    ["left", edges[0]],
    ["right", edges[1]],
  ] as const) {
    const outer = side === "left" ? x : page.width - x;
    if (outer >= DOCK_DISTANCE && Math.abs(x - edge) >= DOCK_DISTANCE) continue;
    const left = side === "left" ? edge : edge - defaultWidth;
    return {
      kind: "edge",
      side,
      light: { left, top: 0, width: defaultWidth, height: page.height },
    };
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

/** The area for panels, with their layout. */
export interface Stage {
  readonly size: Size;
  /** Width of panels without a width of their own. */
  readonly defaultWidth: number;
  readonly plan: Plan;
}
