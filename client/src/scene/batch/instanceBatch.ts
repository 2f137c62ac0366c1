/** Nodes with equal geometry and material, drawn as instances of one mesh. */
import {
  type BufferGeometry,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedMesh,
  type Material,
  type Object3D,
  Sphere,
} from "three";
import type { Pose } from "../pose";
import { type Surface, surfaceKey } from "../surfaces";
import { capacityFor, DenseSlots, type Member } from "./slots";

export interface Look {
  /** Identifies the geometry: equal keys mean equal geometries. */
  readonly shapeKey: string;
  readonly makeShape: () => BufferGeometry;
  readonly surface: Surface;
  readonly castShadow: boolean;
  readonly receiveShadow: boolean;
}

export function lookKey(look: Look): string {
  return `${look.shapeKey}|${surfaceKey(look.surface)}|${look.castShadow}|${look.receiveShadow}`;
}

/** A node's entry in a batch. */
export class Instance implements Member {
  slot = -1;
  batch: InstanceBatch | null = null;
}

/** Callbacks of a batch to its pool. */
interface Owner {
  readonly stage: Object3D;
  changed(batch: InstanceBatch): void;
}

/** Index of a batch's attribute. */
export const POSE = 0;
const COLOR = 1;

export class InstanceBatch {
  mesh!: InstancedMesh;
  /** Instanced attributes: a matrix, a color, and what a subclass adds. */
  protected attributes: InstancedBufferAttribute[] = [];
  /** The same data by slot. */
  protected rows: Float32Array[] = [];
  private readonly slots = new DenseSlots<Instance>();
  private capacity = 0;
  private dirtyFrom = Number.POSITIVE_INFINITY;
  private dirtyTo = -1;
  private looksDirty = false;

  constructor(
    readonly key: string,
    readonly look: Look,
    readonly geometry: BufferGeometry,
    private readonly material: Material,
    private readonly owner: Owner,
  ) {}

  get count(): number {
    return this.slots.count;
  }

  add(instance: Instance): void {
    this.slots.add(instance);
    instance.batch = this;
    this.resize();
    this.mesh.count = this.slots.count;
    this.touch(instance.slot);
    this.looksDirty = true;
  }

  remove(instance: Instance): void {
    const gap = instance.slot;
    const moved = this.slots.remove(instance);
    instance.batch = null;
    if (moved >= 0) {
      this.rows.forEach((row, k) => {
        const width = this.attributes[k]!.itemSize;
        row.copyWithin(gap * width, moved * width, (moved + 1) * width);
      });
      this.touch(gap);
      this.looksDirty = true;
    }
    this.resize();
    this.mesh.count = this.slots.count;
    this.owner.changed(this);
  }

  setPose(instance: Instance, pose: Pose, sx: number, sy: number, sz: number): void {
    pose.toMatrix(this.rows[POSE]!, instance.slot * 16, sx, sy, sz);
    this.touch(instance.slot);
  }

  /** The opacity is used only by batches with an opacity per instance. */
  setLook(instance: Instance, rgb: readonly number[], _opacity: number): void {
    this.rows[COLOR]!.set(rgb, instance.slot * 3);
    this.looksDirty = true;
    this.touch(instance.slot);
  }

  /** Sets the update range of each attribute: a single one, since each range costs a GL call. */
  flush(): void {
    const [from, to] = this.takeDirty();
    if (to < from) return;
    const wanted = this.looksDirty ? this.attributes : this.attributes.slice(POSE, COLOR);
    for (const attribute of wanted) {
      attribute.addUpdateRange(from * attribute.itemSize, (to - from + 1) * attribute.itemSize);
      attribute.needsUpdate = true;
    }
    this.looksDirty = false;
  }

  dispose(): void {
    this.dropMesh();
  }

  /** The range of changed slots, which is cleared. */
  protected takeDirty(): [from: number, to: number] {
    const range: [number, number] = [this.dirtyFrom, Math.min(this.dirtyTo, this.count - 1)];
    this.dirtyFrom = Number.POSITIVE_INFINITY;
    this.dirtyTo = -1;
    return range;
  }

  protected makeAttributes(mesh: InstancedMesh, capacity: number): InstancedBufferAttribute[] {
    mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(capacity * 3), 3);
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    return [mesh.instanceMatrix, mesh.instanceColor];
  }

  /** The array that holds an attribute's rows by slot: here the attribute's own array. */
  protected rowsOf(attribute: InstancedBufferAttribute): Float32Array {
    return attribute.array as Float32Array;
  }

  private touch(slot: number): void {
    if (this.dirtyTo < 0) this.owner.changed(this);
    if (slot < this.dirtyFrom) this.dirtyFrom = slot;
    if (slot > this.dirtyTo) this.dirtyTo = slot;
  }

  private resize(): void {
    const capacity = capacityFor(this.slots.count, this.capacity);
    if (capacity === this.capacity) return;
    const old = this.rows;
    const kept = Math.min(capacity, this.capacity);
    if (this.capacity > 0) this.dropMesh();
    this.capacity = capacity;
    this.mesh = this.makeMesh(capacity);
    this.attributes = this.makeAttributes(this.mesh, capacity);
    this.rows = this.attributes.map((attribute) => this.rowsOf(attribute));
    old.forEach((row, k) => {
      this.rows[k]!.set(row.subarray(0, kept * this.attributes[k]!.itemSize));
    });
  }

  private dropMesh(): void {
    this.mesh.removeFromParent();
    this.mesh.dispose();
  }

  private makeMesh(capacity: number): InstancedMesh {
    const mesh = new InstancedMesh(this.geometry, this.material, capacity);
    mesh.count = this.slots.count;
    mesh.userData.cut = this.look.surface.cut;
    mesh.castShadow = this.look.castShadow;
    mesh.receiveShadow = this.look.receiveShadow;
    // Instances are spread over the scene; culling each would cost more than drawing it.
    mesh.frustumCulled = false;
    // three.js sorts by the center of this sphere; without one it would compute it from all instances.
    mesh.boundingSphere = new Sphere();
    mesh.matrixAutoUpdate = false;
    this.owner.stage.add(mesh);
    return mesh;
  }
}
