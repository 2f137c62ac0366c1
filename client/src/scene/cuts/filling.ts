/** Where a ray meets the filling of a closed body, which is drawn where it is cut. */
import { Matrix3, type Mesh, Vector3 } from "three";
import type { Hit } from "../visual";
import { CAP_DEFINE } from "./shader";

const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
const normals = new Matrix3();

/** Whether the hit is of the inside of a body that is filled, as the ray began in it. */
export function meetsFilling(hit: Hit, direction: readonly [number, number, number]): boolean {
  // What is convex can be hit from inside only.
  if (hit.solid) return true;
  if (!hit.face || hit.instance !== null) return false;
  const { mesh, vertices } = hit.face;
  return isFilled(mesh) && normalOf(mesh, vertices).dot(a.set(...direction)) > 0;
}

function isFilled({ material }: Mesh): boolean {
  const all = Array.isArray(material) ? material : [material];
  return all.every((m) => m.defines !== undefined && CAP_DEFINE in m.defines);
}

/** Not of length 1. */
function normalOf(mesh: Mesh, [i, j, k]: readonly [number, number, number]): Vector3 {
  const position = mesh.geometry.getAttribute("position");
  a.fromBufferAttribute(position, i);
  b.fromBufferAttribute(position, j).sub(a);
  c.fromBufferAttribute(position, k).sub(a);
  return b.cross(c).applyMatrix3(normals.getNormalMatrix(mesh.matrixWorld)).clone();
}
