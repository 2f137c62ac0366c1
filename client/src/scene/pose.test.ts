import { describe, expect, it } from "vitest";
import { Pose, scaleOf } from "./pose";

function pose(w: number, x: number, y: number, z: number, p: [number, number, number]): Pose {
  const out = new Pose();
  out.setWxyz(w, x, y, z);
  out.setPosition(...p);
  return out;
}

describe("Pose", () => {
  // Numbers from viser.transforms 1.1.1:
  // SE3(wxyz_xyz=[.5,.5,.5,.5,1,2,3]) @ SE3(SO3.from_z_radians(pi/2), [4,5,6])
  it("composes like viser.transforms.SE3", () => {
    const h = Math.SQRT1_2;
    const out = new Pose().compose(
      pose(0.5, 0.5, 0.5, 0.5, [1, 2, 3]),
      pose(h, 0, 0, h, [4, 5, 6]),
    );
    expect([out.px, out.py, out.pz]).toEqual([
      expect.closeTo(7, 12),
      expect.closeTo(6, 12),
      expect.closeTo(8, 12),
    ]);
    expect(out.qw).toBeCloseTo(0, 12);
    expect(out.qx).toBeCloseTo(h, 12);
    expect(out.qy).toBeCloseTo(0, 12);
    expect(out.qz).toBeCloseTo(h, 12);
  });

  it("inverts", () => {
    const a = pose(0.3, -0.2, 0.7, 0.1, [1, -2, 3]);
    const one = new Pose().compose(a, new Pose().invert(a));
    for (const v of [one.px, one.py, one.pz, one.qx, one.qy, one.qz]) expect(v).toBeCloseTo(0, 12);
    expect(Math.abs(one.qw)).toBeCloseTo(1, 12);
  });

  it("writes the matrix that apply() computes", () => {
    const a = pose(0.3, -0.2, 0.7, 0.1, [1, -2, 3]);
    const m: number[] = [];
    a.toMatrix(m, 0, 2, 3, 4);
    const want = a.apply([2 * 0.5, 3 * -1, 4 * 0.25]);
    for (let r = 0; r < 3; r++) {
      const got = m[r]! * 0.5 + m[4 + r]! * -1 + m[8 + r]! * 0.25 + m[12 + r]!;
      expect(got).toBeCloseTo(want[r]!, 12);
    }
  });

  it("normalizes, and rejects invalid poses without changing", () => {
    const a = new Pose();
    expect(a.setWxyz(2, 0, 0, 0)).toBe(true);
    expect(a.qw).toBe(1);
    expect(a.setWxyz(0, 0, 0, 0)).toBe(false);
    expect(a.setWxyz(Number.NaN, 0, 0, 1)).toBe(false);
    expect(a.setWxyz(Number.POSITIVE_INFINITY, 0, 0, 1)).toBe(false);
    expect(a.setPosition(1, Number.NaN, 0)).toBe(false);
    expect(a.setPosition(1, 0, Number.NEGATIVE_INFINITY)).toBe(false);
    expect([a.qw, a.px, a.py, a.pz]).toEqual([1, 0, 0, 0]);
  });
});

describe("scaleOf", () => {
  it("accepts one or three numbers, and nothing else", () => {
    expect(scaleOf(2)).toEqual([2, 2, 2]);
    expect(scaleOf([1, 2, 3])).toEqual([1, 2, 3]);
    for (const bad of [Number.NaN, "1", null, undefined, [1, 2], [1, 2, Number.NaN]]) {
      expect(scaleOf(bad)).toBeNull();
    }
  });
});
