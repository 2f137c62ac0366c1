/** Where numbers are along a color bar, and which are written at it. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  /** 0 at the low end, 1 at the high end. */
  at(value: number): number;
  /** The other way round. */
  value(at: number): number;
}

export function scaleOf([low, high]: readonly [number, number], log: boolean): Scale {
  const into = log ? Math.log : (x: number) => x;
  const from = log ? Math.exp : (x: number) => x;
  const a = into(low);
  // One number is in the middle of its bar, between the colors of what is below and above it.
  const flat = into(high) / 2 - a / 2 === 0;
  const size = flat ? 0.5 * Math.max(1e-9, Math.abs(a) * 1e-3) : into(high) / 2 - a / 2;
  const shift = flat ? 0.5 : 0;
  const ends = (at: number) => (at === 0 ? low : at === 1 ? high : null);
  return {
    low,
    high,
    log,
    at: (value) => (into(value) / 2 - a / 2) / size + shift,
    value: (at) => (flat ? null : ends(at)) ?? from(a + 2 * size * (at - shift)),
  };
}

/** The bounds of the finite numbers; with log, of those above 0; null: there are none. */
export function extentOf(values: unknown, log: boolean): readonly [number, number] | null {
  if (!(values instanceof Float32Array)) return null;
  const known = extents.get(values);
  if (known?.log === log && known.length === values.length) return known.extent;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    // What is not finite, less itself, is not 0.
    if (v - v !== 0 || (log && !(v > 0))) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const extent = low <= high ? ([low, high] as const) : null;
  extents.set(values, { log, length: values.length, extent });
  return extent;
}

interface Extent {
  log: boolean;
  length: number;
  extent: readonly [number, number] | null;
}

const extents = new WeakMap<Float32Array, Extent>();

/** At most that many numbers are written. */
const TICKS = 5;

/** Round numbers within the scale: multiples of 1, 2 or 5 times a power of ten, or powers of ten. */
export function ticksOf({ low, high, log }: Scale): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : [];
  if (log) {
    const powers = powersOf(low, high);
    if (powers.length >= 2) return powers;
  }
  const rough = high / (TICKS - 1) - low / (TICKS - 1) || Number.MIN_VALUE;
  const power = Math.floor(Math.log10(rough));
  for (const [factor, more] of STEPS) {
    const digits = power + more;
    const step = factor * 10 ** digits;
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    if (count > TICKS) continue;
    // Multiples are rounded, as 3 * 0.1 is not 0.3.
    const places = Math.min(100, Math.max(0, -digits));
    return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toFixed(places)));
  }
  return [];
}

const STEPS = [
  [1, 0],
  [2, 0],
  [5, 0],
  [1, 1],
  [2, 1],
] as const;

function powersOf(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / TICKS));
  const out: number[] = [];
  for (let p = first; p <= last; p += step) out.push(Number(`1e${p}`));
  return out;
}

/** A number in few digits: 0.25, 1.2e+6. */
export function formatted(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value === 0 ? 0 : value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2).replace(/\.?0+e/, "e");
  const text = Number(value.toPrecision(size >= 1e4 ? 6 : 5));
  return String(text);
}
