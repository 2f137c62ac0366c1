/**
 * Simplification of distant meshes by vertex clustering. Vertices in the same grid cell are merged into one of them,
 * and degenerate triangles are removed. Only the index is new: all levels of detail share their vertices.
 */

/** Maximum cells per axis: finer grids would need more memory than they save. */
const MAX_CELLS = 128;

/** An index with at most about `ratio` of the triangles; empty for 0, the same index for 1. */
export function simplifiedIndex(
  position: ArrayLike<number>,
  index: Uint32Array,
  ratio: number,
): Uint32Array {
  if (!(ratio > 0)) return new Uint32Array();
  if (ratio >= 1) return index;
  const wanted = Math.max(3, Math.floor((index.length / 3) * ratio) * 3);
  let best: Uint32Array | null = null;
  let coarse = 1;
  let fine = MAX_CELLS;
  while (coarse <= fine) {
    const cells = (coarse + fine) >> 1;
    const candidate = clustered(position, index, cells);
    if (candidate.length <= wanted) {
      if (candidate.length > (best?.length ?? 0)) best = candidate;
      coarse = cells + 1;
    } else {
      fine = cells - 1;
    }
  }
  // If no grid reduces it enough without removing everything, the mesh is not simplified.
  return best ?? index;
}

function clustered(position: ArrayLike<number>, index: Uint32Array, cells: number): Uint32Array {
  const { min, step } = gridOf(position, cells);
  const first = new Int32Array(cells ** 3).fill(-1);
  const count = position.length / 3;
  const to = new Uint32Array(count);
  for (let v = 0; v < count; v++) {
    let cell = 0;
    for (let k = 0; k < 3; k++) {
      const at = Math.floor((position[3 * v + k]! - min[k]!) * step[k]!);
      cell = cell * cells + Math.min(cells - 1, Math.max(0, at || 0));
    }
    if (first[cell]! < 0) first[cell] = v;
    to[v] = first[cell]!;
  }
  const out = new Uint32Array(index.length);
  let n = 0;
  for (let i = 0; i < index.length; i += 3) {
    const a = to[index[i]!]!;
    const b = to[index[i + 1]!]!;
    const c = to[index[i + 2]!]!;
    if (a === b || b === c || c === a) continue;
    out[n++] = a;
    out[n++] = b;
    out[n++] = c;
  }
  return out.slice(0, n);
}

function gridOf(position: ArrayLike<number>, cells: number): { min: number[]; step: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < position.length; i++) {
    const k = i % 3;
    min[k] = Math.min(min[k]!, position[i]!);
    max[k] = Math.max(max[k]!, position[i]!);
  }
  // Cubic cells: a long thin mesh is divided along its length.
  const size = Math.max(...max.map((m, k) => m - min[k]!));
  return { min, step: [0, 1, 2].map(() => (size > 0 ? cells / size : 0)) };
}
