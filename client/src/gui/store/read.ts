/**
 * Defensive reading of properties and values: a program may send values that do not match the schema, and an invalid
 * one must not break the panel.
 */

export function num(x: unknown, fallback: number): number {
  return typeof x === "number" && Number.isFinite(x) ? x : fallback;
}

export function numOrNull(x: unknown): number | null {
  return typeof x === "number" && Number.isFinite(x) ? x : null;
}

export function str(x: unknown, fallback = ""): string {
  if (typeof x === "string") return x;
  return typeof x === "number" || typeof x === "boolean" ? String(x) : fallback;
}

/** Optional text. */
export function strOrNull(x: unknown): string | null {
  return typeof x === "string" && x !== "" ? x : null;
}

export function list(x: unknown): readonly unknown[] {
  if (Array.isArray(x)) return x;
  return ArrayBuffer.isView(x) && !(x instanceof DataView) ? Array.from(x as Uint8Array) : [];
}

/** Number of decimal places, clamped to the range of toFixed. */
export function digits(x: unknown): number {
  return Math.min(20, Math.max(0, Math.round(num(x, 0))));
}

export function clamp(x: number, min: number | null, max: number | null): number {
  if (min !== null && x < min) return min;
  if (max !== null && x > max) return max;
  return x;
}

/** Smaller values are treated as rounding errors of 0. */
const NOTHING = 1e-12;

/**
 * Formats a number for a field: at most `places` decimals, without trailing zeros. A number that would be rounded to
 * 0 is shown in full.
 */
export function format(x: number, places: number): string {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e21) return String(x);
  if (Math.abs(x) < NOTHING) return "0";
  if (places > 0 && Math.abs(x) < 10 ** -places / 2) return String(Number(x.toPrecision(3)));
  const text = x.toFixed(places);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}
