/** More about what the probe has found: the element of the node, and places to snap to. Loaded with the tools. */
import { Vector3 } from "three";
import type { Vec3 } from "../protocol/messages.gen";
import { halfValues } from "../scene/numbers";
import { scaleOf } from "../scene/pose";
import { SPLAT_WORDS } from "../scene/splats/words";
import type { HitFace } from "../scene/visual";
import type { NodePlace } from "../scene/world";
import type { WorldFrame } from "./conventions";
import type { Probed } from "./probe";

export interface ProbedFace {
  /** Its index among the program's faces; null: it is not one of the property `faces` (a GLB, an instance's shape). */
  readonly index: number | null;
  /** Its vertices, by their indices in the node's arrays. */
  readonly vertices: readonly [number, number, number];
  /** The place of each, in viser's world. */
  readonly corners: readonly [Vec3, Vec3, Vec3];
  /** How much of each makes up the point that was hit: 0 to 1, together 1. */
  readonly weights: Vec3;
}

/** The triangle that was hit; null: the node has none. */
export function faceOf({ place, hit, point }: Probed, frame: WorldFrame): ProbedFace | null {
  const { face } = hit;
  if (!face) return null;
  const corner = (i: number): Vec3 => {
    const v = face.mesh.getVertexPosition(i, new Vector3()).applyMatrix4(face.mesh.matrixWorld);
    return frame.pointToWorld([v.x, v.y, v.z]);
  };
  const [a, b, c] = face.vertices;
  const corners = [corner(a), corner(b), corner(c)] as const;
  const faces = place.effective?.props.faces;
  const index = faces instanceof Uint32Array ? indexOf(faces, face) : null;
  return { index, vertices: face.vertices, corners, weights: weightsOf(point, ...corners) };
}

/** Vertices, points or the like next to what was hit, in viser's world; the node's origin if it has none. */
export function snapsOf(probed: Probed, frame: WorldFrame): Vec3[] {
  const face = faceOf(probed, frame);
  if (face) return [...face.corners];
  const { place, hit } = probed;
  const props = place.effective?.props ?? {};
  const toWorld = (p: Vec3) => frame.pointToWorld(place.world.apply(p));
  const scale = scaleOf(props.scale ?? 1) ?? [1, 1, 1];
  const local = elementsOf(place, hit.instance ?? -1);
  if (!local) return [toWorld([0, 0, 0])];
  return local.map(([x, y, z]) => toWorld([x * scale[0], y * scale[1], z * scale[2]]));
}

/** In the node's own frame, before its scale. */
function elementsOf(place: NodePlace, element: number): Vec3[] | null {
  const { kind, props } = place.effective ?? { kind: "", props: {} as Record<string, unknown> };
  if (kind === "BoxMessage") return boxCorners(scaleOf(props.dimensions));
  if (element < 0) return null;
  switch (kind) {
    case "PointCloudMessage":
      return rows(props.points, [element]);
    case "LineSegmentsMessage":
    case "ArrowMessage":
      return rows(props.points, [2 * element, 2 * element + 1]);
    case "CatmullRomSplineMessage":
    case "CubicBezierSplineMessage":
      return splineEnds(props.points, element);
    case "GaussianSplatsMessage": {
      const words = props.buffer;
      if (!(words instanceof Uint32Array)) return null;
      const numbers = new Float32Array(words.buffer, words.byteOffset, words.length);
      return rows(numbers, [element], SPLAT_WORDS);
    }
    case "BatchedAxesMessage":
      return rows(props.batched_positions, [element]);
    default:
      return null;
  }
}

function splineEnds(points: unknown, span: number): Vec3[] | null {
  const count = points instanceof Float32Array ? points.length / 3 : 0;
  return count > 0 ? rows(points, [span, (span + 1) % count]) : null;
}

function boxCorners(size: Vec3 | null): Vec3[] | null {
  if (!size) return null;
  const [x, y, z] = size.map((s) => s / 2) as Vec3;
  return [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 1 ? x : -x, i & 2 ? y : -y, i & 4 ? z : -z]);
}

/** The positions at the beginning of rows; null: one is not there. */
function rows(array: unknown, which: readonly number[], width = 3): Vec3[] | null {
  const table = array instanceof Uint16Array ? halfValues() : null;
  if (!table && !(array instanceof Float32Array)) return null;
  const numbers = array as Float32Array | Uint16Array;
  const found: Vec3[] = [];
  for (const row of which) {
    if ((row + 1) * width > numbers.length) return null;
    const at = (k: number) =>
      table ? table[numbers[row * width + k]!]! : numbers[row * width + k]!;
    found.push([at(0), at(1), at(2)]);
  }
  return found;
}

/** The drawn triangles may be sorted, and without the invalid ones: the index is that of the program's then. */
function indexOf(faces: Uint32Array, { index, vertices: [a, b, c] }: HitFace): number | null {
  const is = (i: number) => faces[3 * i] === a && faces[3 * i + 1] === b && faces[3 * i + 2] === c;
  if (is(index)) return index;
  for (let i = 0; 3 * i + 2 < faces.length; i++) if (is(i)) return i;
  return null;
}

/** Barycentric coordinates of the point nearest to p in the triangle's plane, within the triangle. */
function weightsOf(p: Vec3, a: Vec3, b: Vec3, c: Vec3): Vec3 {
  const minus = (u: Vec3, v: Vec3): Vec3 => [u[0] - v[0], u[1] - v[1], u[2] - v[2]];
  const dot = (u: Vec3, v: Vec3) => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  const [ab, ac, ap] = [minus(b, a), minus(c, a), minus(p, a)];
  const [d00, d01, d11, d20, d21] = [
    dot(ab, ab),
    dot(ab, ac),
    dot(ac, ac),
    dot(ap, ab),
    dot(ap, ac),
  ];
  const area = d00 * d11 - d01 * d01;
  if (!(area > 0)) return [1, 0, 0];
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  const v = clamp((d11 * d20 - d01 * d21) / area);
  const w = Math.min(1 - v, clamp((d00 * d21 - d01 * d20) / area));
  return [1 - v - w, v, w];
}
