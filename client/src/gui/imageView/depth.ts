/** Depth images: numbers that are shown in colors. Pixels that are NaN, infinite or 0 have no value, and no color. */
import { colorTable } from "../../shared/colormaps";

export interface Depth {
  readonly width: number;
  readonly height: number;
  readonly values: Uint16Array | Float32Array;
}

export type Range = readonly [number, number];

/** Reads the values; null if their number does not fit the size. */
export function depthOf(
  bytes: Uint8Array,
  type: string,
  width: number,
  height: number,
): Depth | null {
  const each = type === "uint16" ? 2 : 4;
  if (!(width > 0 && height > 0) || bytes.length !== width * height * each) return null;
  const { buffer } = bytes.slice(); // at a multiple of their size
  const values = each === 2 ? new Uint16Array(buffer) : new Float32Array(buffer);
  return { width, height, values };
}

const isNone = (value: number) => value === 0 || !Number.isFinite(value);

/** The value of a pixel; null: it has none. */
export function valueAt(depth: Depth, x: number, y: number): number | null {
  const value = depth.values[y * depth.width + x];
  return value === undefined || isNone(value) ? null : value;
}

/** The least and the greatest value; null if no pixel has one. */
export function rangeOf({ values }: Depth): Range | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (isNone(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** Writes the colors of all pixels. Values beyond the range have the colors of its ends. */
export function colorize(
  { values }: Depth,
  [low, high]: Range,
  colormap: string,
  out: Uint32Array,
): void {
  const table = colorTable(colormap);
  const scale = high > low ? 255 / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (isNone(value)) {
      out[i] = 0;
      continue;
    }
    const place = (value - low) * scale + 0.5;
    out[i] = table[place <= 0 ? 0 : place >= 255 ? 255 : place | 0]!;
  }
}
