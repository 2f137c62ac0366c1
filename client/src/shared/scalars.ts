/** How numbers become colors: what shaders and the color bar have in common. */

/** ScalarsLook of the wire, validated. */
export interface Look {
  readonly map: string;
  /** sRGB, three bytes each; at least one color. */
  readonly colors: Uint8Array;
  readonly log: boolean;
  readonly categories: boolean;
  readonly names: readonly string[];
  readonly nan: readonly [number, number, number];
  readonly hideNan: boolean;
  /** The numbers are those of vertices or of ends, not of faces or lines. */
  readonly corners: boolean;
  readonly label: string;
  readonly unit: string;
  readonly noBar: boolean;
}

/** More would not fit into a texture. */
const MAX_COLORS = 2048;
const GRAY = new Uint8Array([0, 0, 0, 255, 255, 255]);

export function lookOf(given: unknown): Look {
  const g = (given ?? {}) as Record<string, unknown>;
  const text = (v: unknown) => (typeof v === "string" ? v : "");
  const bytes = g.colors instanceof Uint8Array && g.colors.length >= 3 ? g.colors : GRAY;
  const count = Math.min(MAX_COLORS, Math.floor(bytes.length / 3));
  const nan = Array.isArray(g.nan) && g.nan.length === 3 ? g.nan.map(Number) : [128, 128, 128];
  return {
    map: text(g.map),
    colors: bytes.length === 3 * count ? bytes : bytes.subarray(0, 3 * count),
    log: g.log === true,
    categories: g.categories === true,
    names: Array.isArray(g.names) ? g.names.map(text) : [],
    nan: nan as [number, number, number],
    hideNan: g.hide_nan === true,
    corners: g.corners === true,
    label: text(g.label),
    unit: text(g.unit),
    noBar: g.no_bar === true,
  };
}

export function rangeOf(given: unknown): readonly [number, number] {
  const ok = Array.isArray(given) && given.length === 2 && given.every(Number.isFinite);
  return ok ? (given as [number, number]) : [0, 1];
}

/** The index of a number's color; -1: it has that of NaN. As in SCALAR_GLSL, and in the server. */
export function colorIndex(v: number, look: Look, range: readonly [number, number]): number {
  const n = look.colors.length / 3;
  if (Number.isNaN(v) || (look.log && !(v > 0))) return -1;
  if (look.categories) {
    const whole = Math.floor(v + 0.5);
    return Number.isFinite(whole) ? whole - n * Math.floor(whole / n) : -1;
  }
  const [a, b] = look.log ? range.map(Math.log) : range;
  const x = look.log ? Math.log(v) : v;
  const half = b! / 2 - a! / 2;
  const t = half === 0 ? Number(x > a!) : (x / 2 - a! / 2) / half;
  return Math.min(n - 1, Math.floor(Math.min(1, Math.max(0, t)) * n));
}
