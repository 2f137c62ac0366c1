/** Many copies of one shape within a node, each with a matrix and, optionally, a color. */
import {
  type BufferGeometry,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  type Material,
} from "three";

export class Copies {
  /** To be added to the node's group; its children change. */
  readonly holder = new Group();
  private mesh: InstancedMesh | null = null;

  /** The caller owns geometry and material. */
  constructor(
    private geometry: BufferGeometry,
    private material: Material,
    private readonly colored: boolean,
  ) {
    this.holder.matrixAutoUpdate = false;
  }

  get count(): number {
    return this.mesh?.count ?? 0;
  }

  /** 16 numbers per copy, column-major. Call changed() after writing. */
  get matrices(): Float32Array {
    return (this.mesh?.instanceMatrix.array as Float32Array) ?? new Float32Array();
  }

  /** Linear RGB per copy. Call changed() after writing. */
  get colors(): Float32Array {
    return (this.mesh?.instanceColor?.array as Float32Array) ?? new Float32Array();
  }

  setGeometry(geometry: BufferGeometry): void {
    this.geometry = geometry;
    if (this.mesh) this.mesh.geometry = geometry;
  }

  setMaterial(material: Material): void {
    this.material = material;
    if (this.mesh) this.mesh.material = material;
  }

  /** The buffers are reused if the number is the same; otherwise their contents are lost. */
  setCount(count: number): void {
    if (count === this.count) return;
    this.drop();
    if (count === 0) return;
    const mesh = new InstancedMesh(this.geometry, this.material, count);
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    if (this.colored) {
      mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(count * 3), 3);
    }
    // Copies may be spread over the scene; culling each would cost more than drawing it.
    mesh.frustumCulled = false;
    mesh.matrixAutoUpdate = false;
    this.mesh = mesh;
    this.holder.add(mesh);
    mesh.updateWorldMatrix(false, false);
  }

  changed(): void {
    if (!this.mesh) return;
    this.mesh.instanceMatrix.needsUpdate = true;
    if (this.mesh.instanceColor) this.mesh.instanceColor.needsUpdate = true;
  }

  dispose(): void {
    this.drop();
    this.holder.removeFromParent();
  }

  private drop(): void {
    this.mesh?.removeFromParent();
    this.mesh?.dispose();
    this.mesh = null;
  }
}
