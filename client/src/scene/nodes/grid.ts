/**
 * A grid on a plane: one square, its lines drawn by the shader, so that they are as thick on the screen near
 * by and far away, and melt into an even tone where they come closer together than pixels.
 */

import {
  DoubleSide,
  GLSL3,
  Matrix4,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
  ShadowMaterial,
} from "three";
import type { GridProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { FOG_FRAGMENT, FOG_VERTEX, fogUniforms } from "../fog";
import { srgb } from "../surfaces";
import type { Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<GridProps>;

const vertexShader = /* glsl */ `${FOG_VERTEX}
uniform vec2 size;
uniform bool infinite;
uniform float reach;
out vec2 vPlace;
out vec3 vFromCamera;
out vec3 vFromOrigin;
void main() {
  vec3 camera = (inverse(modelMatrix) * vec4(cameraPosition, 1.0)).xyz;
  // Finite ones get a rim, on which half of the outermost lines lies. Infinite ones follow the camera.
  vPlace = infinite ? camera.xy + position.xy * 2.0 * reach : position.xy * size * 1.02;
  vec4 world = modelMatrix * vec4(vPlace, 0.0, 1.0);
  vFromCamera = world.xyz - cameraPosition;
  vFromOrigin = world.xyz - modelMatrix[3].xyz;
  vec4 view = viewMatrix * world;
  setFogDepth(view);
  gl_Position = projectionMatrix * view;
}
`;

const fragmentShader = /* glsl */ `${FOG_FRAGMENT}
uniform vec2 size;
uniform bool infinite;
uniform float pixelRatio;
uniform vec2 cell;     // distance and thickness of lines
uniform vec2 section;
uniform vec3 cellColor;
uniform vec3 sectionColor;
uniform vec4 plane;
uniform float fadeDistance;
uniform float fadeStrength;
uniform bool fadeFromOrigin;
in vec2 vPlace;
in vec3 vFromCamera;
in vec3 vFromOrigin;
out vec4 fragColor;

// How much of this pixel the lines of one kind cover.
float lines(vec2 spacing, vec2 perPixel) {
  float width = spacing.y * pixelRatio;
  if (width <= 0.0 || spacing.x <= 0.0) return 0.0;
  vec2 toLine = abs(fract(vPlace / spacing.x + 0.5) - 0.5) * spacing.x;
  vec2 cover = clamp(0.5 * width + 0.5 - toLine / perPixel, 0.0, 1.0) * min(width, 1.0);
  // Closer than pixels apart: what they cover on average.
  vec2 mean = clamp(width * perPixel / spacing.x, 0.0, 1.0);
  cover = mix(cover, mean, smoothstep(0.25, 0.6, perPixel / spacing.x));
  return max(cover.x, cover.y);
}

void main() {
  vec2 perPixel = max(fwidth(vPlace), 1e-9);
  vec2 rim = 0.5 * size - abs(vPlace);
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
  float fade = pow(max(1.0 - far, 0.0), fadeStrength);
  float s = lines(section, perPixel) * fade * inside;
  float c = lines(cell, perPixel) * fade * inside;
  vec4 color = vec4(plane.rgb, plane.a * onPlane * (infinite ? fade : 1.0));
  float a = max(s, c);
  vec3 line = mix(cellColor, sectionColor, a > 0.0 ? s / max(s, max(c, 1e-5)) : 0.0);
  // Lines over the plane.
  float alpha = a + color.a * (1.0 - a);
  if (alpha < 0.002) discard;
  vec3 mixed = (line * a + color.rgb * color.a * (1.0 - a)) / alpha;
  fragColor = vec4(inFog(mixed), alpha);
}
`;

/** Width axis, height axis, normal. */
const AXES: Record<string, [number, number]> = {
  xy: [0, 1],
  yx: [1, 0],
  xz: [0, 2],
  zx: [2, 0],
  yz: [1, 2],
  zy: [2, 1],
};

/** Turns the square in x and y to lie in a plane: width along the first letter, height along the second. */
export function planeMatrix(plane: string, out = new Matrix4()): Matrix4 {
  const [w, h] = AXES[plane] ?? AXES.xy!;
  const m = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  m[w] = 1;
  m[4 + h] = 1;
  // The normal completes them to a right-handed frame.
  const n = 3 - w - h;
  m[8 + n] = (w + 1) % 3 === h ? 1 : -1;
  return out.fromArray(m);
}

export class Grid extends ObjectVisual {
  private readonly grid: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly shadow: Mesh<PlaneGeometry, ShadowMaterial>;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    const geometry = new PlaneGeometry(1, 1);
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      transparent: true,
      depthWrite: false,
      side: DoubleSide,
      // What lies in the same plane comes before the grid.
      polygonOffset: true,
      polygonOffsetFactor: 1,
      polygonOffsetUnits: 2,
      fog: true,
      uniforms: {
        ...fogUniforms(),
        pixelRatio: ctx.frame.pixelRatio,
        size: { value: [1, 1] },
        infinite: { value: false },
        reach: { value: 1 },
        cell: { value: [1, 1] },
        section: { value: [1, 1] },
        cellColor: { value: [0, 0, 0] },
        sectionColor: { value: [0, 0, 0] },
        plane: { value: [1, 1, 1, 0] },
        fadeDistance: { value: 100 },
        fadeStrength: { value: 1 },
        fadeFromOrigin: { value: false },
      },
    });
    this.grid = new Mesh(geometry, material);
    this.grid.frustumCulled = false;
    // Before all other transparent things: it is the ground that they stand on.
    this.grid.renderOrder = -10;
    this.shadow = new Mesh(
      geometry,
      new ShadowMaterial({
        depthWrite: false,
        side: DoubleSide,
        polygonOffset: true,
        polygonOffsetFactor: 1,
        polygonOffsetUnits: 2,
      }),
    );
    this.shadow.receiveShadow = true;
    this.shadow.frustumCulled = false;
    this.shadow.renderOrder = -11;
    this.add(this.grid, this.shadow);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    const wrong: string[] = [];
    const num = (name: keyof Props, otherwise: number) => {
      const v = props[name];
      if (typeof v === "number" && Number.isFinite(v)) return v;
      wrong.push(name);
      return otherwise;
    };
    const u = this.grid.material.uniforms;
    const size = [Math.abs(num("width", 10)), Math.abs(num("height", 10))] as const;
    const infinite = props.infinite_grid === true;
    const fade = num("fade_distance", 100);
    u.size!.value = size;
    u.infinite!.value = infinite;
    u.reach!.value = fade * 1.5;
    u.cell!.value = [num("cell_size", 0.5), num("cell_thickness", 1)];
    u.section!.value = [num("section_size", 1), num("section_thickness", 1)];
    u.cellColor!.value = srgb(props.cell_color);
    u.sectionColor!.value = srgb(props.section_color);
    u.plane!.value = [...srgb(props.plane_color), clamp01(num("plane_opacity", 0))];
    u.fadeDistance!.value = fade;
    u.fadeStrength!.value = num("fade_strength", 1);
    u.fadeFromOrigin!.value = props.fade_from === "origin";

    planeMatrix(String(props.plane), this.grid.matrix);
    const reach = infinite ? 2 * fade : 0;
    const scaled = new Matrix4().makeScale(reach || size[0], reach || size[1], 1);
    this.shadow.matrix.multiplyMatrices(this.grid.matrix, scaled);
    const opacity = clamp01(num("shadow_opacity", 0));
    this.shadow.visible = opacity > 0;
    this.shadow.material.opacity = opacity;
    this.report("numbers", wrong.length > 0 ? `no finite number: ${wrong.join(", ")}` : null);
    this.group.updateMatrixWorld(true);
    if (anyOf(changed, "scale")) this.setScale(props.scale ?? 1);
    this.ctx.requestRender();
  }

  override dispose(): void {
    super.dispose();
    this.grid.geometry.dispose();
    this.grid.material.dispose();
    this.shadow.material.dispose();
  }
}

function clamp01(v: number): number {
  return Math.min(1, Math.max(0, v));
}
