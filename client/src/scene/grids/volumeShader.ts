/**
 * The shader of volumes: it follows the ray of each pixel through the grid, in the space of the grid's numbers: the
 * first one is at 0, its neighbors at 1.
 */

export const vertexShader = /* glsl */ `
#include <clipping_planes_pars_vertex>
uniform vec3 low;
uniform vec3 high;
out vec3 vAt;
void main() {
  vAt = mix(low, high, position + 0.5);
  vec4 mvPosition = modelViewMatrix * vec4(vAt, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <clipping_planes_vertex>
}
`;

export const fragmentShader = /* glsl */ `
precision highp sampler3D;
uniform sampler3D numbers;
uniform sampler2D transfer;
uniform sampler2D sceneDepth;
uniform mat4 clipToGrid;
uniform vec4 frame;
uniform vec3 low;
uniform vec3 high;
uniform vec3 count;
uniform vec3 middle;
uniform vec3 spacing;
uniform float factor;
uniform vec2 range;
uniform float level;
uniform float density;
uniform float unit;
uniform float maxSteps;
in vec3 vAt;
out vec4 fragColor;
// Of the cuts (scene/cuts). It is the ray that is cut, not the box.
#include <clipping_planes_pars_fragment>
uniform mat4 gridToWorld;

vec3 gridOf(vec3 ndc) {
  vec4 p = clipToGrid * vec4(ndc, 1.0);
  return p.xyz / p.w;
}

float numberAt(vec3 p) {
  return texture(numbers, (p + middle) / count).r * factor;
}

// What is cut away has no numbers.
float keptAt(vec3 p) {
  #if NUM_CLIPPING_PLANES > 0
  if (isCutAway((gridToWorld * vec4(p, 1.0)).xyz, NUM_CLIPPING_PLANES)) return 1e30;
  #endif
  return numberAt(p);
}

// Not a number, infinite, or mixed with such a one.
bool hole(float v) {
  return !(abs(v) < 1e20);
}

vec4 lookUp(float v) {
  float width = range.y - range.x;
  float t = width > 0.0 ? (v - range.x) / width : step(range.x, v);
  float n = float(textureSize(transfer, 0).x);
  return texture(transfer, vec2((clamp(t, 0.0, 1.0) * (n - 1.0) + 0.5) / n, 0.5));
}

vec3 gradientAt(vec3 p) {
  vec3 e = vec3(1.0, 0.0, 0.0);
  return vec3(
    numberAt(p + e.xyy) - numberAt(p - e.xyy),
    numberAt(p + e.yxy) - numberAt(p - e.yxy),
    numberAt(p + e.yyx) - numberAt(p - e.yyx)) / spacing;
}

void main() {
  vec2 pixel = gl_FragCoord.xy - frame.xy;
  vec2 ndc = pixel / frame.zw * 2.0 - 1.0;
  vec3 origin = gridOf(vec3(ndc, -1.0));
  vec3 path = vAt - origin;
  // Where the ray is in the box, in parts of the path from the near plane to the far side of the box.
  vec3 a = (low - origin) / path;
  vec3 b = (high - origin) / path;
  vec3 first = min(a, b);
  float from = max(0.0, max(first.x, max(first.y, first.z)));
  float to = 1.0;
  float depth = texelFetch(sceneDepth, ivec2(pixel), 0).r;
  if (depth < 1.0) {
    vec3 solid = gridOf(vec3(ndc, depth * 2.0 - 1.0));
    to = min(to, dot(solid - origin, path) / dot(path, path));
  }
  if (!(to > from)) discard;

  vec3 start = origin + from * path;
  vec3 way = (to - from) * path;
  float length_ = length(way * spacing);
  float wanted = max(1.0, length(way) * 2.0);
  float steps = ceil(min(wanted, maxSteps));
  // Neighboring pixels begin at other places within a step, so that steps are not seen as rings.
  float shift = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  vec4 sum = vec4(0.0);
  #if MODE == 0
  float share = density * length_ / steps / unit;
  for (float i = 0.0; i < steps; i += 1.0) {
    float v = keptAt(start + way * ((i + shift) / steps));
    if (hole(v)) continue;
    vec4 c = lookUp(v);
    float alpha = 1.0 - pow(1.0 - min(c.a, 0.9999), share);
    sum += (1.0 - sum.a) * vec4(c.rgb * alpha, alpha);
    if (sum.a > 0.995) break;
  }
  #elif MODE == 1
  float most = -1e30;
  for (float i = 0.0; i < steps; i += 1.0) {
    float v = keptAt(start + way * ((i + shift) / steps));
    if (!hole(v)) most = max(most, v);
  }
  if (most > -1e30) {
    sum = lookUp(most);
    sum.rgb *= sum.a;
  }
  #else
  float before = -1.0;
  for (float i = 0.0; i <= steps; i += 1.0) {
    float at = min(i + shift * step(0.5, i), steps) / steps;
    float v = keptAt(start + way * at);
    if (hole(v) || v < level) {
      before = at;
      continue;
    }
    // Between the place before and here; at the side of the box, the surface is that side.
    if (before >= 0.0) {
      float outside = before;
      for (int k = 0; k < 6; k++) {
        float between = (outside + at) * 0.5;
        float w = keptAt(start + way * between);
        if (hole(w) || w < level) outside = between;
        else at = between;
      }
    }
    vec3 p = start + way * at;
    vec3 slope = gradientAt(p);
    vec3 side = step(vec3(from - 1e-6), first) * -sign(path);
    vec3 n = before < 0.0 && from > 0.0 ? side / spacing : -slope;
    float size = length(n);
    vec3 toEye = normalize(-path * spacing);
    float facing = size > 0.0 && size < 1e20 ? abs(dot(n / size, toEye)) : 1.0;
    vec3 c = lookUp(level).rgb;
    sum = vec4(c * (0.3 + 0.7 * facing) + 0.15 * pow(facing, 24.0), 1.0);
    break;
  }
  #endif
  if (sum.a <= 0.0) discard;
  fragColor = sum;
}
`;
