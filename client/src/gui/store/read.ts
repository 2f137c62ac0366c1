/**
 * What widgets make of props and values that are not what the schema says: a program may send anything, and
 * one bad value must not take the panel down.
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

/** A text that may be missing. */
export function strOrNull(x: unknown): string | null {
  return typeof x === "string" && x !== "" ? x : null;
}

export function list(x: unknown): readonly unknown[] {
  if (Array.isArray(x)) return x;
  return ArrayBuffer.isView(x) && !(x instanceof DataView) ? Array.from(x as Uint8Array) : [];
}

/** Decimal places that toFixed takes. */
export function digits(x: unknown): number {
  return Math.min(20, Math.max(0, Math.round(num(x, 0))));
}

export function clamp(x: number, min: number | null, max: number | null): number {
  if (min !== null && x < min) return min;
  if (max !== null && x > max) return max;
  return x;
}

/** Smaller than this is what is left of a sum that should have been 0. */
const NOTHING = 1e-12;

/**
 * A number as a field shows it: so many places at most, without trailing zeros. One that the places would
 * turn into 0 shows in full, for it is not 0.
 */
export function format(x: number, places: number): string {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e21) return String(x);
  if (Math.abs(x) < NOTHING) return "0";
  if (places > 0 && Math.abs(x) < 10 ** -places / 2) return String(Number(x.toPrecision(3)));
  const text = x.toFixed(places);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}
