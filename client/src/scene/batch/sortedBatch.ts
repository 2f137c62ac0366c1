/**
 * Transparent instances, with an opacity each: they are stored back to front, and sorted again when the camera or
 * an instance has moved.
 */
import { DynamicDrawUsage, InstancedBufferAttribute, type InstancedMesh } from "three";
import { type Instance, InstanceBatch, POSE } from "./instanceBatch";
import { copyRows, DepthOrder } from "./instances";

const OPACITY = 2;

export class SortedBatch extends InstanceBatch {
  private readonly depth = new DepthOrder();
  private distances = new Float32Array();
  private stale = true;

  override setLook(instance: Instance, rgb: readonly number[], opacity: number): void {
    super.setLook(instance, rgb, opacity);
    this.rows[OPACITY]![instance.slot] = opacity;
  }

  override flush(): void {
    this.takeDirty();
    this.stale = true;
  }

  /** Sorts for a camera position in world space; `moved` since the last call. */
  arrange(x: number, y: number, z: number, moved: boolean): void {
    if (!moved && !this.stale) return;
    this.stale = false;
    const order = this.depth.sort(this.measure(x, y, z), this.count);
    const which = order.subarray(0, this.count);
    this.attributes.forEach((attribute, k) => {
      const { itemSize, array } = attribute;
      copyRows(this.rows[k]!, array as Float32Array, which, itemSize);
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, this.count * itemSize);
      attribute.needsUpdate = true;
    });
  }

  override dispose(): void {
    super.dispose();
    this.geometry.dispose();
  }

  protected override makeAttributes(
    mesh: InstancedMesh,
    capacity: number,
  ): InstancedBufferAttribute[] {
    const opacities = new InstancedBufferAttribute(new Float32Array(capacity), 1);
    opacities.setUsage(DynamicDrawUsage);
    // Disposing of the geometry frees its unused GPU buffers.
    this.geometry.dispose();
    this.geometry.setAttribute("instanceOpacity", opacities);
    return [...super.makeAttributes(mesh, capacity), opacities];
  }

  /** The attributes are in drawing order, so rows by slot are kept separately. */
  protected override rowsOf(attribute: InstancedBufferAttribute): Float32Array {
    return new Float32Array(attribute.array.length);
  }

  /** Distance of each instance, and the center of all, by which three.js sorts the batch. */
  private measure(x: number, y: number, z: number): Float32Array {
    const { count } = this;
    const poses = this.rows[POSE]!;
    if (this.distances.length < count) this.distances = new Float32Array(poses.length / 16);
    let mx = 0;
    let my = 0;
    let mz = 0;
    for (let i = 0, at = 12; i < count; i++, at += 16) {
      const px = poses[at]!;
      const py = poses[at + 1]!;
      const pz = poses[at + 2]!;
      mx += px;
      my += py;
      mz += pz;
      this.distances[i] = Math.hypot(px - x, py - y, pz - z);
    }
    this.mesh.boundingSphere!.center.set(mx / count, my / count, mz / count);
    return this.distances;
  }
}
