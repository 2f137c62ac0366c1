/** Whether arrays from the network hold numbers that are places, in one pass and without branches. */

export function allFinite(a: Float32Array): boolean {
  // 0 · x is 0 for every finite x, and NaN for the others, which no sum loses again.
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * 0;
  return s === 0;
}

/** Half floats, as their bits: all ones in the exponent are infinities and NaN. */
export function halvesFinite(bits: Uint16Array): boolean {
  let bad = 0;
  for (let i = 0; i < bits.length; i++) bad |= Number((bits[i]! & 0x7c00) === 0x7c00);
  return bad === 0;
}

let values: Float32Array | null = null;

/** The number of each half float, by its bits. */
export function halfValues(): Float32Array {
  if (values) return values;
  values = new Float32Array(0x10000);
  for (let bits = 0; bits < values.length; bits++) {
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 0x1f) values[bits] = fraction ? Number.NaN : sign * Infinity;
    else if (exponent === 0) values[bits] = sign * fraction * 2 ** -24;
    else values[bits] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return values;
}
