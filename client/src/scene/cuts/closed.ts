/** Whether a mesh encloses a volume, so that it is to be filled where it is cut. */
import type { BufferAttribute, BufferGeometry, InterleavedBufferAttribute } from "three";

/** Of larger meshes too few are closed bodies to be worth the time. */
const MAX_TRIANGLES = 4e6;
/** How far the integrals may be off, relative to their terms. */
const TOLERANCE = 1e-3;

const known = new WeakMap<BufferGeometry, { of: unknown; count: number; closed: boolean }>();

/** Its vertices may have moved since the last call: only other triangles make it another mesh. */
export function isClosed(geometry: BufferGeometry): boolean {
  const of = geometry.getIndex()?.array ?? geometry.getAttribute("position");
  const count = geometry.getIndex()?.count ?? 0;
  const before = known.get(geometry);
  if (before && before.of === of && before.count === count) return before.closed;
  const closed = enclosesVolume(geometry);
  known.set(geometry, { of, count, closed });
  return closed;
}

/**
 * The integral of the position times the normal, over a closed surface, is the volume times the identity matrix, and that
 * of the normal is zero (divergence theorem). It is neither for an open one, except by chance. That needs neither a
 * search for common edges nor any memory.
 */
export function enclosesVolume(geometry: BufferGeometry): boolean {
  const position = geometry.getAttribute("position") as
    | BufferAttribute
    | InterleavedBufferAttribute
    | undefined;
  if (!position) return false;
  const index = geometry.getIndex();
  const corners = index?.count ?? position.count;
  if (corners < 12 || corners > 3 * MAX_TRIANGLES) return false;
  const at = (i: number) => (index ? index.getX(i) : i);
  const [ox, oy, oz] = [position.getX(at(0)), position.getY(at(0)), position.getZ(at(0))];
  const m = new Float64Array(9);
  const sum = [0, 0, 0];
  let area = 0;
  let moment = 0;
  const p = new Float64Array(9);
  for (let i = 0; i + 2 < corners; i += 3) {
    for (let k = 0; k < 3; k++) {
      const v = at(i + k);
      p[3 * k] = position.getX(v) - ox;
      p[3 * k + 1] = position.getY(v) - oy;
      p[3 * k + 2] = position.getZ(v) - oz;
    }
    const [ax, ay, az] = [p[3]! - p[0]!, p[4]! - p[1]!, p[5]! - p[2]!];
    const [bx, by, bz] = [p[6]! - p[0]!, p[7]! - p[1]!, p[8]! - p[2]!];
    const n = [(ay * bz - az * by) / 2, (az * bx - ax * bz) / 2, (ax * by - ay * bx) / 2];
    const size = Math.hypot(n[0]!, n[1]!, n[2]!);
    if (!Number.isFinite(size)) continue;
    const c = [0, 1, 2].map((k) => (p[k]! + p[3 + k]! + p[6 + k]!) / 3);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) m[3 * row + column]! += c[row]! * n[column]!;
      sum[row]! += n[row]!;
    }
    area += size;
    moment += size * Math.hypot(c[0]!, c[1]!, c[2]!);
  }
  const volume = (m[0]! + m[4]! + m[8]!) / 3;
  const slack = TOLERANCE * moment;
  if (!(volume > slack)) return false;
  if (Math.hypot(sum[0]!, sum[1]!, sum[2]!) > TOLERANCE * area) return false;
  return m.every((v, i) => Math.abs(v - (i % 4 === 0 ? volume : 0)) <= slack);
}
