/** Analytic ray tests against unit shapes: picking among ten thousand boxes needs no acceleration structure. */

import type { Pose } from "./pose";
import type { Ray } from "./visual";

/** Origin and direction in a shape's local space; distances along it equal those along the original ray. */
export type UnitRay = readonly [
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
];

/** Distance to the nearest hit in front of the origin, or null. */
export type UnitHit = (ray: UnitRay) => number | null;

/** Transforms a ray to the space in which the node (with this pose and size) is a unit shape. */
export function rayToUnit(ray: Ray, pose: Pose, size: readonly [number, number, number]): UnitRay {
  const { qx, qy, qz, qw } = pose;
  const turnBack = (x: number, y: number, z: number): [number, number, number] => {
    const tx = 2 * (qz * y - qy * z);
    const ty = 2 * (qx * z - qz * x);
    const tz = 2 * (qy * x - qx * y);
    return [
      x + qw * tx + qz * ty - qy * tz,
      y + qw * ty + qx * tz - qz * tx,
      z + qw * tz + qy * tx - qx * ty,
    ];
  };
  const [ox, oy, oz] = ray.origin;
  const o = turnBack(ox - pose.px, oy - pose.py, oz - pose.pz);
  const d = turnBack(...ray.direction);
  return [
    o[0] / size[0],
    o[1] / size[1],
    o[2] / size[2],
    d[0] / size[0],
    d[1] / size[1],
    d[2] / size[2],
  ];
}

/** A cube of side 1. */
export const hitUnitBox: UnitHit = ([ox, oy, oz, dx, dy, dz]) => {
  let near = Number.NEGATIVE_INFINITY;
  let far = Number.POSITIVE_INFINITY;
  for (const [o, d] of [
    [ox, dx],
    [oy, dy],
    [oz, dz],
  ] as const) {
    if (d === 0) {
      if (Math.abs(o) > 0.5) return null;
      continue;
    }
    const a = (-0.5 - o) / d;
    const b = (0.5 - o) / d;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return firstInFront(near, far);
};

/** A sphere of radius 1. */
export const hitUnitBall: UnitHit = ([ox, oy, oz, dx, dy, dz]) => {
  const roots = quadratic(
    dx * dx + dy * dy + dz * dz,
    ox * dx + oy * dy + oz * dz,
    ox * ox + oy * oy + oz * oz - 1,
  );
  return roots && firstInFront(roots[0], roots[1]);
};

/** A cylinder of radius 1 and height 1 along z. */
export const hitUnitCylinder: UnitHit = ([ox, oy, oz, dx, dy, dz]) => {
  let near = Number.NEGATIVE_INFINITY;
  let far = Number.POSITIVE_INFINITY;
  if (dx !== 0 || dy !== 0) {
    const roots = quadratic(dx * dx + dy * dy, ox * dx + oy * dy, ox * ox + oy * oy - 1);
    if (!roots) return null;
    [near, far] = roots;
  } else if (ox * ox + oy * oy > 1) {
    return null;
  }
  if (dz !== 0) {
    const a = (-0.5 - oz) / dz;
    const b = (0.5 - oz) / dz;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  } else if (Math.abs(oz) > 0.5) {
    return null;
  }
  return firstInFront(near, far);
};

function firstInFront(near: number, far: number): number | null {
  if (!(near <= far) || far < 0) return null;
  return near >= 0 ? near : far;
}

/** Roots of a t² + 2 b t + c, in order. */
function quadratic(a: number, b: number, c: number): [number, number] | null {
  const disc = b * b - a * c;
  if (!(disc >= 0) || a === 0) return null;
  const root = Math.sqrt(disc);
  return [(-b - root) / a, (-b + root) / a];
}

/**
 * A double-sided triangle in a node's local space. `toLocal` is the column-major matrix from the world to that
 * space.
 */
export function hitTriangle(
  ray: Ray,
  toLocal: ArrayLike<number>,
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
): number | null {
  const m = (i: number) => toLocal[i]!;
  const [wx, wy, wz] = ray.origin;
  const [vx, vy, vz] = ray.direction;
  const o = [0, 1, 2].map((r) => m(r) * wx + m(4 + r) * wy + m(8 + r) * wz + m(12 + r));
  const d = [0, 1, 2].map((r) => m(r) * vx + m(4 + r) * vy + m(8 + r) * vz);
  const ab = [b[0]! - a[0]!, b[1]! - a[1]!, b[2]! - a[2]!];
  const ac = [c[0]! - a[0]!, c[1]! - a[1]!, c[2]! - a[2]!];
  const p = cross(d, ac);
  const det = dot(ab, p);
  if (Math.abs(det) < 1e-20) return null;
  const s = [o[0]! - a[0]!, o[1]! - a[1]!, o[2]! - a[2]!];
  const u = dot(s, p) / det;
  const q = cross(s, ab);
  const v = dot(d, q) / det;
  if (!(u >= 0 && v >= 0 && u + v <= 1)) return null;
  const t = dot(ac, q) / det;
  return t >= 0 ? t : null;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

function cross(a: readonly number[], b: readonly number[]): [number, number, number] {
  return [
    a[1]! * b[2]! - a[2]! * b[1]!,
    a[2]! * b[0]! - a[0]! * b[2]!,
    a[0]! * b[1]! - a[1]! * b[0]!,
  ];
}
