/** The arrays of splats, as they are received. */

/** 32-bit words per splat, four per texel. */
export const SPLAT_WORDS = 8;

/** 32-bit words of a splat for each degree: a texel. */
export const DEGREE_WORDS = 2;

/** The degree of this many words of harmonics for this many splats; 0: none, null: neither of degree 1, 2 nor 3. */
export function degreeOf(words: number, splats: number): number | null {
  if (words === 0) return 0;
  const degree = words / DEGREE_WORDS / splats;
  return degree === 1 || degree === 2 || degree === 3 ? degree : null;
}

/** Ranges of splats (start and end) that parts of their array touch. */
export function splatsIn(
  parts: readonly number[],
  count: number,
  words = SPLAT_WORDS,
): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const first = Math.floor(parts[i]! / words);
    const end = Math.min(count, Math.ceil((parts[i]! + parts[i + 1]!) / words));
    if (first < end) out.push([first, end]);
  }
  return out;
}
