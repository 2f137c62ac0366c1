/**
 * three.js's linear fog, for shaders of our own: their materials have `fog: true` and fogUniforms(), which
 * three.js fills in. The fog is mixed into colors as they are written, as three.js does for its materials.
 */
import { Color, type IUniform } from "three";

export function fogUniforms(): Record<string, IUniform> {
  return { fogColor: { value: new Color() }, fogNear: { value: 0 }, fogFar: { value: 1 } };
}

/** Before a vertex shader's main, which calls setFogDepth with the place in the camera's space. */
export const FOG_VERTEX = /* glsl */ `
#ifdef USE_FOG
out float vFogDepth;
#endif
void setFogDepth(vec4 view) {
  #ifdef USE_FOG
  vFogDepth = -view.z;
  #endif
}
`;

/** Before a fragment shader's main. */
export const FOG_FRAGMENT = /* glsl */ `
#ifdef USE_FOG
uniform vec3 fogColor;
uniform float fogNear;
uniform float fogFar;
in float vFogDepth;
#endif
vec3 inFog(vec3 color) {
  #ifdef USE_FOG
  color = mix(color, fogColor, smoothstep(fogNear, fogFar, vFogDepth));
  #endif
  return color;
}
`;
