/** The labels' shader: each background and each piece of text is an instance of a billboard quad. */
import { type DataArrayTexture, GLSL3, type IUniform, ShaderMaterial } from "three";
import type { FrameUniforms } from "../visual";
import { FADED } from "./quads";

/** Opacity of a label without a free position. */
const FADED_ALPHA = 0.3;

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float pixelRatio;
in vec2 corner;
in vec4 anchorScale;
in vec4 rect;
in vec4 uvRect;
in vec4 look;        // kind, page, shift in CSS pixels
out vec2 vUv;
flat out vec2 vKindPage;
flat out float vAlpha;
out vec2 vInChip;
flat out vec2 vChipSize;

void main() {
  vUv = uvRect.xy + vec2(corner.x, 1.0 - corner.y) * uvRect.zw;
  bool faded = look.x >= ${FADED}.0;
  vAlpha = faded ? ${FADED_ALPHA} : 1.0;
  vKindPage = vec2(faded ? look.x - ${FADED}.0 : look.x, look.y);
  vec2 place = rect.xy + corner * rect.zw;
  vec4 view = viewMatrix * vec4(anchorScale.xyz, 1.0);
  float perPixel;
  if (anchorScale.w > 0.0) {
    // Screen-sized: scale is CSS pixels per pixel of the pieces.
    vec4 clip = projectionMatrix * view;
    float k = anchorScale.w * pixelRatio;
    vec2 pixel = floor((clip.xy / clip.w * 0.5 + 0.5) * viewport + 0.5) + place * k;
    pixel += floor(look.zw * pixelRatio + 0.5);
    gl_Position = vec4((pixel / viewport * 2.0 - 1.0) * clip.w, clip.zw);
    if (clip.w <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    perPixel = k;
  } else {
    // Scene-sized: scale is minus the scene units per pixel of the pieces.
    view.xy -= place * anchorScale.w;
    gl_Position = projectionMatrix * view;
    perPixel = 1.0;
  }
  vInChip = corner * rect.zw * perPixel;
  vChipSize = rect.zw * perPixel;
  if (any(isnan(view)) || any(isinf(view))) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const fragmentShader = /* glsl */ `
precision highp sampler2DArray;
uniform sampler2DArray text;
uniform sampler2DArray pictures;
uniform vec4 textColor;
uniform vec4 chipColor;
in vec2 vUv;
flat in vec2 vKindPage;
flat in float vAlpha;
in vec2 vInChip;
flat in vec2 vChipSize;
out vec4 fragColor;

void main() {
  // Sampled unconditionally: mipmap levels are undefined in non-uniform control flow.
  float coverage = texture(text, vec3(vUv, vKindPage.y)).r;
  vec4 picture = texture(pictures, vec3(vUv, vKindPage.y));
  float radius = 0.22 * min(vChipSize.y, vChipSize.x);
  vec2 toEdge = abs(vInChip - 0.5 * vChipSize) - 0.5 * vChipSize + radius;
  float outside = length(max(toEdge, 0.0)) - radius;
  float chip = clamp(0.5 - outside / max(fwidth(outside), 1e-6), 0.0, 1.0);
  if (vKindPage.x < 0.5) fragColor = vec4(chipColor.rgb, chipColor.a * chip);
  else if (vKindPage.x < 1.5) fragColor = vec4(textColor.rgb, textColor.a * coverage);
  else fragColor = picture;
  fragColor.a *= vAlpha;
  if (fragColor.a <= 0.0) discard;
}
`;

export type LabelUniforms = ReturnType<typeof labelUniforms>;

export function labelUniforms(
  frame: FrameUniforms,
  text: DataArrayTexture,
  pictures: DataArrayTexture,
) {
  return {
    viewport: frame.viewport,
    pixelRatio: frame.pixelRatio,
    text: { value: text },
    pictures: { value: pictures },
    textColor: { value: [0, 0, 0, 1] } as IUniform<number[]>,
    chipColor: { value: [1, 1, 1, 1] } as IUniform<number[]>,
  };
}

export function labelMaterial(uniforms: LabelUniforms, depthTest: boolean): ShaderMaterial {
  const material = new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    transparent: true,
    depthWrite: false,
    depthTest,
  });
  // By reference: all passes share the uniforms.
  material.uniforms = uniforms;
  return material;
}

export function paint(uniforms: LabelUniforms, dark: boolean): void {
  uniforms.textColor.value = dark ? [0.945, 0.953, 0.961, 1] : [0.102, 0.106, 0.118, 1];
  uniforms.chipColor.value = dark ? [0.13, 0.135, 0.15, 0.82] : [1, 1, 1, 0.82];
}
