/**
 * A rigid transform: rotation by a unit quaternion, then translation. Plain numbers instead of three.js's classes,
 * so that ten thousand can be composed per frame, and the tree can be tested without WebGL.
 */
export class Pose {
  px = 0;
  py = 0;
  pz = 0;
  qx = 0;
  qy = 0;
  qz = 0;
  qw = 1;

  copy(o: Pose): this {
    this.px = o.px;
    this.py = o.py;
    this.pz = o.pz;
    this.qx = o.qx;
    this.qy = o.qy;
    this.qz = o.qz;
    this.qw = o.qw;
    return this;
  }

  reset(): this {
    this.px = this.py = this.pz = 0;
    this.qx = this.qy = this.qz = 0;
    this.qw = 1;
    return this;
  }

  /** Returns false and changes nothing if a coordinate is not finite. */
  setPosition(x: number, y: number, z: number): boolean {
    // x - x is 0 for every finite number, else NaN.
    if (x - x + (y - y) + (z - z) !== 0) return false;
    this.px = x;
    this.py = y;
    this.pz = z;
    return true;
  }

  /** Normalizes the quaternion; returns false and changes nothing if it is zero or not finite. */
  setWxyz(w: number, x: number, y: number, z: number): boolean {
    const n = Math.sqrt(w * w + x * x + y * y + z * z);
    if (!(n > 1e-12) || n === Infinity) return false;
    this.qw = w / n;
    this.qx = x / n;
    this.qy = y / n;
    this.qz = z / n;
    return true;
  }

  /** this = parent · local, without allocating. `this` must be neither of the two. */
  compose(parent: Pose, local: Pose): this {
    const ax = parent.qx;
    const ay = parent.qy;
    const az = parent.qz;
    const aw = parent.qw;
    const bx = local.qx;
    const by = local.qy;
    const bz = local.qz;
    const bw = local.qw;
    this.qx = aw * bx + ax * bw + ay * bz - az * by;
    this.qy = aw * by - ax * bz + ay * bw + az * bx;
    this.qz = aw * bz + ax * by - ay * bx + az * bw;
    this.qw = aw * bw - ax * bx - ay * by - az * bz;
    const { px, py, pz } = local;
    // v + 2w(q × v) + 2 q × (q × v)
    const tx = 2 * (ay * pz - az * py);
    const ty = 2 * (az * px - ax * pz);
    const tz = 2 * (ax * py - ay * px);
    this.px = parent.px + px + aw * tx + ay * tz - az * ty;
    this.py = parent.py + py + aw * ty + az * tx - ax * tz;
    this.pz = parent.pz + pz + aw * tz + ax * ty - ay * tx;
    return this;
  }

  /** this = inverse of o. `this` may be o. */
  invert(o: Pose): this {
    const { px, py, pz } = o;
    this.qx = -o.qx;
    this.qy = -o.qy;
    this.qz = -o.qz;
    this.qw = o.qw;
    const r = this.rotate([px, py, pz]);
    this.px = -r[0];
    this.py = -r[1];
    this.pz = -r[2];
    return this;
  }

  /** Translates by `times` times a vector. */
  translate(v: readonly [number, number, number], times = 1): this {
    this.px += times * v[0];
    this.py += times * v[1];
    this.pz += times * v[2];
    return this;
  }

  /** Rotates a direction. */
  rotate(v: readonly [number, number, number]): [number, number, number] {
    const { qx, qy, qz, qw } = this;
    const tx = 2 * (qy * v[2] - qz * v[1]);
    const ty = 2 * (qz * v[0] - qx * v[2]);
    const tz = 2 * (qx * v[1] - qy * v[0]);
    return [
      v[0] + qw * tx + qy * tz - qz * ty,
      v[1] + qw * ty + qz * tx - qx * tz,
      v[2] + qw * tz + qx * ty - qy * tx,
    ];
  }

  /** Transforms a point. */
  apply(v: readonly [number, number, number]): [number, number, number] {
    const r = this.rotate(v);
    return [r[0] + this.px, r[1] + this.py, r[2] + this.pz];
  }

  /** Writes the column-major 4x4 matrix of "scale, then this pose" at out[offset]. */
  toMatrix(out: Float32Array | number[], offset: number, sx: number, sy: number, sz: number): void {
    const { qx, qy, qz, qw } = this;
    const x2 = qx + qx;
    const y2 = qy + qy;
    const z2 = qz + qz;
    const xx = qx * x2;
    const xy = qx * y2;
    const xz = qx * z2;
    const yy = qy * y2;
    const yz = qy * z2;
    const zz = qz * z2;
    const wx = qw * x2;
    const wy = qw * y2;
    const wz = qw * z2;
    out[offset] = (1 - yy - zz) * sx;
    out[offset + 1] = (xy + wz) * sx;
    out[offset + 2] = (xz - wy) * sx;
    out[offset + 3] = 0;
    out[offset + 4] = (xy - wz) * sy;
    out[offset + 5] = (1 - xx - zz) * sy;
    out[offset + 6] = (yz + wx) * sy;
    out[offset + 7] = 0;
    out[offset + 8] = (xz + wy) * sz;
    out[offset + 9] = (yz - wx) * sz;
    out[offset + 10] = (1 - xx - yy) * sz;
    out[offset + 11] = 0;
    out[offset + 12] = this.px;
    out[offset + 13] = this.py;
    out[offset + 14] = this.pz;
    out[offset + 15] = 1;
  }
}

/** Parses a property `scale`: one number or one for each axis. null: invalid. */
export function scaleOf(scale: unknown): [number, number, number] | null {
  if (typeof scale === "number") return Number.isFinite(scale) ? [scale, scale, scale] : null;
  if (!Array.isArray(scale) || scale.length !== 3) return null;
  return scale.every((s) => typeof s === "number" && Number.isFinite(s))
    ? [scale[0], scale[1], scale[2]]
    : null;
}
