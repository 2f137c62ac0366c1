/**
 * What cuts does to shaders. It takes the place of three.js's own clipping, of which it keeps the mechanism: a material
 * with clipping planes gets a program in which NUM_CLIPPING_PLANES is their number. Here that number says which *set* of
 * cuts applies to the material, and the planes come from a block of uniforms that all programs share. So nothing is
 * compiled again while a plane moves, and materials that are not cut have the programs that they always have.
 */
import { ShaderChunk, ShaderLib } from "three";
import { MAX_CUTS } from "./cut";

export const MAX_SETS = 64;
/** A box has so many planes. */
export const PLANES = 6;

/** The block's layout by std140, in 32-bit words. */
export const BLOCK = {
  sets: 0,
  planes: MAX_SETS,
  kinds: MAX_SETS + MAX_CUTS * PLANES * 4,
  caps: MAX_SETS + MAX_CUTS * PLANES * 4 + MAX_CUTS * 4,
  words: MAX_SETS + MAX_CUTS * PLANES * 4 + MAX_CUTS * 8,
} as const;

/** In materials.defines: back faces are the filling of a closed body. */
export const CAP_DEFINE = "CUT_CAP";

const VARYING = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0
varying vec3 vCutPlace;
#endif
`;

const VERTEX = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0
vCutPlace = (inverse(viewMatrix) * vec4(mvPosition.xyz, 1.0)).xyz;
#endif
`;

const FUNCTIONS = /* glsl */ `${VARYING}
#if NUM_CLIPPING_PLANES > 0
layout(std140) uniform CutBlock {
  uvec4 cutSets[${MAX_SETS / 4}];
  vec4 cutPlanes[${MAX_CUTS * PLANES}];
  vec4 cutKinds[${MAX_CUTS}]; // number of planes, 1 if what is inside is cut away, 1 if there is a filling
  vec4 cutCaps[${MAX_CUTS}];  // its color, and 1 if it is that of each body
};
uint cutsOfSet(int cutSet) {
  return cutSets[cutSet / 4][cutSet % 4];
}
bool isCutAway(vec3 place, int cutSet) {
  uint cuts = cutsOfSet(cutSet);
  for (int i = 0; i < ${MAX_CUTS}; i++) {
    if ((cuts >> uint(i) & 1u) == 0u) continue;
    bool inside = true;
    for (int k = 0; k < int(cutKinds[i].x); k++) {
      inside = inside && dot(cutPlanes[${PLANES} * i + k], vec4(place, 1.0)) >= 0.0;
    }
    if (inside == (cutKinds[i].y > 0.5)) return true;
  }
  return false;
}
// The color of what is seen of the inside of a body: that of the first cut with a filling.
vec3 cutFilling(vec3 own, vec3 lit, int cutSet) {
  uint cuts = cutsOfSet(cutSet);
  for (int i = 0; i < ${MAX_CUTS}; i++) {
    if ((cuts >> uint(i) & 1u) == 0u || cutKinds[i].z < 0.5) continue;
    return cutCaps[i].w > 0.5 ? own : cutCaps[i].rgb;
  }
  return lit;
}
#endif
`;

const FRAGMENT = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0
if (isCutAway(vCutPlace, NUM_CLIPPING_PLANES)) discard;
#endif
`;

const FILLING = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0 && defined(${CAP_DEFINE})
if (!gl_FrontFacing) gl_FragColor.rgb = cutFilling(diffuseColor.rgb, gl_FragColor.rgb, NUM_CLIPPING_PLANES);
#endif
`;

/** Before any material has clipping planes. */
export function installShaders(): void {
  const chunks = ShaderChunk as Record<string, string>;
  chunks.clipping_planes_pars_vertex = VARYING;
  chunks.clipping_planes_vertex = VERTEX;
  chunks.clipping_planes_pars_fragment = FUNCTIONS;
  chunks.clipping_planes_fragment = FRAGMENT;
  chunks.opaque_fragment += FILLING;
  // three.js does not clip what draws only shadows.
  const { shadow } = ShaderLib;
  shadow.vertexShader = after(
    shadow.vertexShader,
    ["shadowmap_pars_vertex", "clipping_planes_pars_vertex"],
    ["project_vertex", "clipping_planes_vertex"],
  );
  shadow.fragmentShader = after(
    shadow.fragmentShader,
    ["shadowmask_pars_fragment", "clipping_planes_pars_fragment"],
    ["logdepthbuf_fragment", "clipping_planes_fragment"],
  );
}

function after(shader: string, ...added: readonly (readonly [string, string])[]): string {
  return added.reduce(
    (text, [chunk, next]) =>
      text.replace(`#include <${chunk}>`, `#include <${chunk}>\n#include <${next}>`),
    shader,
  );
}
