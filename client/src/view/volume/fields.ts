/** Numbers that a person types, and the slider of the density. */

/** What the graphics card can still subtract. */
const MOST = 1e37;

/** The number that was typed, with a point or a comma; null: it is none that can be shown. */
export function typedNumber(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  const value = trimmed === "" ? Number.NaN : Number(trimmed);
  return Number.isFinite(value) && Math.abs(value) <= MOST ? value : null;
}

export type Range = readonly [low: number, high: number];

/** A range with a new end, to which the other one gives way. */
export function withEnd([low, high]: Range, end: 0 | 1, value: number): [number, number] {
  return end === 0 ? [value, Math.max(value, high)] : [Math.min(low, value), value];
}

/** The slider goes from a hundredth of the program's density to a hundred times it. */
export const DENSITY_DECADES = 2;

/** Where the slider is for a density, in powers of ten; `base` is the program's. */
export function decadesOf(density: number, base: number): number {
  const at = Math.log10(density / (base > 0 ? base : 1));
  return Math.min(DENSITY_DECADES, Math.max(-DENSITY_DECADES, at));
}

export function densityAt(decades: number, base: number): number {
  // The middle is the program's own number.
  return decades === 0 && base > 0 ? base : (base > 0 ? base : 1) * 10 ** decades;
}
