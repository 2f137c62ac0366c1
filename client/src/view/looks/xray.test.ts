import {
  BoxGeometry,
  type Material,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  Scene,
  ShaderMaterial,
} from "three";
import { expect, test, vi } from "vitest";
import { XRay } from "./xray";

function scene(...materials: (Material | Material[])[]) {
  const out = new Scene();
  const meshes = materials.map((material) => new Mesh(new BoxGeometry(), material));
  out.add(...meshes);
  return { out, meshes };
}

test("surfaces are translucent while a picture is drawn, and as before after it", () => {
  const material = new MeshStandardMaterial({ opacity: 0.5 });
  const { out, meshes } = scene(material, [material, material]);
  const xray = new XRay();
  xray.begin(out);
  const clear = meshes[0]!.material as MeshStandardMaterial;
  expect(clear).toMatchObject({ transparent: true, depthWrite: false });
  expect(clear.opacity).toBeCloseTo(0.15, 6);
  expect(meshes[1]!.material).toEqual([clear, clear]);
  // It follows its own.
  material.color.set(0x123456);
  material.opacity = 1;
  expect(clear.color.getHex()).toBe(0x123456);
  expect(clear.opacity).toBeCloseTo(0.3, 6);
  xray.end();
  expect(meshes[0]!.material).toBe(material);
  expect(material.transparent).toBe(false);
  xray.begin(out);
  expect(meshes[0]!.material).toBe(clear);
});

test("what three.js made for it is freed with the surface's own material", () => {
  const material = new MeshStandardMaterial();
  const { out, meshes } = scene(material);
  const xray = new XRay();
  xray.begin(out);
  const clear = meshes[0]!.material as Material;
  const freed = vi.fn();
  clear.addEventListener("dispose", freed);
  xray.end();
  material.dispose();
  expect(freed).toHaveBeenCalledOnce();
});

test("axes, images and our own shaders stay opaque", () => {
  const { out, meshes } = scene(new MeshBasicMaterial(), new ShaderMaterial());
  const before = meshes.map(({ material }) => material);
  new XRay().begin(out);
  expect(meshes.map(({ material }) => material)).toEqual(before);
});
