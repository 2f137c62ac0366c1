import { DataUtils, Matrix4, SphereGeometry, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { ellipsoidOf } from "./ellipsoid";
import { type SplatMember, unchanged } from "./member";

const sphere = new SphereGeometry(1, 4, 4);

function member(covariance: number[], opacity: number): SplatMember {
  const splats = new Uint32Array(16);
  new Float32Array(splats.buffer).set([1, 2, 3], 8);
  const h = covariance.map((v) => DataUtils.toHalfFloat(v));
  splats.set([h[0]! | (h[1]! << 16), h[2]! | (h[3]! << 16), h[4]! | (h[5]! << 16)], 12);
  splats[15] = Math.round(opacity * 255) << 24;
  const matrix = new Matrix4().makeTranslation(10, 0, 0);
  const none = new Uint32Array();
  return {
    splats,
    matrix,
    harmonics: none,
    degree: 0,
    shown: true,
    report() {},
    changed: unchanged(),
  };
}

describe("ellipsoidOf", () => {
  it("is where the splat fades out, in all directions", () => {
    const covariance = [4, 1, 0.5, 2, -0.25, 1];
    const { matrix, hollow } = ellipsoidOf(member(covariance, 1), 1, sphere)!;
    expect(hollow).toBe(true);
    const [xx, xy, xz, yy, yz, zz] = covariance as [number, number, number, number, number, number];
    const toUnit = new Matrix4()
      .set(xx, xy, xz, 0, xy, yy, yz, 0, xz, yz, zz, 0, 0, 0, 0, 1)
      .invert();
    for (const direction of [
      new Vector3(1, 0, 0),
      new Vector3(0, 0.6, -0.8),
      new Vector3(0, 0, 1),
    ]) {
      const p = direction.applyMatrix4(matrix).sub(new Vector3(11, 2, 3));
      const squared = p.clone().applyMatrix4(toUnit).dot(p);
      expect(Math.exp(-squared / 2)).toBeCloseTo(0.05, 3);
    }
  });

  it("has an inside for flat splats, and is none where there is nothing", () => {
    const flat = ellipsoidOf(member([1, 0, 0, 1, 0, 0], 0.01), 1, sphere)!;
    expect(flat.matrix.determinant()).toBeGreaterThan(0);
    expect(ellipsoidOf(member([0, 0, 0, 0, 0, 0], 1), 1, sphere)).toBeNull();
    expect(ellipsoidOf(member([1, 0, 0, 1, 0, 1], 1), 2, sphere)).toBeNull();
  });
});
