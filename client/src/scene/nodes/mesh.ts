/** A mesh of triangles in one colour. */
import {
  BufferAttribute,
  BufferGeometry,
  Matrix4,
  Raycaster,
  Sphere,
  Ray as ThreeRay,
  Vector3,
} from "three";
import { bvhOf, forgetBvh } from "../bvh";
import type { Hit, Outline, Ray } from "../context";
import { checkTriangles, smoothNormals } from "../triangles";
import { anyOf, ObjectVisual } from "./object";
import { SurfaceMesh } from "./surfaceMesh";
import { surfaceProps } from "./surfaceProps";

const raycaster = new Raycaster();
const localRay = new ThreeRay();
const toLocal = new Matrix4();

export class TriangleMesh extends ObjectVisual {
  private geometry = new BufferGeometry();
  private surface: SurfaceMesh | null = null;

  update(props: Record<string, unknown>, changed: ReadonlySet<string> | null): void {
    const look = surfaceProps(props);
    const flatChanged = anyOf(changed, "flat_shading");
    if (anyOf(changed, "vertices", "faces") || flatChanged) this.rebuild(props, look.surface.flat);
    if (!this.surface) {
      this.surface = new SurfaceMesh(this.ctx, this.geometry, look);
      this.add(this.surface.mesh);
    }
    this.surface.set(look);
    this.surface.setGeometry(this.geometry);
    this.surface.setColor(props.color);
    this.surface.mesh.visible = this.geometry.getIndex() !== null;
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    const mesh = this.surface?.mesh;
    if (!mesh?.visible) return null;
    raycaster.ray.origin.set(...ray.origin);
    raycaster.ray.direction.set(...ray.direction);
    const bvh = bvhOf(this.geometry);
    if (!bvh) {
      const hits = raycaster.intersectObject(mesh, false);
      return hits[0] ? { distance: hits[0].distance, instance: null } : null;
    }
    localRay.copy(raycaster.ray).applyMatrix4(toLocal.copy(mesh.matrixWorld).invert());
    const hit = bvh.raycastFirst(localRay, mesh.material.side);
    if (!hit) return null;
    const distance = hit.point.applyMatrix4(mesh.matrixWorld).distanceTo(raycaster.ray.origin);
    return { distance, instance: null };
  }

  opaque(): boolean {
    const material = this.surface?.mesh.material;
    return material !== undefined && !material.transparent && !material.wireframe;
  }

  outline(): Outline | null {
    if (!this.surface?.mesh.visible) return null;
    return {
      geometry: this.geometry,
      matrix: this.worldMatrix(),
      fromCentre: !this.geometry.hasAttribute("normal"),
    };
  }

  override dispose(): void {
    super.dispose();
    this.surface?.dispose();
    this.freeGeometry();
  }

  private freeGeometry(): void {
    forgetBvh(this.geometry);
    this.geometry.dispose();
  }

  private rebuild(props: Record<string, unknown>, flat: boolean): void {
    const checked = checkTriangles(props.vertices, props.faces);
    this.report("geometry", checked.problem);
    const { vertices, faces } = checked;
    // Flat surfaces take their normals from the triangles, in the shader; so does the outline without any.
    const normals = flat ? null : smoothNormals(vertices, faces);
    if (!this.reuse(vertices, faces, normals)) {
      this.freeGeometry();
      this.geometry = new BufferGeometry();
      this.geometry.setAttribute("position", new BufferAttribute(vertices, 3));
      if (normals) this.geometry.setAttribute("normal", new BufferAttribute(normals, 3));
      if (faces.length > 0) this.geometry.setIndex(new BufferAttribute(faces, 1));
    }
    this.geometry.boundingSphere = bounds(vertices);
  }

  /** The same numbers of everything as before: only the buffers' contents change. */
  private reuse(vertices: Float32Array, faces: Uint32Array, normals: Float32Array | null): boolean {
    const position = this.geometry.getAttribute("position") as BufferAttribute | undefined;
    const normal = this.geometry.getAttribute("normal") as BufferAttribute | undefined;
    const index = this.geometry.getIndex();
    const fits =
      position?.array.length === vertices.length &&
      index?.array.length === faces.length &&
      normal?.array.length === normals?.length;
    if (!fits) return false;
    forgetBvh(this.geometry);
    for (const [attribute, array] of [
      [position, vertices],
      [index, faces],
      [normal, normals],
    ] as const) {
      if (!attribute || !array) continue;
      attribute.array = array;
      attribute.needsUpdate = true;
    }
    return true;
  }
}

function bounds(vertices: Float32Array): Sphere {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < vertices.length; i++) {
    const v = vertices[i]!;
    const k = i % 3;
    if (v < min[k]!) min[k] = v;
    if (v > max[k]!) max[k] = v;
  }
  if (!(min[0]! <= max[0]!)) return new Sphere(new Vector3(), 0);
  const centre = new Vector3(
    (min[0]! + max[0]!) / 2,
    (min[1]! + max[1]!) / 2,
    (min[2]! + max[2]!) / 2,
  );
  return new Sphere(
    centre,
    Math.hypot(max[0]! - min[0]!, max[1]! - min[1]!, max[2]! - min[2]!) / 2,
  );
}
