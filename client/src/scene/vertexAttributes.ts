/** Colors and normals of a mesh's vertices: validated, and converted for the GPU. */
import {
  BufferAttribute,
  type BufferGeometry,
  type Camera,
  DynamicDrawUsage,
  type Matrix4,
  Vector3,
} from "three";
import { DepthOrder } from "./batch/instances";
import { smoothNormals } from "./triangles";
import { sortPoint } from "./viewCamera";

export interface VertexColors {
  /** Linear red, green, blue and opacity, 16 bits each. */
  array: Uint16Array;
  /** Whether some are not opaque. */
  blend: boolean;
}

let toLinear: Uint16Array | null = null;

/** From sRGB bytes, three or four per vertex; null: the length does not match. */
export function vertexColors(bytes: unknown, vertices: number): VertexColors | null {
  const channels = bytes instanceof Uint8Array && vertices > 0 ? bytes.length / vertices : 0;
  if (!(bytes instanceof Uint8Array) || (channels !== 3 && channels !== 4)) return null;
  toLinear ??= Uint16Array.from({ length: 256 }, (_, i) => {
    const c = i / 255;
    return Math.round(0xffff * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  });
  const array = new Uint16Array(4 * vertices);
  let blend = false;
  for (let i = 0, k = 0; i < array.length; i += 4, k += channels) {
    array[i] = toLinear[bytes[k]!]!;
    array[i + 1] = toLinear[bytes[k + 1]!]!;
    array[i + 2] = toLinear[bytes[k + 2]!]!;
    const alpha = channels === 4 ? bytes[k + 3]! : 255;
    array[i + 3] = alpha * 257;
    blend ||= alpha < 255;
  }
  return { array, blend };
}

/** The given normals, normalized; invalid ones are replaced by the mean of the adjacent triangles. */
export function givenNormals(
  given: Float32Array,
  vertices: Float32Array,
  faces: Uint32Array,
): { normals: Float32Array; bad: number } {
  const normals = new Float32Array(given.length);
  let mean: Float32Array | null = null;
  let bad = 0;
  for (let i = 0; i < given.length; i += 3) {
    const n = Math.hypot(given[i]!, given[i + 1]!, given[i + 2]!);
    if (n > 0 && n < Infinity) {
      for (let k = i; k < i + 3; k++) normals[k] = given[k]! / n;
      continue;
    }
    bad++;
    mean ??= smoothNormals(vertices, faces);
    normals.set(mean.subarray(i, i + 3), i);
  }
  return { normals, bad };
}

/** More triangles than this would take too long to sort in each frame of a moving camera. */
const MAX_SORTED = 500_000;

/** Sorts the triangles of a transparent mesh back to front. */
export class FaceSorter {
  private readonly depth = new DepthOrder();
  private readonly from = new Vector3(Number.NaN);
  private readonly at = new Vector3();
  private depths = new Float32Array();
  private faces: Uint32Array = new Uint32Array();
  private centers = new Float32Array();

  /** `drawn` gets its own index. */
  constructor(private readonly drawn: BufferGeometry) {}

  set(vertices: Float32Array, faces: Uint32Array): void {
    this.faces = faces;
    const count = faces.length / 3;
    this.centers = new Float32Array(faces.length);
    for (let i = 0; i < faces.length; i += 3) {
      for (let k = 0; k < 3; k++) {
        const [a, b, c] = [faces[i]!, faces[i + 1]!, faces[i + 2]!];
        this.centers[i + k] =
          (vertices[3 * a + k]! + vertices[3 * b + k]! + vertices[3 * c + k]!) / 3;
      }
    }
    this.depths = new Float32Array(count);
    const index = new BufferAttribute(faces.slice(), 1);
    index.setUsage(DynamicDrawUsage);
    this.drawn.setIndex(index);
    this.from.setScalar(Number.NaN);
  }

  /** Sorts for a camera; `toMesh` transforms from the world to the mesh's local space. */
  sort(camera: Camera, toMesh: Matrix4): void {
    const { from, at, depths, centers } = this;
    sortPoint(camera, at).applyMatrix4(toMesh);
    if (depths.length > MAX_SORTED || from.equals(at)) return;
    from.copy(at);
    for (let i = 0, k = 0; i < depths.length; i++, k += 3) {
      const [x, y, z] = [centers[k]! - at.x, centers[k + 1]! - at.y, centers[k + 2]! - at.z];
      depths[i] = Math.sqrt(x * x + y * y + z * z);
    }
    const order = this.depth.sort(depths, depths.length);
    const index = this.drawn.getIndex()!;
    const out = index.array as Uint32Array;
    const { faces } = this;
    for (let i = 0, k = 0; i < depths.length; i++, k += 3) {
      const f = 3 * order[i]!;
      out[k] = faces[f]!;
      out[k + 1] = faces[f + 1]!;
      out[k + 2] = faces[f + 2]!;
    }
    index.needsUpdate = true;
  }
}
