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
