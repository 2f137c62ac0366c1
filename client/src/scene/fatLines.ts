/**
 * Line segments with a thickness, in CSS pixels or in scene units, with round caps, drawn as instances of
 * one small shape. WebGL's own lines are always one pixel wide.
 *
 * The shape is a capsule: `along` is the end of the segment (0 or 1) that a vertex belongs to, `offset` its
 * offset from that end, in half thicknesses, along and across the segment. The expansion is done in screen space:
 * with scene units, each end is as thick as an object of that size appears there.
 */

import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  type Matrix4,
  Mesh,
  ShaderMaterial,
  Sphere,
} from "three";
import type { LineSegmentsProps } from "../protocol/messages.gen";
import { FOG_FRAGMENT, FOG_VERTEX, fogUniforms } from "./fog";
import { type Origin, setOrigin, shift, ZERO } from "./localOrigin";
import { SCALAR_GLSL, type ScalarUniforms } from "./scalars";
import { type Best, eyeRows, pickSegment } from "./screenPick";
import type { Eye, FrameUniforms, LineThickness, Ray, Unchecked } from "./visual";

/** Vertices of each cap's half circle. */
const CAP_CORNERS = 7;

const vertexShader = /* glsl */ `${FOG_VERTEX}
uniform vec2 viewport;
uniform float pixelRatio;
uniform float thickness;
uniform bool worldUnits;
uniform float rim;
uniform vec3 uniformColor;
in float along;
in vec2 offset;
in vec3 segmentStart;
in vec3 segmentEnd;
#ifdef SEGMENT_COLORS
in vec4 colorStart;
in vec4 colorEnd;
#endif
#ifdef SCALARS
in vec2 scalar;
out vec2 vScalar;
${SCALAR_GLSL}
#endif
out vec3 vColor;

void main() {
  vec4 a = modelViewMatrix * vec4(segmentStart, 1.0);
  vec4 b = modelViewMatrix * vec4(segmentEnd, 1.0);
  vColor = uniformColor;
  #ifdef SEGMENT_COLORS
  vColor = mix(colorStart.rgb, colorEnd.rgb, along);
  #endif
  #ifdef SCALARS
  // The number is interpolated, and without one that end's color.
  float here = along < 0.5 ? scalar.x : scalar.y;
  bool none = !isScalar(here);
  vScalar = vec2(none ? 1.0 : here, none ? 1.0 : 0.0);
  #endif
  // Segments that are not finite or entirely behind the camera are left out.
  bool bad = any(isnan(a)) || any(isnan(b)) || any(isinf(a)) || any(isinf(b));
  // With parallel rays nothing is behind the camera.
  float near = projectionMatrix[3][3] == 1.0 ? -1e30 : projectionMatrix[3][2] / (projectionMatrix[2][2] - 1.0);
  bool behind = a.z > -near && b.z > -near;
  if (bad || behind) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  // Clips the part behind the camera: it cannot be projected.
  if (a.z > -near) a = mix(a, b, (-near - a.z) / (b.z - a.z));
  else if (b.z > -near) b = mix(b, a, (-near - b.z) / (a.z - b.z));

  setFogDepth(along < 0.5 ? a : b);
  vec4 clipA = projectionMatrix * a;
  vec4 clipB = projectionMatrix * b;
  vec2 onScreen = (clipB.xy / clipB.w - clipA.xy / clipA.w) * viewport;
  float len = length(onScreen);
  vec2 direction = len > 1e-6 ? onScreen / len : vec2(1.0, 0.0);
  vec4 clip = along < 0.5 ? clipA : clipB;
  float pixels = worldUnits
    ? thickness * projectionMatrix[1][1] * viewport.y * 0.5 / clip.w
    : thickness * pixelRatio;
  // Lines thinner than a pixel would break up into dots.
  float halfWidth = 0.5 * max(pixels, 1.0) + rim * pixelRatio;
  vec2 shift = direction * offset.x + vec2(-direction.y, direction.x) * offset.y;
  clip.xy += shift * halfWidth * 2.0 / viewport * clip.w;
  gl_Position = clip;
}
`;

const fragmentShader = /* glsl */ `${FOG_FRAGMENT}
uniform float opacity;
in vec3 vColor;
#ifdef SCALARS
in vec2 vScalar;
${SCALAR_GLSL}
#endif
out vec4 fragColor;
void main() {
  #ifdef SCALARS
  vec4 byScalar = vScalar.y > 0.5 ? scalarNan : scalarColor(vScalar.x);
  if (byScalar.a < 0.5) discard;
  fragColor = vec4(inFog(byScalar.rgb), opacity);
  return;
  #endif
  // Colors are sRGB and unlit: written unchanged.
  fragColor = vec4(inFog(vColor), opacity);
}
`;

function pill(): { along: Float32Array; offset: Float32Array; index: Uint16Array } {
  const n = CAP_CORNERS * 2;
  const along = new Float32Array(n);
  const offset = new Float32Array(n * 2);
  for (let i = 0; i < n; i++) {
    const end = i < CAP_CORNERS ? 1 : 0;
    const k = i % CAP_CORNERS;
    const angle = (end ? -0.5 : 0.5) * Math.PI + (k / (CAP_CORNERS - 1)) * Math.PI;
    along[i] = end;
    offset[2 * i] = Math.cos(angle);
    offset[2 * i + 1] = Math.sin(angle);
  }
  const index = new Uint16Array((n - 2) * 3);
  for (let i = 0; i < n - 2; i++) index.set([0, i + 1, i + 2], i * 3);
  return { along, offset, index };
}

const PILL = pill();

export class FatLines {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private points: InstancedInterleavedBuffer | null = null;
  private origin: Origin = ZERO;
  private colors: InstancedInterleavedBuffer | null = null;

  constructor(frame: FrameUniforms) {
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      fog: true,
      clipping: true,
      uniforms: {
        ...fogUniforms(),
        viewport: frame.viewport,
        pixelRatio: frame.pixelRatio,
        thickness: { value: 1 },
        worldUnits: { value: false },
        rim: { value: 0 },
        uniformColor: { value: [0, 0, 0] },
        opacity: { value: 1 },
      },
    });
    this.mesh = new Mesh(this.makeGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
  }

  /**
   * Six numbers per segment, relative to an origin in the node's frame. The array is kept, not copied; an array of
   * the same length reuses the buffer.
   */
  setPoints(points: Float32Array, origin: Origin = ZERO): void {
    this.origin = origin;
    setOrigin(this.mesh, origin);
    const count = Math.floor(points.length / 6);
    if (this.points && this.points.array.length === points.length) {
      this.points.array = points;
      this.points.needsUpdate = true;
      return;
    }
    const colors = this.colors;
    this.mesh.geometry.dispose();
    this.mesh.geometry = this.makeGeometry();
    this.points = new InstancedInterleavedBuffer(points, 6, 1);
    this.points.setUsage(DynamicDrawUsage);
    const g = this.mesh.geometry;
    g.setAttribute("segmentStart", new InterleavedBufferAttribute(this.points, 3, 0));
    g.setAttribute("segmentEnd", new InterleavedBufferAttribute(this.points, 3, 3));
    g.instanceCount = count;
    this.mesh.visible = count > 0;
    this.colors = null;
    // The old buffer was freed with the old geometry; the colors are set again.
    if (colors && colors.count === count) this.bindColors(colors.array as Uint8Array);
    else this.colorBySegment(false);
  }

  /** One color (sRGB, 0 to 1) for all. */
  setColor(rgb: readonly [number, number, number]): void {
    this.mesh.material.uniforms.uniformColor!.value = rgb;
    this.colorBySegment(false);
  }

  /** Two colors per segment, six bytes; their number must match that of the points. */
  setColors(colors: Uint8Array): void {
    const count = this.mesh.geometry.instanceCount;
    const rgba = this.colors?.count === count ? (this.colors.array as Uint8Array) : null;
    const out = rgba ?? new Uint8Array(count * 8);
    // Four bytes each: three are not aligned, and some drivers convert such buffers at each draw call.
    for (let i = 0, k = 0; i < count * 2; i++, k += 3) {
      out[4 * i] = colors[k]!;
      out[4 * i + 1] = colors[k + 1]!;
      out[4 * i + 2] = colors[k + 2]!;
      out[4 * i + 3] = 255;
    }
    if (rgba) this.colors!.needsUpdate = true;
    else this.bindColors(out);
    this.colorBySegment(true);
  }

  /** Two numbers per segment instead of colors; null: the colors. */
  setScalars(values: Float32Array | null, scalars: ScalarUniforms): void {
    const { geometry, material } = this.mesh;
    const on = values !== null;
    if (values) {
      const old = geometry.getAttribute("scalar") as InstancedBufferAttribute | undefined;
      if (old?.array.length === values.length) {
        old.array = values;
        old.needsUpdate = true;
      } else {
        const attribute = new InstancedBufferAttribute(values, 2);
        attribute.setUsage(DynamicDrawUsage);
        geometry.setAttribute("scalar", attribute);
      }
    }
    if (on === "SCALARS" in material.defines) return;
    if (on) {
      Object.assign(material.uniforms, scalars.uniforms);
      material.defines.SCALARS = "";
    } else delete material.defines.SCALARS;
    material.needsUpdate = true;
  }

  /** The segment under the pointer; `world` is the node's matrix in the world. */
  pick(ray: Ray, eye: Eye, world: Matrix4): Best {
    const { value, units } = this.thickness();
    const points = (this.points?.array as Float32Array | undefined) ?? new Float32Array();
    const rows = eyeRows(ray, eye, shift(world.clone(), this.origin));
    return pickSegment(points, rows, ray, eye, value, units);
  }

  setThickness({ value, units }: LineThickness): void {
    const u = this.mesh.material.uniforms;
    u.thickness!.value = value;
    u.worldUnits!.value = units === "world";
  }

  thickness(): LineThickness {
    const u = this.mesh.material.uniforms;
    return { value: u.thickness!.value, units: u.worldUnits!.value ? "world" : "screen" };
  }

  /** Draws only what is around other lines of the same thickness, up to that many CSS pixels. */
  setRim(pixels: number): void {
    const { material } = this.mesh;
    material.uniforms.rim!.value = pixels;
    // The other lines are in front, and so are surfaces along them.
    material.polygonOffset = true;
    material.polygonOffsetFactor = 4;
    material.polygonOffsetUnits = 16;
  }

  /** Applies a node's thickness and its units; returns the problem with them, or null. */
  takeThickness(
    props: Unchecked<Pick<LineSegmentsProps, "thickness" | "thickness_units">>,
  ): string | null {
    const t = Number(props.thickness);
    const ok = Number.isFinite(t) && t >= 0;
    const units = props.thickness_units === "screen" ? "screen" : "world";
    this.setThickness({ value: ok ? t : 1, units });
    return ok ? null : "its thickness must be a finite number, 0 or more";
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }

  private bindColors(rgba: Uint8Array): void {
    this.colors = new InstancedInterleavedBuffer(rgba, 8, 1);
    this.colors.setUsage(DynamicDrawUsage);
    const g = this.mesh.geometry;
    g.setAttribute("colorStart", new InterleavedBufferAttribute(this.colors, 4, 0, true));
    g.setAttribute("colorEnd", new InterleavedBufferAttribute(this.colors, 4, 4, true));
    this.colorBySegment(true);
  }

  private colorBySegment(on: boolean): void {
    const m = this.mesh.material;
    const has = "SEGMENT_COLORS" in m.defines;
    if (on === has) return;
    if (on) m.defines.SEGMENT_COLORS = "";
    else delete m.defines.SEGMENT_COLORS;
    m.needsUpdate = true;
  }

  private makeGeometry(): InstancedBufferGeometry {
    const g = new InstancedBufferGeometry();
    g.setAttribute("along", new BufferAttribute(PILL.along, 1));
    g.setAttribute("offset", new BufferAttribute(PILL.offset, 2));
    g.setIndex(new BufferAttribute(PILL.index, 1));
    // three.js sorts by the center of this sphere.
    g.boundingSphere = new Sphere();
    g.instanceCount = 0;
    return g;
  }
}
