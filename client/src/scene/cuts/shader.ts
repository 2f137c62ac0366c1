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
/** In materials.defines: counts in which bodies each pixel's ray is where it enters what is kept (counts.ts). */
export const COUNT_DEFINE = "CUT_COUNT";

const VARYING = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0
varying vec3 vCutPlace;
#if defined(${CAP_DEFINE}) || defined(${COUNT_DEFINE})
varying vec2 vCutDepths; // of a depth in the camera's frame: what it is multiplied with, and what is added
#endif
#endif
`;

const VERTEX = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0
vCutPlace = (inverse(viewMatrix) * vec4(mvPosition.xyz, 1.0)).xyz;
#if defined(${CAP_DEFINE}) || defined(${COUNT_DEFINE})
vCutDepths = vec2(projectionMatrix[2][2], projectionMatrix[3][2]);
#endif
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
#if defined(${CAP_DEFINE}) || defined(${COUNT_DEFINE})
#define CUT_FAR 1e30
uniform sampler2D cutCounts;
uniform float cutBody;
// Along the camera's ray, as distances from this fragment: where it comes in front of all planes and into all boxes that
// keep their inside, and where it leaves the first box that keeps its outside; and which cuts these are, -1 for none.
vec2 cutStarts;
ivec2 cutStartsOf;
vec3 cutRay(vec3 place) {
  return isOrthographic
    ? -vec3(viewMatrix[0][2], viewMatrix[1][2], viewMatrix[2][2])
    : normalize(place - cameraPosition);
}
// From where to where the ray is in front of the planes of a cut.
vec2 cutSpan(vec3 place, vec3 ray, int i) {
  vec2 span = vec2(-CUT_FAR, CUT_FAR);
  for (int k = 0; k < int(cutKinds[i].x); k++) {
    vec4 plane = cutPlanes[${PLANES} * i + k];
    float away = dot(plane, vec4(place, 1.0));
    float slope = dot(plane.xyz, ray);
    if (slope > 0.0) span.x = max(span.x, -away / slope);
    else if (slope < 0.0) span.y = min(span.y, -away / slope);
    else if (away < 0.0) return vec2(CUT_FAR, -CUT_FAR);
  }
  return span;
}
void findCutStarts(vec3 place, vec3 ray, int cutSet) {
  uint cuts = cutsOfSet(cutSet);
  float eye = isOrthographic ? -CUT_FAR : -distance(place, cameraPosition);
  vec2 kept = vec2(eye, CUT_FAR);
  vec2 hole = vec2(CUT_FAR, -CUT_FAR);
  cutStartsOf = ivec2(-1);
  for (int i = 0; i < ${MAX_CUTS}; i++) {
    if ((cuts >> uint(i) & 1u) == 0u) continue;
    vec2 span = cutSpan(place, ray, i);
    if (cutKinds[i].y > 0.5) {
      if (span.x >= span.y || span.y <= eye || span.y >= hole.x && hole.x < CUT_FAR) continue;
      hole = span;
      cutStartsOf.y = i;
    } else {
      if (span.x > kept.x) cutStartsOf.x = i;
      kept = vec2(max(kept.x, span.x), min(kept.y, span.y));
    }
  }
  cutStarts = vec2(kept.x, hole.y);
  if (kept.x >= kept.y || kept.x > hole.x && kept.x < hole.y) cutStartsOf.x = -1;
  if (hole.y <= kept.x || hole.y >= kept.y) cutStartsOf.y = -1;
}
float cutDepthAt(float t, vec3 place, vec3 ray) {
  float z = (viewMatrix * vec4(place + t * ray, 1.0)).z;
  float depth = isOrthographic
    ? vCutDepths.x * z + vCutDepths.y
    : (vCutDepths.x * z + vCutDepths.y) / -z;
  return clamp(0.5 * depth + 0.5, 0.0, 1.0);
}
// Whether the ray enters what is kept inside of this body; of bodies within each other, the drawn depths decide.
bool isInBody(vec2 counted) {
  return counted.x > 1.5 || counted.x > 0.5 && abs(counted.y - cutBody) < 0.5;
}
// The index of the cut whose filling is seen in front of this back face; -1: none.
int cutCapOf(vec3 place, vec3 ray, int cutSet, out float start) {
  findCutStarts(place, ray, cutSet);
  vec4 counted = texelFetch(cutCounts, ivec2(gl_FragCoord.xy), 0);
  for (int k = 0; k < 2; k++) {
    int i = cutStartsOf[k];
    if (i < 0 || cutKinds[i].z < 0.5 || cutStarts[k] >= 0.0) continue;
    if (!isInBody(k == 0 ? counted.xy : counted.zw)) continue;
    start = cutStarts[k];
    return i;
  }
  return -1;
}
#endif
#endif
`;

// Part of the way from a filling to the back of its body by which it is drawn farther away: the inner one of bodies
// within each other is in front.
const BEHIND = "4e-3";

const FRAGMENT = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0
#if defined(${COUNT_DEFINE})
vec4 cutCount = vec4(0.0);
findCutStarts(vCutPlace, cutRay(vCutPlace), NUM_CLIPPING_PLANES);
vec2 cutOnce = (gl_FrontFacing ? -1.0 : 1.0) * vec2(1.0, cutBody);
if (cutStartsOf.x >= 0 && cutStarts.x < 0.0) cutCount.xy = cutOnce;
if (cutStartsOf.y >= 0 && cutStarts.y < 0.0) cutCount.zw = cutOnce;
#elif defined(${CAP_DEFINE})
gl_FragDepth = gl_FragCoord.z;
int cutCap = -1;
if (!gl_FrontFacing) {
  float cutStart;
  vec3 cutAlong = cutRay(vCutPlace);
  cutCap = cutCapOf(vCutPlace, cutAlong, NUM_CLIPPING_PLANES, cutStart);
  if (cutCap >= 0) gl_FragDepth = cutDepthAt(cutStart * (1.0 - ${BEHIND}), vCutPlace, cutAlong);
}
if (cutCap < 0 && isCutAway(vCutPlace, NUM_CLIPPING_PLANES)) discard;
#else
if (isCutAway(vCutPlace, NUM_CLIPPING_PLANES)) discard;
#endif
#endif
`;

const FILLING = /* glsl */ `
#if NUM_CLIPPING_PLANES > 0 && defined(${COUNT_DEFINE})
gl_FragColor = cutCount;
#elif NUM_CLIPPING_PLANES > 0 && defined(${CAP_DEFINE})
if (cutCap >= 0) gl_FragColor.rgb = cutCaps[cutCap].w > 0.5 ? diffuseColor.rgb : cutCaps[cutCap].rgb;
else if (!gl_FrontFacing) gl_FragColor.rgb = cutFilling(diffuseColor.rgb, gl_FragColor.rgb, NUM_CLIPPING_PLANES);
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
