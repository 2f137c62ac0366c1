/**
 * Draws nodes with equal geometry and material as instances of one mesh. Ten thousand boxes that were added one by
 * one take one draw call, and moving a box writes 16 numbers: there is no three.js object per node.
 *
 * A node joins the batch of its *look* (geometry, material, shadows); color, size and pose are the
 * instance's own. A node whose look changes moves to another batch; an empty batch is freed.
 */
import { type Camera, type Object3D, Vector3 } from "three";
import type { ShapeCache } from "../shapes";
import { type SurfacePool, surfaceKey } from "../surfaces";
import { sortPoint } from "../viewCamera";
import { type Instance, InstanceBatch, type Look, lookKey } from "./instanceBatch";
import { InstancedGroups } from "./instancedGroups";
import { SortedBatch } from "./sortedBatch";

export class InstancePool {
  /** Decides which nodes with an opacity below 1 are drawn in a batch. */
  readonly groups = new InstancedGroups();
  private readonly batches = new Map<string, InstanceBatch>();
  private readonly sorted = new Set<SortedBatch>();
  private readonly dirty = new Set<InstanceBatch>();
  /** Camera position when the sorted batches were last sorted. */
  private readonly from = new Vector3();
  private readonly eye = { x: Number.NaN, y: Number.NaN, z: Number.NaN };

  constructor(
    readonly stage: Object3D,
    private readonly shapes: ShapeCache,
    private readonly surfaces: SurfacePool,
  ) {}

  get batchCount(): number {
    return this.batches.size;
  }

  /** Moves an instance into the batch of that look. */
  join(instance: Instance, look: Look): InstanceBatch {
    const key = lookKey(look);
    if (instance.batch?.key === key) return instance.batch;
    this.leave(instance);
    let batch = this.batches.get(key);
    if (!batch) {
      batch = this.make(key, look);
      this.batches.set(key, batch);
    }
    batch.add(instance);
    return batch;
  }

  leave(instance: Instance): void {
    instance.batch?.remove(instance);
  }

  changed(batch: InstanceBatch): void {
    this.dirty.add(batch);
  }

  /** Before drawing: uploads what changed, and frees the batches that are empty. */
  flush(camera: Camera): void {
    for (const batch of this.dirty) {
      if (batch.count > 0) batch.flush();
      else this.free(batch);
    }
    this.dirty.clear();
    if (this.sorted.size === 0) return;
    const { x, y, z } = sortPoint(camera, this.from);
    const { eye } = this;
    const moved = x !== eye.x || y !== eye.y || z !== eye.z;
    Object.assign(eye, { x, y, z });
    for (const batch of this.sorted) batch.arrange(x, y, z, moved);
  }

  dispose(): void {
    for (const batch of this.batches.values()) this.free(batch);
    this.dirty.clear();
  }

  private make(key: string, look: Look): InstanceBatch {
    const geometry = this.shapes.acquire(look.shapeKey, look.makeShape);
    const material = this.surfaces.acquire(surfaceKey(look.surface), look.surface);
    if (!look.surface.each) return new InstanceBatch(key, look, geometry, material, this);
    // The opacities are an attribute of the geometry, so each batch needs its own copy.
    const batch = new SortedBatch(key, look, geometry.clone(), material, this);
    this.sorted.add(batch);
    return batch;
  }

  private free(batch: InstanceBatch): void {
    batch.dispose();
    this.batches.delete(batch.key);
    this.sorted.delete(batch as SortedBatch);
    this.shapes.release(batch.look.shapeKey);
    this.surfaces.release(surfaceKey(batch.look.surface));
  }
}
