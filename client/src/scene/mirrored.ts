/**
 * Mirrored instances (negative scale along one axis or three) in the same mesh as others. The GPU culls back faces
 * by winding order, which mirroring reverses: so both sides are rasterized, and the fragment shader discards the
 * back side of each instance.
 */
import { BackSide, DoubleSide, type Material, ShaderChunk, type Side } from "three";

/** Whether one of the first `count` column-major matrices has a negative determinant. */
export function anyMirrors(matrices: ArrayLike<number>, count: number): boolean {
  for (let i = 0; i < count; i++) if (mirrors(matrices, 16 * i)) return true;
  return false;
}

function mirrors(m: ArrayLike<number>, at: number): boolean {
  const e = (i: number) => m[at + i]!;
  const det =
    e(0) * (e(5) * e(10) - e(6) * e(9)) -
    e(4) * (e(1) * e(10) - e(2) * e(9)) +
    e(8) * (e(1) * e(6) - e(2) * e(5));
  return det < 0;
}

const FACING = "gl_FrontFacing ? 1.0 : - 1.0";

const patched = new WeakSet<Material>();

/** Whether a material was patched. */
export function hasMirrors(material: Material): boolean {
  return patched.has(material);
}

/** Patches an instanced material to support mirrored instances; it stays patched. */
export function applyMirrors(material: Material): void {
  if (patched.has(material)) return;
  patched.add(material);
  const side: Side = material.side;
  const before = material.onBeforeCompile;
  const key = material.customProgramCacheKey.bind(material);
  material.side = DoubleSide;
  const keep = side === DoubleSide ? "" : leaveOut(side === BackSide);
  material.onBeforeCompile = (shader, renderer) => {
    before.call(material, shader, renderer);
    shader.vertexShader = shader.vertexShader
      .replace("void main() {", "flat varying float vMirror;\nvoid main() {")
      .replace(
        "#include <begin_vertex>",
        "#include <begin_vertex>\n  vMirror = sign(determinant(mat3(instanceMatrix)));",
      );
    shader.fragmentShader = shader.fragmentShader
      .replace("void main() {", `flat varying float vMirror;\nvoid main() {${keep}`)
      .replace(
        "#include <normal_fragment_begin>",
        ShaderChunk.normal_fragment_begin.replace(FACING, `(${FACING}) * vMirror`),
      );
  };
  material.customProgramCacheKey = () => `${key()} mirrors ${side}`;
  material.needsUpdate = true;
}

function leaveOut(front: boolean): string {
  return `\n  if ((${FACING}) * vMirror ${front ? ">" : "<"} 0.0) discard;`;
}
