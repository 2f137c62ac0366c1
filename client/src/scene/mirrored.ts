/**
 * Instances that are mirrored (scaled by a negative number along one axis or three) among others that are not.
 * The GPU tells front from back once for all of them, by the corners' order, which a mirror turns around: so
 * both sides are rasterized, and each instance leaves one out.
 */
import { BackSide, DoubleSide, type Material, ShaderChunk, type Side } from "three";

/** Whether one of so many column-major matrices turns shapes inside out. */
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

/** Patches a material of instances to draw mirrored ones right; it stays patched. */
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
