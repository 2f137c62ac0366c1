/** Checks that all numbers of an array are finite, in one pass and without branches. */

export function allFinite(a: Float32Array): boolean {
  // 0 · x is 0 for every finite x, else NaN, which propagates through the sum.
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * 0;
  return s === 0;
}

/** Half floats, as bits: an exponent of all ones is an infinity or NaN. */
export function halvesFinite(bits: Uint16Array): boolean {
  // Two at a time where that is possible.
  const at = bits.byteOffset % 4 === 0 ? bits.length & ~1 : 0;
  const pairs = at > 0 ? new Uint32Array(bits.buffer, bits.byteOffset, at / 2) : new Uint32Array();
  let bad = 0;
  // Adding one to an exponent of all ones, and to no other, sets the bit of the sign.
  for (let i = 0; i < pairs.length; i++) bad |= (pairs[i]! & 0x7c007c00) + 0x04000400;
  for (let i = at; i < bits.length; i++) bad |= (bits[i]! & 0x7c00) + 0x0400;
  return (bad & 0x80008000) === 0;
}

let values: Float32Array | null = null;

/** The values of all half floats, by their bits. */
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
