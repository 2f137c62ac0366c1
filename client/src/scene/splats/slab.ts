/** All splats of the page in one texture, so that one draw call can blend splats of several nodes in order. */
import { DataTexture, NearestFilter, RGBAIntegerFormat, UnsignedIntType } from "three";
import { type Range, Ranges } from "./ranges";

/** 32-bit words per splat, four per texel. */
export const SPLAT_WORDS = 8;
const MAX_WIDTH = 4096;

export class Slab {
  /** Replaced by a new object when it has to grow. */
  texture: DataTexture;
  readonly perRow: number;
  private readonly ranges = new Ranges();
  private data = new Uint32Array(0);
  private rows = 0;
  /** The next upload is of the whole texture. */
  private whole = true;

  constructor(private readonly maxTextureSize: number) {
    this.perRow = Math.min(MAX_WIDTH, maxTextureSize) / 2;
    this.texture = this.resize(1);
  }

  /** Allocates a range for `count` splats; null: they exceed the limit of this graphics driver. */
  take(count: number): Range | null {
    const range = this.ranges.take(count);
    const rows = Math.ceil(this.ranges.end / this.perRow);
    if (rows > this.maxTextureSize) {
      this.ranges.give(range);
      return null;
    }
    if (rows > this.rows) {
      this.texture = this.resize(Math.min(this.maxTextureSize, Math.ceil(rows * 1.25)));
    }
    return range;
  }

  give(range: Range): void {
    this.ranges.give(range);
  }

  /**
   * Fills a range with splats of a node. The word that the format leaves unused holds the node's slot.
   * Returns the centers, and the number of splats that are not finite: those are not drawn.
   */
  write(
    range: Range,
    splats: Uint32Array,
    group: number,
  ): { centers: Float32Array<ArrayBuffer>; bad: number } {
    const { data } = this;
    const first = range.start * SPLAT_WORDS;
    data.set(splats, first);
    const floats = new Float32Array(data.buffer);
    const centers = new Float32Array(range.count * 3);
    let bad = 0;
    for (let i = 0, at = first; i < range.count; i++, at += SPLAT_WORDS) {
      const x = floats[at]!;
      const y = floats[at + 1]!;
      const z = floats[at + 2]!;
      centers[3 * i] = x;
      centers[3 * i + 1] = y;
      centers[3 * i + 2] = z;
      data[at + 3] = group;
      const finite = x - x + (y - y) + (z - z) === 0 && halvesFinite(data, at + 4);
      if (finite) continue;
      bad++;
      // NaN: without a depth it is left out of the order.
      centers[3 * i] = Number.NaN;
    }
    this.upload(range);
    return { centers, bad };
  }

  dispose(): void {
    this.texture.dispose();
  }

  private upload({ start, count }: Range): void {
    const { texture, perRow } = this;
    const from = Math.floor(start / perRow);
    const to = Math.ceil((start + count) / perRow);
    // If most rows have changed, uploading all at once is faster than row by row.
    if (2 * (to - from) > this.rows) this.whole = true;
    if (this.whole) {
      texture.clearUpdateRanges();
    } else {
      const words = perRow * SPLAT_WORDS;
      for (let row = from; row < to; row++) texture.addUpdateRange(row * words, words);
    }
    texture.needsUpdate = true;
  }

  private resize(rows: number): DataTexture {
    const data = new Uint32Array(rows * this.perRow * SPLAT_WORDS);
    data.set(this.data);
    this.data = data;
    this.rows = rows;
    this.texture?.dispose();
    const t = new DataTexture(data, this.perRow * 2, rows, RGBAIntegerFormat, UnsignedIntType);
    t.internalFormat = "RGBA32UI";
    t.minFilter = t.magFilter = NearestFilter;
    t.generateMipmaps = false;
    t.onUpdate = () => {
      this.whole = false;
    };
    this.whole = true;
    t.needsUpdate = true;
    return t;
  }
}

/** Six half floats in three words: the exponent of infinities and NaNs is all ones. */
function halvesFinite(words: Uint32Array, at: number): boolean {
  for (let i = at; i < at + 3; i++) {
    const w = words[i]!;
    if ((w & 0x7c00) === 0x7c00 || (w & 0x7c000000) === 0x7c000000) return false;
  }
  return true;
}

/** Ranges of splats (start and end) that parts of their array touch. */
export function splatsIn(parts: readonly number[], count: number): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const first = Math.floor(parts[i]! / SPLAT_WORDS);
    const end = Math.min(count, Math.ceil((parts[i]! + parts[i + 1]!) / SPLAT_WORDS));
    if (first < end) out.push([first, end]);
  }
  return out;
}
