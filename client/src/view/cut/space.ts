/** Boxes along the axes of the viser world, and how cuts lie in them. */
import type { Vec3 } from "../../protocol/messages.gen";
import type { Cut } from "../../scene/cuts/cut";

export interface Space {
  readonly low: Vec3;
  readonly high: Vec3;
}

const AXES = [0, 1, 2] as const;

/** Where the plane of a cut, or the middle of its box, is. */
export function placeOf(cut: Cut): Vec3 {
  const { px, py, pz } = cut.inRoot!;
  return [px, py, pz];
}

export function middle({ low, high }: Space): Vec3 {
  return low.map((v, i) => (v + high[i]!) / 2) as Vec3;
}

export function dot(a: Readonly<Vec3>, b: Readonly<Vec3>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** From where to where a space reaches along a direction. */
export function reach({ low, high }: Space, n: Readonly<Vec3>): [from: number, to: number] {
  const least = n.map((v, i) => (v > 0 ? low : high)[i]!) as Vec3;
  const most = n.map((v, i) => (v > 0 ? high : low)[i]!) as Vec3;
  return [dot(n, least), dot(n, most)];
}

/** A side of a cut: what is moved along `along`, on which it is at `value`. A plane has one, a box six. */
export interface Side {
  readonly along: Vec3;
  readonly value: number;
}

export function sidesOf(cut: Cut): Side[] {
  const at = placeOf(cut);
  if (cut.normal) return [{ along: cut.normal, value: dot(cut.normal, at) }];
  return AXES.flatMap((axis) =>
    [-1, 1].map((sign) => ({ along: unit(axis), value: at[axis] + sign * cut.half[axis] })),
  );
}

/** Moves a side; the opposite side of a box gives way. */
export function moveSide(cut: Cut, side: number, value: number): void {
  const at = placeOf(cut);
  if (cut.normal) {
    const by = value - dot(cut.normal, at);
    for (const i of AXES) at[i] += by * cut.normal[i];
  } else {
    const axis = Math.floor(side / 2) as 0 | 1 | 2;
    const ends = [at[axis] - cut.half[axis], at[axis] + cut.half[axis]];
    ends[side % 2] = value;
    if (ends[0]! > ends[1]!) ends[1 - (side % 2)] = value;
    const half: Vec3 = [...cut.half];
    at[axis] = (ends[0]! + ends[1]!) / 2;
    half[axis] = Math.max((ends[1]! - ends[0]!) / 2, 1e-9);
    cut.half = half;
  }
  cut.inRoot!.setPosition(...at);
}

/** The corners of what a plane cuts out of a space, in order around it; none: it is outside. */
export function section(space: Space, normal: Readonly<Vec3>, value: number): Vec3[] {
  const points: Vec3[] = [];
  for (const [a, b] of edges(space)) {
    const [u, v] = [dot(normal, a) - value, dot(normal, b) - value];
    if (u < 0 === v < 0) continue;
    const t = u / (u - v);
    points.push(a.map((x, i) => x + (b[i]! - x) * t) as Vec3);
  }
  return around(points, normal);
}

/** The twelve edges of a box. */
export function edges({ low, high }: Space): [Vec3, Vec3][] {
  const corner = (bits: number) => low.map((v, i) => ((bits >> i) & 1 ? high[i]! : v)) as Vec3;
  const out: [Vec3, Vec3][] = [];
  for (let bits = 0; bits < 8; bits++) {
    for (const i of AXES) if (!((bits >> i) & 1)) out.push([corner(bits), corner(bits | (1 << i))]);
  }
  return out;
}

export function unit(axis: number, sign = 1): Vec3 {
  const v: Vec3 = [0, 0, 0];
  v[axis] = sign;
  return v;
}

/** The axis that a normal is along, whichever way; -1: none. */
export function axisOf(normal: Readonly<Vec3>): number {
  return normal.findIndex((v) => Math.abs(v) === 1);
}

function around(points: Vec3[], normal: Readonly<Vec3>): Vec3[] {
  if (points.length < 3) return [];
  const center = [0, 1, 2].map((i) => points.reduce((s, p) => s + p[i]!, 0) / points.length);
  const off = (p: Vec3) => p.map((v, i) => v - center[i]!) as Vec3;
  const first = off(points[0]!);
  const second = cross(normal, first);
  const angle = (p: Vec3) => Math.atan2(dot(off(p), second), dot(off(p), first));
  return points.sort((a, b) => angle(a) - angle(b));
}

function cross(a: Readonly<Vec3>, b: Readonly<Vec3>): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
