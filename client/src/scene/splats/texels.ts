/** A texture of 32-bit words that several nodes have ranges of, so that one draw call can read those of all. */
import {
  DataTexture,
  NearestFilter,
  type PixelFormat,
  RGBAIntegerFormat,
  RGIntegerFormat,
  UnsignedIntType,
} from "three";
import { type Range, Ranges } from "./ranges";

const MAX_WIDTH = 4096;

const FORMATS: Record<number, [PixelFormat, "RG32UI" | "RGBA32UI"]> = {
  2: [RGIntegerFormat, "RG32UI"],
  4: [RGBAIntegerFormat, "RGBA32UI"],
};

export class Texels {
  /** Replaced by a new object when it has to grow. */
  texture: DataTexture;
  /** Items per row. */
  readonly perRow: number;
  protected data = new Uint32Array(0);
  private readonly ranges = new Ranges();
  private readonly words: number;
  private rows = 0;
  /** The next upload is of the whole texture. */
  private whole = true;

  /** An item is `texels` texels, of `wordsPerTexel` words each. */
  constructor(
    private readonly maxTextureSize: number,
    private readonly texels: number,
    private readonly wordsPerTexel: 2 | 4,
  ) {
    this.words = texels * wordsPerTexel;
    this.perRow = Math.floor(Math.min(MAX_WIDTH, maxTextureSize) / texels);
    this.texture = this.resize(1);
  }

  /** Allocates a range of items; null: they exceed the limit of this graphics driver. */
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

  /** Fills a range. */
  put(range: Range, words: Uint32Array): void {
    this.data.set(words, range.start * this.words);
    this.upload(range);
  }

  dispose(): void {
    this.texture.dispose();
  }

  protected upload({ start, count }: Range): void {
    const { texture, perRow } = this;
    const from = Math.floor(start / perRow);
    const to = Math.ceil((start + count) / perRow);
    // If most rows have changed, uploading all at once is faster than row by row.
    if (2 * (to - from) > this.rows) this.whole = true;
    if (this.whole) {
      texture.clearUpdateRanges();
    } else {
      const words = perRow * this.words;
      for (let row = from; row < to; row++) texture.addUpdateRange(row * words, words);
    }
    texture.needsUpdate = true;
  }

  private resize(rows: number): DataTexture {
    const data = new Uint32Array(rows * this.perRow * this.words);
    data.set(this.data);
    this.data = data;
    this.rows = rows;
    this.texture?.dispose();
    const [format, internal] = FORMATS[this.wordsPerTexel]!;
    const t = new DataTexture(data, this.perRow * this.texels, rows, format, UnsignedIntType);
    t.internalFormat = internal;
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
