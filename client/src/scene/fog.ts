/**
 * three.js's linear fog for custom shaders: their materials have `fog: true` and fogUniforms(), which
 * three.js updates. The fog is mixed into the output color, as in three.js's own materials. With `clipping: true` they
 * are cut too (cuts/shader.ts).
 */
import { Color, type IUniform } from "three";

export function fogUniforms(): Record<string, IUniform> {
  return { fogColor: { value: new Color() }, fogNear: { value: 0 }, fogFar: { value: 1 } };
}

/** Goes before main() of a vertex shader, which calls setFogDepth with the view-space position. */
export const FOG_VERTEX = /* glsl */ `
#ifdef USE_FOG
out float vFogDepth;
#endif
#include <clipping_planes_pars_vertex>
void setFogDepth(vec4 view) {
  vec4 mvPosition = view;
  #include <clipping_planes_vertex>
  #ifdef USE_FOG
  vFogDepth = -view.z;
  #endif
}
`;

/** Goes before main() of a fragment shader. */
export const FOG_FRAGMENT = /* glsl */ `
#ifdef USE_FOG
uniform vec3 fogColor;
uniform float fogNear;
uniform float fogFar;
in float vFogDepth;
#endif
#include <clipping_planes_pars_fragment>
vec3 inFog(vec3 color) {
  #include <clipping_planes_fragment>
  #ifdef USE_FOG
  color = mix(color, fogColor, smoothstep(fogNear, fogFar, vFogDepth));
  #endif
  return color;
}
`;
