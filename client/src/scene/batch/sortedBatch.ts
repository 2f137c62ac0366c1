/**
 * Instances that can be seen through, with an opacity each: the GPU has them from the farthest to the nearest, in
 * an order that is made again when the camera or one of them has moved.
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

  /** For a camera at that place of the world, which has `moved` since the last time. */
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
    // A GPU buffer that is not drawn from any more is freed with its geometry.
    this.geometry.dispose();
    this.geometry.setAttribute("instanceOpacity", opacities);
    return [...super.makeAttributes(mesh, capacity), opacities];
  }

  /** The attributes are in the order of drawing. */
  protected override rowsOf(attribute: InstancedBufferAttribute): Float32Array {
    return new Float32Array(attribute.array.length);
  }

  /** How far each is; and where their middle is, by which three sorts the batch among all else. */
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
