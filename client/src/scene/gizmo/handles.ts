/**
 * The handles of a gizmo: which there are, which one is under the pointer, and the pose that results from dragging
 * one. Pure math; drawing is done by the node. Lengths are those of a gizmo whose arrows have length 1.
 */

import type { TransformControlsProps, Vec3 } from "../../protocol/messages.gen";
import { Pose } from "../pose";
import type { Ray, Unchecked } from "../visual";

export type Axis = 0 | 1 | 2;

/** An arrow along an axis; a slider or a ring in the plane perpendicular to it. */
export interface Handle {
  kind: "arrow" | "slider" | "ring";
  axis: Axis;
}

export const ARROW = { shaft: 0.8, head: 0.2, radius: 0.055 };
export const SLIDER = { from: 0.15, to: 0.38 };
export const RING_RADIUS = 0.65;
const RING_STEPS = 24;

const AXES: readonly Axis[] = [0, 1, 2];

/** The two axes perpendicular to this one. */
export function across(axis: Axis): [Axis, Axis] {
  return [((axis + 1) % 3) as Axis, ((axis + 2) % 3) as Axis];
}

/** The handles that the props enable. */
export function handlesOf(props: Unchecked<TransformControlsProps>): Handle[] {
  const active = Array.isArray(props.active_axes) ? props.active_axes : [true, true, true];
  const on = (axis: Axis) => active[axis] !== false;
  const between = AXES.filter((axis) => across(axis).every(on));
  const all: Handle[] = [];
  if (props.disable_rotations !== true) {
    all.push(...between.map((axis) => ({ kind: "ring" as const, axis })));
  }
  if (props.disable_sliders !== true) {
    all.push(...between.map((axis) => ({ kind: "slider" as const, axis })));
  }
  if (props.disable_axes !== true) {
    all.push(...AXES.filter(on).map((axis) => ({ kind: "arrow" as const, axis })));
  }
  return all;
}

/** The handle's polyline, or a square's corners, in the gizmo's local frame. */
export function outlineOf({ kind, axis }: Handle): Vec3[] {
  const [i, j] = across(axis);
  const at = (u: number, v: number): Vec3 => {
    const p: Vec3 = [0, 0, 0];
    p[i] = u;
    p[j] = v;
    return p;
  };
  if (kind === "arrow") {
    const tip: Vec3 = [0, 0, 0];
    tip[axis] = ARROW.shaft + ARROW.head;
    return [[0, 0, 0], tip];
  }
  if (kind === "slider") {
    const { from, to } = SLIDER;
    return [at(from, from), at(to, from), at(to, to), at(from, to)];
  }
  return Array.from({ length: RING_STEPS + 1 }, (_, k) => {
    const angle = (k / RING_STEPS) * (Math.PI / 2);
    return at(RING_RADIUS * Math.cos(angle), RING_RADIUS * Math.sin(angle));
  });
}

/** Projects a point: pixels from the pointer, and the depth. null: behind the camera. */
export type OnScreen = (p: Vec3) => readonly [x: number, y: number, depth: number] | null;

/** The handle nearest to the pointer, within `reach` pixels; null: none. */
export function handleAt(
  handles: readonly Handle[],
  onScreen: OnScreen,
  reach: number,
): { part: number; off: number; depth: number } | null {
  let best: { part: number; off: number; depth: number } | null = null;
  for (const [part, handle] of handles.entries()) {
    const points = outlineOf(handle).map(onScreen);
    const found = handle.kind === "slider" ? gapOfSquare(points) : gapOfLine(points);
    if (!found || found.off > reach) continue;
    // Of handles at the same distance from the pointer, the one nearest to the camera.
    const nearer =
      !best || found.off < best.off - 1 || (found.off < best.off + 1 && found.depth < best.depth);
    if (nearer) best = { part, ...found };
  }
  return best;
}

type Points = readonly ReturnType<OnScreen>[];

function gapOfLine(points: Points): { off: number; depth: number } | null {
  let best: { off: number; depth: number } | null = null;
  for (let k = 0; k + 1 < points.length; k++) {
    const a = points[k];
    const b = points[k + 1];
    if (!a || !b) continue;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const len2 = dx * dx + dy * dy;
    const t = len2 > 0 ? clamp(-(a[0] * dx + a[1] * dy) / len2, 0, 1) : 0;
    const off = Math.hypot(a[0] + t * dx, a[1] + t * dy);
    if (!best || off < best.off) best = { off, depth: a[2] + t * (b[2] - a[2]) };
  }
  return best;
}

function gapOfSquare(points: Points): { off: number; depth: number } | null {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d) return null;
  const sides = [
    [a, b],
    [b, c],
    [c, d],
    [d, a],
  ] as const;
  const turns = sides.map(([p, q]) => Math.sign(p[0] * q[1] - p[1] * q[0]));
  const inside = turns.every((t) => t >= 0) || turns.every((t) => t <= 0);
  const depth = (a[2] + b[2] + c[2] + d[2]) / 4;
  return inside ? { off: 0, depth } : gapOfLine([a, b, c, d, a]);
}

/** Ranges for each axis; an invalid range means no limit. */
export type Limits = readonly (readonly [number, number])[];

export function limitsOf(limits: unknown): Limits {
  const list = Array.isArray(limits) ? limits : [];
  return AXES.map((axis) => {
    const [min, max] = Array.isArray(list[axis]) ? list[axis] : [];
    return min <= max ? [min, max] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  });
}

/** Total translation along and rotation about each axis since the gizmo was added; limits apply to it. */
export interface Travel {
  moved: Vec3;
  turned: Vec3;
}

/** One drag of a handle. */
export class HandleDrag {
  private readonly startMeasure: number[] | null;
  private lastAngle = 0;
  private angle = 0;
  /** What this drag adds to the travel. */
  private add: Travel = { moved: [0, 0, 0], turned: [0, 0, 0] };

  constructor(
    private readonly handle: Handle,
    private readonly start: Pose,
    private readonly travel: Travel,
    private readonly limits: { move: Limits; turn: Limits },
    ray: Ray,
  ) {
    this.startMeasure = this.measure(ray);
    this.lastAngle = this.startMeasure?.[0] ?? 0;
  }

  /** The pose for a pointer ray; null where it is undefined, such as beyond the horizon. */
  to(ray: Ray): Pose | null {
    const now = this.measure(ray);
    if (!this.startMeasure || !now) return null;
    const { axis, kind } = this.handle;
    if (kind === "ring") return this.turn(now[0]!);
    const axes = kind === "arrow" ? [axis] : across(axis);
    this.add = { moved: [0, 0, 0], turned: [0, 0, 0] };
    const pose = new Pose().copy(this.start);
    for (const [k, a] of axes.entries()) {
      const by = within(
        this.limits.move[a]!,
        this.travel.moved[a],
        now[k]! - this.startMeasure[k]!,
      );
      this.add.moved[a] = by;
      const d = this.direction(a);
      pose.px += d[0] * by;
      pose.py += d[1] * by;
      pose.pz += d[2] * by;
    }
    return pose;
  }

  /** The travel including this drag. */
  done(): Travel {
    const sum = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    return {
      moved: sum(this.travel.moved, this.add.moved),
      turned: sum(this.travel.turned, this.add.turned),
    };
  }

  private turn(angle: number): Pose {
    // A step of more than half a turn is taken as one in the opposite direction.
    this.angle += Math.atan2(Math.sin(angle - this.lastAngle), Math.cos(angle - this.lastAngle));
    this.lastAngle = angle;
    const { axis } = this.handle;
    const by = within(this.limits.turn[axis]!, this.travel.turned[axis], this.angle);
    this.add.turned = [0, 0, 0];
    this.add.turned[axis] = by;
    const own: Vec3 = [0, 0, 0];
    own[axis] = Math.sin(by / 2);
    const turn = new Pose();
    turn.setWxyz(Math.cos(by / 2), ...own);
    return new Pose().compose(this.start, turn);
  }

  private direction(axis: Axis): Vec3 {
    const unit: Vec3 = [0, 0, 0];
    unit[axis] = 1;
    return this.start.rotate(unit);
  }

  /** The ray's coordinates: along the axis (arrow), in the plane (slider), or the angle (ring); null: undefined. */
  private measure(ray: Ray): number[] | null {
    const { kind, axis } = this.handle;
    const n = this.direction(axis);
    const o: Vec3 = [this.start.px, this.start.py, this.start.pz];
    const away = minus(o, ray.origin);
    if (kind === "arrow") {
      const t = alongLine(ray, o, n);
      return t === null ? null : [t];
    }
    const slope = dot(n, ray.direction);
    const t = dot(n, away) / slope;
    if (!(t > 0) || !Number.isFinite(t)) return null;
    const [x, y, z] = ray.direction;
    const at: Vec3 = [t * x - away[0], t * y - away[1], t * z - away[2]];
    const [u, v] = across(axis).map((a) => dot(at, this.direction(a))) as [number, number];
    return kind === "slider" ? [u, v] : [Math.atan2(v, u)];
  }
}

/** How far along a line from a point of it a ray comes nearest to it; null: nearly parallel to it, that is undefined. */
export function alongLine(
  ray: Ray,
  from: Readonly<Vec3>,
  direction: Readonly<Vec3>,
): number | null {
  const away = minus(from, ray.origin);
  const slope = dot(direction, ray.direction);
  const spread = 1 - slope * slope;
  if (spread < 1e-4) return null;
  return (slope * dot(ray.direction, away) - dot(direction, away)) / spread;
}

/** `by`, clamped so that current + by stays within the range. */
function within([min, max]: readonly [number, number], current: number, by: number): number {
  return clamp(current + by, min, max) - current;
}

function clamp(v: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, v));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

function minus(a: readonly number[], b: readonly number[]): Vec3 {
  return [a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!];
}
