/**
 * Float32 positions far from their node's origin. A GPU multiplies them by a matrix in single precision, so
 * coordinates of millions jitter while the camera moves. Such arrays are uploaded relative to a local origin among
 * them, which goes into the matrix of the object that draws them: matrices are multiplied in double precision up
 * to the camera's. Arrays near the node's origin are used unchanged.
 */
import type { Matrix4, Object3D } from "three";

export type Origin = readonly [number, number, number];

export const ZERO: Origin = [0, 0, 0];

/** In units of the node: up to here, the spacing of single-precision numbers is below 1/1,000. */
const FAR = 1e4;
/** Number of positions that are sampled to choose an origin. */
const SAMPLES = 64;

/**
 * The local origin of an array whose rows of `width` numbers begin with a position: ZERO if the positions are near
 * it. `kept` is the previous origin, if only a part of the array has changed: it is kept while it is near enough.
 */
export function originOf(array: Float32Array, kept: Origin | null = null, width = 3): Origin {
  const middle = medianOf(array, width);
  if (!middle) return kept ?? ZERO;
  if (kept && distance(middle, kept) <= FAR) return kept;
  return distance(middle, ZERO) > FAR ? middle : ZERO;
}

/** The array relative to an origin: itself for ZERO, else a copy. */
export function relativeTo(origin: Origin, array: Float32Array, width = 3): Float32Array {
  if (origin === ZERO) return array;
  const out = array.slice();
  subtract(origin, array, out, 0, array.length / width, width);
  return out;
}

/** Writes the positions of rows `first` to `end` relative to an origin. */
export function subtract(
  [x, y, z]: Origin,
  from: Float32Array,
  out: Float32Array,
  first: number,
  end: number,
  width = 3,
): void {
  for (let k = first * width, stop = end * width; k + 2 < stop; k += width) {
    out[k] = from[k]! - x;
    out[k + 1] = from[k + 1]! - y;
    out[k + 2] = from[k + 2]! - z;
  }
}

/** Sets the position of an object that draws such an array to its origin. */
export function setOrigin(object: Object3D, origin: Origin): void {
  const e = object.matrix.elements;
  if (origin.every((v, k) => e[12 + k] === v)) return;
  object.matrix.setPosition(...origin);
  object.updateMatrixWorld(true);
}

/** Translates a matrix by an origin in its local space. */
export function shift(matrix: Matrix4, [x, y, z]: Origin): Matrix4 {
  const e = matrix.elements;
  for (let i = 0; i < 3; i++) e[12 + i]! += e[i]! * x + e[4 + i]! * y + e[8 + i]! * z;
  return matrix;
}

/** The median of sampled positions along each axis, which ignores outliers. null: none is finite. */
function medianOf(array: Float32Array, width: number): Origin | null {
  const rows = Math.floor(array.length / width);
  const count = Math.min(rows, SAMPLES);
  const axes: [number[], number[], number[]] = [[], [], []];
  for (let s = 0; s < count; s++) {
    const k = Math.floor((s * rows) / count) * width;
    const [x, y, z] = [array[k]!, array[k + 1]!, array[k + 2]!];
    if (!Number.isFinite(x + y + z)) continue;
    axes[0].push(x);
    axes[1].push(y);
    axes[2].push(z);
  }
  if (axes[0].length === 0) return null;
  const median = (a: number[]) => a.sort((p, q) => p - q)[a.length >> 1]!;
  return [median(axes[0]), median(axes[1]), median(axes[2])];
}

function distance(a: Origin, b: Origin): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
