/** Meshes of a model in its rest pose, in the model's own frame. */
import { BufferAttribute, type BufferGeometry, type Matrix4, type Mesh } from "three";

/** A copy of a mesh's geometry with the mesh's matrix applied. */
export function baked(mesh: Mesh, matrix: Matrix4): BufferGeometry {
  const out = mesh.geometry.clone();
  for (const name of ["position", "normal", "tangent"]) {
    const from = out.getAttribute(name);
    if (!from || (from.array instanceof Float32Array && !("data" in from))) continue;
    // Quantized integer attributes could not hold the result.
    const values = new Float32Array(from.count * from.itemSize);
    for (let i = 0; i < values.length; i++) {
      values[i] = from.getComponent(Math.floor(i / from.itemSize), i % from.itemSize);
    }
    out.setAttribute(name, new BufferAttribute(values, from.itemSize));
  }
  const index = out.getIndex();
  const count = out.getAttribute("position").count;
  const faces = index
    ? Uint32Array.from(index.array)
    : Uint32Array.from({ length: count }, (_, i) => i);
  // Mirroring reverses the winding order.
  if (matrix.determinant() < 0) {
    for (let i = 0; i + 2 < faces.length; i += 3) {
      const b = faces[i + 1]!;
      faces[i + 1] = faces[i + 2]!;
      faces[i + 2] = b;
    }
  }
  out.setIndex(new BufferAttribute(faces, 1));
  out.morphAttributes = {};
  out.applyMatrix4(matrix);
  out.computeBoundingSphere();
  return out;
}
