import type { Intersection, Mesh } from "three";
import type { Hit } from "./visual";

/** A ray's hit of a mesh, with the triangle. */
export function faceHit(
  mesh: Mesh,
  { face, faceIndex }: Pick<Intersection, "face" | "faceIndex">,
  distance: number,
): Hit {
  const hit: Hit = { distance, instance: null };
  if (face && typeof faceIndex === "number") {
    hit.face = { index: faceIndex, vertices: [face.a, face.b, face.c], mesh };
  }
  return hit;
}
