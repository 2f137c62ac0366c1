/** Voxels: the outer faces of occupied cells, as instances of one square. */
import {
  BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type Material,
  Matrix4,
  Mesh,
  MeshDepthMaterial,
  MeshDistanceMaterial,
  Sphere,
  Vector3,
} from "three";
import type { VoxelsProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { anyOf, ObjectVisual } from "../nodes/object";
import { scaleOf } from "../pose";
import { unitBox } from "../shapes";
import type { SurfaceMaterial } from "../surfaces";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { pickCell } from "./cellPick";
import type { Cells } from "./mesher";
import { Meshing } from "./meshing";

type Props = Unchecked<VoxelsProps>;
type Three = [number, number, number];

/** Faces that meet along a part of an edge overlap by so much of a cell: pixels between them would stay open. */
const OVERLAP = 5e-4;

const declarations = /* glsl */ `
in vec3 cell;
in vec2 span;
in vec4 paint;
out vec3 vPaint;
out vec2 vPlace;
`;

/** At the beginning of main(). `position` is a corner of the unit square, counter-clockwise; half of the sides turn it around. */
const color = /* glsl */ `
  float facing = mod(paint.a, 2.0);
  int axis = int(paint.a * 0.5);
  vec2 corner = (axis == 1) == (facing > 0.5) ? position.yx : position.xy;
  vec3 sRGB = paint.rgb / 255.0;
  vPaint = mix(pow((sRGB + 0.055) / 1.055, vec3(2.4)), sRGB / 12.92, lessThanEqual(sRGB, vec3(0.04045)));
  vPlace = corner * span;
`;

/** After the material's own begin_vertex and beginnormal_vertex. */
const placement = /* glsl */ `
  vec2 place = corner * (span + ${2 * OVERLAP}) - ${OVERLAP};
  transformed = cell + (axis == 0 ? vec3(facing, place) : axis == 1 ? vec3(place.x, facing, place.y) : vec3(place, facing));
`;

const direction = /* glsl */ `
  float side = facing * 2.0 - 1.0;
  objectNormal = axis == 0 ? vec3(side, 0.0, 0.0) : axis == 1 ? vec3(0.0, side, 0.0) : vec3(0.0, 0.0, side);
`;

const painted = /* glsl */ `
  diffuseColor.rgb *= vPaint;
  #ifdef CELL_EDGES
  // One pixel and a half; nothing where cells are smaller than a few pixels.
  vec2 pixel = fwidth(vPlace);
  vec2 apart = abs(fract(vPlace - 0.5) - 0.5) / pixel;
  float line = clamp(1.5 - min(apart.x, apart.y), 0.0, 1.0) * clamp(0.5 - max(pixel.x, pixel.y), 0.0, 0.25) * 4.0;
  diffuseColor.rgb *= 1.0 - 0.7 * line;
  #endif
`;

/** Makes a material draw faces. */
function forFaces<M extends Material>(material: M, edges = false): M {
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace("void main() {", `${declarations}void main() {\n${color}`)
      .replace("#include <beginnormal_vertex>", `#include <beginnormal_vertex>\n${direction}`)
      .replace("#include <begin_vertex>", `#include <begin_vertex>\n${placement}`);
    shader.fragmentShader = shader.fragmentShader
      .replace("void main() {", `in vec3 vPaint;\nin vec2 vPlace;\nvoid main() {`)
      .replace("#include <color_fragment>", `#include <color_fragment>\n${painted}`);
  };
  material.defines = { ...material.defines, ...(edges ? { CELL_EDGES: "" } : {}) };
  material.customProgramCacheKey = () => `voxels ${edges}`;
  return material;
}

const SQUARE = new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);

export class Voxels extends ObjectVisual {
  private readonly meshing: Meshing;
  private readonly mesh: Mesh<InstancedBufferGeometry, SurfaceMaterial>;
  private readonly box;
  private materialKey = "";
  private size: Three = [1, 1, 1];
  /** The size that the shown cells were made with. */
  private drawnSize: Three = [1, 1, 1];
  private cells: Cells | null = null;
  /** Places in `sorted` by the cell's number, made when it is first needed. */
  private places: Int32Array | null = null;
  private disposed = false;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.box = ctx.shapes.acquire("box", unitBox);
    this.meshing = new Meshing(
      (work) => ctx.images.wait(work),
      (cells) => this.show(cells),
    );
    this.mesh = new Mesh(new InstancedBufferGeometry(), this.material(1, false));
    this.mesh.visible = false;
    this.mesh.customDepthMaterial = forFaces(new MeshDepthMaterial());
    this.mesh.customDistanceMaterial = forFaces(new MeshDistanceMaterial());
    this.add(this.mesh);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, "cell_size", "points", "colors")) this.remesh(props);
    if (anyOf(changed, "opacity", "show_edges")) this.look(props);
    this.mesh.castShadow = props.cast_shadow !== false;
    this.mesh.receiveShadow = props.receive_shadow !== false && props.receive_shadow !== 0;
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    const { cells } = this;
    if (!cells || cells.ids.length === 0) return null;
    const toCells = this.mesh.matrixWorld.clone().invert();
    const from = new Vector3(...ray.origin).applyMatrix4(toCells);
    const to = new Vector3(...ray.direction).add(new Vector3(...ray.origin)).applyMatrix4(toCells);
    const direction = to.sub(from);
    const hit = pickCell(cells, from.toArray(), direction.toArray());
    return hit && { distance: hit.t, instance: cells.ids[hit.place]! };
  }

  opaque(): boolean {
    return !this.mesh.material.transparent;
  }

  outline(instance: number | null): Outline | null {
    const { cells } = this;
    if (!cells || cells.ids.length === 0) return null;
    let [low, size]: [Three, Three] = [[0, 0, 0], cells.size];
    if (instance !== null) {
      const place = this.placeOf(instance);
      if (place < 0) return null;
      const k = 3 * place;
      [low, size] = [
        [cells.sorted[k]!, cells.sorted[k + 1]!, cells.sorted[k + 2]!],
        [1, 1, 1],
      ];
    }
    const matrix = new Matrix4().makeScale(...size);
    matrix.setPosition(low[0] + size[0] / 2, low[1] + size[1] / 2, low[2] + size[2] / 2);
    return {
      geometry: this.box,
      matrix: matrix.premultiply(this.mesh.matrixWorld),
      fromCenter: true,
    };
  }

  override dispose(): void {
    super.dispose();
    this.disposed = true;
    this.meshing.dispose();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.mesh.customDepthMaterial?.dispose();
    this.mesh.customDistanceMaterial?.dispose();
    this.ctx.shapes.release("box");
  }

  private remesh(props: Props): void {
    const { points, colors } = props;
    const size = scaleOf(props.cell_size);
    const sized = size?.every((v) => v > 0) === true;
    this.report("size", sized ? null : "the size of its cells must be three numbers above 0");
    const ok = points instanceof Float32Array && points.length % 3 === 0 && sized;
    this.report("points", ok || !sized ? null : "its cells must be three numbers each");
    const given = ok ? points : new Float32Array();
    const fits =
      colors instanceof Uint8Array && (colors.length === 3 || colors.length === given.length);
    this.report(
      "colors",
      fits || given.length === 0 ? null : "its colors must be one for all, or one for each cell",
    );
    this.size = sized ? size : [1, 1, 1];
    this.meshing.request({
      points: given,
      size: this.size,
      colors: fits ? colors : new Uint8Array([128, 128, 128]),
    });
  }

  private look(props: Props): void {
    const given = typeof props.opacity === "number" ? props.opacity : 1;
    const opacity = given >= 0 && given <= 1 ? given : 1;
    const edges = props.show_edges === true;
    const key = `${opacity} ${edges}`;
    if (key === this.materialKey) return;
    this.materialKey = key;
    this.mesh.material.dispose();
    this.mesh.material = this.material(opacity, edges);
  }

  private material(opacity: number, edges: boolean): SurfaceMaterial {
    const surface = this.ctx.surfaces.make({
      material: "standard",
      flat: false,
      wireframe: false,
      side: "front",
      opacity,
      vertexColors: false,
    });
    return forFaces(surface, edges);
  }

  private show(cells: Cells | null): void {
    if (this.disposed) return;
    this.report("mesh", cells ? null : "its cells can't be drawn");
    const bad = cells?.bad ?? 0;
    this.report(
      "cells",
      bad > 0 ? `${bad} of its cells are not finite or too far: left out` : null,
    );
    this.cells = cells;
    this.places = null;
    this.drawnSize = this.size;
    const old = this.mesh.geometry;
    this.mesh.geometry = geometryOf(cells);
    old.dispose();
    this.mesh.visible = (cells?.faces.count ?? 0) > 0;
    const [x, y, z] = this.drawnSize;
    const origin = cells?.origin ?? [0, 0, 0];
    this.mesh.matrix.makeScale(x, y, z).setPosition(x * origin[0], y * origin[1], z * origin[2]);
    this.mesh.updateMatrixWorld(true);
    this.ctx.requestRender();
  }

  /** The place of a cell in `sorted`; -1: it is not drawn. */
  private placeOf(id: number): number {
    const { cells } = this;
    if (!cells) return -1;
    if (!this.places) {
      this.places = new Int32Array(cells.total).fill(-1);
      for (let i = 0; i < cells.ids.length; i++) this.places[cells.ids[i]!] = i;
    }
    return this.places[id] ?? -1;
  }
}

function geometryOf(cells: Cells | null): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(SQUARE, 3));
  geometry.setAttribute("normal", new BufferAttribute(new Float32Array(12), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const faces = cells?.faces;
  geometry.instanceCount = faces?.count ?? 0;
  if (!cells || !faces) return geometry;
  geometry.setAttribute("cell", new InstancedBufferAttribute(faces.corners, 3));
  geometry.setAttribute("span", new InstancedBufferAttribute(faces.spans, 2));
  geometry.setAttribute("paint", new InstancedBufferAttribute(faces.paints, 4));
  const half = new Vector3(...cells.size).multiplyScalar(0.5);
  geometry.boundingSphere = new Sphere(half, half.length());
  return geometry;
}
