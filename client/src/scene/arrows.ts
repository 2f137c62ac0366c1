/** Where the parts of arrows are: a rod from the tail, and a cone that ends at the tip. */

export interface ArrowSizes {
  shaftRadius: number;
  headRadius: number;
  headLength: number;
}

/**
 * Writes a matrix for each arrow's rod and head, for shapes of radius 1 that reach from 0 to 1 along z.
 * `points` are tail and tip. What has no length or is not finite gets a matrix that shows nothing.
 */
export function placeArrows(
  points: Float32Array,
  sizes: ArrowSizes,
  rods: Float32Array,
  heads: Float32Array,
): void {
  const { shaftRadius, headRadius, headLength } = sizes;
  for (let i = 0, k = 0; k + 5 < points.length; i += 16, k += 6) {
    const x = points[k + 3]! - points[k]!;
    const y = points[k + 4]! - points[k + 1]!;
    const z = points[k + 5]! - points[k + 2]!;
    const length = Math.hypot(x, y, z);
    if (!(length > 0) || length === Number.POSITIVE_INFINITY) {
      nothing(rods, i);
      nothing(heads, i);
      continue;
    }
    const d = [x / length, y / length, z / length] as const;
    const rod = length - headLength;
    if (rod > 0) place(rods, i, d, shaftRadius, rod, points, k, 0);
    else nothing(rods, i);
    // Measured from the tail: a head that is longer than its arrow begins before it.
    place(heads, i, d, headRadius, headLength, points, k, rod);
  }
}

function nothing(out: Float32Array, at: number): void {
  out.fill(0, at, at + 16);
  out[at + 15] = 1;
}

function place(
  out: Float32Array,
  at: number,
  [x, y, z]: readonly [number, number, number],
  radius: number,
  length: number,
  points: Float32Array,
  tail: number,
  along: number,
): void {
  // Two directions across, without a case where they vanish (Duff and others, 2017).
  const sign = z >= 0 ? 1 : -1;
  const a = -1 / (sign + z);
  const b = x * y * a;
  out[at] = (1 + sign * x * x * a) * radius;
  out[at + 1] = sign * b * radius;
  out[at + 2] = -sign * x * radius;
  out[at + 3] = 0;
  out[at + 4] = b * radius;
  out[at + 5] = (sign + y * y * a) * radius;
  out[at + 6] = -y * radius;
  out[at + 7] = 0;
  out[at + 8] = x * length;
  out[at + 9] = y * length;
  out[at + 10] = z * length;
  out[at + 11] = 0;
  out[at + 12] = points[tail]! + x * along;
  out[at + 13] = points[tail + 1]! + y * along;
  out[at + 14] = points[tail + 2]! + z * along;
  out[at + 15] = 1;
}
