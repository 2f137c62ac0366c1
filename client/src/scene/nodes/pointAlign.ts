/** Three values per point to four, which is how the GPU reads bytes and half floats. */

/** Four values per point, of which three are used: three bytes or half floats would not be aligned. */
export const ALIGNED = 4;

/** Copies the points from `first` to `end` (not included). In `out`, a fourth half float is 0, a fourth byte 255. */
export function align(
  from: Uint8Array | Uint16Array,
  out: Uint8Array | Uint16Array,
  first: number,
  end: number,
): void {
  const rest =
    from instanceof Uint16Array
      ? alignHalves(from, out, first, end)
      : alignBytes(from, out, first, end);
  for (let i = rest * ALIGNED, k = rest * 3, stop = end * 3; k < stop; i += ALIGNED, k += 3) {
    out[i] = from[k]!;
    out[i + 1] = from[k + 1]!;
    out[i + 2] = from[k + 2]!;
  }
}

/** Views of whole words of `points` points. null: they are not at the beginning of words. */
function wordsOf(
  array: Uint8Array | Uint16Array,
  width: number,
  first: number,
  points: number,
): Uint32Array | null {
  const size = width * array.BYTES_PER_ELEMENT;
  const at = array.byteOffset + first * size;
  return at % 4 === 0 ? new Uint32Array(array.buffer, at, (points * size) / 4) : null;
}

/** Two points are three words, and become four. A million points take half as long as one value at a time. */
function alignHalves(
  from: Uint16Array,
  out: Uint8Array | Uint16Array,
  first: number,
  end: number,
): number {
  const points = Math.max(0, end - first) & ~1;
  const a = wordsOf(from, 3, first, points);
  const b = wordsOf(out, ALIGNED, first, points);
  if (!a || !b) return first;
  for (let i = 0, k = 0; k < a.length; i += 4, k += 3) {
    const x = a[k]!;
    const y = a[k + 1]!;
    const z = a[k + 2]!;
    b[i] = x;
    b[i + 1] = y & 0xffff;
    b[i + 2] = (y >>> 16) | (z << 16);
    b[i + 3] = z >>> 16;
  }
  return first + points;
}

/** Four points are three words, and become four. */
function alignBytes(
  from: Uint8Array,
  out: Uint8Array | Uint16Array,
  first: number,
  end: number,
): number {
  const points = Math.max(0, end - first) & ~3;
  const a = wordsOf(from, 3, first, points);
  const b = wordsOf(out, ALIGNED, first, points);
  if (!a || !b) return first;
  for (let i = 0, k = 0; k < a.length; i += 4, k += 3) {
    const x = a[k]!;
    const y = a[k + 1]!;
    const z = a[k + 2]!;
    b[i] = 0xff000000 | (x & 0xffffff);
    b[i + 1] = 0xff000000 | (x >>> 24) | ((y & 0xffff) << 8);
    b[i + 2] = 0xff000000 | (y >>> 16) | ((z & 0xff) << 16);
    b[i + 3] = 0xff000000 | (z >>> 8);
  }
  return first + points;
}
