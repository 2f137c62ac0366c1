import { describe, expect, it } from "vitest";
import { colorIndex, lookOf, rangeOf } from "./scalars";

const look = (more: object = {}) => lookOf({ colors: new Uint8Array(30), ...more });
const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;

describe("the color of a number", () => {
  it("is that of the nearest end outside of the range", () => {
    const index = (v: number) => colorIndex(v, look(), [0, 10]);
    expect([-5, 0, 0.99, 1, 9.99, 10, inf, -inf].map(index)).toEqual([0, 0, 0, 1, 9, 9, 9, 0]);
    expect(index(nan)).toBe(-1);
    expect(colorIndex(3, look(), [3, 3])).toBe(0);
    expect(colorIndex(4, look(), [3, 3])).toBe(9);
    expect(colorIndex(0, look(), [-3e38, 3e38])).toBe(5);
  });

  it("follows the logarithm", () => {
    const index = (v: number) => colorIndex(v, look({ log: true }), [1, 1024]);
    expect([0.1, 1, 2.01, 33, 1024, 0, -1].map(index)).toEqual([0, 0, 1, 5, 9, -1, -1]);
  });

  it("is a category's", () => {
    const index = (v: number) => colorIndex(v, look({ categories: true }), [0, 1]);
    expect([0, 1, 9.6, 10, -1, -11, inf, nan].map(index)).toEqual([0, 1, 0, 0, 9, 9, -1, -1]);
  });
});

it("makes the best of what is not as it should be", () => {
  for (const given of [
    null,
    undefined,
    3,
    "x",
    {},
    { colors: [1, 2, 3] },
    { colors: new Uint8Array(2) },
  ]) {
    const { colors, label, names, nan: gray } = lookOf(given);
    expect([...colors]).toEqual([0, 0, 0, 255, 255, 255]);
    expect([label, names, gray]).toEqual(["", [], [128, 128, 128]]);
  }
  expect(lookOf({ colors: new Uint8Array(100_001) }).colors.length).toBe(3 * 2048);
  expect(look({ names: ["a", 3] }).names).toEqual(["a", ""]);
  for (const given of [null, [1], [1, nan], [0, inf], "01", [1, 2, 3]]) {
    expect(rangeOf(given)).toEqual([0, 1]);
  }
  expect(rangeOf([2, 3])).toEqual([2, 3]);
});
