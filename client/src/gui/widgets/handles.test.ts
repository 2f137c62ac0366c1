import { expect, test } from "vitest";
import { freeOf, handlesOf, moved, nearest, rangeOf } from "./handles";
import { ticksOf } from "./ticks";

const plain = handlesOf(ticksOf(0, 10, 1), 0, null, false);
const apart = handlesOf(ticksOf(0, 10, 0.5), 1, 1.2, false);
const fixed = handlesOf(ticksOf(0, 10, 1), 0, null, true);

test("a handle moves at most to its neighbors", () => {
  expect(moved(plain, [2, 5, 8], 1, 7)).toEqual([2, 7, 8]);
  expect(moved(plain, [2, 5, 8], 1, 99)).toEqual([2, 8, 8]);
  expect(moved(plain, [2, 5, 8], 1, -99)).toEqual([2, 2, 8]);
  expect(moved(plain, [2, 5, 8], 0, -99)).toEqual([0, 5, 8]);
  expect(moved(plain, [2, 5, 8], 2, 99)).toEqual([2, 5, 10]);
  expect(moved(plain, [2, 5, 8], 1, 5)).toBeNull();
  expect(moved(plain, [], 0, 5)).toBeNull();
});

test("a minimum distance is kept in whole steps", () => {
  expect(rangeOf(apart, [2, 5, 8], 1)).toEqual([7, 13]);
  expect(moved(apart, [2, 5, 8], 1, 20)).toEqual([2, 6.5, 8]);
  // A program may have set them nearer: such a handle is not moved.
  expect(moved(apart, [4.8, 5, 5.2], 1, 20)).toBeNull();
});

test("fixed ends do not move, and are not selected", () => {
  expect(moved(fixed, [0, 5, 10], 0, 3)).toBeNull();
  expect(moved(fixed, [0, 5, 10], 2, 3)).toBeNull();
  expect(nearest(fixed, [0, 5, 10], 0)).toBe(1);
  expect(nearest(fixed, [0, 10], 0)).toBe(-1);
});

test("a press selects the nearest handle", () => {
  expect(nearest(plain, [2, 5, 8], 0)).toBe(0);
  expect(nearest(plain, [2, 5, 8], 6)).toBe(1);
  expect(nearest(plain, [2, 5, 8], 10)).toBe(2);
  expect(nearest(plain, [5, 5, 5], 9)).toBe(2);
  expect(nearest(plain, [5, 5, 5], 1)).toBe(0);
});

test("of handles at the same position the free one moves", () => {
  expect(freeOf(plain, [5, 5, 5], 0, 6)).toBe(2);
  expect(freeOf(plain, [5, 5, 5], 2, 4)).toBe(0);
  expect(freeOf(plain, [5, 5, 5], 1, 5)).toBe(1);
  expect(freeOf(plain, [2, 5, 8], 1, 9)).toBe(1);
  expect(freeOf(fixed, [0, 0, 10], 1, 0)).toBe(1);
});
