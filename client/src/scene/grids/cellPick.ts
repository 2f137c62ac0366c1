/** Which voxel a ray meets. */
import { type Cells, cellAt } from "./mesher";

type Three = readonly [number, number, number];

export interface CellHit {
  /** Along the ray, in lengths of `direction`. */
  t: number;
  /** The cell's place in `sorted`. */
  place: number;
}

/** Above so many steps all cells are tested instead. */
const MAX_STEPS = 20_000;

/** The first occupied cell of a ray, which is in cells from the origin of the cells on. */
export function pickCell(cells: Cells, origin: Three, direction: Three): CellHit | null {
  const { size, sorted } = cells;
  const range = slab(origin, direction, [0, 0, 0], size);
  if (!range) return null;
  if (size[0] + size[1] + size[2] > MAX_STEPS) return testAll(sorted, origin, direction);
  let t = Math.max(0, range[0]);
  const at = [0, 0, 0];
  const next = [0, 0, 0]; // where the ray enters the next cell along each axis
  for (let k = 0; k < 3; k++) {
    const d = direction[k]!;
    at[k] = Math.min(size[k]! - 1, Math.max(0, Math.floor(origin[k]! + t * d)));
    next[k] = d === 0 ? Infinity : (at[k]! + Number(d > 0) - origin[k]!) / d;
  }
  for (;;) {
    const place = cellAt(sorted, at[0]!, at[1]!, at[2]!);
    if (place >= 0) return { t, place };
    const k = next[0]! <= next[1]! ? (next[0]! <= next[2]! ? 0 : 2) : next[1]! <= next[2]! ? 1 : 2;
    t = next[k]!;
    const step = direction[k]! > 0 ? 1 : -1;
    at[k]! += step;
    if (!(t <= range[1]) || at[k]! < 0 || at[k]! >= size[k]!) return null;
    next[k] = (at[k]! + Number(step > 0) - origin[k]!) / direction[k]!;
  }
}

function testAll(sorted: Int32Array, origin: Three, direction: Three): CellHit | null {
  let best: CellHit | null = null;
  for (let i = 0; i < sorted.length; i += 3) {
    const low: Three = [sorted[i]!, sorted[i + 1]!, sorted[i + 2]!];
    const range = slab(origin, direction, low, [low[0] + 1, low[1] + 1, low[2] + 1]);
    const t = range && Math.max(0, range[0]);
    if (t !== null && (!best || t < best.t)) best = { t, place: i / 3 };
  }
  return best;
}

/** From where to where a ray is in a box; null: nowhere in front of its origin. */
export function slab(
  origin: Three,
  direction: Three,
  low: Three,
  high: Three,
): readonly [number, number] | null {
  let near = -Infinity;
  let far = Infinity;
  for (let k = 0; k < 3; k++) {
    const [o, d] = [origin[k]!, direction[k]!];
    if (d === 0) {
      if (o < low[k]! || o > high[k]!) return null;
      continue;
    }
    const [a, b] = [(low[k]! - o) / d, (high[k]! - o) / d];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far && far >= 0 ? [near, far] : null;
}
