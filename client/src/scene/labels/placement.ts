/**
 * Positions of screen-sized labels, so that they do not overlap and stay inside the picture.
 *
 * A label that would overlap others at its anchor moves to a free position nearby; if there is none, it stays at
 * its anchor and is faded. Placed labels keep their position while possible, so that nothing flickers while the
 * camera moves: they are placed first, and change to a better position only with a minimum clearance. New labels
 * are placed nearest first.
 */
import type { Rect } from "./label";
import { Occupancy } from "./occupancy";

export interface Candidate<K> {
  key: K;
  /** Its projected anchor, in CSS pixels from the lower left corner. */
  x: number;
  y: number;
  /** From the camera. */
  depth: number;
  /** Its rectangle relative to the anchor. */
  box: Rect;
}

export interface Placed {
  /** Index of its position; -1: no free position. */
  position: number;
  shiftX: number;
  shiftY: number;
}

/** Margin at the edges of the picture. */
const EDGE = 2;
/** Clearance that a change of position needs. */
const SPARE = 4;
/** Vertical offset in label heights, and whether the label is mirrored to the anchor's other side. */
const POSITIONS = [
  [0, false],
  [1, false],
  [-1, false],
  [0, true],
  [1, true],
  [-1, true],
  [2, false],
  [-2, false],
  [2, true],
  [-2, true],
  [3, false],
  [-3, false],
] as const;

export class Placement<K> {
  /** Position indices of placed labels in the last picture. */
  private positions = new Map<K, number>();
  private readonly taken = new Occupancy();
  private width = 0;
  private height = 0;

  /** Returns a result for each candidate, in their order. */
  place(candidates: readonly Candidate<K>[], width: number, height: number): Placed[] {
    this.width = width;
    this.height = height;
    this.taken.reset(width, height);
    const out: Placed[] = [];
    const waiting: number[] = [];
    for (const [i, candidate] of candidates.entries()) {
      const position = this.positions.get(candidate.key);
      const fits = position !== undefined && this.take(i, candidate, position, 0);
      out.push(this.placed(candidate, fits ? position : -1));
      if (!fits) waiting.push(i);
    }
    waiting.sort((a, b) => candidates[a]!.depth - candidates[b]!.depth);
    for (const i of waiting) this.search(i, candidates[i]!, POSITIONS.length, out);
    for (const [i, { position }] of out.entries()) {
      if (position > 0) this.search(i, candidates[i]!, position, out);
    }
    this.positions = new Map();
    for (const [i, { position }] of out.entries()) {
      if (position >= 0) this.positions.set(candidates[i]!.key, position);
    }
    return out;
  }

  /** Uses the first free one of the first `count` positions. */
  private search(i: number, candidate: Candidate<K>, count: number, out: Placed[]): void {
    for (let position = 0; position < count; position++) {
      if (!this.take(i, candidate, position, SPARE)) continue;
      out[i] = this.placed(candidate, position);
      return;
    }
  }

  private take(i: number, candidate: Candidate<K>, position: number, spare: number): boolean {
    const rect = this.rectAt(candidate, position);
    if (!this.taken.free(rect, spare, i)) return false;
    this.taken.put(i, rect);
    return true;
  }

  private placed(candidate: Candidate<K>, position: number): Placed {
    const { x, y, box } = candidate;
    const [left, bottom] = this.rectAt(candidate, Math.max(0, position));
    return { position, shiftX: left - (x + box[0]), shiftY: bottom - (y + box[1]) };
  }

  private rectAt({ x, y, box }: Candidate<K>, position: number): Rect {
    const [heights, mirrored] = POSITIONS[position]!;
    const [left, bottom, w, h] = box;
    const dx = mirrored ? -(left + w) : left;
    const dy = bottom + heights * (h + SPARE + 1);
    return [inside(x, dx, w, this.width, false), inside(y, dy, h, this.height, true), w, h];
  }
}

/**
 * The start of a label along one axis: clamped to the picture while its anchor is inside. A label whose anchor
 * leaves the picture follows it, so that it does not disappear at once. One that is too large keeps its start visible.
 */
function inside(
  anchor: number,
  offset: number,
  size: number,
  extent: number,
  beginsAbove: boolean,
): number {
  const seen = Math.min(Math.max(anchor, 0), extent);
  const most = extent - EDGE - size;
  const least = EDGE;
  const clamped =
    most < least && beginsAbove ? most : Math.max(least, Math.min(most, seen + offset));
  return clamped + (anchor - seen);
}
