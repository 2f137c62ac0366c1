import { Group, type InstancedMesh, MeshBasicMaterial } from "three";
import { expect, it } from "vitest";
import type { Look } from "../batch/instanceBatch";
import type { SceneContext } from "../context";
import { SurfacePool } from "../surfaces";
import { BatchedAxes } from "./batchedAxes";
import { Frame } from "./frame";

it("axes are unlit: they have their colors from every side", () => {
  const looks: Look[] = [];
  const stage = new Group();
  const surfaces = new SurfacePool();
  const batch = { setLook: () => {}, setPose: () => {} };
  const join = (_: unknown, look: Look) => {
    looks.push(look);
    return batch;
  };
  const ctx = {
    stage,
    surfaces,
    perFrame: new Set(),
    requestRender: () => {},
    instances: { join, leave: () => {} },
  } as unknown as SceneContext;

  const frame = new Frame(ctx, () => {});
  frame.setShown(true);
  frame.update({ axes_length: 1, axes_radius: 0.1, origin_radius: 0.2 });
  expect(looks.length).toBeGreaterThan(0);
  expect(surfaces.make(looks.at(-1)!.surface)).toBeInstanceOf(MeshBasicMaterial);

  const axes = new BatchedAxes(ctx, () => {});
  const props = {
    axes_length: 1,
    axes_radius: 0.1,
    batched_positions: new Float32Array(3),
    batched_wxyzs: new Float32Array([1, 0, 0, 0]),
    batched_scales: null,
    scale: 1,
  };
  axes.update(props, null);
  const materials: unknown[] = [];
  stage.traverse((o) => {
    if ((o as InstancedMesh).isInstancedMesh) materials.push((o as InstancedMesh).material);
  });
  expect(materials.length).toBeGreaterThan(0);
  for (const m of materials) expect(m).toBeInstanceOf(MeshBasicMaterial);
});
