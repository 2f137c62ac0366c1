/** Geometry of arrows: a shaft from the tail, and a cone that ends at the tip. */

export interface ArrowSizes {
  shaftRadius: number;
  headRadius: number;
  headLength: number;
}

/**
 * Writes a matrix for each arrow's rod and head, for shapes of radius 1 that reach from 0 to 1 along z.
 * `points` are tail and tip. An arrow without length or with non-finite points gets a zero matrix.
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
    // Offset from the tail: a head that is longer than its arrow starts behind the tail.
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
  // Two perpendicular directions, without a singular case (Duff et al., 2017).
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

/** Distance to arrow i along a ray in the arrows' space, in units of the direction's length; null: no hit. */
export function hitArrow(
  points: Float32Array,
  i: number,
  sizes: ArrowSizes,
  origin: readonly number[],
  direction: readonly number[],
): number | null {
  const k = 6 * i;
  const axis = [0, 1, 2].map((a) => points[k + 3 + a]! - points[k + a]!);
  const length = Math.hypot(...axis);
  if (!(length > 0) || length === Number.POSITIVE_INFINITY) return null;
  // Along the arrow, and what is left across it: of the origin (from the tail) and of the direction.
  const from = origin.map((v, a) => v - points[k + a]!);
  const dot = (v: readonly number[]) =>
    (v[0]! * axis[0]! + v[1]! * axis[1]! + v[2]! * axis[2]!) / length;
  const [oz, dz] = [dot(from), dot(direction)];
  const oc = from.map((v, a) => v - (oz * axis[a]!) / length);
  const dc = direction.map((v, a) => v - (dz * axis[a]!) / length);
  const across: Across = {
    oo: sum(oc, oc),
    od: sum(oc, dc),
    dd: sum(dc, dc),
    oz,
    dz,
  };
  const neck = length - sizes.headLength;
  const rod = neck > 0 ? hitCone(across, 0, neck, sizes.shaftRadius, sizes.shaftRadius) : null;
  const head = hitCone(across, neck, length, sizes.headRadius, 0);
  return rod === null ? head : head === null ? rod : Math.min(rod, head);
}

/** A ray relative to an axis: dot products of its radial components, and its axial components. */
interface Across {
  oo: number;
  od: number;
  dd: number;
  oz: number;
  dz: number;
}

function sum(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

/** A cone around the axis, from z0 with radius r0 to z1 with radius r1, capped at z0. */
function hitCone(r: Across, z0: number, z1: number, r0: number, r1: number): number | null {
  if (!(z1 > z0)) return null;
  const slope = (r1 - r0) / (z1 - z0);
  // The cone's radius at the ray's origin, and its slope along the ray.
  const p = r0 + slope * (r.oz - z0);
  const q = slope * r.dz;
  let best: number | null = null;
  const offer = (t: number) => {
    const z = r.oz + t * r.dz;
    if (t >= 0 && z >= z0 && z <= z1 && (best === null || t < best)) best = t;
  };
  const a = r.dd - q * q;
  const b = r.od - p * q;
  const c = r.oo - p * p;
  const disc = b * b - a * c;
  if (Math.abs(a) > 1e-12 && disc >= 0) {
    offer((-b - Math.sqrt(disc)) / a);
    offer((-b + Math.sqrt(disc)) / a);
  }
  if (r.dz !== 0) {
    const t = (z0 - r.oz) / r.dz;
    if (t >= 0 && r.oo + 2 * t * r.od + t * t * r.dd <= r0 * r0 && (best === null || t < best))
      best = t;
  }
  return best;
}
