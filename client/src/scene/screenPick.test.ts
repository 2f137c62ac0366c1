import { Matrix4 } from "three";
import { describe, expect, it } from "vitest";
import { halfValues } from "./numbers";
import { makeGrid } from "./pointGrid";
import { PointPicker } from "./pointPick";
import { eyeRows, pickSegment } from "./screenPick";
import type { Eye, Ray } from "./visual";

/** At the origin, looking along -z; a pixel is 0.01 at distance 1. */
const eye: Eye = { right: [1, 0, 0], up: [0, 1, 0], forward: [0, 0, -1], pixel: 0.01, near: 0.1 };

function rayTo(x: number, y: number): Ray {
  const n = Math.hypot(x, y, 1);
  return { origin: [0, 0, 0], direction: [x / n, y / n, -1 / n] };
}

function pickPoint(points: number[], radius: number, x: number, y: number, shape = 0) {
  const picker = new PointPicker();
  picker.set(new Float32Array(points));
  const ray = rayTo(x, y);
  return picker.pick(eyeRows(ray, eye, new Matrix4()), ray, eye, { radius, shape }).hit(ray, eye);
}

describe("points", () => {
  it("are hit at their drawn position, the nearest first", () => {
    const cloud = [0, 0, -4, 0.4, 0, -2, 0, 0, 3, Number.NaN, 0, -1];
    // At distance 1 they span from -0.075 to 0.075, and from 0.05 to 0.35.
    expect(pickPoint(cloud, 0.3, 0, 0)?.instance).toBe(0);
    expect(pickPoint(cloud, 0.3, 0, 0)?.distance).toBeCloseTo(4);
    expect(pickPoint(cloud, 0.3, 0.06, 0)?.instance).toBe(1);
    expect(pickPoint(cloud, 0.3, 0.06, 0)?.distance).toBeCloseTo(2, 1);
    expect(pickPoint(cloud, 0.3, 0.4, 0)).toBeNull();
  });

  it("have their shapes", () => {
    const corner = [0, 0, -1];
    expect(pickPoint(corner, 0.5, 0.45, 0.45)?.off).toBeUndefined();
    expect(pickPoint(corner, 0.5, 0.45, 0.45, 2)).toBeNull();
    expect(pickPoint(corner, 0.5, 0.3, 0.3, 2)?.off).toBeUndefined();
    expect(pickPoint(corner, 0.5, 0.3, 0.3, 1)).toBeNull();
    expect(pickPoint(corner, 0.5, 0.3, 0.3, 4)).toBeNull();
  });

  it("that are small are hit within a tolerance, if none is under the pointer", () => {
    const cloud = [0, 0, -1, 0.02, 0, -1];
    const hit = pickPoint(cloud, 0.001, 0.035, 0);
    expect(hit?.instance).toBe(1);
    expect(hit?.off).toBeCloseTo(1);
    expect(pickPoint(cloud, 0.001, 0.07, 0)).toBeNull();
  });

  it("of half floats are hit too", () => {
    const picker = new PointPicker();
    // 1, 0, -2 and infinity, 0, 0.
    picker.set(new Uint16Array([0x3c00, 0, 0xc000, 0x7c00, 0, 0]));
    const ray = rayTo(0.5, 0);
    const rows = eyeRows(ray, eye, new Matrix4());
    expect(picker.pick(rows, ray, eye, { radius: 0.1, shape: 0 }).index).toBe(0);
    expect(halfValues()[0x0001]).toBeCloseTo(2 ** -24, 12);
    expect(halfValues()[0xfbff]).toBe(-65504);
    expect(halfValues()[0x7e00]).toBeNaN();
  });

  it("have the same hits with and without a grid", () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647 - 0.5;
    };
    const points = new Float32Array(3 * 20_000);
    for (let i = 0; i < points.length; i++) points[i] = 4 * random();
    for (const bad of [5, 777]) points[bad] = Number.NaN;
    const grid = makeGrid(points.length / 3, (k) => points[k]!);
    expect(grid.order.length).toBe(points.length / 3 - 2);
    const world = new Matrix4()
      .makeRotationY(0.4)
      .setPosition(0.2, 0.1, -6)
      .scale({ x: 1, y: 0.5, z: 2 } as never);
    const plain = new PointPicker();
    const quick = new PointPicker();
    plain.set(points);
    quick.set(points);
    (quick as unknown as { grid: unknown }).grid = grid;
    let found = 0;
    for (let i = 0; i < 200; i++) {
      const ray = rayTo(random(), random());
      const rows = eyeRows(ray, eye, world);
      const sprite = { radius: i % 2 ? 0.02 : 0.002, shape: 2 };
      const a = plain.pick(rows, ray, eye, sprite).index;
      expect(quick.pick(rows, ray, eye, sprite).index).toBe(a);
      if (a >= 0) found++;
    }
    expect(found).toBeGreaterThan(50);
  });
});

describe("segments", () => {
  const pick = (
    points: number[],
    thickness: number,
    units: "screen" | "world",
    x: number,
    y: number,
  ) => {
    const ray = rayTo(x, y);
    const rows = eyeRows(ray, eye, new Matrix4());
    return pickSegment(new Float32Array(points), rows, ray, eye, thickness, units).hit(ray, eye);
  };

  it("are hit within their thickness, and within a tolerance", () => {
    const line = [-1, 0, -2, 1, 0, -2];
    expect(pick(line, 0.4, "world", 0, 0.09)?.off).toBeUndefined();
    expect(pick(line, 0.4, "world", 0, 0.12)?.off).toBeCloseTo(2);
    expect(pick(line, 0.4, "world", 0, 0.2)).toBeNull();
    expect(pick(line, 10, "screen", 0.2, 0.045)?.off).toBeUndefined();
    expect(pick(line, 2, "screen", 0.2, 0.045)?.off).toBeCloseTo(3.5);
    expect(pick(line, 10, "screen", 0.6, 0)).toBeNull();
  });

  it("have the depth of the position that was hit", () => {
    // From (−1, −2) to (1, −4): seen at x = 0, it is 3 away.
    expect(pick([-1, 0, -2, 1, 0, -4], 4, "screen", 0, 0)?.distance).toBeCloseTo(3);
  });

  it("are clipped behind the camera, and left out if not finite", () => {
    expect(pick([0, 0.1, 5, 0, 0.1, -5], 2, "screen", 0, 0.1)?.instance).toBe(0);
    expect(pick([0, 0, 5, 0, 0, 1], 2, "screen", 0, 0)).toBeNull();
    expect(
      pick([Number.NaN, 0, -1, 0, 0, -1, -1, 0, -3, 1, 0, -3], 2, "screen", 0, 0)?.instance,
    ).toBe(1);
  });
});
