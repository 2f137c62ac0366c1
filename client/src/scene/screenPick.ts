/**
 * Picking of small or thin objects: points, lines, arrow shafts, labels. They are drawn facing the camera, so they
 * are tested in the image plane at distance 1 from the eye, in which the pointer is a point and an object of size s
 * at depth d has the size s / d.
 */
import { Matrix4 } from "three";
import type { Eye, Hit, Ray } from "./visual";

/** Pick tolerance for thin objects, in CSS pixels. */
export const NEAR_PIXELS = 4;

/** Rows of the transform from a node's local space to eye space: right, up and forward. */
export type EyeRows = readonly [
  ...[number, number, number, number],
  ...[number, number, number, number],
  ...[number, number, number, number],
];

/** The best candidate: under the pointer the nearest to the camera, else the nearest to the pointer. */
export class Best {
  index = -1;
  depth = Number.POSITIVE_INFINITY;
  /** Distance of the best candidate from the pointer; 0: under it. */
  off: number;

  private readonly from: number;
  private readonly to: number;

  /** Candidates farther from the pointer than `near` (at distance 1) are ignored, and those outside of the ray's span. */
  constructor(near: number, ray: Ray, eye: Eye) {
    this.off = near;
    const along = ahead(ray, eye);
    this.from = (ray.span?.[0] ?? 0) * along;
    this.to = (ray.span?.[1] ?? Number.POSITIVE_INFINITY) * along;
  }

  /** `gap` is the distance from the pointer to the object's shape; 0 or less: under the pointer. */
  offer(index: number, depth: number, gap: number): void {
    const off = gap > 0 ? gap : 0;
    if (off > this.off || (off === this.off && depth >= this.depth)) return;
    if (depth < this.from || depth > this.to) return;
    this.index = index;
    this.depth = depth;
    this.off = off;
  }

  hit(ray: Ray, eye: Eye, instance: number | null = this.index): Hit | null {
    if (this.index < 0) return null;
    const hit: Hit = { distance: this.depth / ahead(ray, eye), instance };
    if (this.off > 0) hit.off = this.off / eye.pixel;
    return hit;
  }
}

/** Component of the ray's direction along the view direction. */
export function ahead(ray: Ray, eye: Eye): number {
  const [x, y, z] = ray.direction;
  return x * eye.forward[0] + y * eye.forward[1] + z * eye.forward[2];
}

/** The pointer in the plane at distance 1. */
export function pointerAt(ray: Ray, eye: Eye): [number, number] {
  const [x, y, z] = ray.direction;
  const d = ahead(ray, eye);
  const dot = (v: Eye["right"]) => (x * v[0] + y * v[1] + z * v[2]) / d;
  return [dot(eye.right), dot(eye.up)];
}

/** A world position in eye space: right, up and forward. */
export function fromEye(
  ray: Ray,
  eye: Eye,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  const dx = x - ray.origin[0];
  const dy = y - ray.origin[1];
  const dz = z - ray.origin[2];
  const dot = (v: Eye["right"]) => dx * v[0] + dy * v[1] + dz * v[2];
  return [dot(eye.right), dot(eye.up), dot(eye.forward)];
}

const ROWS = new Matrix4();

/** From the space with the matrix `world` to eye space. */
export function eyeRows(ray: Ray, eye: Eye, world: Matrix4): EyeRows {
  const [ox, oy, oz] = ray.origin;
  const row = (v: Eye["right"]): [number, number, number, number] => [
    v[0],
    v[1],
    v[2],
    -(v[0] * ox + v[1] * oy + v[2] * oz),
  ];
  ROWS.set(...row(eye.right), ...row(eye.up), ...row(eye.forward), 0, 0, 0, 1);
  const e = ROWS.multiply(world).elements;
  const part = (i: number): [number, number, number, number] => [
    e[i]!,
    e[4 + i]!,
    e[8 + i]!,
    e[12 + i]!,
  ];
  return [...part(0), ...part(1), ...part(2)];
}

/**
 * The segment under the pointer, for lines of this thickness, in CSS pixels or in scene units.
 * `points` has six numbers per segment; segments that are not finite are left out.
 */
export function pickSegment(
  points: Float32Array,
  rows: EyeRows,
  ray: Ray,
  eye: Eye,
  thickness: number,
  units: "screen" | "world",
): Best {
  const best = new Best(NEAR_PIXELS * eye.pixel, ray, eye);
  const [px, py] = pointerAt(ray, eye);
  const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = rows;
  const screenHalf = 0.5 * Math.max(thickness, 1) * eye.pixel;
  const least = 0.5 * eye.pixel;
  for (let i = 0, k = 0; k + 5 < points.length; i++, k += 6) {
    let x = points[k]!;
    let y = points[k + 1]!;
    let z = points[k + 2]!;
    let az = c0 * x + c1 * y + c2 * z + c3;
    let ax = a0 * x + a1 * y + a2 * z + a3;
    let ay = b0 * x + b1 * y + b2 * z + b3;
    x = points[k + 3]!;
    y = points[k + 4]!;
    z = points[k + 5]!;
    let bz = c0 * x + c1 * y + c2 * z + c3;
    let bx = a0 * x + a1 * y + a2 * z + a3;
    let by = b0 * x + b1 * y + b2 * z + b3;
    // Behind the camera, or not finite.
    if (!(az > eye.near || bz > eye.near) || !Number.isFinite(az - bz + ax - bx + ay - by))
      continue;
    if (az < eye.near) {
      const t = (eye.near - az) / (bz - az);
      ax += (bx - ax) * t;
      ay += (by - ay) * t;
      az = eye.near;
    } else if (bz < eye.near) {
      const t = (eye.near - bz) / (az - bz);
      bx += (ax - bx) * t;
      by += (ay - by) * t;
      bz = eye.near;
    }
    ax = ax / az - px;
    ay = ay / az - py;
    const dx = bx / bz - px - ax;
    const dy = by / bz - py - ay;
    const len = dx * dx + dy * dy;
    const s = len > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / len)) : 0;
    const away = Math.hypot(ax + s * dx, ay + s * dy);
    // Depth is not linear along a segment on the screen.
    const depth = 1 / ((1 - s) / az + s / bz);
    const half =
      units === "screen" ? screenHalf : Math.max(least, 0.5 * thickness * ((1 - s) / az + s / bz));
    best.offer(i, depth, away - half);
  }
  return best;
}
