/**
 * Applies the cuts to what is drawn and to what is picked.
 *
 * Each material belongs to a *set* of cuts, whose number is in its program (shader.ts): set 1 is that of all that no cut
 * names, and each other combination of cuts that are limited to nodes is another one. Materials are looked through before
 * each frame, as nodes replace theirs at any time, but only as long as there is a cut.
 */
import {
  BackSide,
  DoubleSide,
  type Material,
  type Mesh,
  type Object3D,
  type Scene,
  type ShaderMaterial,
  type Side,
  Plane as ThreePlane,
  type WebGLRenderer,
} from "three";
import type { LabelLayer } from "../labels/layer";
import type { Place } from "../place";
import type { Eye, Hit, NodeVisual, Ray } from "../visual";
import { isClosed } from "./closed";
import { BodyCounts } from "./counts";
import { type Cut, type CutSet, MAX_CUTS } from "./cut";
import { meetsFilling } from "./filling";
import { keeps, keptSpans, type Region, regionOf, type Span } from "./kept";
import { BLOCK, CAP_DEFINE, installShaders, MAX_SETS, PLANES } from "./shader";

type NodePlace = Place<NodeVisual>;

export interface CutScene {
  readonly scene: Scene;
  readonly tree: { readonly root: NodePlace; all(): IterableIterator<NodePlace> };
  readonly labels: Pick<LabelLayer, "all">;
}

/** What a material was before. */
interface Original {
  side: Side;
  shadowSide: Side | null;
  capped: boolean;
}

/** The set of what no cut names. */
const ALL = 1;
let installed = false;

export class CutEngine {
  private cuts: readonly Cut[] = [];
  private regions: readonly Region[] = [];
  /** By the number of a set, the cuts in it: bits by their index. Set 0 is none. */
  private masks: number[] = [0, 0];
  private readonly setsOf = new WeakMap<NodeVisual, number>();
  /** Whether some cut is limited to nodes, or was before. */
  private limited = false;
  private readonly dressed = new Map<Material, Original>();
  private readonly counts = new BodyCounts();
  /** What is drawn with a filling. */
  private filled = new Set<Mesh>();
  private readonly block = new Uint32Array(BLOCK.words);
  private readonly numbers = new Float32Array(this.block.buffer);
  private buffer: WebGLBuffer | null = null;
  private stale = true;
  private own = true;

  constructor(private readonly scene: CutScene) {
    if (!installed) installShaders();
    installed = true;
  }

  flush(all: ReadonlySet<Cut>): void {
    for (const cut of all) if (!cut.shown) cut.setOver(false);
    const shown = [...all].filter((cut) => cut.shown);
    shown.sort((a, b) => (a.key < b.key ? -1 : 1));
    shown.forEach((cut, i) => {
      cut.setOver(i >= MAX_CUTS);
    });
    if (shown.length === 0) {
      if (this.cuts.length > 0) this.end();
      return;
    }
    if (this.cuts.length === 0) this.begin();
    this.cuts = shown.slice(0, MAX_CUTS);
    for (const cut of this.cuts) {
      if (cut.inRoot) cut.pose.compose(this.scene.tree.root.world, cut.inRoot);
    }
    this.regions = this.cuts.map(regionOf);
    this.assignSets();
    this.write();
    const used = new Set<Material>();
    this.filled = new Set();
    this.dressAll(this.scene.scene, ALL, used);
    for (const material of this.dressed.keys()) if (!used.has(material)) this.undress(material);
    this.hideLabels();
  }

  withoutOwn(draw: () => void): void {
    if (!this.cuts.some((cut) => cut.inRoot)) {
      draw();
      return;
    }
    this.own = false;
    this.write();
    try {
      draw();
    } finally {
      this.own = true;
      this.write();
    }
  }

  cast(place: NodePlace, ray: Ray, eye: Eye): Hit | null {
    const visual = place.visual!;
    const cuts = this.cutsOf(visual);
    if (cuts.length === 0) return visual.raycast!(ray, eye);
    const filled = cuts.some((i) => this.cuts[i]!.cap);
    const regions = cuts.map((i) => this.regions[i]!);
    for (const span of keptSpans(ray, regions)) {
      const hit = castWithin(visual, ray, eye, span, filled);
      if (hit) return hit;
    }
    return null;
  }

  dispose(): void {
    if (this.cuts.length > 0) this.end();
  }

  private begin(): void {
    this.scene.scene.onBeforeRender = (renderer, scene, camera) => {
      this.upload(renderer);
      this.counts.draw(renderer, scene as Scene, camera, this.filled);
    };
  }

  private end(): void {
    this.cuts = [];
    this.regions = [];
    this.assignSets();
    for (const material of this.dressed.keys()) this.undress(material);
    this.filled.clear();
    this.counts.dispose();
    this.hideLabels();
    const { scene } = this.scene;
    scene.onBeforeRender = (renderer) => {
      renderer.localClippingEnabled = false;
      scene.onBeforeRender = () => {};
    };
  }

  // ---- Sets

  private assignSets(): void {
    const limited = this.cuts.some((cut) => cut.nodes.length > 0);
    let all = 0;
    this.cuts.forEach((cut, i) => {
      if (cut.nodes.length === 0) all |= 1 << i;
    });
    this.masks = [0, all];
    if (limited || this.limited) {
      const names = this.cuts.map((cut) => new Set(cut.nodes));
      const numbers = new Map<number, number>([[all, ALL]]);
      this.assignBelow(this.scene.tree.root, all, names, numbers);
    }
    this.limited = limited;
  }

  private assignBelow(
    place: NodePlace,
    above: number,
    names: readonly ReadonlySet<string>[],
    numbers: Map<number, number>,
  ): void {
    // Without recursion, since the depth is not limited.
    const stack: [NodePlace, number][] = [[place, above]];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const [at, inherited] = next;
      let mask = inherited;
      names.forEach((set, i) => {
        if (set.has(at.path)) mask |= 1 << i;
      });
      if (at.visual) this.assign(at.visual, this.numberOf(mask, numbers));
      for (const child of at.children.values()) stack.push([child, mask]);
    }
  }

  private numberOf(mask: number, numbers: Map<number, number>): number {
    const known = numbers.get(mask);
    if (known !== undefined) return known;
    // More combinations than there is space for: what is left is cut by what cuts all.
    if (this.masks.length === MAX_SETS) return ALL;
    this.masks.push(mask);
    numbers.set(mask, this.masks.length - 1);
    return this.masks.length - 1;
  }

  private assign(visual: NodeVisual, set: number): void {
    if ((this.setsOf.get(visual) ?? ALL) === set) return;
    this.setsOf.set(visual, set);
    visual.setCut?.(set === ALL ? undefined : set);
  }

  /** Which of the cuts there are for it, by their index. */
  private cutsOf(visual: NodeVisual): number[] {
    if (visual.uncut) return [];
    const mask = this.masks[this.setsOf.get(visual) ?? ALL] ?? 0;
    return [...this.cuts.keys()].filter((i) => (mask >> i) & 1);
  }

  // ---- Drawing

  /** An object without a set of its own is in that of its parent. */
  private dressAll(object: Object3D, inherited: number, used: Set<Material>): void {
    const set = (object.userData.cut as CutSet) ?? inherited;
    const { material } = object as Partial<Mesh>;
    if (Array.isArray(material)) for (const m of material) this.dress(object as Mesh, m, set, used);
    else if (material) this.dress(object as Mesh, material, set, used);
    for (const child of object.children) this.dressAll(child, set, used);
  }

  private dress(object: Mesh, material: Material, set: number, used: Set<Material>): void {
    const { isShaderMaterial, clipping } = material as Partial<ShaderMaterial>;
    // Splats are cut in one program, by the set of each.
    const here = object.userData.cutsByElement ? 1 : (this.masks[set] ?? 0);
    if (here === 0 || (isShaderMaterial && !clipping)) return;
    used.add(material);
    const planes = planesOf(object.userData.cutsByElement ? ALL : set);
    if (material.clippingPlanes !== planes) {
      material.clippingPlanes = planes;
      material.clipShadows = true;
    }
    let original = this.dressed.get(material);
    if (!original) {
      original = this.cap(object, material);
      this.dressed.set(material, original);
    }
    if (original.capped) this.filled.add(object);
  }

  /** Makes the inside of a closed body visible, which fills it where it is cut. */
  private cap(object: Mesh, material: Material): Original {
    const { side, shadowSide } = material;
    const closed =
      side !== BackSide &&
      !material.transparent &&
      !(material as Partial<ShaderMaterial>).isShaderMaterial &&
      !(material as { wireframe?: boolean }).wireframe &&
      object.isMesh &&
      isClosed(object.geometry);
    if (closed) {
      material.side = DoubleSide;
      // As three.js draws the shadows of those that are seen from the front.
      material.shadowSide ??= BackSide;
      material.defines = { ...material.defines, [CAP_DEFINE]: "" };
      material.needsUpdate = true;
      this.counts.add(material);
    }
    return { side, shadowSide, capped: closed };
  }

  private undress(material: Material): void {
    const { side, shadowSide, capped } = this.dressed.get(material)!;
    this.dressed.delete(material);
    material.clippingPlanes = null;
    if (!capped) return;
    this.counts.remove(material);
    material.side = side;
    material.shadowSide = shadowSide;
    delete material.defines?.[CAP_DEFINE];
    material.needsUpdate = true;
  }

  /** Writes the block, from which it goes to the graphics card before the next picture. */
  private write(): void {
    const { block, numbers } = this;
    const before = block.slice();
    block.fill(0);
    const own = this.cuts.reduce((bits, cut, i) => (cut.inRoot ? bits | (1 << i) : bits), 0);
    this.masks.forEach((mask, set) => {
      block[BLOCK.sets + set] = this.own ? mask : mask & ~own;
    });
    this.cuts.forEach(({ cap, capColor }, i) => {
      const { planes, inverted } = this.regions[i]!;
      planes.forEach((plane, k) => {
        numbers.set(plane, BLOCK.planes + 4 * (PLANES * i + k));
      });
      numbers.set([planes.length, Number(inverted), Number(cap)], BLOCK.kinds + 4 * i);
      numbers.set([...(capColor ?? [0, 0, 0]), capColor ? 0 : 1], BLOCK.caps + 4 * i);
    });
    if (block.some((word, i) => word !== before[i])) this.stale = true;
  }

  private upload(renderer: WebGLRenderer): void {
    renderer.localClippingEnabled = this.cuts.length > 0;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    // Also after the context was lost.
    if (!this.buffer || !gl.isBuffer(this.buffer)) {
      this.buffer = gl.createBuffer();
      this.stale = true;
    }
    // Programs read blocks from here unless they say otherwise, and no other program has any.
    gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, this.buffer);
    if (!this.stale) return;
    gl.bufferData(gl.UNIFORM_BUFFER, this.block, gl.DYNAMIC_DRAW);
    this.stale = false;
  }

  private hideLabels(): void {
    for (const label of this.scene.labels.all) {
      const mask = this.masks[label.cut ?? ALL] ?? 0;
      const place = [label.x, label.y, label.z] as const;
      label.setCutAway(
        this.regions.some((region, i) => (mask >> i) & 1 && !keeps(region, [...place])),
      );
    }
  }
}

/** Thin objects heed the span themselves: what is cut away of them must not hide what is not. */
function castWithin(
  visual: NodeVisual,
  ray: Ray,
  eye: Eye,
  [from, to]: Span,
  filled: boolean,
): Hit | null {
  const first = visual.raycast!({ ...ray, span: [from, to] }, eye);
  if (!first || (first.distance >= from && first.distance <= to)) return first;
  if (first.distance > to) return null;
  const [o, d] = [ray.origin, ray.direction];
  const origin = [o[0] + d[0] * from, o[1] + d[1] * from, o[2] + d[2] * from] as const;
  const hit = visual.raycast!({ origin, direction: d, span: [0, to - from] }, eye);
  if (!hit) return null;
  // The filling is there even if the rest of the body is cut away behind it.
  if (filled && meetsFilling(hit, d)) return { ...hit, distance: from };
  return hit.distance > to - from ? null : { ...hit, distance: hit.distance + from };
}

const planesBySet: ThreePlane[][] = [];

/** As many as the number of the set; what they are does not matter. */
function planesOf(set: number): ThreePlane[] {
  planesBySet[set] ??= Array.from({ length: set }, () => new ThreePlane());
  return planesBySet[set];
}
