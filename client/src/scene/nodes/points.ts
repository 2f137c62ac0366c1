/** Point clouds: squares that face the camera, with a size in the scene, cut to one of five shapes. */
import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  GLSL3,
  Points,
  ShaderMaterial,
  Sphere,
} from "three";
import type { Eye, Hit, Ray, Report, SceneContext } from "../context";
import { allFinite, halvesFinite } from "../numbers";
import { PointPicker } from "../pointPick";
import { scaleOf } from "../pose";
import { eyeRows } from "../screenPick";
import { srgb } from "../surfaces";
import { anyOf, ObjectVisual } from "./object";

const SHAPES = ["square", "diamond", "circle", "rounded", "sparkle"];

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float diameter;
uniform vec3 uniformColor;
#ifdef POINT_COLORS
in vec4 pointColor;
#endif
out vec3 vColor;
void main() {
  vColor = uniformColor;
  #ifdef POINT_COLORS
  vColor = pointColor.rgb;
  #endif
  vec4 view = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * view;
  gl_PointSize = max(1.0, diameter * projectionMatrix[1][1] * viewport.y * 0.5 / gl_Position.w);
  // Not a place (NaN, infinity): left out.
  if (any(isnan(view)) || any(isinf(view))) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
  }
}
`;

const fragmentShader = /* glsl */ `
in vec3 vColor;
out vec4 fragColor;
void main() {
  vec2 p = abs(gl_PointCoord * 2.0 - 1.0);
  float pixel = fwidth(gl_PointCoord.x) * 2.0;
  // Distance from the middle, 1 at the shape's edge.
  #if SHAPE == 0
  float d = 0.0;
  #elif SHAPE == 1
  float d = p.x + p.y;
  #elif SHAPE == 2
  float d = length(p);
  #elif SHAPE == 3
  vec2 q = p * p;
  float d = sqrt(sqrt(dot(q, q)));
  #else
  float s = sqrt(p.x) + sqrt(p.y);
  float d = s * s;
  #endif
  float alpha = 1.0;
  #if SHAPE != 0
  alpha = clamp((1.0 - d) / pixel + 0.5, 0.0, 1.0);
  if (alpha <= 0.0) discard;
  #endif
  vec3 color = vColor;
  #ifdef GRADIENT
  // Lighter in the middle, its own colour half way out, darker at the rim.
  float r = min(length(gl_PointCoord * 2.0 - 1.0), 1.0);
  color = r < 0.5
    ? mix(color, vec3(1.0), (0.5 - r) * 0.35)
    : color * (1.0 - (r - 0.5) * 0.5);
  #endif
  fragColor = vec4(color, alpha);
}
`;

interface PositionAttribute extends BufferAttribute {
  isFloat16BufferAttribute?: boolean;
}

export class PointCloud extends ObjectVisual {
  private readonly material: ShaderMaterial;
  private readonly points: Points<BufferGeometry, ShaderMaterial>;
  private readonly picker = new PointPicker();
  private count = 0;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      // Edges are smoothed by multisampling alone: points are too many to sort and blend.
      alphaToCoverage: true,
      defines: { SHAPE: 0 },
      uniforms: {
        viewport: ctx.frame.viewport,
        diameter: { value: 1 },
        uniformColor: { value: [0, 0, 0] },
      },
    });
    this.points = new Points(new BufferGeometry(), this.material);
    this.points.frustumCulled = false;
    this.add(this.points);
  }

  update(props: Record<string, unknown>, changed: ReadonlySet<string> | null): void {
    const fresh = anyOf(changed, "points") && this.setPoints(props.points);
    if (fresh || anyOf(changed, "colors")) this.setColors(props.colors);
    if (anyOf(changed, "point_size", "scale")) {
      const size = Number(props.point_size);
      const s = scaleOf(props.scale ?? 1) ?? [1, 1, 1];
      const ok = Number.isFinite(size) && size >= 0;
      this.report("size", ok ? null : "its point size is no number of zero or more");
      // As viser's page: the size is the point's radius, and the mean of the scales counts.
      const mean = Math.cbrt(Math.abs(s[0] * s[1] * s[2]));
      this.material.uniforms.diameter!.value = ok ? 2 * size * mean : 0;
    }
    if (anyOf(changed, "point_shape", "point_shading")) {
      const shape = Math.max(0, SHAPES.indexOf(props.point_shape as string));
      this.define("SHAPE", shape);
      this.define("GRADIENT", props.point_shading === "gradient" ? "" : undefined);
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    if (this.count === 0) return null;
    const sprite = {
      radius: this.material.uniforms.diameter!.value / 2,
      shape: this.material.defines.SHAPE as number,
    };
    const rows = eyeRows(ray, eye, this.worldMatrix());
    const hit = this.picker.pick(rows, ray, eye, sprite).hit(ray, eye);
    return hit && { ...hit, coverable: true };
  }

  override dispose(): void {
    super.dispose();
    this.picker.dispose();
    this.points.geometry.dispose();
    this.material.dispose();
  }

  /** True when there are new buffers, whose colours must be filled in. */
  private setPoints(points: unknown): boolean {
    const half = points instanceof Uint16Array;
    const ok = (half || points instanceof Float32Array) && points.length % 3 === 0;
    this.report("points", ok ? problemOf(points) : "its points must be three numbers each");
    const array = ok ? points : new Float32Array();
    this.count = array.length / 3;
    this.picker.set(array);
    this.points.visible = this.count > 0;
    const { geometry } = this.points;
    const old = geometry.getAttribute("position") as PositionAttribute | undefined;
    if (old?.count === this.count && (old.isFloat16BufferAttribute ?? false) === half) {
      if (half) pad(array, old.array as Uint16Array);
      else old.array = array;
      old.needsUpdate = true;
      return false;
    }
    // Buffers go with their geometry: three.js frees none that was only replaced.
    geometry.dispose();
    this.points.geometry = new BufferGeometry();
    const position: PositionAttribute = half
      ? new BufferAttribute(pad(array, new Uint16Array(this.count * 4)), 4)
      : new BufferAttribute(array, 3);
    // three.js uploads such an array as half floats.
    if (half) position.isFloat16BufferAttribute = true;
    position.setUsage(DynamicDrawUsage);
    this.points.geometry.setAttribute("position", position);
    // three.js would walk through all points to find a middle to sort by.
    this.points.geometry.boundingSphere = new Sphere();
    return true;
  }

  private setColors(colors: unknown): void {
    const own = colors instanceof Uint8Array && colors.length === this.count * 3;
    if (own && this.count > 1) {
      this.report("colors", null);
      this.setPointColors(colors);
      this.define("POINT_COLORS", "");
      return;
    }
    const single = (colors instanceof Uint8Array || Array.isArray(colors)) && colors.length === 3;
    const fits = single || this.count === 0;
    this.report("colors", fits ? null : "its colours are neither one nor one for each point");
    this.material.uniforms.uniformColor!.value = single ? srgb(colors) : [0.5, 0.5, 0.5];
    this.define("POINT_COLORS", undefined);
  }

  /** Four bytes each: three would not be aligned, and some drivers convert such buffers at each draw. */
  private setPointColors(colors: Uint8Array): void {
    const { geometry } = this.points;
    let attribute = geometry.getAttribute("pointColor") as BufferAttribute | undefined;
    if (!attribute) {
      attribute = new BufferAttribute(new Uint8Array(this.count * 4).fill(255), 4, true);
      attribute.setUsage(DynamicDrawUsage);
      geometry.setAttribute("pointColor", attribute);
    }
    const out = attribute.array as Uint8Array;
    for (let i = 0, k = 0, n = this.count * 4; i < n; i += 4, k += 3) {
      out[i] = colors[k]!;
      out[i + 1] = colors[k + 1]!;
      out[i + 2] = colors[k + 2]!;
    }
    attribute.needsUpdate = true;
  }

  private define(name: string, value: string | number | undefined): void {
    const { defines } = this.material;
    if (defines[name] === value) return;
    if (value === undefined) delete defines[name];
    else defines[name] = value;
    this.material.needsUpdate = true;
  }
}

function problemOf(points: Uint16Array | Float32Array): string | null {
  const finite = points instanceof Uint16Array ? halvesFinite(points) : allFinite(points);
  return finite ? null : "some points are not finite: left out";
}

/** Three halves a point to four, which lie on a boundary of four bytes as some drivers want them. */
function pad(from: ArrayLike<number>, out: Uint16Array): Uint16Array {
  for (let i = 0, k = 0; i < out.length; i += 4, k += 3) {
    out[i] = from[k]!;
    out[i + 1] = from[k + 1]!;
    out[i + 2] = from[k + 2]!;
  }
  return out;
}
