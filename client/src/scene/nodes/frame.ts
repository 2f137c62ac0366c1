/** Coordinate axes: three shafts and a sphere. Frames of the same proportions are instances of one shape. */

import { type BufferGeometry, Matrix4, SphereGeometry } from "three";
import type { FrameProps } from "../../protocol/messages.gen";
import { AXES_SURFACE, axisRods, hitAxisRods, touchRadius } from "../axes";
import { Instance, type Look } from "../batch/instanceBatch";
import type { SceneContext } from "../context";
import { Pose, scaleOf } from "../pose";
import { hitUnitBall, rayToUnit } from "../rays";
import { mergeColored } from "../shapes";
import { linearRgb } from "../surfaces";
import type { Hit, NodeVisual, Outline, Ray, Report, Unchecked } from "../visual";

type Props = Unchecked<FrameProps>;

const WHITE = [1, 1, 1] as const;

interface Proportions {
  /** The largest dimension: one unit of the shared shape. */
  unit: number;
  length: number;
  radius: number;
  origin: number;
}

/** Read from props; null: invalid. Lengths are in units of the largest dimension. */
function proportions(props: Props): Proportions | null {
  const length = Number(props.axes_length);
  const radius = Number(props.axes_radius);
  const origin = Number(props.origin_radius);
  if (![length, radius, origin].every((v) => Number.isFinite(v) && v >= 0)) return null;
  const unit = Math.max(length, radius, origin);
  if (unit === 0) return { unit: 0, length: 0, radius: 0, origin: 0 };
  // Rounded, so that nearly equal frames share a shape.
  const part = (v: number) => Number((v / unit).toPrecision(5));
  return { unit, length: part(length), radius: part(radius), origin: part(origin) };
}

function makeFrame(p: Proportions, originColor: [number, number, number]): BufferGeometry {
  const ball: BufferGeometry = new SphereGeometry(p.origin, 14, 9);
  const parts = [...axisRods(p.length, p.radius), { geometry: ball, color: originColor }];
  const merged = mergeColored(parts);
  for (const { geometry } of parts) geometry.dispose();
  return merged;
}

export class Frame implements NodeVisual {
  private readonly instance = new Instance();
  private readonly pose = new Pose();
  private look: Look | null = null;
  private sizes: Proportions | null = null;
  private size: [number, number, number] = [1, 1, 1];
  private shown = false;
  private cut: number | undefined;

  constructor(
    private readonly ctx: SceneContext,
    private readonly report: Report,
  ) {}

  update(props: Props): void {
    const p = proportions(props);
    const scale = scaleOf(props.scale ?? 1);
    const ok = p !== null && scale !== null;
    this.report("size", ok ? null : "its sizes must be finite numbers, 0 or more");
    this.sizes = ok && p.unit > 0 && props.show_axes !== false ? p : null;
    this.look = null;
    if (this.sizes && scale) {
      const origin = linearRgb(props.origin_color ?? [236, 236, 0]);
      const { unit, length, radius, origin: ball } = this.sizes;
      this.size = [unit * scale[0], unit * scale[1], unit * scale[2]];
      this.look = {
        shapeKey: `frame ${length} ${radius} ${ball} ${origin.map((c) => c.toFixed(4))}`,
        makeShape: () => makeFrame(this.sizes!, origin),
        surface: AXES_SURFACE,
        castShadow: false,
        receiveShadow: false,
      };
    }
    this.place();
  }

  setPose(world: Pose): void {
    this.pose.copy(world);
    this.writePose();
  }

  setShown(shown: boolean): void {
    this.shown = shown;
    this.place();
  }

  setCut(set: number | undefined): void {
    this.cut = set;
    this.place();
  }

  raycast(ray: Ray): Hit | null {
    if (!this.sizes) return null;
    const { length, radius, origin } = this.sizes;
    const local = rayToUnit(ray, this.pose, this.size);
    const r = touchRadius(length, radius);
    const rod = hitAxisRods(local, length, r);
    const s = Math.max(origin, r);
    const [ox, oy, oz, dx, dy, dz] = local;
    const ball = hitUnitBall([ox / s, oy / s, oz / s, dx / s, dy / s, dz / s]);
    const nearest = Math.min(rod ?? Infinity, ball ?? Infinity);
    return nearest === Infinity ? null : { distance: nearest, instance: null };
  }

  outline(): Outline | null {
    const geometry = this.instance.batch?.geometry;
    if (!geometry) return null;
    const matrix = new Matrix4();
    this.pose.toMatrix(matrix.elements, 0, ...this.size);
    return { geometry, matrix, fromCenter: false };
  }

  dispose(): void {
    this.ctx.instances.leave(this.instance);
    this.ctx.requestRender();
  }

  private place(): void {
    this.ctx.requestRender();
    if (!this.shown || !this.look) {
      this.ctx.instances.leave(this.instance);
      return;
    }
    const { cut } = this;
    const look = { ...this.look, surface: { ...this.look.surface, cut } };
    this.ctx.instances.join(this.instance, look).setLook(this.instance, WHITE, 1);
    this.writePose();
  }

  private writePose(): void {
    if (!this.instance.batch) return;
    this.instance.batch.setPose(this.instance, this.pose, ...this.size);
    this.ctx.requestRender();
  }
}
