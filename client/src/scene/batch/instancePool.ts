/**
 * Draws nodes that look alike as instances of one mesh. Programs that add ten thousand boxes one by one get
 * one draw call, and moving a box writes 16 numbers: no three.js object is made for each.
 *
 * A node joins the batch of its *look* (geometry, material, shadows); colour, size and pose are the
 * instance's own. A node whose look changes leaves one batch and joins another; the last one out frees it.
 */
import {
  type BufferGeometry,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedMesh,
  type Material,
  type Object3D,
} from "three";
import type { Pose } from "../pose";
import type { ShapeCache } from "../shapes";
import type { Surface, SurfacePool } from "../surfaces";
import { capacityFor, DenseSlots, type Member } from "./slots";

export interface Look {
  /** Names the geometry: equal keys are equal shapes. */
  readonly shapeKey: string;
  readonly makeShape: () => BufferGeometry;
  readonly surface: Surface;
  readonly castShadow: boolean;
  readonly receiveShadow: boolean;
}

export function surfaceKey(s: Surface): string {
  return `${s.material} ${s.flat} ${s.wireframe} ${s.side} ${s.opacity} ${s.vertexColors} ${s.blend === true}`;
}

export function lookKey(look: Look): string {
  return `${look.shapeKey}|${surfaceKey(look.surface)}|${look.castShadow}|${look.receiveShadow}`;
}

/** A node's place in a batch. */
export class Instance implements Member {
  slot = -1;
  batch: InstanceBatch | null = null;
}

export class InstanceBatch {
  mesh: InstancedMesh;
  private readonly slots = new DenseSlots<Instance>();
  private capacity: number;
  private dirtyFrom = Number.POSITIVE_INFINITY;
  private dirtyTo = -1;
  private colorsDirty = false;

  constructor(
    readonly key: string,
    readonly look: Look,
    readonly geometry: BufferGeometry,
    private readonly material: Material,
    private readonly pool: InstancePool,
  ) {
    this.capacity = capacityFor(0, 0);
    this.mesh = this.makeMesh(this.capacity);
  }

  get count(): number {
    return this.slots.count;
  }

  add(instance: Instance): void {
    this.slots.add(instance);
    instance.batch = this;
    this.resize();
    this.mesh.count = this.slots.count;
    this.touch(instance.slot);
    this.colorsDirty = true;
  }

  remove(instance: Instance): void {
    const gap = instance.slot;
    const moved = this.slots.remove(instance);
    instance.batch = null;
    if (moved >= 0) {
      this.mesh.instanceMatrix.array.copyWithin(gap * 16, moved * 16, moved * 16 + 16);
      this.mesh.instanceColor!.array.copyWithin(gap * 3, moved * 3, moved * 3 + 3);
      this.touch(gap);
      this.colorsDirty = true;
    }
    this.resize();
    this.mesh.count = this.slots.count;
    this.pool.changed(this);
  }

  setPose(instance: Instance, pose: Pose, sx: number, sy: number, sz: number): void {
    pose.toMatrix(this.mesh.instanceMatrix.array as Float32Array, instance.slot * 16, sx, sy, sz);
    this.touch(instance.slot);
  }

  setColor(instance: Instance, rgb: readonly [number, number, number]): void {
    const colors = this.mesh.instanceColor!.array;
    const at = instance.slot * 3;
    colors[at] = rgb[0];
    colors[at + 1] = rgb[1];
    colors[at + 2] = rgb[2];
    this.colorsDirty = true;
    this.touch(instance.slot);
  }

  /** Tells three what to upload: one range, since scattered ones cost a GL call each. */
  flush(): void {
    const to = Math.min(this.dirtyTo, this.slots.count - 1);
    const from = this.dirtyFrom;
    this.dirtyFrom = Number.POSITIVE_INFINITY;
    this.dirtyTo = -1;
    if (to < from) return;
    upload(this.mesh.instanceMatrix, from * 16, (to - from + 1) * 16);
    if (this.colorsDirty) upload(this.mesh.instanceColor!, from * 3, (to - from + 1) * 3);
    this.colorsDirty = false;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.dispose();
  }

  private touch(slot: number): void {
    if (this.dirtyTo < 0) this.pool.changed(this);
    if (slot < this.dirtyFrom) this.dirtyFrom = slot;
    if (slot > this.dirtyTo) this.dirtyTo = slot;
  }

  private resize(): void {
    const capacity = capacityFor(this.slots.count, this.capacity);
    if (capacity === this.capacity) return;
    const old = this.mesh;
    const next = this.makeMesh(capacity);
    const kept = Math.min(capacity, this.capacity);
    next.instanceMatrix.array.set(old.instanceMatrix.array.subarray(0, kept * 16));
    next.instanceColor!.array.set(old.instanceColor!.array.subarray(0, kept * 3));
    old.removeFromParent();
    old.dispose();
    this.mesh = next;
    this.capacity = capacity;
  }

  private makeMesh(capacity: number): InstancedMesh {
    const mesh = new InstancedMesh(this.geometry, this.material, capacity);
    mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(capacity * 3), 3);
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    mesh.count = this.slots.count;
    mesh.castShadow = this.look.castShadow;
    mesh.receiveShadow = this.look.receiveShadow;
    // A batch is all over the scene; testing each instance would cost more than drawing it.
    mesh.frustumCulled = false;
    mesh.matrixAutoUpdate = false;
    this.pool.stage.add(mesh);
    return mesh;
  }
}

function upload(attribute: InstancedBufferAttribute, start: number, count: number): void {
  attribute.addUpdateRange(start, count);
  attribute.needsUpdate = true;
}

export class InstancePool {
  private readonly batches = new Map<string, InstanceBatch>();
  private readonly dirty = new Set<InstanceBatch>();

  constructor(
    readonly stage: Object3D,
    private readonly shapes: ShapeCache,
    private readonly surfaces: SurfacePool,
  ) {}

  get batchCount(): number {
    return this.batches.size;
  }

  /** Puts an instance into the batch of that look, out of another if it was in one. */
  join(instance: Instance, look: Look): InstanceBatch {
    const key = lookKey(look);
    if (instance.batch?.key === key) return instance.batch;
    this.leave(instance);
    let batch = this.batches.get(key);
    if (!batch) {
      const geometry = this.shapes.acquire(look.shapeKey, look.makeShape);
      const material = this.surfaces.acquire(surfaceKey(look.surface), look.surface);
      batch = new InstanceBatch(key, look, geometry, material, this);
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

  /** Before drawing: uploads what changed, and frees the batches that nobody is in any more. */
  flush(): void {
    for (const batch of this.dirty) {
      if (batch.count > 0) {
        batch.flush();
        continue;
      }
      batch.dispose();
      this.batches.delete(batch.key);
      this.shapes.release(batch.look.shapeKey);
      this.surfaces.release(surfaceKey(batch.look.surface));
    }
    this.dirty.clear();
  }

  dispose(): void {
    for (const batch of this.batches.values()) {
      batch.dispose();
      this.shapes.release(batch.look.shapeKey);
      this.surfaces.release(surfaceKey(batch.look.surface));
    }
    this.batches.clear();
    this.dirty.clear();
  }
}
