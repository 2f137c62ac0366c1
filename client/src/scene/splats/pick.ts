/** Finds the splat under the pointer. */
import { DataUtils, Matrix4, Vector3 } from "three";
import type { Hit, Ray } from "../visual";
import { SPLAT_WORDS } from "./words";

/** Splats with less opacity than this at the ray are ignored. */
const MIN_OPACITY = 0.2;
/** Standard deviation by which splats are enlarged, in pixels. */
const TOUCH = 0.5;

const half = DataUtils.fromHalfFloat;
const toLocal = new Matrix4();
const o = new Vector3();
const d = new Vector3();

/** Cache of the largest variances, by buffer: they are needed for every ray. */
const variances = new WeakMap<Uint32Array, Float32Array>();

function variancesOf(splats: Uint32Array): Float32Array {
  let out = variances.get(splats);
  if (!out) {
    out = new Float32Array(splats.length / SPLAT_WORDS);
    for (let i = 0, at = 0; i < out.length; i++, at += SPLAT_WORDS) {
      // The trace is an upper bound of the largest eigenvalue.
      out[i] =
        half(splats[at + 4]! & 0xffff) +
        half(splats[at + 5]! >>> 16) +
        half(splats[at + 6]! >>> 16);
    }
    variances.set(splats, out);
  }
  return out;
}

/** Call when the splats have changed in place. */
export function forgetVariances(splats: Uint32Array): void {
  variances.delete(splats);
}

/**
 * The nearest splat with sufficient opacity where its density along the ray is highest. The splats are in the space of
 * the given matrix; `pixel` is the size of a pixel at distance 1.
 */
export function pickSplat(
  splats: Uint32Array,
  matrix: Matrix4,
  ray: Ray,
  pixel = 0.002,
): Hit | null {
  toLocal.copy(matrix).invert();
  o.set(...ray.origin).applyMatrix4(toLocal);
  // Not normalized, so that distances along it stay in world units.
  d.set(...ray.origin)
    .add(new Vector3(...ray.direction))
    .applyMatrix4(toLocal)
    .sub(o);
  const dd = d.lengthSq();
  if (!(dd > 0)) return null;
  const floats = new Float32Array(splats.buffer, splats.byteOffset, splats.length);
  const largest = variancesOf(splats);
  const farthest = 2 * Math.log(1 / MIN_OPACITY);
  const touch = TOUCH * pixel;
  let best: Hit | null = null;
  for (let i = 0, at = 0; i < largest.length; i++, at += SPLAT_WORDS) {
    const x = floats[at]! - o.x;
    const y = floats[at + 1]! - o.y;
    const z = floats[at + 2]! - o.z;
    const t = (x * d.x + y * d.y + z * d.z) / dd;
    const px = x - t * d.x;
    const py = y - t * d.y;
    const pz = z - t * d.z;
    const blur = touch * touch * t * t * dd;
    if (!(px * px + py * py + pz * pz <= farthest * (largest[i]! + blur))) continue;
    const distance = densest(splats, at, x, y, z, blur);
    if (distance > 0 && (!best || distance < best.distance)) best = { distance, instance: i };
  }
  return best;
}

/** Distance along the ray of its highest density, for a center at x, y, z from the ray's origin; -1: too thin. */
function densest(
  splats: Uint32Array,
  at: number,
  x: number,
  y: number,
  z: number,
  blur: number,
): number {
  const [w0, w1, w2] = [splats[at + 4]!, splats[at + 5]!, splats[at + 6]!];
  const xx = half(w0 & 0xffff) + blur;
  const xy = half(w0 >>> 16);
  const xz = half(w1 & 0xffff);
  const yy = half(w1 >>> 16) + blur;
  const yz = half(w2 & 0xffff);
  const zz = half(w2 >>> 16) + blur;
  // The inverse up to a factor: the cofactors.
  const ixx = yy * zz - yz * yz;
  const ixy = xz * yz - xy * zz;
  const ixz = xy * yz - xz * yy;
  const iyy = xx * zz - xz * xz;
  const iyz = xy * xz - xx * yz;
  const izz = xx * yy - xy * xy;
  const det = xx * ixx + xy * ixy + xz * ixz;
  if (!(det > 0)) return -1;
  const ux = ixx * d.x + ixy * d.y + ixz * d.z;
  const uy = ixy * d.x + iyy * d.y + iyz * d.z;
  const uz = ixz * d.x + iyz * d.y + izz * d.z;
  const t = (ux * x + uy * y + uz * z) / (ux * d.x + uy * d.y + uz * d.z);
  const rx = x - t * d.x;
  const ry = y - t * d.y;
  const rz = z - t * d.z;
  const far =
    (rx * (ixx * rx + ixy * ry + ixz * rz) +
      ry * (ixy * rx + iyy * ry + iyz * rz) +
      rz * (ixz * rx + iyz * ry + izz * rz)) /
    det;
  const opacity = (splats[at + 7]! >>> 24) / 255;
  return opacity * Math.exp(-0.5 * far) >= MIN_OPACITY ? t : -1;
}
