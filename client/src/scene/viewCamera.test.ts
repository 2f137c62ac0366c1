import { Vector2, Vector3 } from "three";
import { expect, test } from "vitest";
import { isParallel, sortPoint, ViewCamera } from "./viewCamera";

function camera(): ViewCamera {
  const c = new ViewCamera(60, 2, 0.1, 1000);
  c.position.set(0, 0, 10);
  c.updateMatrixWorld();
  return c;
}

const place = (c: ViewCamera, x: number, y: number, z: number) =>
  new Vector3(x, y, z).project(c).toArray();

test("parallel rays show at their distance what the perspective shows there", () => {
  const c = camera();
  const there = place(c, 1, 2, 0);
  expect(isParallel(c)).toBe(false);
  c.setParallel(10);
  expect(isParallel(c)).toBe(true);
  expect(c.isOrthographicCamera).toBe(true);
  const flat = place(c, 1, 2, 0);
  expect(flat[0]).toBeCloseTo(there[0]!, 6);
  expect(flat[1]).toBeCloseTo(there[1]!, 6);
  // Elsewhere, and behind the camera, it is the same place.
  for (const z of [-300, 9.95, 40]) {
    const other = place(c, 1, 2, z);
    expect(other[0]).toBeCloseTo(there[0]!, 6);
    expect(Math.abs(other[2]!)).toBeLessThan(1);
  }
  c.setParallel(0);
  expect(place(c, 1, 2, 0)).toEqual(there);
});

test("tiles of a parallel picture are parts of the whole, also of a copy", () => {
  const c = camera();
  c.setParallel(10);
  const whole = place(c, 1, 2, 0);
  const tile = c.clone();
  tile.setViewOffset(200, 100, 100, 0, 100, 50);
  const [x, y] = place(tile, 1, 2, 0);
  expect(((x! + 1) / 2) * 100 + 100).toBeCloseTo(((whole[0]! + 1) / 2) * 200, 4);
  expect(((1 - y!) / 2) * 50).toBeCloseTo(((1 - whole[1]!) / 2) * 100, 4);
  expect(tile.halfView(new Vector2())).toEqual(c.halfView(new Vector2()));
});

test("what is drawn with parallel rays is ordered by depth, not by distance from the camera", () => {
  const c = camera();
  const [beside, ahead] = [new Vector3(9, 0, 1), new Vector3(0, 0, 0)];
  const nearer = () => {
    const from = sortPoint(c, new Vector3());
    return from.distanceTo(beside) < from.distanceTo(ahead);
  };
  expect(nearer()).toBe(false);
  c.setParallel(10);
  expect(nearer()).toBe(true);
});
