import { expect, test } from "vitest";
import { pointSpacing } from "./spacing";

/** A square grid of points, n by n, so far apart. */
function grid(n: number, apart: number) {
  const at = (i: number, axis: number) =>
    axis === 0 ? (i % n) * apart : axis === 1 ? Math.floor(i / n) * apart : 0;
  return pointSpacing(n * n, at);
}

test("of a grid it is the side of its cells", () => {
  expect(grid(50, 0.25)).toBeCloseTo(0.25, 6);
});

test("of more points than it looks at it is about the same", () => {
  const spacing = grid(1500, 2);
  expect(spacing).toBeGreaterThan(0.8);
  expect(spacing).toBeLessThan(3);
});

test("no points, one, all at one place, or not finite ones have none", () => {
  expect(pointSpacing(0, () => 1)).toBe(0);
  expect(pointSpacing(1, () => 1)).toBe(0);
  expect(pointSpacing(100, () => 1)).toBe(0);
  expect(pointSpacing(100, () => Number.NaN)).toBe(0);
});

test("a few points that are not finite do not matter", () => {
  const at = (i: number, axis: number) => (i % 10 === 3 ? Number.NaN : axis === 0 ? i : 0);
  expect(pointSpacing(200, at)).toBeCloseTo(1, 6);
});
