/**
 * Projection of a Gaussian to the screen (Zwicker et al., "EWA Splatting"): its covariance is transformed by the
 * Jacobian of the projection at its center, and a quad around the resulting ellipse is filled with exp(-d²/2), where
 * d is the distance from the center in standard deviations.
 */

import { harmonicsFunctions } from "./harmonics";

export const vertexShader = /* glsl */ `
precision highp usampler2D;
uniform usampler2D splats;
uniform sampler2D groups;
uniform int splatsPerRow;
uniform vec2 viewport;
uniform vec2 halfView;
in uint splat;
flat out vec4 vColor;
out vec2 vAt;

// An opacity below one 8-bit step is invisible.
const float LEAST = 1.0 / 255.0;
// Minimum blur of a splat, to avoid flicker: a variance in square pixels, as in common training programs.
const float BLUR = 0.3;

${harmonicsFunctions}
#include <clipping_planes_pars_fragment>
void main() {
  // Outside of the clip volume, unless the splat is visible.
  gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
  vColor = vec4(0.0);
  vAt = vec2(0.0);

  int i = int(splat);
  ivec2 at = ivec2(2 * (i % splatsPerRow), i / splatsPerRow);
  uvec4 head = texelFetch(splats, at, 0);
  uvec4 tail = texelFetch(splats, at + ivec2(1, 0), 0);
  vec4 color = vec4((uvec4(tail.w) >> uvec4(0u, 8u, 16u, 24u)) & 255u) / 255.0;
  if (color.a < LEAST) return;

  ivec2 node = ivec2(4 * int(head.w & 255u), int(head.w >> 8));
  vec4 state = texelFetch(groups, node + ivec2(3, 0), 0);
  if (state.x < 0.5) return;
  vec4 row0 = texelFetch(groups, node, 0);
  vec4 row1 = texelFetch(groups, node + ivec2(1, 0), 0);
  vec4 row2 = texelFetch(groups, node + ivec2(2, 0), 0);
  vec4 center = vec4(uintBitsToFloat(head.xyz), 1.0);
  vec3 view = vec3(dot(row0, center), dot(row1, center), dot(row2, center));
  float z = -view.z;
  // With parallel rays nothing becomes smaller with its distance.
  bool parallel = projectionMatrix[3][3] == 1.0;
  if (!parallel && !(z > 0.0)) return;
  float away = parallel ? 1.0 : z;
  // Clamped: far outside of the picture the Jacobian is not a useful approximation.
  vec2 slope = view.xy / away;
  if (any(greaterThan(abs(slope), 1.3 * halfView))) return;

#if NUM_CLIPPING_PLANES > 0
  // As a whole, by its center.
  if (isCutAway((inverse(viewMatrix) * vec4(view, 1.0)).xyz, max(int(state.x) - 1, 1))) return;
#endif

  vec2 xx_xy = unpackHalf2x16(tail.x);
  vec2 xz_yy = unpackHalf2x16(tail.y);
  vec2 yz_zz = unpackHalf2x16(tail.z);
  mat3 cov = mat3(
    xx_xy.x, xx_xy.y, xz_yy.x,
    xx_xy.y, xz_yy.y, yz_zz.x,
    xz_yy.x, yz_zz.x, yz_zz.y
  );
  vec2 focal = vec2(projectionMatrix[0][0], projectionMatrix[1][1]) * viewport * 0.5;
  mat3 toView = transpose(mat3(row0.xyz, row1.xyz, row2.xyz));
  vec2 shear = parallel ? vec2(0.0) : slope;
  vec3 alongX = focal.x / away * vec3(1.0, 0.0, shear.x) * toView;
  vec3 alongY = focal.y / away * vec3(0.0, 1.0, shear.y) * toView;
  vec3 covX = cov * alongX;
  float a = dot(alongX, covX) + BLUR;
  float b = dot(alongY, covX);
  float c = dot(alongY, cov * alongY) + BLUR;

  // The ellipse's axes. With rounding errors the matrix may not be positive definite: clamped to the blur.
  float middle = 0.5 * (a + c);
  float apart = length(vec2(0.5 * (a - c), b));
  float major = max(middle + apart, BLUR);
  float minor = max(middle - apart, BLUR);
  vec2 direction = a >= c ? vec2(0.5 * (a - c) + apart, b) : vec2(b, 0.5 * (c - a) + apart);
  direction = apart > 0.0 ? normalize(direction) : vec2(1.0, 0.0);

  float reach = sqrt(2.0 * log(color.a / LEAST));
  vAt = position.xy * reach;
  vec2 offset = direction * (sqrt(major) * vAt.x) + vec2(-direction.y, direction.x) * (sqrt(minor) * vAt.y);
  vec4 clip = projectionMatrix * vec4(view, 1.0);
  gl_Position = vec4(clip.xy + offset * 2.0 / viewport * clip.w, clip.zw);
#ifdef HARMONICS
  color.rgb = clamp(color.rgb + harmonicColor(state, i, inverse(toView) * (parallel ? vec3(0.0, 0.0, -1.0) : view)), 0.0, 1.0);
#endif
  vColor = color;
}
`;

export const fragmentShader = /* glsl */ `
flat in vec4 vColor;
in vec2 vAt;
out vec4 fragColor;
void main() {
  float alpha = vColor.a * exp(-0.5 * dot(vAt, vAt));
  if (alpha < 1.0 / 255.0) discard;
  // Colors are sRGB and unlit: blended unchanged.
  fragColor = vec4(vColor.rgb * alpha, alpha);
}
`;
