import { expect, test } from "vitest";
import { DepthOrder, instancesOf } from "./instances";

const IDENTITY = [1, 0, 0, 0];
const wxyzs = new Float32Array([...IDENTITY, ...IDENTITY, ...IDENTITY]);
const positions = new Float32Array([1, 2, 3, 4, 5, 6, 7, 8, 9]);

test("matrices consist of pose and scale", () => {
  const one = instancesOf(wxyzs, positions, new Float32Array([2, 3, 4]));
  expect(one.problem).toBeNull();
  expect([...one.matrices.subarray(16, 32)]).toEqual([
    3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 4, 5, 6, 1,
  ]);
  const three = instancesOf(wxyzs, positions, new Float32Array([1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect([...three.matrices.subarray(32, 48)]).toEqual([
    7, 0, 0, 0, 0, 8, 0, 0, 0, 0, 9, 0, 7, 8, 9, 1,
  ]);
  expect(three.reach[2]).toBe(9);
});

test("instances without a valid pose are left out, and the others keep their indices", () => {
  const broken = positions.slice();
  broken[1] = Number.NaN;
  const left = instancesOf(wxyzs, broken, null);
  expect(left.count).toBe(2);
  expect([...left.ids.subarray(0, 2)]).toEqual([1, 2]);
  expect(left.matrices).toHaveLength(32);
  expect(left.problem).toContain("1 of 3");

  const turns = wxyzs.slice();
  turns.fill(0, 8);
  expect(instancesOf(turns, positions, null).count).toBe(2);
  const sizes = new Float32Array([1, Number.POSITIVE_INFINITY, 1]);
  expect(instancesOf(wxyzs, positions, sizes).count).toBe(2);
});

test.each([
  ["other lengths", wxyzs.subarray(4), positions, null],
  ["half a position", wxyzs, positions.subarray(1), null],
  ["two scales each", wxyzs, positions, new Float32Array(6)],
  ["no arrays", [1, 0, 0, 0], [0, 0, 0], null],
  ["scales that are none", wxyzs, positions, "large"],
])("%s are rejected with a message", (_, w, p, s) => {
  const refused = instancesOf(w, p, s);
  expect(refused.count).toBe(0);
  expect(refused.problem).toBeTruthy();
});

test("empty arrays give no instances", () => {
  const none = instancesOf(new Float32Array(), new Float32Array(), new Float32Array());
  expect(none).toMatchObject({ count: 0, problem: null });
});

test("the farthest are first", () => {
  const order = new DepthOrder();
  const distances = new Float32Array(1000).map((_, i) => (i * 7919) % 1000);
  const sorted = [...order.sort(distances, 1000)].map((i) => distances[i]!);
  expect(sorted).toEqual([...distances].sort((a, b) => b - a));
  // Fewer than before, all at one distance.
  expect([...order.sort(new Float32Array(3).fill(5), 3).subarray(0, 3)]).toEqual([0, 1, 2]);
});
