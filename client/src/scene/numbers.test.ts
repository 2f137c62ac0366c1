import { describe, expect, it } from "vitest";
import { allFinite, halvesFinite } from "./numbers";

describe("allFinite", () => {
  it("detects one non-finite number among valid, small and huge ones", () => {
    const good = [0, -0, 1, -1e38, 3e38, 1e-45];
    expect(allFinite(new Float32Array(good))).toBe(true);
    expect(allFinite(new Float32Array())).toBe(true);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(allFinite(new Float32Array([...good, bad, ...good]))).toBe(false);
    }
  });
});

describe("halvesFinite", () => {
  it("detects infinities and NaN", () => {
    // 0, -0, 1, the largest, the smallest.
    const good = [0x0000, 0x8000, 0x3c00, 0x7bff, 0xfbff, 0x0001];
    expect(halvesFinite(new Uint16Array(good))).toBe(true);
    for (const bad of [0x7c00, 0xfc00, 0x7e00, 0xffff]) {
      for (let i = 0; i <= good.length; i++) {
        const all = [...good.slice(0, i), bad, ...good.slice(i)];
        expect(halvesFinite(new Uint16Array(all))).toBe(false);
        expect(halvesFinite(new Uint16Array([0, ...all]).subarray(1))).toBe(false);
        expect(halvesFinite(new Uint16Array([bad, ...good]).subarray(1))).toBe(true);
      }
    }
  });
});
