/** A uniform grid over the points of a cloud. */

/** Three numbers per point, or the bits of three half floats. */
export type Coordinates = Float32Array | Uint16Array;

export interface Grid {
  /** Indices of the points, cell by cell. Points that are not finite are in none. */
  readonly order: Uint32Array;
  /** Start of each cell's points in `order`, and the end of the last one's. */
  readonly starts: Uint32Array;
  /** Center and radius of each cell's bounding sphere. */
  readonly bounds: Float32Array;
}

const POINTS_A_CELL = 64;

/** `at` returns coordinate k, of 3 * count. */
export function makeGrid(count: number, at: (k: number) => number): Grid {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  const finite = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(0 * (at(3 * i) + at(3 * i + 1) + at(3 * i + 2)))) continue;
    finite[i] = 1;
    for (let a = 0; a < 3; a++) {
      const v = at(3 * i + a);
      if (v < min[a]!) min[a] = v;
      if (v > max[a]!) max[a] = v;
    }
  }
  const cells = cellsAlong(
    max.map((v, a) => Math.max(0, v - min[a]!)),
    count / POINTS_A_CELL,
  );
  const scale = cells.map((n, a) => (max[a]! > min[a]! ? n / (max[a]! - min[a]!) : 0));
  const cellOf = (i: number) => {
    let cell = 0;
    for (let a = 2; a >= 0; a--) {
      const along = Math.floor((at(3 * i + a) - min[a]!) * scale[a]!);
      cell = cell * cells[a]! + Math.min(cells[a]! - 1, Math.max(0, along));
    }
    return cell;
  };
  return sorted(count, cells[0]! * cells[1]! * cells[2]!, finite, cellOf, at);
}

/** Numbers of cells along each axis: about `wanted` in total, as cubic as possible. */
function cellsAlong(size: number[], wanted: number): number[] {
  const cells = [1, 1, 1];
  // A flat cloud is divided along two axes only.
  const axes = [0, 1, 2].filter((a) => size[a]! > 1e-6 * Math.max(...size));
  if (axes.length === 0) return cells;
  const volume = axes.reduce((v, a) => v * size[a]!, 1);
  const side = (volume / Math.max(1, wanted)) ** (1 / axes.length);
  for (const a of axes) cells[a] = Math.max(1, Math.min(512, Math.round(size[a]! / side)));
  return cells;
}

function sorted(
  count: number,
  cells: number,
  finite: Uint8Array,
  cellOf: (i: number) => number,
  at: (k: number) => number,
): Grid {
  const starts = new Uint32Array(cells + 1);
  const cell = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    if (!finite[i]) continue;
    cell[i] = cellOf(i);
    starts[cell[i]! + 1]!++;
  }
  for (let c = 0; c < cells; c++) starts[c + 1]! += starts[c]!;
  const order = new Uint32Array(starts[cells]!);
  const next = starts.slice();
  for (let i = 0; i < count; i++) if (finite[i]) order[next[cell[i]!]!++] = i;
  const bounds = new Float32Array(4 * cells);
  for (let c = 0; c < cells; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    if (to > from) bounds.set(ball(order.subarray(from, to), at), 4 * c);
  }
  return { order, starts, bounds };
}

function ball(points: Uint32Array, at: (k: number) => number): [number, number, number, number] {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (const i of points) {
    for (let a = 0; a < 3; a++) {
      min[a] = Math.min(min[a]!, at(3 * i + a));
      max[a] = Math.max(max[a]!, at(3 * i + a));
    }
  }
  const [x, y, z] = min.map((v, a) => (v + max[a]!) / 2) as [number, number, number];
  // Slightly enlarged, for rounding to float32.
  const r = 0.5001 * Math.hypot(max[0]! - min[0]!, max[1]! - min[1]!, max[2]! - min[2]!);
  return [x, y, z, r + 1e-6 * Math.hypot(x, y, z)];
}
