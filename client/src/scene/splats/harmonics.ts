/**
 * Spherical harmonics of splats: the color that changes with the direction of view. docs/wire.md describes how they are
 * packed.
 */
import type { ShaderMaterial } from "three";
import type { SplatMember } from "./member";
import type { Range } from "./ranges";
import { Texels } from "./texels";
import { DEGREE_WORDS, splatsIn } from "./words";

/** A node's harmonics in the texture. */
export interface GroupHarmonics {
  degree: number;
  /** In texels, `degree` for each splat. */
  range: Range;
}

/** The texture of all harmonics. It exists while there are some, and only then the shader reads it. */
export class HarmonicsTexture {
  private texels: Texels | null = null;
  private users = 0;

  constructor(
    private readonly maxTextureSize: number,
    private readonly material: ShaderMaterial,
  ) {}

  /** Applies the changes of a node's harmonics, and returns where they are now. */
  update(before: GroupHarmonics | null, member: SplatMember): GroupHarmonics | null {
    const { harmonics, degree, report } = member;
    const count = harmonics.length / DEGREE_WORDS;
    const same = before?.degree === degree && before.range.count === count;
    const now = same ? before : this.replace(before, degree, count);
    report(
      "harmonics size",
      now || degree === 0
        ? null
        : "its spherical harmonics exceed the texture size limit of the graphics driver",
    );
    if (!now) return null;
    const kept = before?.degree === degree && before.range.start === now.range.start;
    const { parts } = member.changed.harmonics;
    const all = [[0, count] as const];
    for (const [from, to] of kept && parts ? splatsIn(parts, count, DEGREE_WORDS) : all) {
      const words = harmonics.subarray(from * DEGREE_WORDS, to * DEGREE_WORDS);
      this.texels?.put({ start: now.range.start + from, count: to - from }, words);
    }
    return now;
  }

  remove(before: GroupHarmonics): void {
    this.replace(before, 0, 0);
  }

  dispose(): void {
    this.texels?.dispose();
    this.texels = null;
  }

  /** Gives a range back, and takes another; null: none is needed, or it does not fit. */
  private replace(
    before: GroupHarmonics | null,
    degree: number,
    count: number,
  ): GroupHarmonics | null {
    if (before) {
      this.texels?.give(before.range);
      this.users--;
    }
    if (degree > 0) this.texels ??= new Texels(this.maxTextureSize, 1, DEGREE_WORDS);
    const range = degree > 0 ? this.texels!.take(count) : null;
    if (range) this.users++;
    if (this.users === 0) this.dispose();
    this.setUsed(this.users > 0);
    return range && { degree, range };
  }

  private setUsed(used: boolean): void {
    const { material, texels } = this;
    material.uniforms.harmonics!.value = texels?.texture ?? null;
    material.uniforms.harmonicsPerRow!.value = texels?.perRow ?? 1;
    if (used === "HARMONICS" in material.defines) return;
    if (used) material.defines.HARMONICS = "";
    else delete material.defines.HARMONICS;
    material.needsUpdate = true;
  }
}

/** The functions, of a unit vector x, y, z and its squares xx, yy, zz. */
const FUNCTIONS = [
  ["-0.4886025119 * y", "0.4886025119 * z", "-0.4886025119 * x"],
  [
    "1.0925484306 * x * y",
    "-1.0925484306 * y * z",
    "0.3153915653 * (2.0 * zz - xx - yy)",
    "-1.0925484306 * x * z",
    "0.5462742153 * (xx - yy)",
  ],
  [
    "-0.5900435899 * y * (3.0 * xx - yy)",
    "2.8906114426 * x * y * z",
    "-0.4570457995 * y * (4.0 * zz - xx - yy)",
    "0.3731763326 * z * (2.0 * zz - 3.0 * xx - 3.0 * yy)",
    "-0.4570457995 * x * (4.0 * zz - xx - yy)",
    "1.4453057213 * z * (xx - yy)",
    "-0.5900435899 * x * (xx - 3.0 * yy)",
  ],
];

const RANGE_BITS = 4;
const LARGEST = 4;

/** An expression for the signed integer of some bits at a bit of the words w0, w1 … */
function integerAt(bit: number, bits: number): string {
  const [word, shift] = [bit >> 5, bit & 31];
  const past = shift + bits - 32;
  const top =
    past <= 0
      ? `w${word} << ${-past}u`
      : `(w${word} >> ${shift}u | w${word + 1} << ${32 - shift}u) << ${32 - bits}u`;
  return `float(int(${top}) >> ${32 - bits})`;
}

/** A function that returns what the harmonics of a degree add to the color. */
function colorOf(degree: number): string {
  const bits = 7 - degree;
  const half = 2 ** (bits - 1) - 1;
  const lines = [];
  for (let l = 0; l < degree; l++) {
    lines.push(
      `uvec2 t${l} = texelFetch(harmonics, ivec2((first + ${l}) % harmonicsPerRow, (first + ${l}) / harmonicsPerRow), 0).xy;`,
      `uint w${2 * l} = t${l}.x, w${2 * l + 1} = t${l}.y;`,
    );
  }
  let bit = RANGE_BITS * degree;
  lines.push("vec3 sum = vec3(0.0), band;");
  for (let l = 0; l < degree; l++) {
    lines.push("band = vec3(0.0);");
    for (const f of FUNCTIONS[l]!) {
      const [r, g, b] = [0, 1, 2].map((channel) => integerAt(bit + channel * bits, bits));
      lines.push(`band += ${f} * vec3(${r}, ${g}, ${b});`);
      bit += 3 * bits;
    }
    const range = `float(w0 >> ${RANGE_BITS * l}u & ${2 ** RANGE_BITS - 1}u)`;
    lines.push(`sum += ${(LARGEST / half).toFixed(9)} * exp2(-0.5 * ${range}) * band;`);
  }
  return `
vec3 colorOf${degree}(int first, float x, float y, float z) {
  float xx = x * x, yy = y * y, zz = z * z;
  ${lines.join("\n  ")}
  return sum;
}`;
}

/** What the vertex shader has with harmonics. */
export const harmonicsFunctions = /* glsl */ `
#ifdef HARMONICS
uniform usampler2D harmonics;
uniform int harmonicsPerRow;
${[1, 2, 3].map(colorOf).join("\n")}

// For a splat in this direction from the camera, in the splats' frame. "where" is a texel of the groups: the degree, and
// the first texel of the node's, less its first splat's, in two parts.
vec3 harmonicColor(vec4 where, int splat, vec3 direction) {
  float far = length(direction);
  if (where.y < 0.5 || !(far > 0.0 && far < 1e30)) return vec3(0.0);
  vec3 d = direction / far;
  int degree = int(where.y);
  int first = int(where.z) * 4096 + int(where.w) + degree * splat;
  if (degree == 1) return colorOf1(first, d.x, d.y, d.z);
  if (degree == 2) return colorOf2(first, d.x, d.y, d.z);
  return colorOf3(first, d.x, d.y, d.z);
}
#endif
`;

/** Writes "where" of a group's harmonics, to go behind its first number. */
export function putWhere(data: Float32Array, at: number, h: GroupHarmonics, start: number): void {
  const base = h.range.start - h.degree * start;
  const high = Math.floor(base / 4096);
  data[at] = h.degree;
  data[at + 1] = high;
  data[at + 2] = base - high * 4096;
}
