/**
 * Colors by number, computed by shaders: the numbers are a vertex attribute, the color map is a small texture, and the
 * range is in uniforms, so that a changed range or map uploads nothing but these.
 */
import {
  BufferAttribute,
  type BufferGeometry,
  DataTexture,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  type IUniform,
  type Material,
  NoColorSpace,
  SRGBColorSpace,
} from "three";
import { type Look, lookOf, rangeOf } from "../shared/scalars";

/** The properties of a node that is colored by number. */
export const SCALAR_PROPS = ["scalars", "scalars_range", "scalars_look"];

export interface ScalarProps {
  readonly scalars?: unknown;
  readonly scalars_range?: unknown;
  readonly scalars_look?: unknown;
}

/** The node's numbers; null: it has its own colors. */
export function scalarsOf(props: ScalarProps): Float32Array | null {
  return props.scalars instanceof Float32Array ? props.scalars : null;
}

/** Only what uniforms have has changed. */
export function onlyScalarLook(changed: ReadonlySet<string> | null): boolean {
  return changed !== null && changed.size > 0 && [...changed].every((name) => LOOK.has(name));
}

const LOOK = new Set(["scalars_range", "scalars_look"]);

/** Numbers for `count` elements: those that are missing are NaN. Copies only if there are fewer or more. */
export function scalarsFor(values: Float32Array, count: number): Float32Array {
  if (values.length === count) return values;
  const out = new Float32Array(count).fill(Number.NaN);
  out.set(values.subarray(0, count));
  return out;
}

/** scalarColor(v): a color, whose alpha is 0 if it is not to be drawn. */
export const SCALAR_GLSL = /* glsl */ `
uniform sampler2D scalarMap;
uniform vec4 scalarEnds;
uniform vec4 scalarNan;
bool isScalar(float v) {
  return (floatBitsToUint(v) & 0x7fffffffu) <= 0x7f800000u && !(scalarEnds.w == 1.0 && v <= 0.0);
}
// In a range of one number, those that differ by interpolation only have the color of that number.
vec4 scalarColor(float v) {
  if (!isScalar(v)) return scalarNan;
  float n = scalarEnds.z;
  float i;
  if (scalarEnds.w == 2.0) {
    if (abs(v) > 1e30) return scalarNan;
    float whole = floor(v + 0.5);
    i = whole - n * floor(whole / n);
  } else {
    float x = scalarEnds.w == 1.0 ? log(v) : v;
    float t = scalarEnds.y == 0.0 ? float(x - 2.0 * scalarEnds.x > 1e-5 * abs(x)) : (x * 0.5 - scalarEnds.x) / scalarEnds.y;
    i = floor(clamp(t, 0.0, 1.0) * n);
  }
  return vec4(texelFetch(scalarMap, ivec2(int(clamp(i, 0.0, n - 1.0)), 0), 0).rgb, 1.0);
}
`;

/** The uniforms of SCALAR_GLSL. */
export class ScalarUniforms {
  readonly uniforms: {
    scalarMap: IUniform<DataTexture | null>;
    scalarEnds: IUniform<[number, number, number, number]>;
    scalarNan: IUniform<[number, number, number, number]>;
  } = {
    scalarMap: { value: null },
    scalarEnds: { value: [0, 0, 1, 0] },
    scalarNan: { value: [0.5, 0.5, 0.5, 1] },
  };
  private colors: Uint8Array | null = null;

  /** `lit`: colors are linear, as lit materials expect them. */
  constructor(private readonly lit: boolean) {}

  set(props: ScalarProps): Look {
    const look = lookOf(props.scalars_look);
    const u = this.uniforms;
    if (look.colors !== this.colors) {
      this.colors = look.colors;
      u.scalarMap.value?.dispose();
      u.scalarMap.value = textureOf(look.colors, this.lit);
    }
    const [first, half] = endsOf(rangeOf(props.scalars_range), look.log);
    u.scalarEnds.value = [
      first,
      half,
      look.colors.length / 3,
      look.categories ? 2 : look.log ? 1 : 0,
    ];
    const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = look.nan.map((c) => (this.lit ? linear(c / 255) : c / 255));
    u.scalarNan.value = [r!, g!, b!, look.hideNan ? 0 : 1];
    return look;
  }

  dispose(): void {
    this.uniforms.scalarMap.value?.dispose();
    this.uniforms.scalarMap.value = null;
    this.colors = null;
  }
}

/** Halves of what is mapped: the first, and the difference. No difference of halves overflows. */
function endsOf([low, high]: readonly [number, number], log: boolean): [number, number] {
  const [a, b] = log ? [Math.log(low), Math.log(high)] : [low, high];
  const half = b / 2 - a / 2;
  return Number.isFinite(half) ? [a / 2, half] : [0, 0];
}

function textureOf(rgb: Uint8Array, lit: boolean): DataTexture {
  const n = rgb.length / 3;
  const rgba = new Uint8Array(4 * n).fill(255);
  for (let i = 0; i < n; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  const texture = new DataTexture(rgba, n, 1);
  texture.colorSpace = lit ? SRGBColorSpace : NoColorSpace;
  texture.needsUpdate = true;
  return texture;
}

const patched = new WeakSet<Material>();

/**
 * Makes a built-in material color by the attribute `scalar`, of vertices or instances: what is interpolated is the
 * number, not its color.
 */
export function colorByScalar<M extends Material>(material: M, scalars: ScalarUniforms): M {
  if (patched.has(material)) return material;
  patched.add(material);
  const before = material.onBeforeCompile;
  const key = material.customProgramCacheKey.bind(material);
  material.onBeforeCompile = (shader, renderer) => {
    before.call(material, shader, renderer);
    Object.assign(shader.uniforms, scalars.uniforms);
    shader.vertexShader = shader.vertexShader.replace(
      "void main() {",
      `attribute float scalar;
varying float vScalar;
varying float vNoScalar;
uniform vec4 scalarEnds;
void main() {
  bool none = (floatBitsToUint(scalar) & 0x7fffffffu) > 0x7f800000u || (scalarEnds.w == 1.0 && scalar <= 0.0);
  vNoScalar = none ? 1.0 : 0.0;
  vScalar = none ? 1.0 : scalar;`,
    );
    shader.fragmentShader = shader.fragmentShader
      .replace(
        "void main() {",
        `varying float vScalar;\nvarying float vNoScalar;\n${SCALAR_GLSL}\nvoid main() {`,
      )
      .replace(
        "#include <color_fragment>",
        `#include <color_fragment>
  vec4 byScalar = vNoScalar > 0.0 ? scalarNan : scalarColor(vScalar);
  if (byScalar.a < 0.5) discard;
  diffuseColor.rgb = byScalar.rgb;`,
      );
  };
  material.customProgramCacheKey = () => `${key()} scalars`;
  material.needsUpdate = true;
  return material;
}

/** Numbers as a vertex attribute of a geometry, which is reused while their count is the same. */
export function setScalarAttribute(
  geometry: BufferGeometry,
  values: Float32Array,
  instanced = false,
): void {
  const old = geometry.getAttribute("scalar") as BufferAttribute | undefined;
  if (old && old.array.length === values.length) {
    old.array = values;
    old.needsUpdate = true;
    return;
  }
  const attribute = new (instanced ? InstancedBufferAttribute : BufferAttribute)(values, 1);
  attribute.setUsage(DynamicDrawUsage);
  // The old buffer is freed with the geometry.
  if (old) geometry.dispose();
  geometry.setAttribute("scalar", attribute);
}
