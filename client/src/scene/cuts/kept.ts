/** Which part of a ray is not cut away. Planes are four numbers: a normal that points inside, and its offset. */
import type { Vec3 } from "../../protocol/messages.gen";
import type { Ray } from "../visual";
import type { Cut } from "./cut";

export type Plane = readonly [x: number, y: number, z: number, offset: number];

/** The space that a cut distinguishes from the rest: what is in front of all planes. */
export interface Region {
  readonly planes: readonly Plane[];
  /** What is inside is cut away, not what is outside. */
  readonly inverted: boolean;
}

/** From a distance along the ray to another. */
export type Span = readonly [from: number, to: number];

export function regionOf(cut: Cut): Region {
  const { pose, normal, half, flip } = cut;
  const through = (n: Vec3, away: number): Plane => {
    const [x, y, z] = pose.rotate(n);
    return [x, y, z, away - (x * pose.px + y * pose.py + z * pose.pz)];
  };
  if (normal) return { planes: [through(flip ? negative(normal) : normal, 0)], inverted: false };
  const planes = half.flatMap((h, i) => {
    const axis: Vec3 = [0, 0, 0];
    axis[i] = 1;
    return [through(axis, h), through(negative(axis), h)];
  });
  return { planes, inverted: flip };
}

export function keeps({ planes, inverted }: Region, [x, y, z]: Readonly<Vec3>): boolean {
  const inside = planes.every((p) => p[0] * x + p[1] * y + p[2] * z + p[3] >= 0);
  return inside !== inverted;
}

/** The parts of a ray that all regions keep, from near to far. */
export function keptSpans(ray: Ray, regions: readonly Region[]): Span[] {
  let spans: Span[] = [[0, Number.POSITIVE_INFINITY]];
  for (const region of regions) {
    const inside = spanInside(ray, region.planes);
    spans = spans.flatMap((span) =>
      region.inverted ? without(span, inside) : common(span, inside),
    );
  }
  return spans;
}

/** From greater to smaller if the ray is nowhere inside. */
function spanInside({ origin: o, direction: d }: Ray, planes: readonly Plane[]): Span {
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  for (const [x, y, z, offset] of planes) {
    const away = x * o[0] + y * o[1] + z * o[2] + offset;
    const slope = x * d[0] + y * d[1] + z * d[2];
    if (slope > 0) from = Math.max(from, -away / slope);
    else if (slope < 0) to = Math.min(to, -away / slope);
    else if (away < 0) return [0, -1];
  }
  return [from, to];
}

function common(a: Span, b: Span): Span[] {
  const span: Span = [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
  return span[0] < span[1] ? [span] : [];
}

function without(a: Span, b: Span): Span[] {
  if (!(b[0] < b[1])) return [a];
  return [...common(a, [0, b[0]]), ...common(a, [b[1], Number.POSITIVE_INFINITY])];
}

function negative([x, y, z]: Vec3): Vec3 {
  return [-x, -y, -z];
}
