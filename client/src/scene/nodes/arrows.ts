/** Arrows: all shafts are copies of one shape, all heads of another. */

import { BufferGeometry, ConeGeometry, Matrix4, Vector3 } from "three";
import type { ArrowProps } from "../../protocol/messages.gen";
import { type ArrowSizes, hitArrow, placeArrows } from "../arrows";
import type { SceneContext } from "../context";
import { Copies } from "../copies";
import { type Origin, originOf, relativeTo, setOrigin, shift, ZERO } from "../localOrigin";
import { allFinite } from "../numbers";
import {
  onlyScalarLook,
  SCALAR_PROPS,
  ScalarUniforms,
  scalarsFor,
  scalarsOf,
  setScalarAttribute,
} from "../scalars";
import { eyeRows, pickSegment } from "../screenPick";
import { unitCylinder } from "../shapes";
import { linearRgb, type Surface, type SurfaceMaterial } from "../surfaces";
import type { Eye, Hit, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<ArrowProps>;

const SEGMENTS = 16;
const SURFACE: Surface = {
  material: "standard",
  flat: false,
  wireframe: false,
  side: "front",
  opacity: 1,
  vertexColors: false,
};
const origin = new Vector3();
const inverse = new Matrix4();
const ROD = `arrow rod ${SEGMENTS}`;
const HEAD = `arrow head ${SEGMENTS}`;

function makeRod(): BufferGeometry {
  return unitCylinder(SEGMENTS).translate(0, 0, 0.5);
}

function makeHead(): BufferGeometry {
  const g = new ConeGeometry(1, 1, SEGMENTS);
  g.rotateX(Math.PI / 2);
  g.translate(0, 0, 0.5);
  g.deleteAttribute("uv");
  g.clearGroups();
  return g;
}

export class Arrows extends ObjectVisual {
  private material: SurfaceMaterial;
  private readonly rod: BufferGeometry;
  private readonly head: BufferGeometry;
  private readonly rods: Copies;
  private readonly heads: Copies;
  private readonly scalars = new ScalarUniforms(true);
  /** The shapes with a number for each arrow; null: without. */
  private numbered: { rod: BufferGeometry; head: BufferGeometry } | null = null;
  /** Local origin of its points, in the node's frame. */
  private origin: Origin = ZERO;
  private points: Float32Array = new Float32Array();
  private sizes: ArrowSizes = { shaftRadius: 0, headRadius: 0, headLength: 0 };

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.material = ctx.surfaces.make(SURFACE);
    this.rod = ctx.shapes.acquire(ROD, makeRod);
    this.head = ctx.shapes.acquire(HEAD, makeHead);
    this.rods = new Copies(this.rod, this.material, true);
    this.heads = new Copies(this.head, this.material, true);
    this.add(this.rods.holder, this.heads.holder);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, ...SCALAR_PROPS)) this.scalars.set(props);
    if (onlyScalarLook(changed)) {
      this.ctx.requestRender();
      return;
    }
    const moved = anyOf(changed, "points", "shaft_radius", "head_radius", "head_length");
    if (moved) this.place(props);
    if (anyOf(changed, "points", "colors")) this.paint(props.colors);
    if (anyOf(changed, "points", "scalars")) this.setScalars(scalarsOf(props));
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.rods.changed();
    this.heads.changed();
    this.ctx.requestRender();
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    const world = shift(this.worldMatrix(), this.origin);
    const toNode = inverse.copy(world).invert();
    const o = origin
      .set(...ray.origin)
      .applyMatrix4(toNode)
      .toArray();
    // Not normalized, so that distances along it stay in world units.
    const e = toNode.elements;
    const [x, y, z] = ray.direction;
    const d = [0, 1, 2].map((i) => e[i]! * x + e[4 + i]! * y + e[8 + i]! * z);
    const hit: Hit = { distance: Number.POSITIVE_INFINITY, instance: null, occludable: true };
    for (let i = 0; i < this.rods.count; i++) {
      const distance = hitArrow(this.points, i, this.sizes, o, d);
      if (distance === null || distance >= hit.distance) continue;
      hit.distance = distance;
      hit.instance = i;
    }
    if (hit.instance !== null) return hit;
    // Thin arrows are hard to hit: also accept the pointer near the axis.
    const rows = eyeRows(ray, eye, world);
    const near = pickSegment(this.points, rows, ray, eye, 0, "screen").hit(ray, eye);
    return near && { ...near, occludable: true };
  }

  override dispose(): void {
    super.dispose();
    this.rods.dispose();
    this.heads.dispose();
    this.dropNumbered();
    this.scalars.dispose();
    this.material.dispose();
    this.ctx.shapes.release(ROD);
    this.ctx.shapes.release(HEAD);
  }

  private setScalars(values: Float32Array | null): void {
    const { ctx, rods, heads } = this;
    if (!values || rods.count === 0) {
      if (this.numbered) {
        this.dropNumbered();
        this.setMaterial(ctx.surfaces.make(SURFACE));
      }
      return;
    }
    const before = this.numbered;
    // Their own geometries: numbers are attributes, and other nodes use the shapes too.
    const own = before ?? { rod: sharing(this.rod), head: sharing(this.head) };
    const each = scalarsFor(values, rods.count);
    for (const shape of [own.rod, own.head]) setScalarAttribute(shape, each, true);
    this.numbered = own;
    rods.setGeometry(own.rod);
    heads.setGeometry(own.head);
    if (!before) this.setMaterial(ctx.surfaces.make({ ...SURFACE, scalars: this.scalars }));
  }

  private setMaterial(material: SurfaceMaterial): void {
    this.material.dispose();
    this.material = material;
    this.rods.setMaterial(material);
    this.heads.setMaterial(material);
  }

  private dropNumbered(): void {
    if (!this.numbered) return;
    this.rods.setGeometry(this.rod);
    this.heads.setGeometry(this.head);
    for (const shape of [this.numbered.rod, this.numbered.head]) {
      // Others use the rest.
      for (const name of Object.keys(shape.attributes)) {
        if (name !== "scalar") shape.deleteAttribute(name);
      }
      shape.setIndex(null);
      shape.dispose();
    }
    this.numbered = null;
  }

  private place(props: Props): void {
    const { points } = props;
    const ok = points instanceof Float32Array && points.length % 6 === 0;
    const sizes = {
      shaftRadius: Number(props.shaft_radius),
      headRadius: Number(props.head_radius),
      headLength: Number(props.head_length),
    };
    const sizesOk = Object.values(sizes).every((v) => Number.isFinite(v) && v >= 0);
    this.report("sizes", sizesOk ? null : "its sizes must be finite numbers, 0 or more");
    this.report(
      "points",
      ok ? bad(points) : "its points must be a tail and a tip of three numbers",
    );
    const count = ok && sizesOk ? points.length / 6 : 0;
    const array = count > 0 ? (points as Float32Array) : new Float32Array();
    this.origin = originOf(array);
    this.points = relativeTo(this.origin, array);
    setOrigin(this.rods.holder, this.origin);
    setOrigin(this.heads.holder, this.origin);
    this.sizes = sizes;
    this.rods.setCount(count);
    this.heads.setCount(count);
    if (count > 0) placeArrows(this.points, sizes, this.rods.matrices, this.heads.matrices);
  }

  private paint(colors: unknown): void {
    const { count } = this.rods;
    const bytes = colors instanceof Uint8Array || Array.isArray(colors) ? colors : [];
    const each = bytes.length === count * 3;
    const ok = each || bytes.length === 3 || count === 0;
    this.report("colors", ok ? null : "its colors must be one for all, or one for each arrow");
    const rgb = linearRgb(bytes.length === 3 ? bytes : [128, 128, 128]);
    for (let i = 0; i < count; i++) {
      if (each) linearRgb(bytes.slice(3 * i, 3 * i + 3), rgb);
      this.rods.colors.set(rgb, 3 * i);
    }
    this.heads.colors.set(this.rods.colors);
  }
}

function bad(points: Float32Array): string | null {
  return allFinite(points) ? null : "some points are not finite: their arrows are left out";
}

/** A geometry of the same buffers. */
function sharing(shape: BufferGeometry): BufferGeometry {
  const out = new BufferGeometry();
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    out.setAttribute(name, attribute);
  }
  return out.setIndex(shape.getIndex());
}
