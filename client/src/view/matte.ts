/** What is transparent in a picture. */
import {
  type Material,
  type Mesh,
  type MeshPhysicalMaterial,
  NormalBlending,
  type Scene,
} from "three";

/**
 * Whether everything that is drawn covers what is behind it. Then the alpha that drawing leaves in a target is
 * the covered share of each pixel. Shaders of our own write other alphas, and blending multiplies them.
 */
export function coversFully(scene: Scene): boolean {
  if (scene.background !== null) return false;
  let all = true;
  scene.traverseVisible((object) => {
    const { material } = object as Partial<Mesh>;
    if (material && ![material].flat().every(isOpaque)) all = false;
  });
  return all;
}

function isOpaque(material: Material): boolean {
  return (
    !material.transparent &&
    !material.alphaToCoverage &&
    material.blending === NormalBlending &&
    !("isShaderMaterial" in material) &&
    !((material as Partial<MeshPhysicalMaterial>).transmission! > 0)
  );
}

/** From the same picture over black and over white, one with alpha, in place of the first. */
export function matte(overBlack: Uint8Array, overWhite: Uint8Array): void {
  for (let i = 0; i < overBlack.length; i += 4) {
    const r = overBlack[i]!;
    const g = overBlack[i + 1]!;
    const b = overBlack[i + 2]!;
    const through = (overWhite[i]! - r + overWhite[i + 1]! - g + overWhite[i + 2]! - b) / 3;
    overBlack[i + 3] = Math.min(255, Math.max(0, Math.round(255 - through)));
  }
  unmultiply(overBlack);
}

/** The colors of a picture over black without the share of the black. */
export function unmultiply(rgba: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const a = rgba[i + 3]!;
    if (a === 0 || a === 255) continue;
    rgba[i] = Math.min(255, Math.round((rgba[i]! * 255) / a));
    rgba[i + 1] = Math.min(255, Math.round((rgba[i + 1]! * 255) / a));
    rgba[i + 2] = Math.min(255, Math.round((rgba[i + 2]! * 255) / a));
  }
}
