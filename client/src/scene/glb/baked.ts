/** Meshes of a model in its rest pose, in the model's own frame. */
import {
  BufferAttribute,
  type BufferGeometry,
  type Matrix4,
  type Mesh,
  SkinnedMesh,
  Vector3,
} from "three";

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
  deform(mesh, out);
  out.morphAttributes = {};
  out.applyMatrix4(matrix);
  out.computeBoundingSphere();
  return out;
}

/** Moves vertices and normals as the mesh's bones and the weights of its targets do now. */
function deform(mesh: Mesh, out: BufferGeometry): void {
  const weighted = mesh.morphTargetInfluences?.some((w) => w !== 0) ?? false;
  if (!(mesh instanceof SkinnedMesh) && !weighted) return;
  const position = out.getAttribute("position");
  const normal = out.getAttribute("normal");
  const [at, ahead] = [new Vector3(), new Vector3()];
  for (let i = 0; i < position.count; i++) {
    if (normal) {
      targetsOf(mesh, "normal", i, ahead.fromBufferAttribute(normal, i));
      ahead.add(targetsOf(mesh, "position", i, at.fromBufferAttribute(position, i)));
    }
    mesh.getVertexPosition(i, at);
    position.setXYZ(i, at.x, at.y, at.z);
    if (!normal) continue;
    if (mesh instanceof SkinnedMesh) mesh.applyBoneTransform(i, ahead);
    ahead.sub(at).normalize();
    normal.setXYZ(i, ahead.x, ahead.y, ahead.z);
  }
}

/** Adds to a vector what the weights of the targets do to it. */
function targetsOf(mesh: Mesh, name: "position" | "normal", i: number, v: Vector3): Vector3 {
  const targets = mesh.geometry.morphAttributes[name] ?? [];
  const [by, before] = [new Vector3(), v.clone()];
  for (const [k, target] of targets.entries()) {
    const weight = mesh.morphTargetInfluences?.[k] ?? 0;
    by.fromBufferAttribute(target, i);
    if (!mesh.geometry.morphTargetsRelative) by.sub(before);
    v.addScaledVector(by, weight);
  }
  return v;
}
