/** How often the numbers of a grid occur: of a sample, so that it costs the same for each size. */
import { DataUtils } from "three";

const SAMPLES = 1 << 17;
/** Of equal numbers among the samples, each grid has its own. */
const samples = new WeakMap<object, Float32Array>();

/** Some of the finite numbers, from all over the grid. */
export function sampleOf(values: unknown): Float32Array {
  if (!isGrid(values)) return new Float32Array();
  let sample = samples.get(values);
  if (!sample) {
    sample = takeSample(values);
    samples.set(values, sample);
  }
  return sample;
}

type Grid = Uint8Array | Uint16Array | Float32Array;

function isGrid(values: unknown): values is Grid {
  return (
    values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Float32Array
  );
}

function takeSample(values: Grid): Float32Array {
  const count = Math.min(SAMPLES, values.length);
  const step = values.length / count;
  // Half floats come as their bits.
  const numberOf = values instanceof Uint16Array ? DataUtils.fromHalfFloat : (v: number) => v;
  const out = new Float32Array(count);
  let n = 0;
  for (let i = 0; i < count; i++) {
    // Not at equal distances, which might be those of the grid's rows.
    const shift = ((i * 0x9e3779b1) >>> 0) / 2 ** 32;
    const v = numberOf(values[Math.floor((i + (step > 1 ? shift : 0)) * step)]!);
    if (Number.isFinite(v)) out[n++] = v;
  }
  return out.subarray(0, n);
}

/** The least and the largest number; null: there are none. */
export function extentIn(sample: Float32Array): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of sample) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return low <= high ? [low, high] : null;
}

/**
 * How high the bars between two numbers are, 0 to 1: the logarithms of how often numbers occur, as most of a grid is
 * often empty.
 */
export function barsOf(sample: Float32Array, low: number, high: number, bars: number): number[] {
  const counts = new Array<number>(bars).fill(0);
  const width = high - low;
  if (!(width > 0)) return counts;
  for (const v of sample) {
    if (v >= low && v <= high)
      counts[Math.min(bars - 1, Math.floor(((v - low) / width) * bars))]!++;
  }
  const most = Math.log1p(Math.max(...counts));
  return most > 0 ? counts.map((n) => Math.log1p(n) / most) : counts;
}
