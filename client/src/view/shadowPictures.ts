/**
 * three.js draws all shadows with one material of its own, and gives it the picture of whatever is drawn, also
 * where the picture does not say what is clear. From then on that material's program wants a picture, and the
 * last one is given to it again: of a node that may be gone, its pixels let go of, so that it would be made
 * anew as an empty texture that nobody frees.
 */
import { Object3D } from "three";

/** From now on, shadows take no picture of which they show nothing. */
export function leavePicturesOutOfShadows(): void {
  Object3D.prototype.onBeforeShadow = (
    _renderer,
    _object,
    _camera,
    _light,
    _geometry,
    material,
  ) => {
    if (material.alphaTest === 0 && "map" in material) material.map = null;
  };
}
