/** A gizmo: arrows, squares and rings with which the user moves and rotates the node. */

import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  Color,
  ConeGeometry,
  DoubleSide,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  SRGBColorSpace,
  Vector3,
} from "three";
import type { TransformControlsProps, Vec3 } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { FatLines } from "../fatLines";
import {
  ARROW,
  type Axis,
  type Handle,
  HandleDrag,
  handleAt,
  handlesOf,
  limitsOf,
  outlineOf,
  type Travel,
} from "../gizmo/handles";
import { Pose } from "../pose";
import { isParallel } from "../viewCamera";
import type { Eye, GizmoHandles, HandleHit, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<TransformControlsProps>;

/** sRGB, 0 to 1: x, y, z, and the highlight. */
const COLORS: readonly (readonly [number, number, number])[] = [
  [0.93, 0.21, 0.31],
  [0.18, 0.71, 0.36],
  [0.2, 0.49, 0.93],
];
const LIT = [1, 0.83, 0.23] as const;

/** Render order above everything else in the scene. */
const ON_TOP = 1000;

/** The objects of one handle. */
interface Part {
  line: FatLines | null;
  solid: Mesh<BufferGeometry, MeshBasicMaterial> | null;
}

export class TransformControls extends ObjectVisual implements GizmoHandles {
  readonly gizmoHandles = this;
  readonly uncut = true;
  private handles: Handle[] = [];
  private parts: Part[] = [];
  private lit: number | null = null;
  private length = 1;
  private fixed = false;
  private limits = { move: limitsOf(null), turn: limitsOf(null) };
  private travel: Travel = { moved: [0, 0, 0], turned: [0, 0, 0] };
  /** Length of the arrows as drawn, in scene units. */
  private drawn = 1;
  private readonly frame = (camera: Camera) => this.prepare(camera);

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.group.userData.cut = 0;
    ctx.perFrame.add(this.frame);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    const { scale } = props;
    const ok = typeof scale === "number" && Number.isFinite(scale) && scale > 0;
    this.report("size", ok ? null : "its scale must be a number above 0");
    this.length = ok ? scale : 1;
    this.fixed = props.fixed === true;
    this.limits = {
      move: limitsOf(props.translation_limits),
      turn: limitsOf(props.rotation_limits),
    };
    if (anyOf(changed, "active_axes", "disable_axes", "disable_sliders", "disable_rotations")) {
      this.rebuild(props);
    }
    this.applyStyle(props);
    if (!this.fixed) this.resize(this.length);
    this.ctx.requestRender();
  }

  /** Its handles stay whole. */
  override setCut(): void {}

  override dispose(): void {
    super.dispose();
    this.ctx.perFrame.delete(this.frame);
    this.drop();
  }

  // ---- Handles

  at(ray: Ray, eye: Eye, reach: number): HandleHit | null {
    const seen = (p: Vec3) => {
      const s = this.drawn;
      const [x, y, z] = this.pose.apply([p[0] * s, p[1] * s, p[2] * s]);
      const v: Vec3 = [x - ray.origin[0], y - ray.origin[1], z - ray.origin[2]];
      const depth = dot(v, eye.forward);
      if (depth < eye.near) return null;
      const ahead = dot(ray.direction, eye.forward);
      const off = (side: Eye["right"]) =>
        (dot(v, side) / depth - dot(ray.direction, side) / ahead) / eye.pixel;
      return [off(eye.right), off(eye.up), depth] as const;
    };
    return handleAt(this.handles, seen, reach);
  }

  highlight(part: number | null): void {
    if (part === this.lit) return;
    this.lit = part;
    this.paint();
    this.ctx.requestRender();
  }

  drag(part: number, ray: Ray): { to(ray: Ray): Pose | null; done(): void } | null {
    const handle = this.handles[part];
    if (!handle) return null;
    const drag = new HandleDrag(handle, new Pose().copy(this.pose), this.travel, this.limits, ray);
    return {
      to: (now) => drag.to(now),
      done: () => {
        this.travel = drag.done();
      },
    };
  }

  // ---- Drawing

  /** A gizmo of fixed size has the same size on the screen at any distance. */
  private prepare(camera: Camera): void {
    if (!this.fixed || !this.group.visible) return;
    const { viewport, pixelRatio } = this.ctx.frame;
    const height = viewport.value.y / pixelRatio.value;
    const v = new Vector3(this.pose.px, this.pose.py, this.pose.pz);
    const depth = isParallel(camera) ? 1 : -v.applyMatrix4(camera.matrixWorldInverse).z;
    const pixel = 2 / (camera.projectionMatrix.elements[5]! * height);
    this.resize(Math.max(depth, 1e-6) * pixel * this.length);
  }

  private resize(length: number): void {
    if (length === this.drawn) return;
    this.drawn = length;
    this.setScale(length);
  }

  private rebuild(props: Props): void {
    this.drop();
    this.handles = handlesOf(props);
    this.parts = this.handles.map((handle) => this.make(handle));
  }

  private make(handle: Handle): Part {
    const points = outlineOf(handle);
    if (handle.kind === "slider") return { line: null, solid: this.solid(square(points)) };
    if (handle.kind === "ring") return { line: this.line(points), solid: null };
    const shaft = points.map((p) => p.map((c) => c * ARROW.shaft) as Vec3);
    const head = this.solid(cone(handle.axis));
    return { line: this.line(shaft), solid: head };
  }

  private line(points: readonly Vec3[]): FatLines {
    const line = new FatLines(this.ctx.frame);
    const segments = points.slice(1).flatMap((p, i) => [...points[i]!, ...p]);
    line.setPoints(new Float32Array(segments));
    this.add(line.mesh);
    return line;
  }

  private solid(geometry: BufferGeometry): Mesh<BufferGeometry, MeshBasicMaterial> {
    const material = new MeshBasicMaterial({ side: DoubleSide, fog: false, toneMapped: false });
    const mesh = new Mesh(geometry, material);
    this.add(mesh);
    return mesh;
  }

  private applyStyle(props: Props): void {
    const width = typeof props.line_width === "number" ? Math.max(0, props.line_width) : 2.5;
    const given = typeof props.opacity === "number" ? props.opacity : 1;
    const opacity = Math.min(1, Math.max(0, given));
    const depthTest = props.depth_test !== false;
    for (const { line, solid } of this.parts) {
      line?.setThickness({ value: width, units: "screen" });
      const meshes = [line?.mesh, solid].filter((m) => m != null);
      for (const mesh of meshes) {
        const { material } = mesh;
        // Gizmos on top are drawn last, with the transparent objects.
        const late = opacity < 1 || !depthTest;
        if (material.transparent !== late) material.needsUpdate = true;
        material.transparent = late;
        material.depthTest = depthTest;
        material.depthWrite = depthTest && opacity === 1;
        mesh.renderOrder = depthTest ? 0 : ON_TOP;
      }
      if (line) line.mesh.material.uniforms.opacity!.value = opacity;
      if (solid) solid.material.opacity = opacity;
    }
    this.paint();
  }

  private paint(): void {
    for (const [i, { line, solid }] of this.parts.entries()) {
      const rgb = i === this.lit ? LIT : COLORS[this.handles[i]!.axis]!;
      line?.setColor(rgb);
      solid?.material.color.copy(new Color().setRGB(...rgb, SRGBColorSpace));
    }
  }

  private drop(): void {
    for (const { line, solid } of this.parts) {
      line?.dispose();
      solid?.removeFromParent();
      solid?.geometry.dispose();
      solid?.material.dispose();
    }
    this.parts = [];
    this.handles = [];
    this.lit = null;
  }
}

function square(points: readonly Vec3[]): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(points.flat()), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
}

/** The head of the arrow along an axis. */
function cone(axis: Axis): BufferGeometry {
  const way = new Vector3().setComponent(axis, 1);
  return new ConeGeometry(ARROW.radius, ARROW.head, 16)
    .translate(0, ARROW.shaft + ARROW.head / 2, 0)
    .applyQuaternion(new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), way));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}
