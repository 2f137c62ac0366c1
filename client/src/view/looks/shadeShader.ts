/** Shaders that read the depths of what is opaque: eye-dome lighting, ambient occlusion, silhouettes. */

/** Side of the square of pixels that the ambient occlusion is averaged over, each with other directions. */
const NOISE = 4;
/** Pixels of the picture per pixel of the ambient occlusion, on a side. */
export const AO_SCALE = 2;

/** A triangle that covers the viewport. */
export const fillVertex = /* glsl */ `
void main() {
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`;

const depths = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D depths;
uniform mat4 projection;
// Of the part of the target that is drawn to: left, bottom, width, height.
uniform ivec4 area;
uniform float pixelRatio;
float depthAt(ivec2 at) {
  return texelFetch(depths, clamp(at, area.xy, area.xy + area.zw - 1), 0).r;
}
bool orthographic() { return projection[3][3] == 1.0; }
// Along the viewing direction, from a depth of 0 to 1.
float distanceOf(float depth) {
  float z = depth * 2.0 - 1.0;
  if (orthographic()) return (projection[3][2] - z) / projection[2][2];
  return projection[3][2] / (z + projection[2][2]);
}
// Size of a pixel at that distance, in scene units.
float pixelAt(float d) {
  return 2.0 / (projection[1][1] * float(area.w)) * (orthographic() ? 1.0 : d);
}
`;

export const shadeFragment = /* glsl */ `${depths}
uniform sampler2D occlusion;
uniform vec3 ink;
out vec4 fragColor;

#ifdef EYE_DOME
// Boucheny, "Interactive scientific visualization of large datasets": how much closer the neighbors are.
float eyeDome(ivec2 at, float d) {
  float reach = max(1.0, round(1.4 * pixelRatio));
  float sum = 0.0;
  for (int k = 0; k < 8; k++) {
    float angle = float(k) * 0.7853982;
    ivec2 to = at + ivec2(round(vec2(cos(angle), sin(angle)) * reach));
    float other = distanceOf(depthAt(to));
    sum += orthographic()
      ? max(0.0, 1.34 * (d - other) * projection[1][1] * 0.5)
      : max(0.0, log2(d / max(other, 1e-12)));
  }
  return max(exp(-sum / 8.0 * 120.0), 0.06);
}
#endif

#ifdef SILHOUETTES
// How much farther what is behind the edge of a surface is, in pixels; the surface's own slope does not count.
float silhouette(ivec2 at, float d) {
  int reach = max(1, int(round(pixelRatio)));
  float most = 0.0;
  for (int k = 0; k < 4; k++) {
    ivec2 way = k < 2 ? ivec2(reach, 0) : ivec2(0, reach);
    if (k % 2 == 1) way = -way;
    float there = distanceOf(depthAt(at + way));
    float back = distanceOf(depthAt(at - way));
    most = max(most, (there - d) - (d - back));
  }
  return smoothstep(6.0, 10.0, most / (pixelAt(d) * float(reach)));
}
#endif

#ifdef OCCLUSION
float occluded(ivec2 at, float d) {
  float sum = 0.0;
  float weights = 0.0;
  ivec2 first = (at - area.xy) / ${AO_SCALE} - ${NOISE / 2};
  ivec2 last = (area.zw - 1) / ${AO_SCALE};
  for (int k = 0; k < ${NOISE * NOISE}; k++) {
    ivec2 to = clamp(first + ivec2(k % ${NOISE}, k / ${NOISE}), ivec2(0), last);
    float other = distanceOf(depthAt(area.xy + to * ${AO_SCALE}));
    // Not over an edge in depth.
    float weight = 1.0 / (1.0 + abs(other - d) / (pixelAt(d) * 8.0));
    sum += weight * texelFetch(occlusion, to, 0).r;
    weights += weight;
  }
  return sum / weights;
}
#endif

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  float depth = depthAt(at);
  // Nothing was drawn here.
  if (depth >= 1.0) discard;
  float d = distanceOf(depth);
  float shade = 1.0;
  float line = 0.0;
  #ifdef EYE_DOME
  shade *= eyeDome(at, d);
  #endif
  #ifdef OCCLUSION
  shade *= occluded(at, d);
  #endif
  #ifdef SILHOUETTES
  line = silhouette(at, d);
  #endif
  // Blended: what is there, times alpha, plus the color.
  fragColor = vec4(ink * line, shade * (1.0 - line));
}
`;

/** Ambient occlusion of each second pixel, as in "Scalable Ambient Obscurance" (McGuire et al.). */
export const occlusionFragment = /* glsl */ `${depths}
uniform mat4 unproject;
out vec4 fragColor;
const int SAMPLES = 10;
// In heights of the picture.
const float REACH = 0.07;

vec3 placeOf(ivec2 at) {
  vec2 screen = (vec2(at - area.xy) + 0.5) / vec2(area.zw);
  vec4 place = unproject * vec4(vec3(screen, depthAt(at)) * 2.0 - 1.0, 1.0);
  return place.xyz / place.w;
}

// The smaller of the differences to both sides: the one that is not over an edge.
vec3 slope(ivec2 at, vec3 place, ivec2 way) {
  vec3 there = placeOf(at + way) - place;
  vec3 back = place - placeOf(at - way);
  return abs(there.z) < abs(back.z) ? there : back;
}

void main() {
  ivec2 at = area.xy + ivec2(gl_FragCoord.xy) * ${AO_SCALE};
  fragColor = vec4(1.0);
  float depth = depthAt(at);
  if (depth >= 1.0) return;
  vec3 place = placeOf(at);
  vec3 normal = normalize(cross(slope(at, place, ivec2(1, 0)), slope(at, place, ivec2(0, 1))));
  float reach = REACH * float(area.w);
  float radius = reach * pixelAt(-place.z);
  int tile = int(gl_FragCoord.x) % ${NOISE} + ${NOISE} * (int(gl_FragCoord.y) % ${NOISE});
  float turn = float((tile * 7) % ${NOISE * NOISE}) / ${(NOISE * NOISE).toFixed(1)};
  float sum = 0.0;
  for (int k = 0; k < SAMPLES; k++) {
    float far = (float(k) + 0.3 + 0.6 * turn) / float(SAMPLES);
    float angle = 6.2831853 * (turn + 3.0 * (float(k) + turn) / float(SAMPLES));
    ivec2 to = at + ivec2(round(vec2(cos(angle), sin(angle)) * max(2.0, far * reach)));
    if (depthAt(to) >= 1.0) continue;
    vec3 v = placeOf(to) - place;
    float vv = dot(v, v);
    float f = max(radius * radius - vv, 0.0) / (radius * radius);
    sum += f * f * max(0.0, (dot(v, normal) - 0.01 * radius) / (sqrt(vv) + 1e-3 * radius));
  }
  float open = max(0.0, 1.0 - 2.6 * sum / float(SAMPLES));
  fragColor = vec4(vec3(max(open, 0.25)), 1.0);
}
`;
