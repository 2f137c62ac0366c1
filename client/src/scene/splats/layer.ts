/** Draws all splats of the page as one object: instanced quads, back to front, sorted by a worker. */
import {
  BufferAttribute,
  type Camera,
  CustomBlending,
  DataTexture,
  DynamicDrawUsage,
  FloatType,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Matrix4,
  Mesh,
  NearestFilter,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RGBAFormat,
  type Scene,
  ShaderMaterial,
  SphereGeometry,
  Vector2,
} from "three";
import { capacityFor } from "../batch/slots";
import { halfViewOf } from "../viewCamera";
import type { Eye, FrameUniforms, Hit, Outline, Ray } from "../visual";
import { ellipsoidOf } from "./ellipsoid";
import { type GroupHarmonics, HarmonicsTexture, putWhere } from "./harmonics";
import { type SplatMember, unchanged } from "./member";
import { forgetVariances, pickSplat } from "./pick";
import type { Range } from "./ranges";
import { fragmentShader, vertexShader } from "./shaders";
import { Slab } from "./slab";
import type { SortGroup } from "./sort";
import { Sorter } from "./sorter";
import { SPLAT_WORDS, splatsIn } from "./words";

export type SplatGeometry = InstancedBufferGeometry;

/** After all other transparent objects, before labels. */
const RENDER_ORDER = 10;
/** Rotation of the camera (radians, approximately) after which splats are sorted again. */
const RESORT_ANGLE = 1e-3;
/** Four texels per node: three rows of its matrix, and whether it is shown and where its harmonics are. */
const GROUP_NUMBERS = 16;
/** Nodes per row of their texture, as in the shader. */
const GROUPS_PER_ROW = 256;
/** The corners of a quad. */
const CORNERS = new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]);

interface Group {
  member: SplatMember;
  /** null: no splats, or too many. */
  range: Range | null;
  harmonics: GroupHarmonics | null;
  slot: number;
  /** Number of its splats that are not finite. */
  bad: number;
}

/** The order of the splats as one camera sees them. */
interface Order {
  geometry: SplatGeometry;
  /** What was requested last; null: nothing yet. */
  requested: { version: number; forward: Forward } | null;
  /** What it shows. */
  version: number;
  /** Buffer of the order before the last, for reuse. */
  spare: Uint32Array<ArrayBuffer> | null;
}

interface Forward {
  x: number;
  y: number;
  z: number;
}

const matrix = new Matrix4();

export class SplatLayer {
  private readonly slab: Slab;
  private readonly harmonics: HarmonicsTexture;
  private readonly sorter: Sorter;
  private readonly material: ShaderMaterial;
  private readonly mesh: Mesh<SplatGeometry, ShaderMaterial>;
  private readonly groups = new Map<SplatMember, Group>();
  private groupTexture = makeGroupTexture(1);
  private slots = 0;
  private freeSlots: number[] = [];
  /** Released slots that an order still refers to. */
  private retired: { slot: number; version: number }[] = [];
  /** Incremented by each change that requires sorting. */
  private version = 1;
  /** Of each view of the page. */
  private readonly orders = new Map<Camera, Order>();
  private sorting = false;
  private disposed = false;
  /** What outlines are made of; null: there was none yet. */
  private sphere: SphereGeometry | null = null;

  constructor(
    private readonly scene: Scene,
    frame: FrameUniforms,
    maxTextureSize: number,
    private readonly requestRender: () => void,
    failed: (reason: string) => void,
  ) {
    this.slab = new Slab(maxTextureSize);
    this.sorter = new Sorter(failed);
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: {
        splats: { value: this.slab.texture },
        groups: { value: this.groupTexture },
        splatsPerRow: { value: this.slab.perRow },
        viewport: frame.viewport,
        halfView: { value: new Vector2(1, 1) },
        harmonics: { value: null },
        harmonicsPerRow: { value: 1 },
      },
      defines: {},
      transparent: true,
      depthWrite: false,
      clipping: true,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
    });
    this.harmonics = new HarmonicsTexture(maxTextureSize, this.material);
    this.mesh = new Mesh(makeGeometry(new Uint32Array(16), 0), this.material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
    this.mesh.renderOrder = RENDER_ORDER;
    this.mesh.visible = false;
    this.mesh.userData.cutsByElement = true;
    this.mesh.onBeforeRender = (_renderer, _scene, camera) => this.look(camera);
    scene.add(this.mesh);
  }

  /** Applies a node's changes. */
  update(member: SplatMember): void {
    const { all, parts, place, harmonics } = member.changed;
    const colored = harmonics.all || harmonics.parts !== null;
    if (!all && !parts && !place && !colored) return;
    if (all || parts) this.setSplats(member, all ? null : parts);
    if (colored) this.setHarmonics(member);
    member.changed = unchanged();
    if (all || parts || place) this.version++;
  }

  remove(member: SplatMember): void {
    const group = this.groups.get(member);
    if (!group) return;
    this.groups.delete(member);
    if (group.range) this.slab.give(group.range);
    if (group.harmonics) this.harmonics.remove(group.harmonics);
    this.retired.push({ slot: group.slot, version: ++this.version });
  }

  prepare(camera: Camera): void {
    if (this.disposed) return;
    const order = this.orderOf(camera);
    this.use(order);
    if (this.sorting) return;
    const forward = forwardOf(camera);
    const r = order.requested;
    if (r && r.version === this.version && !turned(r.forward, forward)) return;
    const { version } = this;
    order.requested = { version, forward };
    this.sorting = true;
    void this.sort(camera, order.spare).then((sorted) => {
      this.sorting = false;
      if (!sorted || this.disposed) return;
      order.spare = null;
      if (this.orders.get(camera) === order) {
        order.version = version;
        this.show(order, sorted.splats, sorted.count);
        this.freeRetired();
      }
      this.requestRender();
    });
  }

  /** The camera's view is closed. */
  forget(camera: Camera): void {
    const order = this.orders.get(camera);
    if (!order || this.orders.size === 1) return;
    this.orders.delete(camera);
    const [other] = this.orders.values();
    if (this.mesh.geometry === order.geometry) this.use(other!);
    order.geometry.dispose();
    this.freeRetired();
  }

  async orderFor(camera: Camera): Promise<SplatGeometry | null> {
    const order = await this.sort(camera, null);
    return order && makeGeometry(order.splats, order.count);
  }

  drawWith(order: SplatGeometry, draw: () => void): void {
    const { geometry, visible } = this.mesh;
    this.mesh.geometry = order;
    this.mesh.visible = order.instanceCount > 0;
    try {
      draw();
    } finally {
      this.mesh.geometry = geometry;
      this.mesh.visible = visible;
    }
  }

  raycast(member: SplatMember, ray: Ray, eye?: Eye): Hit | null {
    return this.groups.get(member)?.range
      ? pickSplat(member.splats, member.matrix, ray, eye?.pixel)
      : null;
  }

  outline(member: SplatMember, splat: number): Outline | null {
    this.sphere ??= new SphereGeometry(1, 48, 24);
    return ellipsoidOf(member, splat, this.sphere);
  }

  dispose(): void {
    this.disposed = true;
    this.sphere?.dispose();
    this.scene.remove(this.mesh);
    this.mesh.geometry.dispose();
    for (const { geometry } of this.orders.values()) geometry.dispose();
    this.material.dispose();
    this.groupTexture.dispose();
    this.slab.dispose();
    this.harmonics.dispose();
    this.sorter.dispose();
  }

  /** Copies the splats in these parts; null: all. */
  private setSplats(member: SplatMember, parts: number[] | null): void {
    const group = this.groups.get(member) ?? this.makeGroup(member);
    const { splats, report } = member;
    const count = splats.length / SPLAT_WORDS;
    const before = group.range?.start;
    if (group.range?.count !== count) {
      if (group.range) this.slab.give(group.range);
      group.range = this.slab.take(count);
      this.material.uniforms.splats!.value = this.slab.texture;
    }
    const { range } = group;
    report(
      "count",
      range ? null : `${count} splats exceed the texture size limit of the graphics driver`,
    );
    if (!range) return;
    forgetVariances(splats);
    // The number of invalid splats is known only if all are checked.
    const whole = parts === null || range.start !== before || group.bad > 0;
    if (whole) group.bad = 0;
    for (const [first, end] of whole ? [[0, count] as const] : splatsIn(parts, count)) {
      this.write(group, { start: range.start + first, count: end - first }, splats, first);
    }
    const { bad } = group;
    report("numbers", bad > 0 ? `${bad} of its ${count} splats are not finite: left out` : null);
  }

  private setHarmonics(member: SplatMember): void {
    const group = this.groups.get(member) ?? this.makeGroup(member);
    group.harmonics = this.harmonics.update(group.harmonics, member);
  }

  private write(group: Group, range: Range, splats: Uint32Array, first: number): void {
    const words = splats.subarray(first * SPLAT_WORDS, (first + range.count) * SPLAT_WORDS);
    const { centers, bad } = this.slab.write(range, words, group.slot);
    group.bad += bad;
    this.sorter.setCenters(range.start, centers);
  }

  private makeGroup(member: SplatMember): Group {
    const slot = this.freeSlots.pop() ?? this.slots++;
    const rows = this.groupTexture.image.height;
    if (slot >= rows * GROUPS_PER_ROW) {
      this.groupTexture.dispose();
      this.groupTexture = makeGroupTexture(2 * rows);
      this.material.uniforms.groups!.value = this.groupTexture;
    }
    const group = { member, range: null, harmonics: null, slot, bad: 0 };
    this.groups.set(member, group);
    return group;
  }

  /** Requests a sort by view depth; the result may be written to `spare`. */
  private sort(camera: Camera, spare: Uint32Array<ArrayBuffer> | null) {
    const { x, y, z } = forwardOf(camera);
    const e = camera.matrixWorld.elements;
    const camAt = x * e[12]! + y * e[13]! + z * e[14]!;
    const groups: SortGroup[] = [];
    let total = 0;
    for (const { member, range } of this.groups.values()) {
      if (!range || !member.shown || range.count === 0) continue;
      const m = member.matrix.elements;
      const along = (k: number) => x * m[k]! + y * m[k + 1]! + z * m[k + 2]!;
      groups.push({ ...range, row: [along(0), along(4), along(8), along(12) - camAt] });
      total += range.count;
    }
    const capacity = capacityFor(total, spare?.length ?? 0);
    const out = spare?.length === capacity ? spare : new Uint32Array(capacity);
    return this.sorter.sort(groups, out);
  }

  private orderOf(camera: Camera): Order {
    let order = this.orders.get(camera);
    if (!order) {
      const none = makeGeometry(new Uint32Array(16), 0);
      // The first has the geometry that is there.
      const geometry = this.orders.size === 0 ? this.mesh.geometry : none;
      order = { geometry, requested: null, version: 0, spare: null };
      this.orders.set(camera, order);
    }
    return order;
  }

  private use({ geometry }: Order): void {
    this.mesh.geometry = geometry;
    this.mesh.visible = geometry.instanceCount > 0;
  }

  private show(order: Order, splats: Uint32Array<ArrayBuffer>, count: number): void {
    const { geometry } = order;
    const shown = this.mesh.geometry === geometry;
    const attribute = geometry.getAttribute("splat") as InstancedBufferAttribute;
    if (attribute.array.length === splats.length) {
      order.spare = attribute.array as Uint32Array<ArrayBuffer>;
      attribute.array = splats;
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, count);
      attribute.needsUpdate = true;
      geometry.instanceCount = count;
    } else {
      // three.js frees buffers only with their geometry, not when an attribute is replaced.
      geometry.dispose();
      order.geometry = makeGeometry(splats, count);
    }
    if (shown) this.use(order);
  }

  /** Slots that no order refers to any more. */
  private freeRetired(): void {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { version } of this.orders.values()) oldest = Math.min(oldest, version);
    const free = this.retired.filter((r) => r.version <= oldest);
    if (free.length === 0) return;
    this.freeSlots.push(...free.map((r) => r.slot));
    this.retired = this.retired.filter((r) => r.version > oldest);
  }

  /** Computes the nodes' view matrices for this camera, in double precision. */
  private look(camera: Camera): void {
    const data = this.groupTexture.image.data as Float32Array;
    data.fill(0);
    for (const { member, slot, range, harmonics } of this.groups.values()) {
      const e = matrix.multiplyMatrices(camera.matrixWorldInverse, member.matrix).elements;
      const at = slot * GROUP_NUMBERS;
      for (let row = 0; row < 3; row++) {
        for (let column = 0; column < 4; column++) {
          data[at + 4 * row + column] = e[4 * column + row]!;
        }
      }
      data[at + 12] = member.shown && !member.veiled ? 1 + (member.cut ?? 0) : 0;
      if (harmonics && range) putWhere(data, at + 13, harmonics, range.start);
    }
    this.groupTexture.needsUpdate = true;
    halfViewOf(camera, this.material.uniforms.halfView!.value);
    this.material.uniformsNeedUpdate = true;
  }
}

function makeGeometry(splats: Uint32Array<ArrayBuffer>, count: number): SplatGeometry {
  const g = new InstancedBufferGeometry();
  g.setAttribute("position", new BufferAttribute(CORNERS, 3));
  g.setIndex([0, 1, 2, 0, 2, 3]);
  const order = new InstancedBufferAttribute(splats, 1);
  order.setUsage(DynamicDrawUsage);
  g.setAttribute("splat", order);
  g.instanceCount = count;
  return g;
}

function makeGroupTexture(rows: number): DataTexture {
  const data = new Float32Array(rows * GROUPS_PER_ROW * GROUP_NUMBERS);
  const t = new DataTexture(data, 4 * GROUPS_PER_ROW, rows, RGBAFormat, FloatType);
  t.minFilter = t.magFilter = NearestFilter;
  t.needsUpdate = true;
  return t;
}

/** View direction in the world. */
function forwardOf(camera: Camera): Forward {
  const e = camera.matrixWorld.elements;
  return { x: -e[8]!, y: -e[9]!, z: -e[10]! };
}

function turned(a: Forward, b: Forward): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z) > RESORT_ANGLE;
}
