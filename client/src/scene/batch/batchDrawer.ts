/**
 * Draws the instances of one node: one instanced mesh for each part of its model and each level of detail.
 * With opaque materials and one level, the GPU buffers change only when the instances do; otherwise they are
 * sorted and assigned to levels again whenever the camera has moved.
 */
import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  type Intersection,
  type Material,
  Matrix4,
  Mesh,
  type Object3D,
  Raycaster,
  Sphere,
  Ray as ThreeRay,
  Vector3,
} from "three";
import { bvhOf, forgetBvh } from "../bvh";
import type { SceneContext } from "../context";
import { faceHit } from "../faceHit";
import { setOrigin } from "../localOrigin";
import { anyMirrors, applyMirrors } from "../mirrored";
import { simplifiedIndex } from "../simplify";
import type { Hit, Outline, Ray } from "../visual";
import { copyRows, DepthOrder, type Instances, NO_INSTANCES } from "./instances";

export interface Part {
  geometry: BufferGeometry;
  material: Material | Material[];
}

export interface Level {
  /** Distance from the camera at which the level starts, in scene units. */
  distance: number;
  /** Fraction of the triangles that is kept. */
  ratio: number;
}

interface DrawnLevel {
  distance: number;
  count: number;
  matrices: InstancedBufferAttribute;
  colors: InstancedBufferAttribute | null;
  opacities: InstancedBufferAttribute | null;
  scalars: InstancedBufferAttribute | null;
  meshes: InstancedMesh[];
}

/** Batches with fewer triangles in total use no levels of detail. */
const MIN_LOD_TRIANGLES = 200_000;
const SMALLEST = 300;

export class BatchDrawer {
  /** Its matrix holds the origin, in the node's frame, that the instances' matrices are relative to. */
  private readonly holder = new Group();
  private parts: readonly Part[] = [];
  private instances: Instances = NO_INSTANCES;
  private lod: "auto" | "off" | Level[] = "off";
  private colors: Float32Array | null = null;
  private opacities: Float32Array | null = null;
  private scalars: Float32Array | null = null;
  private transparent = false;
  /** Some instances are mirrored (negative scale). */
  private mirrored = false;
  private castShadow = true;
  private receiveShadow = true;
  private levels: DrawnLevel[] = [];
  private distances = new Float32Array();
  private readonly depth = new DepthOrder();
  private structureStale = true;
  private contentStale = true;
  /** Poses of camera and node when the instances were sorted. */
  private readonly seenFrom = new Float64Array(16 + 3);
  private readonly frame = (camera: Camera) => this.prepare(camera);

  constructor(
    private readonly ctx: SceneContext,
    private readonly group: Object3D,
  ) {
    this.holder.matrixAutoUpdate = false;
    group.add(this.holder);
    ctx.perFrame.add(this.frame);
  }

  /** Does not take ownership of geometries and materials; they are used until the next call. */
  setParts(parts: readonly Part[]): void {
    this.parts = parts;
    this.structureStale = true;
  }

  setLod(lod: "auto" | "off" | Level[]): void {
    this.lod = lod;
    this.structureStale = true;
  }

  setInstances(instances: Instances): void {
    // The buffers are reused if the number of instances is the same.
    if (instances.count !== this.instances.count) this.structureStale = true;
    this.instances = instances;
    setOrigin(this.holder, instances.origin);
    this.contentStale = true;
    const mirrored = anyMirrors(instances.matrices, instances.count);
    if (mirrored !== this.mirrored) this.structureStale = true;
    this.mirrored = mirrored;
  }

  /** A linear RGB color, an opacity and a number for each drawn instance; null: none. */
  setLooks(
    colors: Float32Array | null,
    opacities: Float32Array | null,
    transparent: boolean,
    scalars: Float32Array | null = null,
  ): void {
    const same =
      (scalars !== null) === (this.scalars !== null) &&
      (colors !== null) === (this.colors !== null) &&
      (opacities !== null) === (this.opacities !== null) &&
      transparent === this.transparent;
    this.colors = colors;
    this.opacities = opacities;
    this.transparent = transparent;
    this.scalars = scalars;
    this.contentStale = true;
    if (!same) this.structureStale = true;
  }

  setShadows(cast: boolean, receive: boolean): void {
    this.castShadow = cast;
    this.receiveShadow = receive;
    for (const level of this.levels) for (const mesh of level.meshes) this.applyShadows(mesh);
  }

  raycast(ray: Ray): Hit | null {
    const { instances } = this;
    const toNode = scratch.matrix.copy(this.holder.matrixWorld).invert();
    const local = scratch.ray;
    local.origin.set(...ray.origin);
    local.direction.set(...ray.direction);
    raycaster.ray.copy(local);
    local.applyMatrix4(toNode);
    let best: Near | null = null;
    let at = 0;
    let of: Part | null = null;
    for (const part of this.parts) {
      const { geometry, material } = part;
      if (!geometry.boundingSphere) geometry.computeBoundingSphere();
      const { center, radius } = geometry.boundingSphere!;
      probe.geometry = geometry;
      probe.material = material;
      for (let i = 0; i < instances.count; i++) {
        scratch.instance.fromArray(instances.matrices, 16 * i);
        const middle = scratch.point.copy(center).applyMatrix4(scratch.instance);
        const reach = radius * instances.reach[i]!;
        if (local.distanceSqToPoint(middle) > reach * reach) continue;
        probe.matrixWorld.multiplyMatrices(this.holder.matrixWorld, scratch.instance);
        const near = hitOf(probe);
        if (!near || (best && near.distance >= best.distance)) continue;
        best = near;
        at = i;
        of = part;
      }
    }
    if (!best || !of) return null;
    const mesh = new Mesh(of.geometry);
    scratch.instance.fromArray(instances.matrices, 16 * at);
    mesh.matrixWorld.multiplyMatrices(this.holder.matrixWorld, scratch.instance);
    return { ...faceHit(mesh, best, best.distance), instance: instances.ids[at]! };
  }

  /** The outline of one instance, by its index in the message. */
  outline(instance: number | null): Outline[] {
    const { ids, matrices, count } = this.instances;
    // Few or no instances are left out, so the entry is at this index or shortly before it.
    let i = Math.min(instance ?? -1, count - 1);
    while (i >= 0 && ids[i]! > instance!) i--;
    if (i < 0 || ids[i] !== instance) return [];
    const matrix = new Matrix4().fromArray(matrices, 16 * i).premultiply(this.holder.matrixWorld);
    return this.parts.map(({ geometry }) => ({
      geometry,
      matrix,
      fromCenter: !geometry.hasAttribute("normal"),
    }));
  }

  dispose(): void {
    this.ctx.perFrame.delete(this.frame);
    this.drop();
  }

  private prepare(camera: Camera): void {
    if (!this.group.visible) return;
    if (this.structureStale) this.build();
    const follows = this.levels.length > 1 || this.transparent;
    const moved = follows && this.hasMoved(camera);
    if (!this.contentStale && !moved) return;
    this.contentStale = false;
    if (follows) this.arrange();
    else this.fill(this.levels[0], null);
  }

  private hasMoved(camera: Camera): boolean {
    const now = [...this.holder.matrixWorld.elements, ...camera.matrixWorld.elements.slice(12, 15)];
    const same = now.every((v, i) => v === this.seenFrom[i]);
    this.seenFrom.set(now);
    return !same;
  }

  /** Sorts the instances back to front and assigns each to its level. */
  private arrange(): void {
    const { instances, levels } = this;
    if (this.distances.length < instances.count) {
      this.distances = new Float32Array(instances.count);
    }
    const m = this.holder.matrixWorld.elements;
    const [cx, cy, cz] = [this.seenFrom[16]!, this.seenFrom[17]!, this.seenFrom[18]!];
    const middle = scratch.point.set(0, 0, 0);
    for (let i = 0; i < instances.count; i++) {
      const x = instances.matrices[16 * i + 12]!;
      const y = instances.matrices[16 * i + 13]!;
      const z = instances.matrices[16 * i + 14]!;
      middle.x += x;
      middle.y += y;
      middle.z += z;
      this.distances[i] = Math.hypot(
        m[0]! * x + m[4]! * y + m[8]! * z + m[12]! - cx,
        m[1]! * x + m[5]! * y + m[9]! * z + m[13]! - cy,
        m[2]! * x + m[6]! * y + m[10]! * z + m[14]! - cz,
      );
    }
    middle.divideScalar(Math.max(1, instances.count));
    for (const { meshes } of levels) {
      for (const mesh of meshes) mesh.boundingSphere!.center.copy(middle);
    }
    const order = this.depth.sort(this.distances, instances.count);
    // The order is by distance, so each level is a contiguous range.
    let from = 0;
    for (let k = levels.length - 1; k >= 0; k--) {
      let to = from;
      while (
        to < instances.count &&
        (k === 0 || this.distances[order[to]!]! >= levels[k]!.distance)
      ) {
        to++;
      }
      this.fill(levels[k], order.subarray(from, to));
      from = to;
    }
  }

  /** Writes these instances (null: all, unsorted) into a level's buffers. */
  private fill(level: DrawnLevel | undefined, which: Uint32Array | null): void {
    if (!level) return;
    const { matrices } = this.instances;
    const count = which ? which.length : this.instances.count;
    if (which) {
      copyRows(matrices, level.matrices.array as Float32Array, which, 16);
      if (level.colors) copyRows(this.colors!, level.colors.array as Float32Array, which, 3);
      if (level.opacities) {
        copyRows(this.opacities!, level.opacities.array as Float32Array, which, 1);
      }
      if (level.scalars) copyRows(this.scalars!, level.scalars.array as Float32Array, which, 1);
    } else {
      level.matrices.array.set(matrices);
      level.colors?.array.set(this.colors!);
      level.opacities?.array.set(this.opacities!);
      level.scalars?.array.set(this.scalars!);
    }
    level.count = count;
    for (const attribute of [level.matrices, level.colors, level.opacities, level.scalars]) {
      if (attribute && count > 0) attribute.needsUpdate = true;
    }
    for (const mesh of level.meshes) {
      mesh.count = count;
      mesh.visible = count > 0;
    }
  }

  private build(): void {
    this.structureStale = false;
    this.contentStale = true;
    this.drop();
    if (this.instances.count === 0 || this.parts.length === 0) return;
    for (const { distance, ratio } of this.wantedLevels()) {
      this.levels.push(this.makeLevel(distance, ratio));
    }
  }

  /** Nearest first. Transparent instances need one draw call to be sorted among themselves, hence one level. */
  private wantedLevels(): Level[] {
    const whole = { distance: 0, ratio: 1 };
    if (this.lod === "off" || this.transparent) return [whole];
    if (this.lod !== "auto") {
      const sorted = [...this.lod].sort((a, b) => a.distance - b.distance);
      return [whole, ...sorted];
    }
    let triangles = 0;
    let radius = 0;
    for (const { geometry } of this.parts) {
      triangles += (geometry.getIndex()?.count ?? 0) / 3;
      if (!geometry.boundingSphere) geometry.computeBoundingSphere();
      radius = Math.max(radius, geometry.boundingSphere!.radius);
    }
    if (triangles < SMALLEST || triangles * this.instances.count < MIN_LOD_TRIANGLES)
      return [whole];
    let reach = 0;
    for (let i = 0; i < this.instances.count; i++)
      reach = Math.max(reach, this.instances.reach[i]!);
    const size = radius * reach * this.holder.matrixWorld.getMaxScaleOnAxis();
    return [whole, { distance: 25 * size, ratio: 0.35 }, { distance: 80 * size, ratio: 0.08 }];
  }

  private makeLevel(distance: number, ratio: number): DrawnLevel {
    const n = this.instances.count;
    const buffer = (width: number) => {
      const a = new InstancedBufferAttribute(new Float32Array(n * width), width);
      a.setUsage(DynamicDrawUsage);
      return a;
    };
    const level: DrawnLevel = {
      distance,
      count: 0,
      matrices: buffer(16),
      colors: this.colors ? buffer(3) : null,
      opacities: this.opacities ? buffer(1) : null,
      scalars: this.scalars ? buffer(1) : null,
      meshes: [],
    };
    for (const part of this.parts) {
      const geometry = atLevel(part.geometry, ratio);
      if (!geometry) continue;
      if (level.opacities) geometry.setAttribute("instanceOpacity", level.opacities);
      if (level.scalars) geometry.setAttribute("scalar", level.scalars);
      if (this.mirrored) for (const m of [part.material].flat()) applyMirrors(m);
      const mesh = new InstancedMesh(geometry, part.material, 0);
      mesh.instanceMatrix = level.matrices;
      mesh.instanceColor = level.colors;
      mesh.count = 0;
      mesh.frustumCulled = false;
      // three.js sorts by the center of this sphere; without one it would compute it from all instances.
      mesh.boundingSphere = new Sphere();
      mesh.matrixAutoUpdate = false;
      this.applyShadows(mesh);
      this.holder.add(mesh);
      level.meshes.push(mesh);
    }
    this.holder.updateMatrixWorld(true);
    return level;
  }

  private applyShadows(mesh: InstancedMesh): void {
    mesh.castShadow = this.castShadow;
    mesh.receiveShadow = this.receiveShadow;
  }

  private drop(): void {
    for (const level of this.levels) {
      for (const mesh of level.meshes) {
        mesh.removeFromParent();
        mesh.geometry.dispose();
        mesh.dispose();
      }
    }
    this.levels = [];
  }
}

/** A separate geometry that shares the vertices, so that its dispose() frees only the index created here. */
function atLevel(geometry: BufferGeometry, ratio: number): BufferGeometry | null {
  const out = new BufferGeometry();
  for (const [name, attribute] of Object.entries(geometry.attributes)) {
    out.setAttribute(name, attribute);
  }
  const index = geometry.getIndex();
  if (index && ratio < 1) {
    const position = geometry.getAttribute("position") as BufferAttribute;
    const fewer = simplifiedIndex(position.array, index.array as Uint32Array, ratio);
    if (fewer.length === 0) return null;
    out.setIndex(new BufferAttribute(fewer, 1));
  } else {
    out.setIndex(index);
    for (const g of geometry.groups) out.addGroup(g.start, g.count, g.materialIndex);
  }
  out.boundingSphere = geometry.boundingSphere;
  return out;
}

const raycaster = new Raycaster();
const probe = new Mesh<BufferGeometry, Material | Material[]>();
const scratch = {
  matrix: new Matrix4(),
  instance: new Matrix4(),
  point: new Vector3(),
  ray: new ThreeRay(),
  inMesh: new ThreeRay(),
};

type Near = Pick<Intersection, "distance" | "face" | "faceIndex">;

/** Nearest hit along the raycaster's ray; the mesh's matrixWorld must be set. */
function hitOf(mesh: Mesh<BufferGeometry, Material | Material[]>): Near | null {
  const bvh = bvhOf(mesh.geometry);
  if (!bvh) return raycaster.intersectObject(mesh, false)[0] ?? null;
  const toMesh = scratch.matrix.copy(mesh.matrixWorld).invert();
  const side = Array.isArray(mesh.material) ? mesh.material[0]?.side : mesh.material.side;
  const hit = bvh.raycastFirst(scratch.inMesh.copy(raycaster.ray).applyMatrix4(toMesh), side ?? 0);
  if (!hit) return null;
  const distance = hit.point.applyMatrix4(mesh.matrixWorld).distanceTo(raycaster.ray.origin);
  return { distance, face: hit.face, faceIndex: hit.faceIndex };
}

/** Call before a part's geometry is disposed of. */
export function forgetPart(geometry: BufferGeometry): void {
  forgetBvh(geometry);
  geometry.dispose();
}
