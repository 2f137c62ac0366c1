import { describe, expect, it } from "vitest";
import { axisEnds } from "./gizmo";

describe("axisEnds", () => {
  it("has the ends that are farthest away first, and opposite ends opposite", () => {
    // Looking down along z, x to the right: z comes towards the viewer.
    const ends = axisEnds((d) => [d[0], d[1], d[2]]);
    expect(ends.map((e) => e.z)).toEqual([...ends.map((e) => e.z)].sort((a, b) => a - b));
    expect(ends[0]).toMatchObject({ axis: 2, sign: -1 });
    expect(ends[5]).toMatchObject({ axis: 2, sign: 1 });
    for (const axis of [0, 1, 2]) {
      const [a, b] = ends.filter((e) => e.axis === axis);
      expect([a!.x + b!.x, a!.y + b!.y, a!.z + b!.z]).toEqual([0, 0, 0]);
    }
    expect(ends.find((e) => e.axis === 0 && e.sign === 1)).toMatchObject({ x: 1, y: 0 });
  });
});
