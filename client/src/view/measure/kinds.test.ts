import { expect, test } from "vitest";
import type { Vec3 } from "../../protocol/messages.gen";
import { angleAt, measured, nearestOnTriangle, polygonArea, tidy } from "./kinds";
import { asJSON, asText, coordinates, differences, textOf } from "./text";

const FAR = 1e6;
const far = (p: Vec3): Vec3 => [p[0] + FAR, p[1] - FAR, p[2] + FAR];

test("lengths and areas are the same far from the origin", () => {
  const square: Vec3[] = [
    [0, 0, 0],
    [0.1, 0, 0],
    [0.1, 0.2, 0],
    [0, 0.2, 0],
  ];
  expect(polygonArea(square)).toBeCloseTo(0.02, 12);
  expect(polygonArea(square.map(far))).toBeCloseTo(0.02, 8);
  expect(measured("polyline", square.map(far))).toBeCloseTo(0.4, 8);
  expect(measured("distance", [far([0, 0, 0]), far([3, 4, 0])])).toBe(5);
  // Not plane: the area of its projection on the plane that fits best.
  const bent: Vec3[] = [
    [0, 0, 1],
    [1, 0, -1],
    [1, 1, 1],
    [0, 1, -1],
  ];
  expect(polygonArea(bent)).toBeCloseTo(1, 12);
  expect(
    polygonArea([
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ]),
  ).toBe(0);
});

test("small angles are exact, and degenerate ones 0", () => {
  expect(angleAt([0, 0, 0], [1, 0, 0], [0, 3, 0])).toBeCloseTo(Math.PI / 2, 15);
  expect(angleAt([0, 0, 0], [1, 0, 0], [-2, 0, 0])).toBeCloseTo(Math.PI, 15);
  expect(angleAt([0, 0, 0], [1, 0, 0], [1, 1e-9, 0]) / 1e-9).toBeCloseTo(1, 12);
  expect(angleAt([1, 1, 1], [1, 1, 1], [2, 0, 0])).toBe(0);
});

test("the nearest point of a triangle is in it, on an edge or a corner", () => {
  const t: [Vec3, Vec3, Vec3] = [
    [0, 0, 0],
    [2, 0, 0],
    [0, 2, 0],
  ];
  expect(nearestOnTriangle([0.5, 0.5, 3], ...t)).toEqual([0.5, 0.5, 0]);
  expect(nearestOnTriangle([1, -5, 1], ...t)).toEqual([1, 0, 0]);
  expect(nearestOnTriangle([2, 2, 0], ...t)).toEqual([1, 1, 0]);
  expect(nearestOnTriangle([-1, -1, 0], ...t)).toEqual([0, 0, 0]);
  expect(nearestOnTriangle([9, 0, 0], ...t)).toEqual([2, 0, 0]);
  expect(nearestOnTriangle([-1, 9, 0], ...t)).toEqual([0, 2, 0]);
  expect(nearestOnTriangle([-3, 1, 0], ...t)).toEqual([0, 1, 0]);
  // One without an area.
  expect(nearestOnTriangle([0, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0])).toEqual([0, 0, 0]);
});

test("too few points have no value", () => {
  expect(
    measured("area", [
      [0, 0, 0],
      [1, 0, 0],
    ]),
  ).toBeNull();
  expect(measured("distance", [[0, 0, 0]])).toBeNull();
  expect(textOf({ kind: "angle", points: [] }, "m")).toBeNull();
});

test("texts have a sensible number of digits, and JSON has all", () => {
  const distance = {
    kind: "distance" as const,
    points: [
      [0, 0, 0],
      [1 / 3, 0, 0],
    ] as Vec3[],
    nodes: ["/a", ""],
  };
  expect(textOf(distance, "m")).toBe("0.33333 m");
  expect(textOf(distance, "")).toBe("0.33333");
  expect(differences(distance, "m")).toBe("Δx 0.33333 m, Δy 0 m, Δz 0 m");
  const area = {
    kind: "area" as const,
    points: [
      [0, 0, 0],
      [2, 0, 0],
      [0, 2, 0],
    ] as Vec3[],
    nodes: ["", "", ""],
  };
  const angle = { ...area, kind: "angle" as const };
  expect(asText([distance, area, angle], "m")).toBe("Distance: 0.33333 m\nArea: 2 m²\nAngle: 45°");
  expect(JSON.parse(asJSON([distance, area, angle], "m"))).toEqual([
    { ...distance, value: 1 / 3, unit: "m" },
    { ...area, value: 2, unit: "m²" },
    { ...angle, value: expect.closeTo(45, 9), unit: "°" },
  ]);
  expect(
    textOf(
      {
        kind: "distance",
        points: [
          [0, 0, 0],
          [1.23456e-7, 0, 0],
        ],
      },
      "m",
    ),
  ).toBe("1.2346e-7 m");
  expect(coordinates([1_000_000.123456, 0.5, -0], "m")).toBe("1000000, 1, 0 m");
  expect(coordinates([0.123456, 0, 1], "")).toBe("0.1235, 0, 1");
});

test("coordinates have no digits of rounding", () => {
  expect(tidy([0.9999999999999998, -1e-17, 0])).toEqual([1, 0, 0]);
  expect(tidy([1_000_000.0000000001, 1e-8, -2])).toEqual([1_000_000, 0, -2]);
  expect(tidy([1e-9, 2e-9, 0])).toEqual([1e-9, 2e-9, 0]);
  expect(tidy([0, 0, 0])).toEqual([0, 0, 0]);
});
