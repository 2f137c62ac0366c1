import { BoxGeometry, BufferAttribute, BufferGeometry, PlaneGeometry, SphereGeometry } from "three";
import { expect, test } from "vitest";
import { enclosesVolume, isClosed } from "./closed";

/** Without some of its first corners. */
function without(geometry: BufferGeometry, corners: number): BufferGeometry {
  const index = geometry.getIndex()!;
  geometry.setIndex(Array.from(index.array).slice(corners));
  return geometry;
}

test("bodies are closed, with and without shared vertices", () => {
  expect(enclosesVolume(new BoxGeometry(1, 2, 3))).toBe(true);
  expect(enclosesVolume(new SphereGeometry(1, 24, 16))).toBe(true);
  expect(enclosesVolume(new BoxGeometry(1, 2, 3).toNonIndexed())).toBe(true);
});

test("a body is closed wherever it is", () => {
  expect(enclosesVolume(new BoxGeometry(1, 1, 1).translate(1000, -500, 200))).toBe(true);
});

test("surfaces with a border are not", () => {
  expect(enclosesVolume(new PlaneGeometry(1, 1, 4, 4))).toBe(false);
  expect(enclosesVolume(without(new BoxGeometry(1, 1, 1), 6))).toBe(false);
  expect(enclosesVolume(without(new SphereGeometry(1, 24, 16), 60))).toBe(false);
});

test("a body whose triangles all face inside is not", () => {
  const geometry = new BoxGeometry(1, 1, 1);
  geometry.setIndex(Array.from(geometry.getIndex()!.array).reverse());
  expect(enclosesVolume(geometry)).toBe(false);
});

test("nothing and numbers that are none are not", () => {
  expect(enclosesVolume(new BufferGeometry())).toBe(false);
  const nowhere = new BufferGeometry();
  nowhere.setAttribute("position", new BufferAttribute(new Float32Array(36).fill(Number.NaN), 3));
  expect(enclosesVolume(nowhere)).toBe(false);
});

test("vertices that move are not looked through again, other triangles are", () => {
  const geometry = new BoxGeometry(1, 1, 1);
  expect(isClosed(geometry)).toBe(true);
  geometry.getAttribute("position").setXYZ(0, 9, 9, 9);
  expect(isClosed(geometry)).toBe(true);
  expect(isClosed(without(geometry, 6))).toBe(false);
});
