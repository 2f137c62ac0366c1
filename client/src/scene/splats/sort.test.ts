import { describe, expect, it } from "vitest";
import { DepthSort, type SortGroup } from "./sort";

function sorted(sorter: DepthSort, groups: SortGroup[], capacity = 100_000): number[] {
  const out = new Uint32Array(capacity);
  return [...out.subarray(0, sorter.sort(groups, out))];
}

const along = (x: number, y: number, z: number, w = 0): SortGroup["row"] => [x, y, z, w];

describe("DepthSort", () => {
  it("sorts the farthest first, on both sides of zero", () => {
    const sorter = new DepthSort();
    sorter.setCenters(0, new Float32Array([0, 0, 5, 0, 0, -7, 0, 0, 0, 0, 0, 1e-30, 0, 0, -1e30]));
    const row = along(0, 0, 1);
    expect(sorted(sorter, [{ start: 0, count: 5, row }])).toEqual([0, 3, 2, 1, 4]);
    expect(sorted(sorter, [{ start: 0, count: 5, row: along(0, 0, -1) }])).toEqual([4, 1, 2, 3, 0]);
  });

  it("sorts several nodes together, each with its own pose, and leaves others out", () => {
    const sorter = new DepthSort();
    sorter.setCenters(0, new Float32Array([1, 0, 0, 3, 0, 0]));
    sorter.setCenters(2, new Float32Array([9, 9, 9]));
    sorter.setCenters(3, new Float32Array([0, 0, 0, 0, 1, 0]));
    const groups = [
      { start: 0, count: 2, row: along(1, 0, 0) },
      { start: 3, count: 2, row: along(0, 1, 0, 1.5) },
    ];
    expect(sorted(sorter, groups)).toEqual([1, 4, 3, 0]);
  });

  it("has full precision, even with a far outlier", () => {
    const n = 5000;
    const centers = new Float32Array(3 * n);
    let seed = 1;
    for (let i = 0; i < n; i++) {
      seed = (seed * 16807) % 2147483647;
      centers[3 * i] = 1 + seed / 2147483647;
    }
    centers[0] = 1e9;
    const sorter = new DepthSort();
    sorter.setCenters(0, centers);
    const order = sorted(sorter, [{ start: 0, count: n, row: along(1, 0, 0) }]);
    expect(new Set(order).size).toBe(n);
    for (let i = 1; i < n; i++) {
      expect(centers[3 * order[i - 1]!]!).toBeGreaterThanOrEqual(centers[3 * order[i]!]!);
    }
  });

  it("leaves out splats without a position", () => {
    const sorter = new DepthSort();
    sorter.setCenters(0, new Float32Array([Number.NaN, 0, 0, 1, 2, 3, Infinity, 0, 0]));
    expect(sorted(sorter, [{ start: 0, count: 3, row: along(1, 1, 1) }])).toEqual([1]);
    expect(sorted(sorter, [])).toEqual([]);
  });

  it("writes at most as many as fit", () => {
    const sorter = new DepthSort();
    sorter.setCenters(0, new Float32Array(30));
    const groups = [{ start: 0, count: 10, row: along(1, 0, 0) }];
    expect(sorted(sorter, groups, 4)).toHaveLength(4);
    // Missing centers have no depth.
    expect(sorted(sorter, [{ start: 8, count: 10, row: along(1, 0, 0) }])).toEqual([8, 9]);
  });
});
