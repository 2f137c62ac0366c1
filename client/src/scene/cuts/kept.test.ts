import { expect, test } from "vitest";
import type { Vec3 } from "../../protocol/messages.gen";
import { Cut } from "./cut";
import { keeps, keptSpans, type Region, regionOf } from "./kept";

const ALONG_X = { origin: [-10, 0, 0], direction: [1, 0, 0] } as const;
const BESIDE = { origin: [-10, 0, 5], direction: [1, 0, 0] } as const;

function plane(normal: Vec3, at: Vec3, flip = false): Region {
  const cut = new Cut("plane");
  cut.normal = normal;
  cut.flip = flip;
  cut.pose.setPosition(...at);
  return regionOf(cut);
}

function box(half: Vec3, at: Vec3, flip = false): Region {
  const cut = new Cut("box");
  cut.half = half;
  cut.flip = flip;
  cut.pose.setPosition(...at);
  return regionOf(cut);
}

test("a plane keeps what its normal points at, or with flip the other side", () => {
  const above = plane([0, 0, 1], [0, 0, 2]);
  expect(keeps(above, [5, 5, 2.1])).toBe(true);
  expect(keeps(above, [5, 5, 1.9])).toBe(false);
  const below = plane([0, 0, 1], [0, 0, 2], true);
  expect(keeps(below, [5, 5, 2.1])).toBe(false);
  expect(keeps(below, [5, 5, 1.9])).toBe(true);
});

test("a plane turns with its pose", () => {
  const cut = new Cut("plane");
  cut.normal = [0, 0, 1];
  // A quarter turn about y: z becomes x.
  cut.pose.setWxyz(Math.SQRT1_2, 0, Math.SQRT1_2, 0);
  const region = regionOf(cut);
  expect(keeps(region, [1, 0, -3])).toBe(true);
  expect(keeps(region, [-1, 0, 3])).toBe(false);
});

test("a box keeps its inside, or with flip its outside", () => {
  const inside = box([1, 2, 3], [10, 0, 0]);
  expect(keeps(inside, [10.9, 1.9, -2.9])).toBe(true);
  expect(keeps(inside, [11.1, 0, 0])).toBe(false);
  const outside = box([1, 2, 3], [10, 0, 0], true);
  expect(keeps(outside, [10, 0, 0])).toBe(false);
  expect(keeps(outside, [11.1, 0, 0])).toBe(true);
});

test("without cuts a ray is kept as a whole", () => {
  expect(keptSpans(ALONG_X, [])).toEqual([[0, Number.POSITIVE_INFINITY]]);
});

test("a ray is kept on one side of a plane", () => {
  expect(keptSpans(ALONG_X, [plane([1, 0, 0], [2, 0, 0])])).toEqual([
    [12, Number.POSITIVE_INFINITY],
  ]);
  expect(keptSpans(ALONG_X, [plane([-1, 0, 0], [2, 0, 0])])).toEqual([[0, 12]]);
});

test("a ray along a plane is kept as a whole or not at all", () => {
  expect(keptSpans(ALONG_X, [plane([0, 0, 1], [0, 0, -1])])).toHaveLength(1);
  expect(keptSpans(ALONG_X, [plane([0, 0, 1], [0, 0, 1])])).toEqual([]);
});

test("a ray is kept inside of a box, or before and behind it", () => {
  expect(keptSpans(ALONG_X, [box([1, 1, 1], [0, 0, 0])])).toEqual([[9, 11]]);
  expect(keptSpans(ALONG_X, [box([1, 1, 1], [0, 0, 0], true)])).toEqual([
    [0, 9],
    [11, Number.POSITIVE_INFINITY],
  ]);
  expect(keptSpans(BESIDE, [box([1, 1, 1], [0, 0, 0])])).toEqual([]);
  expect(keptSpans(BESIDE, [box([1, 1, 1], [0, 0, 0], true)])).toHaveLength(1);
});

test("several cuts keep what all of them keep", () => {
  const regions = [box([4, 1, 1], [0, 0, 0]), box([1, 1, 1], [0, 0, 0], true)];
  expect(keptSpans(ALONG_X, regions)).toEqual([
    [6, 9],
    [11, 14],
  ]);
  expect(keptSpans(ALONG_X, [...regions, plane([1, 0, 0], [0, 0, 0])])).toEqual([[11, 14]]);
});
