/** Builds a triangle geometry from received arrays, with the normals that its shading needs. */
import { BufferAttribute, BufferGeometry } from "three";
import { checkTriangles, smoothNormals } from "./triangles";

export interface BuiltGeometry {
  geometry: BufferGeometry;
  problem: string | null;
}

/** With flat shading, the shader computes the normals. */
export function triangleGeometry(vertices: unknown, faces: unknown, flat: boolean): BuiltGeometry {
  const checked = checkTriangles(vertices, faces);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(checked.vertices, 3));
  if (!flat) {
    const normals = smoothNormals(checked.vertices, checked.faces);
    geometry.setAttribute("normal", new BufferAttribute(normals, 3));
  }
  geometry.setIndex(new BufferAttribute(checked.faces, 1));
  geometry.computeBoundingSphere();
  return { geometry, problem: checked.problem };
}
