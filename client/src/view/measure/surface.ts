/** Finds the point of a node's surface that is nearest to another one. */
import { type BufferGeometry, Matrix4, type Mesh, Vector3 } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import type { Outline } from "../../scene/visual";
import type { Probed } from "../probe";
import { length, minus, nearestOnTriangle } from "./kinds";

/** In the three.js world; null: the node has no surface. */
export function nearestOnSurface(p: Vec3, { place, hit }: Probed): Vec3 | null {
  const { face } = hit;
  if (face) return nearest(p, face.mesh.geometry, vertexOf(face.mesh), null);
  const outline = place.visual?.outline?.(null) ?? null;
  if (!outline || "segments" in outline) return null;
  const all: readonly Outline[] = "geometry" in outline ? [outline] : outline;
  let best: Vec3 | null = null;
  for (const { geometry, matrix, hollow } of all) {
    if (hollow) continue;
    const at = (i: number, out: Vector3) =>
      out.fromBufferAttribute(geometry.getAttribute("position"), i).applyMatrix4(matrix);
    best = nearest(p, geometry, at, best);
  }
  return best;
}

type At = (index: number, out: Vector3) => Vector3;

function vertexOf(mesh: Mesh): At {
  const matrix = new Matrix4().copy(mesh.matrixWorld);
  return (i, out) => mesh.getVertexPosition(i, out).applyMatrix4(matrix);
}

function nearest(p: Vec3, geometry: BufferGeometry, at: At, before: Vec3 | null): Vec3 | null {
  const index = geometry.index;
  const count = index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  const v = new Vector3();
  const corner = (i: number): Vec3 => {
    at(index ? index.getX(i) : i, v);
    return [v.x, v.y, v.z];
  };
  let best = before;
  let least = before ? length(minus(before, p)) : Number.POSITIVE_INFINITY;
  for (let i = 0; i + 2 < count; i += 3) {
    const q = nearestOnTriangle(p, corner(i), corner(i + 1), corner(i + 2));
    const d = length(minus(q, p));
    if (d < least) [best, least] = [q, d];
  }
  return best;
}
