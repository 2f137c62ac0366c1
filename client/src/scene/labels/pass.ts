/** The labels of one kind of depth test: their instance buffer and its draw call. */
import {
  BufferAttribute,
  type Camera,
  DynamicDrawUsage,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  type ShaderMaterial,
  Sphere,
  type Vector3,
} from "three";
import { capacityFor } from "../batch/slots";
import type { Label } from "./label";
import { STRIDE, writePose } from "./quads";

export class Pass {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  readonly labels: Label[] = [];
  private buffer: InstancedInterleavedBuffer;
  refill = true;
  private movedFrom = Number.POSITIVE_INFINITY;
  private movedTo = -1;

  constructor(material: ShaderMaterial, depthTest: boolean) {
    this.buffer = new InstancedInterleavedBuffer(new Float32Array(STRIDE * 64), STRIDE, 1);
    this.mesh = new Mesh(this.makeGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
    this.mesh.visible = false;
    this.mesh.renderOrder = depthTest ? 900 : 1000;
  }

  /** Sorts back to front for this camera. */
  sort(camera: Camera, forward: Vector3): void {
    if (this.labels.length < 2) return;
    camera.getWorldDirection(forward);
    let last: Label | null = null;
    let sorted = true;
    for (const l of this.labels) {
      l.depth = l.x * forward.x + l.y * forward.y + l.z * forward.z;
      if (last && drawnBefore(last, l) > 0) sorted = false;
      last = l;
    }
    if (sorted) return;
    this.labels.sort(drawnBefore);
    this.refill = true;
  }

  moved(label: Label): void {
    if (this.refill || !label.shown || !label.quads) return;
    const n = label.quads.length / STRIDE;
    writePose(this.buffer.array as Float32Array, label.first * STRIDE, label.quads, label);
    this.movedFrom = Math.min(this.movedFrom, label.first);
    this.movedTo = Math.max(this.movedTo, label.first + n);
  }

  upload(): void {
    if (this.refill) this.fill();
    else if (this.movedTo > this.movedFrom) {
      this.buffer.addUpdateRange(this.movedFrom * STRIDE, (this.movedTo - this.movedFrom) * STRIDE);
      this.buffer.needsUpdate = true;
    }
    this.refill = false;
    this.movedFrom = Number.POSITIVE_INFINITY;
    this.movedTo = -1;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
  }

  private fill(): void {
    let quads = 0;
    for (const l of this.labels) if (l.shown && l.quads) quads += l.quads.length / STRIDE;
    const have = this.buffer.array.length / STRIDE;
    const capacity = capacityFor(quads, have);
    if (capacity !== have) {
      this.mesh.geometry.dispose();
      this.buffer = new InstancedInterleavedBuffer(new Float32Array(STRIDE * capacity), STRIDE, 1);
      this.mesh.geometry = this.makeGeometry();
    }
    const array = this.buffer.array as Float32Array;
    let at = 0;
    for (const l of this.labels) {
      if (!l.shown || !l.quads) continue;
      l.first = at / STRIDE;
      array.set(l.quads, at);
      writePose(array, at, l.quads, l);
      at += l.quads.length;
    }
    this.buffer.clearUpdateRanges();
    this.buffer.addUpdateRange(0, at);
    this.buffer.needsUpdate = true;
    this.mesh.geometry.instanceCount = quads;
    this.mesh.visible = quads > 0;
  }

  private makeGeometry(): InstancedBufferGeometry {
    const g = new InstancedBufferGeometry();
    const corners = new Float32Array([0, 0, 1, 0, 1, 1, 0, 1]);
    g.setAttribute("corner", new BufferAttribute(corners, 2));
    g.setIndex(new BufferAttribute(new Uint16Array([0, 1, 2, 0, 2, 3]), 1));
    g.boundingSphere = new Sphere();
    this.buffer.setUsage(DynamicDrawUsage);
    const part = (n: number, offset: number) =>
      new InterleavedBufferAttribute(this.buffer, n, offset);
    g.setAttribute("anchorScale", part(4, 0));
    g.setAttribute("rect", part(4, 4));
    g.setAttribute("uvRect", part(4, 8));
    g.setAttribute("look", part(4, 12));
    return g;
  }
}

/** Drawing order: faded labels first, then all others; each back to front. */
function drawnBefore(a: Label, b: Label): number {
  return Number(b.faded) - Number(a.faded) || b.depth - a.depth;
}
