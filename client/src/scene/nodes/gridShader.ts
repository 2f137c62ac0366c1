/**
 * The grid's shader. Coordinates in the plane are relative to the camera's foot, the point of the plane closest
 * to the camera: GridFrame computes its position within the pattern in float64, so that lines stay sharp however
 * far the camera is from the node.
 */
import { BufferAttribute, BufferGeometry, GLSL3, type IUniform, ShaderMaterial } from "three";
import { FOG_FRAGMENT, FOG_VERTEX, fogUniforms } from "../fog";
import type { FrameUniforms } from "../visual";

const vertexShader = /* glsl */ `${FOG_VERTEX}
uniform vec3 foot;       // in the three.js world
uniform vec2 low;        // the drawn rectangle, relative to the foot
uniform vec2 high;
uniform float unit;      // of the rings of vertices
out vec2 vPlane;
out vec3 vFromCamera;
out vec3 vFromOrigin;
void main() {
  vPlane = clamp(position.xy * unit, low, high);
  vec4 world = vec4(foot + mat3(modelMatrix) * vec3(vPlane, 0.0), 1.0);
  vFromCamera = world.xyz - cameraPosition;
  vFromOrigin = world.xyz - modelMatrix[3].xyz;
  vec4 view = viewMatrix * world;
  setFogDepth(view);
  gl_Position = projectionMatrix * view;
}
`;

const fragmentShader = /* glsl */ `${FOG_FRAGMENT}
uniform bool infinite;
uniform float pixelRatio;
uniform vec2 rimLow;     // edges of a finite grid, relative to the foot
uniform vec2 rimHigh;
uniform vec2 cell;       // distance and thickness of lines
uniform vec2 cellPhase;  // the foot's position between two lines, 0 to 1
uniform vec2 section;
uniform vec2 sectionPhase;
uniform vec3 cellColor;
uniform vec3 sectionColor;
uniform vec4 plane;
uniform float fadeDistance;
uniform float fadeStrength;
uniform bool fadeFromOrigin;
in vec2 vPlane;
in vec3 vFromCamera;
in vec3 vFromOrigin;
out vec4 fragColor;

// Coverage of this pixel by one family of lines.
float lines(vec2 spacing, vec2 phase, vec2 perPixel) {
  float width = spacing.y * pixelRatio;
  if (width <= 0.0 || spacing.x <= 0.0) return 0.0;
  vec2 toLine = abs(fract(vPlane / spacing.x + phase + 0.5) - 0.5) * spacing.x;
  vec2 cover = clamp(0.5 * width + 0.5 - toLine / perPixel, 0.0, 1.0) * min(width, 1.0);
  // Spacing below a pixel: average coverage.
  vec2 mean = clamp(width * perPixel / spacing.x, 0.0, 1.0);
  cover = mix(cover, mean, smoothstep(0.25, 0.6, perPixel / spacing.x));
  return max(cover.x, cover.y);
}

void main() {
  vec2 perPixel = max(fwidth(vPlane), 1e-9);
  vec2 rim = min(vPlane - rimLow, rimHigh - vPlane);
  float inside = 1.0;
  float onPlane = 1.0;
  if (!infinite) {
    float half_ = 0.5 * max(cell.y, section.y) * pixelRatio + 0.5;
    vec2 edge = clamp(rim / perPixel + half_, 0.0, 1.0);
    inside = edge.x * edge.y;
    vec2 flat_ = clamp(rim / perPixel + 0.5, 0.0, 1.0);
    onPlane = flat_.x * flat_.y;
  }
  float far = length(fadeFromOrigin ? vFromOrigin : vFromCamera) / max(fadeDistance, 1e-6);
  float fade = fadeStrength > 0.0 ? pow(max(1.0 - far, 0.0), fadeStrength) : 1.0;
  float s = lines(section, sectionPhase, perPixel) * fade * inside;
  float c = lines(cell, cellPhase, perPixel) * fade * inside;
  vec4 color = vec4(plane.rgb, plane.a * onPlane * (infinite ? fade : 1.0));
  float a = max(s, c);
  vec3 line = mix(cellColor, sectionColor, a > 0.0 ? s / max(s, max(c, 1e-5)) : 0.0);
  // Blends the lines over the plane.
  float alpha = a + color.a * (1.0 - a);
  if (alpha < 0.002) discard;
  vec3 mixed = (line * a + color.rgb * color.a * (1.0 - a)) / alpha;
  fragColor = vec4(inFog(mixed), alpha);
}
`;

export function gridUniforms(frame: FrameUniforms) {
  const pair = (): IUniform<[number, number]> => ({ value: [0, 0] });
  return {
    ...fogUniforms(),
    pixelRatio: frame.pixelRatio,
    foot: { value: [0, 0, 0] } as IUniform<number[]>,
    low: pair(),
    high: pair(),
    rimLow: pair(),
    rimHigh: pair(),
    unit: { value: 1 },
    infinite: { value: false },
    cell: pair(),
    cellPhase: pair(),
    section: pair(),
    sectionPhase: pair(),
    cellColor: { value: [0, 0, 0] } as IUniform<number[]>,
    sectionColor: { value: [0, 0, 0] } as IUniform<number[]>,
    plane: { value: [1, 1, 1, 0] } as IUniform<number[]>,
    fadeDistance: { value: 100 },
    fadeStrength: { value: 1 },
    fadeFromOrigin: { value: false },
  };
}

export type GridUniforms = ReturnType<typeof gridUniforms>;

export function gridMaterial(uniforms: GridUniforms, options: object): ShaderMaterial {
  return new ShaderMaterial({
    ...options,
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    transparent: true,
    fog: true,
    clipping: true,
    uniforms,
  });
}

/** Size ratio of consecutive vertex rings around the foot. */
const RING_GROWTH = 8;
const RINGS = 9;
/**
 * Sizes of the innermost ring on each side, in distances from camera to plane. They are all different, and no
 * simple numbers: in views along an axis or a diagonal no vertex is exactly in the camera's own plane, where its
 * clip-space w would be 0, which SwiftShader draws wrong.
 */
const INNER = { left: 0.6753, right: 0.8137, bottom: 0.5471, top: 0.7319 };

/**
 * A square with vertices on rings around its center. The GPU interpolates with a relative error of the triangle's
 * size, so triangles near the camera must be small even when the grid is large. The outermost ring is beyond
 * every edge: the shader clamps to the drawn rectangle.
 */
export function ringGeometry(): BufferGeometry {
  const columns = stops(INNER.left, INNER.right);
  const rows = stops(INNER.bottom, INNER.top);
  const n = columns.length;
  const positions = rows.flatMap((y) => columns.flatMap((x) => [x, y, 0]));
  const index: number[] = [];
  for (let row = 0; row + 1 < rows.length; row++) {
    for (let i = row * n; i + 1 < (row + 1) * n; i++) {
      index.push(i, i + 1, i + n + 1, i, i + n + 1, i + n);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(positions), 3));
  geometry.setIndex(index);
  return geometry;
}

function stops(below: number, above: number): number[] {
  const steps = Array.from({ length: RINGS }, (_, i) => RING_GROWTH ** i);
  steps.push(1e30);
  return [...steps.map((v) => -v * below).reverse(), ...steps.map((v) => v * above)];
}
