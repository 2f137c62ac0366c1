import { Vector3 } from "three";
import { expect, test } from "vitest";
import { alongAxis } from "./orbitOrigin";

test("a ray gives the nearest point on the axis", () => {
  const eye = new Vector3(0, -5, 0);
  const to = (x: number, y: number, z: number) => new Vector3(x, y, z).sub(eye).normalize();
  const x = new Vector3(1, 0, 0);
  const origin = new Vector3();
  expect(alongAxis(eye, to(2, 0, 0), origin, x)).toBeCloseTo(2);
  // Past it, above.
  eye.z = 1;
  expect(alongAxis(eye, to(-3, 0, 1), origin, x)).toBeCloseTo(-3);
  eye.z = 0;
  expect(alongAxis(eye, to(2, 0, 0), new Vector3(1, 0, 0), x)).toBeCloseTo(1);
  expect(alongAxis(eye, to(0, 5, 0), origin, new Vector3(0, 1, 0))).toBe(0);
});
