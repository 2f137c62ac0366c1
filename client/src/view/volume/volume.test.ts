import { describe, expect, test } from "vitest";
import {
  addPoint,
  addPointInGap,
  curveThrough,
  MAX_POINTS,
  movePoint,
  opacitiesOf,
  opacityAt,
  removePoint,
} from "./curve";
import { decadesOf, densityAt, typedNumber, withEnd } from "./fields";
import { barsOf, extentIn, sampleOf } from "./histogram";
import { mapIn, opacitiesIn, tableFrom, tableOf, tableOfMap } from "./transfer";

const ramp = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];

describe("the curve", () => {
  test("has only the corners of the opacities", () => {
    expect(curveThrough(opacitiesOf(ramp, 256))).toEqual(ramp);
    const corners = [
      { x: 0, y: 0 },
      { x: 85 / 255, y: 0 },
      { x: 170 / 255, y: 0.2 },
      { x: 1, y: 0.8 },
    ];
    expect(curveThrough(opacitiesOf(corners, 256))).toEqual(corners);
  });

  test("of one opacity, of none, and of noise", () => {
    expect(curveThrough(new Uint8Array([51]))).toEqual([
      { x: 0, y: 0.2 },
      { x: 1, y: 0.2 },
    ]);
    expect(curveThrough(new Uint8Array())).toEqual(ramp);
    const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256);
    expect(curveThrough(noise).length).toBeLessThanOrEqual(MAX_POINTS);
  });

  test("steps where two points are above each other", () => {
    const step = [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 0.5, y: 1 },
      { x: 1, y: 1 },
    ];
    expect([0, 0.49, 0.5, 0.51, 1].map((x) => opacityAt(step, x))).toEqual([0, 0, 1, 1, 1]);
  });

  test("points stay between their neighbors, and the ends at the ends", () => {
    const { curve, at } = addPoint(ramp, 0.4, 0.9)!;
    expect(at).toBe(1);
    expect(movePoint(curve, 1, 3, -2)[1]).toEqual({ x: 1, y: 0 });
    expect(movePoint(curve, 0, 0.3, 0.5)[0]).toEqual({ x: 0, y: 0.5 });
    expect(movePoint(curve, 2, 0.3, 0.5)[2]).toEqual({ x: 1, y: 0.5 });
    expect(movePoint(curve, 7, 0.3, 0.5)).toBe(curve);
    expect(movePoint(curve, 1, Number.NaN, 0)).toBe(curve);
    expect(movePoint(movePoint(curve, 1, 0.41, 0.9), 1, 0.42, 0.9)[1]!.x).toBe(0.42);
  });

  test("points are added in order, up to a number, and removed but for the ends", () => {
    expect(addPoint(ramp, 0, 0.5)!.at).toBe(1);
    expect(addPoint(ramp, 1, 0.5)!.at).toBe(1);
    expect(addPoint(ramp, Number.NaN, 0)).toBeNull();
    let curve = addPoint(ramp, 0.2, 0)!.curve;
    expect(addPointInGap(curve)).toEqual({
      curve: curve.toSpliced(2, 0, { x: 0.6, y: 0.5 }),
      at: 2,
    });
    expect(removePoint(curve, 1)).toEqual({ curve: ramp, at: 1 });
    expect(removePoint(curve, 0)).toBeNull();
    expect(removePoint(curve, 2)).toBeNull();
    for (let next = addPointInGap(curve); next; next = addPointInGap(curve)) curve = next.curve;
    expect(curve).toHaveLength(MAX_POINTS);
    expect(curve.map((p) => p.x)).toEqual(curve.map((p) => p.x).sort((a, b) => a - b));
  });
});

describe("the table", () => {
  test("keeps colors when opacities change, and the other way round", () => {
    const magma = tableFrom(tableOfMap("magma"), (n) => opacitiesOf(ramp, n));
    expect(mapIn(magma)).toBe("magma");
    expect(curveThrough(opacitiesIn(magma))).toEqual(ramp);
    const clear = tableFrom(magma, (n) => new Uint8Array(n));
    expect(mapIn(clear)).toBe("magma");
    expect(Math.max(...opacitiesIn(clear))).toBe(0);
  });

  test("knows maps in tables of other lengths, and other colors as none", () => {
    const long = new Uint8Array(4 * 4096);
    expect(mapIn(long)).toBeNull();
    expect(tableFrom(long, (n) => new Uint8Array(n))).toHaveLength(long.length);
    expect(tableFrom(new Uint8Array([9, 8, 7, 6]), (n) => new Uint8Array(n)).slice(0, 4)).toEqual(
      new Uint8Array([9, 8, 7, 0]),
    );
  });

  test("is one only with four bytes per row", () => {
    for (const bad of [null, undefined, "x", [1, 2, 3, 4], new Uint8Array(), new Uint8Array(7)]) {
      expect(tableOf(bad)).toBeNull();
    }
    expect(tableOf(new Uint8Array(8))).toHaveLength(8);
  });
});

describe("the histogram", () => {
  test("counts the numbers in the range, by their logarithms", () => {
    const sample = sampleOf(new Uint8Array([0, 0, 0, 10, 20, 255]));
    expect(extentIn(sample)).toEqual([0, 255]);
    expect(barsOf(sample, 0, 20, 2)).toEqual([1, Math.log1p(2) / Math.log1p(3)]);
    expect(barsOf(sample, 5, 5, 2)).toEqual([0, 0]);
    expect(barsOf(sample, 30, 40, 2)).toEqual([0, 0]);
  });

  test("takes half floats, leaves out what is not finite, and what is no grid", () => {
    expect([...sampleOf(new Uint16Array([0x3c00, 0x7c00, 0x7e00, 0xc000]))]).toEqual([1, -2]);
    expect([...sampleOf(new Float32Array([Number.NaN, Infinity, 3]))]).toEqual([3]);
    expect(extentIn(sampleOf(new Float32Array([Number.NaN])))).toBeNull();
    for (const bad of [null, {}, "x", [1]]) expect(sampleOf(bad)).toHaveLength(0);
  });

  test("of a large grid it is a sample of all its parts", () => {
    const values = Float32Array.from({ length: 1 << 20 }, (_, i) => i);
    const sample = sampleOf(values);
    expect(sample).toHaveLength(1 << 17);
    expect(sampleOf(values)).toBe(sample);
    const bars = barsOf(sample, 0, 1 << 20, 8);
    expect(Math.min(...bars)).toBeGreaterThan(0.99);
    // Every row of 1024 has numbers at all its places.
    const places = new Set([...sample].map((v) => v % 1024));
    expect(places.size).toBe(1024);
  });
});

describe("fields", () => {
  test("take numbers and nothing else", () => {
    expect(["1", " -2.5e3 ", "0,5", "+7"].map(typedNumber)).toEqual([1, -2500, 0.5, 7]);
    for (const bad of ["", " ", "abc", "1e999", "1e300", "NaN", "Infinity", "1 2", "1,2,3"]) {
      expect(typedNumber(bad), bad).toBeNull();
    }
  });

  test("an end of the range moves the other one", () => {
    expect(withEnd([0, 1], 0, 2)).toEqual([2, 2]);
    expect(withEnd([0, 1], 1, -2)).toEqual([-2, -2]);
    expect(withEnd([0, 1], 1, 0.5)).toEqual([0, 0.5]);
  });

  test("the density's slider has the program's in its middle", () => {
    expect(decadesOf(5, 5)).toBe(0);
    expect(densityAt(0, 0.3)).toBe(0.3);
    expect(densityAt(1, 0.3)).toBeCloseTo(3);
    expect(decadesOf(0, 0)).toBe(-2);
    expect(decadesOf(1e9, 1)).toBe(2);
    expect(densityAt(decadesOf(7, 2), 2)).toBeCloseTo(7);
  });
});
