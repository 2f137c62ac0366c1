/** The opacities of a volume as a polyline, which a person edits. */

export interface Point {
  /** 0 is the low end of the range, 1 the high end. */
  readonly x: number;
  /** The opacity, 0 to 1. */
  readonly y: number;
}

export type Curve = readonly Point[];

export interface Changed {
  curve: Curve;
  /** The point that was added, or that is left in the place of the removed one. */
  at: number;
}

/** More points than this cannot be told apart. */
export const MAX_POINTS = 32;
/** Opacities are bytes; two rounded ones are off by that. */
const TOLERANCE = 1.01;

/** A polyline of few points that goes through these opacities (bytes), nearly. */
export function curveThrough(opacities: Uint8Array): Curve {
  const last = opacities.length - 1;
  if (last < 0) return curveThrough(new Uint8Array([0, 255]));
  if (last === 0) return curveThrough(new Uint8Array([opacities[0]!, opacities[0]!]));
  let kept = cornersOf(opacities, TOLERANCE);
  for (let off = 2; kept.length > MAX_POINTS; off *= 2) kept = cornersOf(opacities, off);
  settle(opacities, kept);
  return kept.map((i) => ({ x: i / last, y: opacities[i]! / 255 }));
}

/** Each piece of the line is as long as it can be without being farther off than that. */
function cornersOf(opacities: Uint8Array, off: number): number[] {
  const kept = [0];
  for (let a = 0; a < opacities.length - 1; a = kept.at(-1)!) kept.push(reach(opacities, a, off));
  return kept;
}

function reach(opacities: Uint8Array, a: number, off: number): number {
  let end = a + 1;
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let b = a + 1; b < opacities.length && least <= most; b++) {
    const rise = opacities[b]! - opacities[a]!;
    const slope = rise / (b - a);
    if (slope >= least && slope <= most) end = b;
    least = Math.max(least, (rise - off) / (b - a));
    most = Math.min(most, (rise + off) / (b - a));
  }
  return end;
}

/** The longest pieces reach a little beyond the true corners: back to those. */
function settle(opacities: Uint8Array, kept: number[]): void {
  for (let k = 1; k < kept.length - 1; k++) {
    const [before, after] = [kept[k - 1]!, kept[k + 1]!];
    const offAt = (i: number) => distance(opacities, before, i) + distance(opacities, i, after);
    let best = kept[k]!;
    for (let i = kept[k]!; i > Math.max(before, kept[k]! - BACK); i--) {
      if (offAt(i) < offAt(best)) best = i;
    }
    kept[k] = best;
  }
}

const BACK = 16;

/** The sum of how far opacities are from a piece of the line. */
function distance(opacities: Uint8Array, a: number, b: number): number {
  const slope = (opacities[b]! - opacities[a]!) / (b - a || 1);
  let sum = 0;
  for (let i = a + 1; i < b; i++) {
    sum += (opacities[a]! + slope * (i - a) - opacities[i]!) ** 2;
  }
  return sum;
}

/** The opacity at a place; where two points are above each other, the one at the right. */
export function opacityAt(curve: Curve, x: number): number {
  let k = 0;
  while (k < curve.length - 2 && curve[k + 1]!.x <= x) k++;
  const [a, b] = [curve[k]!, curve[k + 1]!];
  const width = b.x - a.x;
  const t = width > 0 ? Math.min(1, Math.max(0, (x - a.x) / width)) : 1;
  return a.y + t * (b.y - a.y);
}

/** The opacities at n places, as bytes. */
export function opacitiesOf(curve: Curve, n: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) =>
    Math.round(255 * opacityAt(curve, i / Math.max(1, n - 1))),
  );
}

/** Points stay between their neighbors, the first and the last at the ends. */
export function movePoint(curve: Curve, at: number, x: number, y: number): Curve {
  const old = curve[at];
  if (!old || !Number.isFinite(x + y)) return curve;
  const [low, high] = [curve[at - 1], curve[at + 1]];
  const to = low && high ? clamp(x, low.x, high.x) : old.x;
  return curve.with(at, { x: tidy(to), y: tidy(clamp(y, 0, 1)) });
}

/** null: there are too many. */
export function addPoint(curve: Curve, x: number, y: number): Changed | null {
  if (curve.length >= MAX_POINTS || !Number.isFinite(x + y)) return null;
  const place = tidy(clamp(x, 0, 1));
  const after = curve.findIndex((p) => p.x > place);
  const at = Math.max(1, after < 0 ? curve.length - 1 : after);
  return { curve: curve.toSpliced(at, 0, { x: place, y: tidy(clamp(y, 0, 1)) }), at };
}

/** A point on the longest piece of the line, where there is most room for one. */
export function addPointInGap(curve: Curve): Changed | null {
  let k = 0;
  const width = (i: number) => curve[i + 1]!.x - curve[i]!.x;
  for (let i = 1; i < curve.length - 1; i++) if (width(i) > width(k) + 1e-9) k = i;
  const x = (curve[k]!.x + curve[k + 1]!.x) / 2;
  return addPoint(curve, x, opacityAt(curve, x));
}

/** null: the point is an end, which stays. */
export function removePoint(curve: Curve, at: number): Changed | null {
  if (at <= 0 || at >= curve.length - 1) return null;
  return { curve: curve.toSpliced(at, 1), at: Math.min(at, curve.length - 2) };
}

function clamp(v: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, v));
}

/** Many steps of 0.01 are to be a round number. */
function tidy(v: number): number {
  return Math.round(v * 1e6) / 1e6;
}
