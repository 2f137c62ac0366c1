/** What of a scene counts as a surface: lit meshes, and the unlit ones of models. */
import {
  type BufferGeometry,
  type Material,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  ShadowMaterial,
} from "three";

/** A mesh, maybe instanced or with bones, with what three.js reads of it. */
export interface Surface extends Mesh {
  isInstancedMesh?: true;
  isSkinnedMesh?: true;
}

/** Calls back for each surface that is shown. */
export function forEachSurface(scene: Object3D, found: (surface: Surface) => void): void {
  scene.traverseVisible((object) => {
    if (object instanceof Mesh && [object.material].flat().every(isSurface)) found(object);
  });
}

/** Axes, images, frustums, handles and what our own shaders draw are none. */
function isSurface(material: Material): boolean {
  if ("isShaderMaterial" in material || material instanceof ShadowMaterial) return false;
  return !(material instanceof MeshBasicMaterial) || material.userData.surface === true;
}

export function trianglesOf(geometry: BufferGeometry): number {
  const index = geometry.getIndex();
  return (index?.count ?? geometry.getAttribute("position")?.count ?? 0) / 3;
}
