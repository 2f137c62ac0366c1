/** What can be measured, and how. Points are in viser's world; differences are taken first, as it may be far from the origin. */
import type { MeasureKind, Vec3 } from "../../protocol/messages.gen";

export interface Kind {
  /** For a list: "Distance". */
  readonly label: string;
  /** How many points it has; null: as many as the user wants, at least `least`. */
  readonly points: number | null;
  readonly least: number;
  /** What is to be done for the next point. */
  readonly steps: readonly string[];
  /** The exponent of the unit of length; null: an angle, or no number. */
  readonly power: 1 | 2 | null;
}

export const KINDS: Readonly<Record<MeasureKind, Kind>> = {
  point: { label: "Point", points: 1, least: 1, steps: ["Click a point."], power: null },
  distance: {
    ...{ label: "Distance", points: 2, least: 2, power: 1 },
    steps: ["Click the first point.", "Click the second point."],
  },
  angle: {
    ...{ label: "Angle", points: 3, least: 3, power: null },
    steps: ["Click a point on one side.", "Click the corner.", "Click a point on the other side."],
  },
  polyline: {
    ...{ label: "Length", points: null, least: 2, power: 1 },
    steps: ["Click the first point.", "Click the next point.", "Click the next point, or finish."],
  },
  area: {
    ...{ label: "Area", points: null, least: 3, power: 2 },
    steps: [
      "Click the first corner.",
      "Click the next corner.",
      "Click the next corner.",
      "Click the next corner, or finish.",
    ],
  },
  surface: {
    ...{ label: "Distance to a surface", points: 2, least: 2, power: 1 },
    steps: ["Click a point.", "Click the surface."],
  },
};

/** A length, an area, or an angle in radians; null: too few points. */
export function measured(kind: MeasureKind, p: readonly Vec3[]): number | null {
  if (p.length < KINDS[kind].least) return null;
  switch (kind) {
    case "point":
      return 0;
    case "distance":
    case "surface":
      return length(minus(p[1]!, p[0]!));
    case "polyline":
      return p.slice(1).reduce((sum, to, i) => sum + length(minus(to, p[i]!)), 0);
    case "angle":
      return angleAt(p[1]!, p[0]!, p[2]!);
    case "area":
      return polygonArea(p);
  }
}

/**
 * The angle at b between a and c, 0 if it has none. The arctangent is exact also for small ones (W. Kahan, "How futile
 * are mindless assessments of roundoff", section 12).
 */
export function angleAt(b: Vec3, a: Vec3, c: Vec3): number {
  const [u, v] = [minus(a, b), minus(c, b)];
  const [nu, nv] = [length(u), length(v)];
  if (nu === 0 || nv === 0) return 0;
  const [x, y] = [times(u, nv), times(v, nu)];
  return 2 * Math.atan2(length(minus(x, y)), length(plus(x, y)));
}

/**
 * Half the length of the vector area (Newell's method). Of a polygon that is not plane, the area of its projection on
 * the plane that fits best.
 */
export function polygonArea(p: readonly Vec3[]): number {
  let sum: Vec3 = [0, 0, 0];
  for (let i = 2; i < p.length; i++) {
    sum = plus(sum, cross(minus(p[i - 1]!, p[0]!), minus(p[i]!, p[0]!)));
  }
  return length(sum) / 2;
}

/** The point of a triangle that is nearest to p (C. Ericson, "Real-Time Collision Detection", section 5.1.5). */
export function nearestOnTriangle(p: Vec3, a: Vec3, b: Vec3, c: Vec3): Vec3 {
  const [ab, ac, ap] = [minus(b, a), minus(c, a), minus(p, a)];
  const [d1, d2] = [dot(ab, ap), dot(ac, ap)];
  if (d1 <= 0 && d2 <= 0) return a;
  const bp = minus(p, b);
  const [d3, d4] = [dot(ab, bp), dot(ac, bp)];
  if (d3 >= 0 && d4 <= d3) return b;
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return plus(a, times(ab, d1 / (d1 - d3)));
  const cp = minus(p, c);
  const [d5, d6] = [dot(ab, cp), dot(ac, cp)];
  if (d6 >= 0 && d5 <= d6) return c;
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return plus(a, times(ac, d2 / (d2 - d6)));
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    return plus(b, times(minus(c, b), (d4 - d3) / (d4 - d3 + (d5 - d6))));
  }
  const sum = va + vb + vc;
  return sum > 0 ? plus(a, plus(times(ab, vb / sum), times(ac, vc / sum))) : a;
}

/** Without the last digits, which turning from frame to frame has changed. */
export function tidy(p: Vec3): Vec3 {
  const most = Math.max(...p.map(Math.abs));
  const places = 13 - Math.ceil(Math.log10(most));
  if (!(places >= 0 && places <= 100)) return p;
  const [x, y, z] = p.map((v) => Number(v.toFixed(places)) + 0);
  return [x!, y!, z!];
}

export function minus(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function length(a: Vec3): number {
  return Math.hypot(...a);
}

function plus(a: Vec3, b: Vec3): Vec3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function times(a: Vec3, s: number): Vec3 {
  return [a[0] * s, a[1] * s, a[2] * s];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
