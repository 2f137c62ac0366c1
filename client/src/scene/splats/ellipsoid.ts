/** The outline of a splat: the ellipsoid at which it fades out. */
import { type BufferGeometry, DataUtils, Matrix4 } from "three";
import type { Outline } from "../visual";
import type { SplatMember } from "./member";
import { SPLAT_WORDS } from "./words";

/** The opacity there. */
const FAINT = 0.05;
/** The thickness of flat splats relative to their size, so that the ellipsoid has an inside. */
const THICKNESS = 1e-3;

const half = DataUtils.fromHalfFloat;

/** null: there is no such splat. `sphere` has radius 1. */
export function ellipsoidOf(
  member: SplatMember,
  splat: number,
  sphere: BufferGeometry,
): Outline | null {
  const { splats } = member;
  const at = splat * SPLAT_WORDS;
  if (!(at + SPLAT_WORDS <= splats.length)) return null;
  const center = new Float32Array(splats.buffer, splats.byteOffset + 4 * at, 3);
  const [w0, w1, w2] = [splats[at + 4]!, splats[at + 5]!, splats[at + 6]!];
  let [xx, yy, zz] = [half(w0 & 0xffff), half(w1 >>> 16), half(w2 >>> 16)];
  const least = (xx + yy + zz) * THICKNESS ** 2;
  [xx, yy, zz] = [xx + least, yy + least, zz + least];
  // The covariance as a product of a triangular matrix and its transpose: the matrix takes a sphere to the ellipsoid.
  const root = (v: number) => Math.sqrt(Math.max(v, least));
  const a = root(xx);
  const b = half(w0 >>> 16) / a;
  const c = half(w1 & 0xffff) / a;
  const d = root(yy - b * b);
  const e = (half(w2 & 0xffff) - b * c) / d;
  const f = root(zz - c * c - e * e);
  const opacity = (splats[at + 7]! >>> 24) / 255;
  const k = Math.sqrt(2 * Math.log(Math.max(opacity / FAINT, Math.E)));
  const [x, y, z] = center as unknown as [number, number, number];
  const matrix = new Matrix4()
    .set(k * a, 0, 0, x, k * b, k * d, 0, y, k * c, k * e, k * f, z, 0, 0, 0, 1)
    .premultiply(member.matrix);
  return least > 0 ? { geometry: sphere, matrix, fromCenter: false, hollow: true } : null;
}
