/** Point clouds: point sprites with a size in scene units, in one of five shapes. */

import { type BufferGeometry, GLSL3, Points, ShaderMaterial } from "three";
import type { PointCloudProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { FOG_FRAGMENT, FOG_VERTEX, fogUniforms } from "../fog";
import { setOrigin } from "../localOrigin";
import { allFinite, halvesFinite } from "../numbers";
import { PointPicker } from "../pointPick";
import { scaleOf } from "../pose";
import { SCALAR_GLSL, SCALAR_PROPS, ScalarUniforms, scalarsOf } from "../scalars";
import { eyeRows } from "../screenPick";
import { srgb } from "../surfaces";
import type { Eye, Hit, Parts, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { PointBuffers, type Positions } from "./pointBuffers";

type Props = Unchecked<PointCloudProps>;

const SHAPES = ["square", "diamond", "circle", "rounded", "sparkle"];

/** Adaptive points: so many times the median distance to the nearest one close most gaps. */
const GAPLESS = "1.8";
/** In CSS pixels. */
const LARGEST = "16.0";

const vertexShader = /* glsl */ `${FOG_VERTEX}
uniform vec2 viewport;
uniform float diameter;
uniform float pixelRatio;
uniform float adaptivePoints;
uniform float spacing;
uniform vec3 uniformColor;
#ifdef POINT_COLORS
in vec4 pointColor;
#endif
#ifdef SCALARS
in float scalar;
${SCALAR_GLSL}
#endif
out vec3 vColor;
void main() {
  vColor = uniformColor;
  #ifdef POINT_COLORS
  vColor = pointColor.rgb;
  #endif
  vec4 view = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * view;
  setFogDepth(view);
  float pixels = projectionMatrix[1][1] * viewport.y * 0.5 / gl_Position.w;
  gl_PointSize = max(1.0, diameter * pixels);
  if (adaptivePoints > 0.0 && spacing > 0.0) {
    float scale = pow(abs(determinant(mat3(modelMatrix))), 1.0 / 3.0);
    gl_PointSize = max(gl_PointSize, min(${GAPLESS} * spacing * scale * pixels, ${LARGEST} * pixelRatio));
  }
  bool hidden = false;
  #ifdef SCALARS
  vec4 byScalar = scalarColor(scalar);
  vColor = byScalar.rgb;
  hidden = byScalar.a < 0.5;
  #endif
  // Points that are not finite are left out.
  if (hidden || any(isnan(view)) || any(isinf(view))) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
  }
}
`;

const fragmentShader = /* glsl */ `${FOG_FRAGMENT}
in vec3 vColor;
out vec4 fragColor;
void main() {
  vec2 p = abs(gl_PointCoord * 2.0 - 1.0);
  float pixel = fwidth(gl_PointCoord.x) * 2.0;
  // Distance from the center, 1 at the shape's edge.
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
  // Lighter at the center, the point's color half way out, darker at the edge.
  float r = min(length(gl_PointCoord * 2.0 - 1.0), 1.0);
  color = r < 0.5
    ? mix(color, vec3(1.0), (0.5 - r) * 0.35)
    : color * (1.0 - (r - 0.5) * 0.5);
  #endif
  fragColor = vec4(inFog(color), alpha);
}
`;

export class PointCloud extends ObjectVisual {
  private readonly material: ShaderMaterial;
  private readonly points: Points<BufferGeometry, ShaderMaterial>;
  private readonly buffers = new PointBuffers();
  private readonly picker = new PointPicker();
  private readonly scalars = new ScalarUniforms(false);
  private finite = true;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      defines: { SHAPE: 0 },
      fog: true,
      clipping: true,
      uniforms: {
        ...fogUniforms(),
        viewport: ctx.frame.viewport,
        pixelRatio: ctx.frame.pixelRatio,
        adaptivePoints: ctx.frame.adaptivePoints,
        // Of its points, in its own frame; measured when it is needed (view/looks).
        spacing: { value: 0 },
        diameter: { value: 1 },
        uniformColor: { value: [0, 0, 0] },
        ...this.scalars.uniforms,
      },
    });
    this.points = new Points(this.buffers.geometry, this.material);
    this.points.frustumCulled = false;
    this.add(this.points);
  }

  update(props: Props, changed: ReadonlySet<string> | null, parts?: Parts): void {
    const { count } = this.buffers;
    const fresh =
      anyOf(changed, "points") && this.setPoints(props.points, parts?.get("points") ?? null);
    if (fresh) this.setColors(props.colors, null);
    else if (anyOf(changed, "colors")) this.setColors(props.colors, parts?.get("colors") ?? null);
    else if (count !== this.buffers.count) this.setColors(props.colors, null);
    if (anyOf(changed, ...SCALAR_PROPS)) this.scalars.set(props);
    if (fresh || count !== this.buffers.count) this.setScalars(props, null);
    else if (anyOf(changed, "scalars")) this.setScalars(props, parts?.get("scalars") ?? null);
    if (anyOf(changed, "point_size", "scale")) {
      const size = Number(props.point_size);
      const s = scaleOf(props.scale ?? 1) ?? [1, 1, 1];
      const ok = Number.isFinite(size) && size >= 0;
      this.report("size", ok ? null : "its point size must be a finite number, 0 or more");
      // As in upstream viser: the size is the point's radius, and the geometric mean of the scales applies.
      const mean = Math.cbrt(Math.abs(s[0] * s[1] * s[2]));
      this.material.uniforms.diameter!.value = ok ? 2 * size * mean : 0;
    }
    if (anyOf(changed, "point_shape", "point_shading")) {
      const shape = Math.max(0, SHAPES.indexOf(props.point_shape as string));
      this.define("SHAPE", shape);
      // Edges are antialiased by multisampling only: there are too many points to sort and blend. Squares have no
      // partially covered pixels, and are drawn faster without.
      this.material.alphaToCoverage = shape !== 0;
      this.define("GRADIENT", props.point_shading === "gradient" ? "" : undefined);
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    if (this.buffers.count === 0) return null;
    const sprite = {
      radius: this.material.uniforms.diameter!.value / 2,
      shape: this.material.defines.SHAPE as number,
    };
    const rows = eyeRows(ray, eye, this.worldMatrix());
    const hit = this.picker.pick(rows, ray, eye, sprite).hit(ray, eye);
    return hit && { ...hit, occludable: true };
  }

  override dispose(): void {
    super.dispose();
    this.picker.dispose();
    this.buffers.dispose();
    this.scalars.dispose();
    this.material.dispose();
  }

  private setScalars(props: Props, parts: readonly number[] | null): void {
    const values = scalarsOf(props);
    if (values) this.buffers.setScalars(values, parts);
    this.define("SCALARS", values ? "" : undefined);
  }

  /** Returns true if the buffers are new, so that the colors must be set again. */
  private setPoints(points: unknown, parts: readonly number[] | null): boolean {
    const half = points instanceof Uint16Array;
    const ok = (half || points instanceof Float32Array) && points.length % 3 === 0;
    const array = ok ? points : new Float32Array();
    // All points are checked again only if they may have become finite.
    this.finite = this.finite && parts ? parts.every(finiteIn(array)) : finite(array);
    const problem = this.finite ? null : "some points are not finite: left out";
    this.report("points", ok ? problem : "its points must be three numbers each");
    const fresh = this.buffers.setPositions(array, ok ? parts : null);
    this.points.geometry = this.buffers.geometry;
    this.points.visible = this.buffers.count > 0;
    setOrigin(this.points, this.buffers.origin);
    // Picking computes in double precision, with the original points in the node's frame.
    this.picker.set(array);
    return fresh;
  }

  private setColors(colors: unknown, parts: readonly number[] | null): void {
    const { count } = this.buffers;
    const own = colors instanceof Uint8Array && colors.length === count * 3;
    if (own && count > 1) {
      this.report("colors", null);
      // A partial update is possible only if all other colors are set.
      const known = this.material.defines.POINT_COLORS !== undefined;
      this.buffers.setColors(colors, known ? parts : null);
      this.define("POINT_COLORS", "");
      return;
    }
    const single = (colors instanceof Uint8Array || Array.isArray(colors)) && colors.length === 3;
    const fits = single || count === 0;
    this.report("colors", fits ? null : "its colors must be one for all, or one for each point");
    this.material.uniforms.uniformColor!.value = single ? srgb(colors) : [0.5, 0.5, 0.5];
    this.define("POINT_COLORS", undefined);
  }

  private define(name: string, value: string | number | undefined): void {
    const { defines } = this.material;
    if (defines[name] === value) return;
    if (value === undefined) delete defines[name];
    else defines[name] = value;
    this.material.needsUpdate = true;
  }
}

function finite(points: Positions): boolean {
  return points instanceof Uint16Array ? halvesFinite(points) : allFinite(points);
}

/** A predicate for `every` over parts: whether the range that starts at an offset (each even entry) is finite. */
function finiteIn(points: Positions) {
  return (n: number, i: number, parts: readonly number[]) =>
    i % 2 === 1 || finite(points.subarray(n, n + parts[i + 1]!));
}
