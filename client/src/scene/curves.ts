/** Splines as polylines. The curves are three.js's, as in upstream viser. */
import { CatmullRomCurve3, CubicBezierCurve3, type Curve, Vector3 } from "three";

/** Limit of line segments per node; the resolution is reduced beyond it. */
export const MAX_SEGMENTS = 500_000;
/** Default number of segments between two points. */
const SEGMENTS_PER_SPAN = 20;
/** With more points than this, the default resolution is reduced. */
const MAX_DEFAULT_SEGMENTS = 4000;

export type CurveKind = "centripetal" | "chordal" | "catmullrom";

/** End points of the line segments, six numbers each; empty for fewer than two points. */
export function catmullRom(
  points: Float32Array,
  kind: CurveKind,
  tension: number,
  closed: boolean,
  pieces: number | null,
): Float32Array {
  const places = vectors(points);
  if (places.length < 2) return new Float32Array();
  const spans = places.length - (closed ? 0 : 1);
  const count =
    pieces ?? Math.max(spans, Math.min(spans * SEGMENTS_PER_SPAN, MAX_DEFAULT_SEGMENTS));
  const curve = new CatmullRomCurve3(places, closed, kind, tension);
  const n = Math.max(1, Math.min(count, MAX_SEGMENTS));
  const out = new Float32Array(n * 6);
  sample(curve, n, out, 0);
  return out;
}

/** The same for a chain of cubic Bézier curves, with two control points each; `pieces` is per curve. */
export function cubicBezier(
  points: Float32Array,
  controls: Float32Array,
  pieces: number | null,
): Float32Array {
  const places = vectors(points);
  const handles = vectors(controls);
  const curves = Math.min(places.length - 1, Math.floor(handles.length / 2), MAX_SEGMENTS);
  if (curves < 1) return new Float32Array();
  const wanted = pieces ?? Math.min(SEGMENTS_PER_SPAN, Math.floor(MAX_DEFAULT_SEGMENTS / curves));
  const n = Math.max(1, Math.min(wanted, Math.floor(MAX_SEGMENTS / curves)));
  const out = new Float32Array(curves * n * 6);
  for (let i = 0; i < curves; i++) {
    const [a, b] = [places[i]!, places[i + 1]!];
    const curve = new CubicBezierCurve3(a, handles[2 * i]!, handles[2 * i + 1]!, b);
    sample(curve, n, out, i * n * 6);
  }
  return out;
}

function vectors(flat: Float32Array): Vector3[] {
  const out: Vector3[] = [];
  for (let i = 0; i + 2 < flat.length; i += 3) {
    out.push(new Vector3(flat[i]!, flat[i + 1]!, flat[i + 2]!));
  }
  return out;
}

function sample(curve: Curve<Vector3>, n: number, out: Float32Array, at: number): void {
  const p = new Vector3();
  curve.getPoint(0, p);
  let k = at;
  for (let i = 1; i <= n; i++) {
    p.toArray(out, k);
    curve.getPoint(i / n, p);
    p.toArray(out, k + 3);
    k += 6;
  }
}
