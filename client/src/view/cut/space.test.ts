import { expect, test } from "vitest";
import { Cut } from "../../scene/cuts/cut";
import { Pose } from "../../scene/pose";
import { edges, moveSide, placeOf, reach, type Space, section, sidesOf } from "./space";

const CUBE: Space = { low: [-1, -1, -1], high: [1, 1, 1] };

function cutAt(x: number, y: number, z: number): Cut {
  const cut = new Cut("cut");
  cut.inRoot = new Pose();
  cut.inRoot.setPosition(x, y, z);
  return cut;
}

test("a plane cuts a square, a triangle or a hexagon out of a cube, or nothing", () => {
  const half = Math.SQRT1_2;
  const third = 1 / Math.sqrt(3);
  expect(section(CUBE, [0, 0, 1], 0.5)).toHaveLength(4);
  expect(section(CUBE, [third, third, third], 2 * third)).toHaveLength(3);
  expect(section(CUBE, [third, third, third], 0)).toHaveLength(6);
  expect(section(CUBE, [half, half, 0], 2)).toEqual([]);
});

test("the corners of a section are in order around it", () => {
  const corners = section(CUBE, [0, 0, 1], 0);
  corners.forEach((p, i) => {
    const next = corners[(i + 1) % corners.length]!;
    // Neighbors have a side of the cube in common.
    expect(Math.hypot(p[0] - next[0], p[1] - next[1])).toBeCloseTo(2);
  });
});

test("a box has twelve edges", () => {
  const lengths = edges(CUBE).map(([a, b]) => Math.hypot(...a.map((v, i) => v - b[i]!)));
  expect(lengths).toHaveLength(12);
  for (const length of lengths) expect(length).toBeCloseTo(2);
});

test("a space reaches along a direction as far as its corners", () => {
  expect(reach(CUBE, [0, 0, -1])).toEqual([-1, 1]);
  const [from, to] = reach(CUBE, [0.6, -0.8, 0]);
  expect(from).toBeCloseTo(-1.4);
  expect(to).toBeCloseTo(1.4);
});

test("a plane moves along its normal only", () => {
  const cut = cutAt(1, 2, 3);
  cut.normal = [0.6, 0, 0.8];
  moveSide(cut, 0, 5);
  expect(sidesOf(cut)[0]!.value).toBeCloseTo(5);
  expect(placeOf(cut)[1]).toBe(2);
});

test("a side of a box moves, and takes the opposite one along", () => {
  const cut = cutAt(0, 0, 0);
  moveSide(cut, 1, 2);
  expect(sidesOf(cut).map((s) => s.value)).toEqual([-0.5, 2, -0.5, 0.5, -0.5, 0.5]);
  moveSide(cut, 0, 3);
  const [from, to] = sidesOf(cut);
  expect(from!.value).toBeCloseTo(3);
  expect(to!.value).toBeCloseTo(3);
  expect(cut.half[0]).toBeGreaterThan(0);
});
