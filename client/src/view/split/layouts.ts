/** Which part of the stage each view has. */
import type { Box } from "../stage";

export const LAYOUTS = ["single", "columns", "rows", "main", "grid"] as const;

/**
 * One view; two, side by side or one above the other; a large one with two smaller ones; four. The views are numbered
 * in reading order.
 */
export type LayoutName = (typeof LAYOUTS)[number];

export const VIEWS: Readonly<Record<LayoutName, number>> = {
  single: 1,
  columns: 2,
  rows: 2,
  main: 3,
  grid: 4,
};

/** Where the stage is divided, from left to right and from top to bottom, 0 to 1. */
export interface Shares {
  x: number;
  y: number;
}

/** A line between views, that moves along an axis. */
export interface Divider {
  axis: keyof Shares;
  /** Without a width, or without a height. */
  box: Box;
}

export interface Arrangement {
  boxes: Box[];
  dividers: Divider[];
}

/** In CSS pixels: no view gets smaller, unless the stage is. */
const LEAST = 72;
/** An upright stage that is narrower than this has no two views side by side, except two small ones. */
const NARROW = 560;

export function isLayout(name: unknown): name is LayoutName {
  return LAYOUTS.includes(name as LayoutName);
}

export function arrange(
  layout: LayoutName,
  width: number,
  height: number,
  shares: Readonly<Shares>,
): Arrangement {
  const x = divide(width, shares.x);
  const y = divide(height, shares.y);
  const upright = width < NARROW && height > width;
  const [left, right] = [x, width - x];
  const [upper, lower] = [y, height - y];
  const box = (bx: number, by: number, w: number, h: number): Box => ({
    x: bx,
    y: by,
    width: w,
    height: h,
  });
  const alongX = (by: number, h: number): Divider => ({ axis: "x", box: box(x, by, 0, h) });
  const alongY = (bx: number, w: number): Divider => ({ axis: "y", box: box(bx, y, w, 0) });
  const stacked: Arrangement = {
    boxes: [box(0, 0, width, upper), box(0, y, width, lower)],
    dividers: [alongY(0, width)],
  };
  switch (layout) {
    case "single":
      return { boxes: [box(0, 0, width, height)], dividers: [] };
    case "rows":
      return stacked;
    case "columns":
      if (upright) return stacked;
      return {
        boxes: [box(0, 0, left, height), box(x, 0, right, height)],
        dividers: [alongX(0, height)],
      };
    case "main":
      if (upright) {
        return {
          boxes: [box(0, 0, width, upper), box(0, y, left, lower), box(x, y, right, lower)],
          dividers: [alongY(0, width), alongX(y, lower)],
        };
      }
      return {
        boxes: [box(0, 0, left, height), box(x, 0, right, upper), box(x, y, right, lower)],
        dividers: [alongX(0, height), alongY(x, right)],
      };
    case "grid":
      return {
        boxes: [
          box(0, 0, left, upper),
          box(x, 0, right, upper),
          box(0, y, left, lower),
          box(x, y, right, lower),
        ],
        dividers: [alongX(0, height), alongY(0, width)],
      };
  }
}

/** In whole pixels: views have no gap between them. */
function divide(length: number, share: number): number {
  const least = Math.min(LEAST, Math.floor(length / 2));
  return Math.min(Math.max(Math.round(length * share), least), length - least);
}
