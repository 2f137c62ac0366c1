/**
 * three.js draws all shadows with one shared material, and assigns it the texture of each object, also where
 * the texture has no influence on the shadow. The material keeps the last one: after its node was removed,
 * three.js would upload it again as an empty texture that is never freed.
 */
import { Object3D } from "three";

/** Draws shadows without textures that have no influence on them. */
export function omitTexturesFromShadows(): void {
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
