import { Matrix4, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { hitArrow, placeArrows } from "./arrows";

const sizes = { shaftRadius: 0.1, headRadius: 0.3, headLength: 0.5 };

function matrices(points: number[]): { rod: Matrix4; head: Matrix4 } {
  const [rods, heads] = [new Float32Array(16), new Float32Array(16)];
  placeArrows(new Float32Array(points), sizes, rods, heads);
  return { rod: new Matrix4().fromArray(rods), head: new Matrix4().fromArray(heads) };
}

function expectAt(m: Matrix4, local: [number, number, number], want: number[]): void {
  const got = new Vector3(...local).applyMatrix4(m).toArray();
  got.forEach((v, i) => {
    expect(v).toBeCloseTo(want[i]!, 5);
  });
}

describe("placeArrows", () => {
  it.each([
    [2, 0, 0],
    [0, 2, 0],
    [0, 0, 2],
    [0, 0, -2],
    [-1, 1, 1],
  ])("spans from the tail to the tip along %d %d %d", (x, y, z) => {
    const tip = [1 + x, 2 + y, 3 + z];
    const { rod, head } = matrices([1, 2, 3, ...tip]);
    const length = Math.hypot(x, y, z);
    const neck = [x, y, z].map((v, i) => [1, 2, 3][i]! + (v * (length - 0.5)) / length);
    expectAt(rod, [0, 0, 0], [1, 2, 3]);
    expectAt(rod, [0, 0, 1], neck);
    expectAt(head, [0, 0, 0], neck);
    expectAt(head, [0, 0, 1], tip);
    // Round, with the given radius, and not mirrored.
    const columns = [new Vector3(), new Vector3(), new Vector3()] as const;
    head.extractBasis(...columns);
    expect(columns.map((c) => c.length())).toEqual(
      [0.3, 0.3, 0.5].map((v) => expect.closeTo(v, 5)),
    );
    expect(head.determinant()).toBeCloseTo(0.3 * 0.3 * 0.5, 5);
  });

  it("draws only the head of a short arrow, with the tip at its position", () => {
    const { rod, head } = matrices([0, 0, 0, 0.2, 0, 0]);
    expect(rod.determinant()).toBe(0);
    expectAt(head, [0, 0, 0], [-0.3, 0, 0]);
    expectAt(head, [0, 0, 1], [0.2, 0, 0]);
  });

  it.each([
    [[0, 0, 0, 0, 0, 0]],
    [[0, 0, 0, Number.NaN, 0, 0]],
    [[0, 0, 0, Number.POSITIVE_INFINITY, 0, 0]],
    [[Number.NEGATIVE_INFINITY, 0, 0, 1, 0, 0]],
  ])("shows nothing of %j", (points) => {
    const { rod, head } = matrices(points);
    for (const m of [rod, head]) {
      expect(m.elements.every(Number.isFinite)).toBe(true);
      expect(m.determinant()).toBe(0);
    }
  });
});

describe("hitArrow", () => {
  const points = new Float32Array([0, 0, 0, 0, 0, 0, 1, 0, 0, 3, 0, 0]);
  const hit = (o: number[], d: number[], i = 1) => hitArrow(points, i, sizes, o, d);

  it("hits the shaft, the head and the ends, from outside and along the axis", () => {
    expect(hit([2, 5, 0], [0, -1, 0])).toBeCloseTo(4.9);
    // Half way up the head, which begins at 2.5, it is half as thick.
    expect(hit([2.75, 5, 0], [0, -1, 0])).toBeCloseTo(4.85);
    expect(hit([-4, 0.05, 0], [1, 0, 0])).toBeCloseTo(5);
    expect(hit([-4, 0.2, 0], [1, 0, 0])).toBeCloseTo(6.5);
    expect(hit([2, 5, 0], [0, -2, 0])).toBeCloseTo(2.45);
  });

  it("does not hit arrows beside, behind or without length", () => {
    expect(hit([2, 5, 0.15], [0, -1, 0])).toBeNull();
    expect(hit([3.1, 5, 0], [0, -1, 0])).toBeNull();
    expect(hit([2, 5, 0], [0, 1, 0])).toBeNull();
    expect(hit([0, 5, 0], [0, -1, 0], 0)).toBeNull();
  });
});
