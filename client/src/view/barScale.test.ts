import { describe, expect, it } from "vitest";
import { extentOf, formatted, scaleOf, ticksOf } from "./barScale";

const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;

describe("a color bar's scale", () => {
  it("maps numbers to places and back", () => {
    for (const [range, log] of [
      [[0, 10], false],
      [[-3e38, 3e38], false],
      [[1, 1000], true],
      [[1e-9, 2e-9], false],
    ] as const) {
      const scale = scaleOf(range, log);
      expect(scale.at(range[0])).toBe(0);
      expect(scale.at(range[1])).toBeCloseTo(1);
      for (const at of [0, 0.25, 0.5, 1]) expect(scale.at(scale.value(at))).toBeCloseTo(at);
    }
    expect(scaleOf([1, 100], true).value(0.5)).toBeCloseTo(10);
  });

  it("of one number has places around it", () => {
    const scale = scaleOf([5, 5], false);
    expect(scale.at(5)).toBe(0.5);
    expect(scale.value(0)).toBeLessThan(5);
    expect(scale.value(0.5)).toBe(5);
    expect(scale.value(1)).toBeGreaterThan(5);
    expect(scaleOf([0, 0], false).value(0.6)).toBeGreaterThan(0);
    expect(Number.isFinite(scaleOf([0, 0], false).at(1))).toBe(true);
  });
});

describe("the bounds of numbers", () => {
  it("are those of the finite ones", () => {
    expect(extentOf(new Float32Array([nan, -inf, -2, 7, inf]), false)).toEqual([-2, 7]);
    expect(extentOf(new Float32Array([nan, -2, 0, 3, 7]), true)).toEqual([3, 7]);
    expect(extentOf(new Float32Array([nan, inf]), false)).toBeNull();
    expect(extentOf(new Float32Array(), false)).toBeNull();
    expect(extentOf([1, 2], false)).toBeNull();
  });

  it("are those of the scale that is asked for", () => {
    const values = new Float32Array([-1, 4]);
    expect(extentOf(values, false)).toEqual([-1, 4]);
    expect(extentOf(values, true)).toEqual([4, 4]);
  });
});

describe("ticks", () => {
  const ticks = (low: number, high: number, log = false) => ticksOf(scaleOf([low, high], log));
  it("are round numbers", () => {
    expect(ticks(0, 1)).toEqual([0, 0.5, 1]);
    expect(ticks(0, 10)).toEqual([0, 5, 10]);
    expect(ticks(20.5, 31)).toEqual([22, 24, 26, 28, 30]);
    expect(ticks(-0.3, 0.3)).toEqual([-0.2, 0, 0.2]);
    expect(ticks(1e6, 3e6)).toEqual([1e6, 1.5e6, 2e6, 2.5e6, 3e6]);
  });

  it("are powers of ten on a logarithmic scale of some", () => {
    expect(ticks(0.5, 2000, true)).toEqual([1, 10, 100, 1000]);
    expect(ticks(1e-9, 1e9, true).length).toBeLessThanOrEqual(5);
    expect(ticks(2, 8, true).length).toBeGreaterThan(1);
  });

  it("are few, whatever the range", () => {
    for (const [a, b] of [
      [0, 3e38],
      [-3e38, 3e38],
      [0, 1e-30],
      [1, 1.0000001],
      [7, 7],
    ] as const) {
      const got = ticks(a, b);
      expect(got.length).toBeLessThanOrEqual(5);
      expect(got.every(Number.isFinite)).toBe(true);
    }
  });
});

it("writes numbers in few digits", () => {
  const given = [0, -0, 0.25, 2 / 3, 123456, 1234567, 0.00001234, -5, nan, inf];
  expect(given.map(formatted)).toEqual([
    "0",
    "0",
    "0.25",
    "0.66667",
    "123456",
    "1.23e+6",
    "1.23e-5",
    "-5",
    "NaN",
    "Infinity",
  ]);
});
