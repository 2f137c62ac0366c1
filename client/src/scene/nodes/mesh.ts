/** A triangle mesh, with a single color, vertex colors or a texture. */

import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  Matrix4,
  Mesh,
  Raycaster,
  RepeatWrapping,
  Sphere,
  type Texture,
  Ray as ThreeRay,
  Vector3,
} from "three";
import type { MeshProps } from "../../protocol/messages.gen";
import { bvhOf, forgetBvh } from "../bvh";
import { faceHit } from "../faceHit";
import { type Origin, originOf, relativeTo, setOrigin, shift, ZERO } from "../localOrigin";
import {
  SCALAR_PROPS,
  ScalarUniforms,
  scalarsFor,
  scalarsOf,
  setScalarAttribute,
} from "../scalars";
import { checkTriangles, smoothNormals } from "../triangles";
import { FaceSorter, givenNormals, vertexColors } from "../vertexAttributes";
import type { Hit, Outline, Ray, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { SurfaceMesh } from "./surfaceMesh";
import { surfaceProps } from "./surfaceProps";

type Props = Unchecked<MeshProps>;

const raycaster = new Raycaster();
const localRay = new ThreeRay();
const toLocal = new Matrix4();

/** Properties that affect its buffers. */
const SHAPE = ["vertices", "faces", "flat_shading", "vertex_colors", "normals", "uvs"];

export class TriangleMesh extends ObjectVisual {
  private geometry = new BufferGeometry();
  /** Local origin of its vertices, in the node's frame. */
  private origin: Origin = ZERO;
  private surface: SurfaceMesh | null = null;
  private color: unknown = null;
  /** Has vertex colors. */
  private colored = false;
  private colorsBlend = false;
  private texture: Texture | null = null;
  private textureBytes: Uint8Array | null = null;
  private textureBlends = false;
  private loading: { cancel(): void } | null = null;
  private readonly scalars = new ScalarUniforms(true);
  private numbered: "no" | "corners" | "faces" = "no";
  /** The triangles without common vertices, as each face has a number; null: it has none. */
  private apart: BufferGeometry | null = null;
  private sorted: { geometry: BufferGeometry; sorter: FaceSorter } | null = null;
  private readonly sort = (camera: Camera) => {
    if (this.group.visible) this.sorted?.sorter.sort(camera, this.meshMatrix().invert());
  };

  update(props: Props, changed: ReadonlySet<string> | null): void {
    const look = surfaceProps(props);
    const textureBlended = this.textureBlends;
    if (anyOf(changed, "texture", "uvs", "vertices")) this.loadTexture(props);
    const another = this.textureBlends !== textureBlended;
    const rebuilt = another || anyOf(changed, ...SHAPE);
    if (rebuilt) this.rebuild(props, look.surface.flat);
    if (rebuilt || anyOf(changed, ...SCALAR_PROPS)) {
      this.setScalars(props, rebuilt || anyOf(changed, "scalars"), rebuilt);
    }
    const surface = {
      ...look.surface,
      vertexColors: this.colored,
      blend: this.blend,
      scalars: this.numbered === "no" ? null : this.scalars,
    };
    if (!this.surface) {
      this.surface = new SurfaceMesh(this.ctx, this.geometry, { ...look, surface });
      this.add(this.surface.mesh);
    }
    this.surface.set({ ...look, surface });
    this.surface.setGeometry(this.drawn);
    setOrigin(this.surface.mesh, this.origin);
    this.color = props.color;
    this.paint();
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
    const of = this.apart ? this.whole(mesh) : mesh;
    if (!bvh) {
      const hits = raycaster.intersectObject(of, false);
      return hits[0] ? faceHit(of, hits[0], hits[0].distance) : null;
    }
    localRay.copy(raycaster.ray).applyMatrix4(toLocal.copy(mesh.matrixWorld).invert());
    const hit = bvh.raycastFirst(localRay, mesh.material.side);
    if (!hit) return null;
    const distance = hit.point.applyMatrix4(mesh.matrixWorld).distanceTo(raycaster.ray.origin);
    return faceHit(of, hit, distance);
  }

  /** The mesh with its common vertices, for hits. */
  private whole(drawn: Mesh): Mesh {
    const mesh = new Mesh(this.geometry, drawn.material);
    mesh.matrixWorld.copy(drawn.matrixWorld);
    return mesh;
  }

  private get drawn(): BufferGeometry {
    return this.apart ?? this.sorted?.geometry ?? this.geometry;
  }

  opaque(): boolean {
    const material = this.surface?.mesh.material;
    return material !== undefined && !material.transparent && !material.wireframe;
  }

  outline(): Outline | null {
    if (!this.surface?.mesh.visible) return null;
    return {
      geometry: this.geometry,
      matrix: this.meshMatrix(),
      fromCenter: !this.geometry.hasAttribute("normal"),
    };
  }

  override dispose(): void {
    super.dispose();
    this.loading?.cancel();
    this.surface?.dispose();
    this.texture?.dispose();
    this.scalars.dispose();
    this.freeGeometry();
  }

  /** Matrix from the vertices' space to the three.js world. */
  private meshMatrix(): Matrix4 {
    return shift(this.worldMatrix(), this.origin);
  }

  private freeGeometry(): void {
    forgetBvh(this.geometry);
    this.geometry.dispose();
    this.sorted?.geometry.dispose();
    this.sorted = null;
    this.joinFaces();
    this.ctx.perFrame.delete(this.sort);
  }

  /** Whether parts of it may be transparent, independent of its opacity. */
  private get blend(): boolean {
    return this.colorsBlend || this.textureBlends;
  }

  /** Vertex colors and a texture replace the single color. */
  private paint(): void {
    this.surface?.setMap(this.texture);
    this.surface?.setColor(this.colored || this.texture ? [255, 255, 255] : this.color);
  }

  /** Decoded again only if the texture changes, not when only the vertices do. */
  private loadTexture(props: Props): void {
    const { texture, uvs, vertices } = props;
    const has = texture instanceof Uint8Array && texture.length > 0;
    const given = has && fitUvs(uvs, vertices) ? texture : null;
    const wrong = (uvs ?? null) !== null && !fitUvs(uvs, vertices);
    const missing = has && (uvs ?? null) === null;
    this.report("uvs", wrong || missing ? "its uvs must be two numbers for each vertex" : null);
    if (given === this.textureBytes) return;
    this.textureBytes = given;
    this.loading?.cancel();
    this.loading = null;
    const png = given?.[0] === 0x89;
    this.textureBlends = png;
    if (!given) {
      this.report("texture", null);
      this.showTexture(null);
      return;
    }
    this.loading = this.ctx.images.load(given, png ? "png" : "jpeg", (loaded, error) => {
      this.report("texture", error);
      this.showTexture(loaded);
    });
  }

  /** `fresh`: the numbers are others; `rebuilt`: so are the triangles. */
  private setScalars(props: Props, fresh: boolean, rebuilt: boolean): void {
    const values = scalarsOf(props);
    const { corners } = this.scalars.set(props);
    const before = this.numbered;
    this.numbered = values === null ? "no" : corners ? "corners" : "faces";
    if (rebuilt || this.numbered !== "faces") this.joinFaces();
    if (!values || (!fresh && this.numbered === before)) return;
    if (corners) {
      const each = scalarsFor(values, this.geometry.getAttribute("position").count);
      for (const g of [this.geometry, this.sorted?.geometry]) if (g) setScalarAttribute(g, each);
      return;
    }
    const index = this.geometry.getIndex();
    if (!index) return;
    this.apart ??= this.geometry.toNonIndexed();
    this.apart.boundingSphere = this.geometry.boundingSphere;
    const each = scalarsFor(values, index.count / 3);
    const thrice = new Float32Array(index.count);
    for (let i = 0; i < thrice.length; i++) thrice[i] = each[Math.floor(i / 3)]!;
    setScalarAttribute(this.apart, thrice);
  }

  private joinFaces(): void {
    this.apart?.dispose();
    this.apart = null;
  }

  private showTexture(texture: Texture | null): void {
    this.texture?.dispose();
    this.texture = texture;
    if (texture) texture.wrapS = texture.wrapT = RepeatWrapping;
    this.paint();
    this.ctx.requestRender();
  }

  private rebuild(props: Props, flat: boolean): void {
    const checked = checkTriangles(props.vertices, props.faces);
    this.report("geometry", checked.problem);
    const { faces } = checked;
    this.origin = originOf(checked.vertices);
    const vertices = relativeTo(this.origin, checked.vertices);
    const colors = vertexColors(props.vertex_colors, vertices.length / 3);
    const colorless = colors === null && (props.vertex_colors ?? null) !== null;
    this.report("colors", colorless ? "its colors must be one for each vertex" : null);
    this.colored = colors !== null;
    this.colorsBlend = colors?.blend === true;
    const arrays: Attributes = {
      position: vertices,
      // With flat shading the shader computes normals from the triangles; the outline does so if there are none.
      normal: flat ? null : this.normals(props.normals, vertices, faces),
      color: colors?.array ?? null,
      uv: fitUvs(props.uvs, vertices) ? props.uvs : null,
    };
    if (!this.reuse(arrays, faces)) {
      this.freeGeometry();
      this.geometry = make(arrays);
      if (faces.length > 0) this.geometry.setIndex(new BufferAttribute(faces, 1));
      if (this.blend && faces.length > 0) this.beginSorting();
    }
    this.sorted?.sorter.set(vertices, faces);
    this.geometry.boundingSphere = bounds(vertices);
    // Computed by the outline; three.js's ray casts would use an outdated one.
    this.geometry.boundingBox = null;
    if (this.sorted) this.sorted.geometry.boundingSphere = this.geometry.boundingSphere;
  }

  private normals(given: unknown, vertices: Float32Array, faces: Uint32Array): Float32Array {
    const fits = given instanceof Float32Array && given.length === vertices.length;
    if (!fits) {
      const wrong = (given ?? null) !== null;
      this.report("normals", wrong ? "its normals must be three numbers for each vertex" : null);
      return smoothNormals(vertices, faces);
    }
    const { normals, bad } = givenNormals(given, vertices, faces);
    this.report(
      "normals",
      bad > 0 ? `${bad} of its normals have no direction: those of the triangles are used` : null,
    );
    return normals;
  }

  /** Sorts transparent triangles in a second geometry of the same vertices: ray casts need the original order. */
  private beginSorting(): void {
    const geometry = new BufferGeometry();
    for (const [name, attribute] of Object.entries(this.geometry.attributes)) {
      geometry.setAttribute(name, attribute);
    }
    this.sorted = { geometry, sorter: new FaceSorter(geometry) };
    this.ctx.perFrame.add(this.sort);
  }

  /** Reuses the buffers if all counts are the same as before. */
  private reuse(arrays: Attributes, faces: Uint32Array): boolean {
    const index = this.geometry.getIndex();
    if (index?.array.length !== faces.length || this.blend !== (this.sorted !== null)) return false;
    const old = (name: string) => this.geometry.getAttribute(name) as BufferAttribute | undefined;
    for (const name of ATTRIBUTES) {
      if (old(name)?.array.length !== arrays[name]?.length) return false;
    }
    forgetBvh(this.geometry);
    index.array = faces;
    index.needsUpdate = true;
    for (const name of ATTRIBUTES) {
      const attribute = old(name);
      const array = arrays[name];
      if (!attribute || !array || attribute.array === array) continue;
      attribute.array = array;
      attribute.needsUpdate = true;
    }
    return true;
  }
}

const ATTRIBUTES = ["position", "normal", "color", "uv"] as const;

type Attributes = {
  [name in (typeof ATTRIBUTES)[number]]: Float32Array | Uint16Array | null;
};

function make(arrays: Attributes): BufferGeometry {
  const geometry = new BufferGeometry();
  const sizes = { position: 3, normal: 3, color: 4, uv: 2 };
  for (const name of ATTRIBUTES) {
    const array = arrays[name];
    if (!array) continue;
    geometry.setAttribute(name, new BufferAttribute(array, sizes[name], name === "color"));
  }
  return geometry;
}

function fitUvs(uvs: unknown, vertices: unknown): uvs is Float32Array {
  const count = vertices instanceof Float32Array ? vertices.length / 3 : -1;
  return uvs instanceof Float32Array && uvs.length === 2 * count;
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
  const center = new Vector3(
    (min[0]! + max[0]!) / 2,
    (min[1]! + max[1]!) / 2,
    (min[2]! + max[2]!) / 2,
  );
  return new Sphere(
    center,
    Math.hypot(max[0]! - min[0]!, max[1]! - min[1]!, max[2]! - min[2]!) / 2,
  );
}
