import { BoxGeometry, Mesh, MeshStandardMaterial } from "three";
import { expect, test } from "vitest";
import type { Hit } from "../visual";
import { meetsFilling } from "./filling";
import { CAP_DEFINE } from "./shader";

function hitOf(filled: boolean): Hit {
  const material = new MeshStandardMaterial();
  material.defines = filled ? { [CAP_DEFINE]: "" } : {};
  const mesh = new Mesh(new BoxGeometry(), material);
  mesh.updateMatrixWorld();
  const [i, j, k] = mesh.geometry.getIndex()!.array;
  // The first triangle faces along x.
  return { distance: 1, instance: null, face: { index: 0, vertices: [i!, j!, k!], mesh } };
}

test("the filling is met where the inside of a filled mesh is seen", () => {
  expect(meetsFilling(hitOf(true), [1, 0, 0])).toBe(true);
  expect(meetsFilling(hitOf(true), [-1, 0, 0])).toBe(false);
  expect(meetsFilling(hitOf(false), [1, 0, 0])).toBe(false);
});

test("a mirrored mesh has its inside where it is drawn", () => {
  const hit = hitOf(true);
  hit.face!.mesh.scale.set(-1, 1, 1);
  hit.face!.mesh.updateMatrixWorld();
  expect(meetsFilling(hit, [-1, 0, 0])).toBe(true);
  expect(meetsFilling(hit, [1, 0, 0])).toBe(false);
});

test("a solid is met, a point or an instance is not", () => {
  expect(meetsFilling({ distance: 1, instance: null, solid: true }, [1, 0, 0])).toBe(true);
  expect(meetsFilling({ distance: 1, instance: 7 }, [1, 0, 0])).toBe(false);
  expect(meetsFilling({ ...hitOf(true), instance: 7 }, [1, 0, 0])).toBe(false);
});
