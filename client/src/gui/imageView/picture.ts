/**
 * The picture of a view, decoded beside the main thread. The newest one wins, and the old one stays until it is decoded:
 * see ImageSlot of the scene, which does the same for textures.
 */
import { colorize, type Depth, depthOf, type Range, rangeOf } from "./depth";
import type { Size } from "./viewport";

/** Larger pictures are scaled down: memory of four bytes for each pixel is needed. */
const MAX_SIDE = 8192;
const MAX_PIXELS = 1 << 25;

export interface Shown {
  readonly source: ImageBitmap | HTMLCanvasElement;
  /** Of the picture as the program has it; the source may be smaller. */
  readonly size: Size;
  readonly depth: Depth | null;
}

export interface Given {
  readonly data: unknown;
  readonly format: unknown;
  readonly size: Size;
}

/** By how much a picture is scaled down. */
export function shrinking({ width, height }: Size): number {
  return Math.min(1, MAX_SIDE / Math.max(width, height), Math.sqrt(MAX_PIXELS / (width * height)));
}

export class Picture {
  shown: Shown | null = null;
  private waiting: Given | null = null;
  private busy = false;
  private epoch = 0;
  private canvas: HTMLCanvasElement | null = null;

  constructor(
    private readonly changed: () => void,
    private readonly report: (problem: string | null) => void,
  ) {}

  /** An encoded picture, or none. */
  set(given: Given): void {
    if (!(given.data instanceof Uint8Array) || given.data.length === 0) {
      this.clear();
      this.report(null);
      this.changed();
      return;
    }
    this.waiting = given;
    if (!this.busy) void this.run();
  }

  /** The values of a depth image. */
  setDepth(bytes: Uint8Array, type: string, size: Size): void {
    this.epoch++;
    this.waiting = null;
    const depth = depthOf(bytes, type, size.width, size.height);
    this.report(depth ? null : "The depth image does not have as many values as its size.");
    if (!depth) return;
    this.close();
    this.canvas ??= document.createElement("canvas");
    this.shown = { source: this.canvas, size, depth };
  }

  /** Draws the depth image. It returns the range of its values. */
  paint(range: Range | null, colormap: string): Range | null {
    const { depth, source } = this.shown ?? {};
    if (!depth || !(source instanceof HTMLCanvasElement)) return null;
    const found = range ?? rangeOf(depth);
    if (source.width !== depth.width) source.width = depth.width;
    if (source.height !== depth.height) source.height = depth.height;
    const context = source.getContext("2d", { willReadFrequently: true });
    const image = context?.createImageData(depth.width, depth.height);
    if (context && image) {
      colorize(depth, found ?? [0, 1], colormap, new Uint32Array(image.data.buffer));
      context.putImageData(image, 0, 0);
    }
    this.changed();
    return found;
  }

  clear(): void {
    this.epoch++;
    this.waiting = null;
    this.close();
    this.shown = null;
  }

  private close(): void {
    if (this.shown?.source instanceof ImageBitmap) this.shown.source.close();
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.waiting) {
      const { data, format, size }: Given = this.waiting;
      const { epoch } = this;
      this.waiting = null;
      try {
        const bitmap = await decode(data as Uint8Array<ArrayBuffer>, format, size);
        if (epoch === this.epoch) this.take(bitmap, size);
        else bitmap.close();
      } catch {
        // The old picture stays.
        if (epoch === this.epoch) this.report("The newest picture can't be decoded.");
      }
    }
    this.busy = false;
  }

  private take(bitmap: ImageBitmap, size: Size): void {
    this.close();
    const known = size.width > 0 && size.height > 0;
    this.shown = { source: bitmap, size: known ? size : bitmap, depth: null };
    this.report(
      known && bitmap.width < size.width
        ? `Shown at ${Math.round((100 * bitmap.width) / size.width)} % of its ${size.width} × ${size.height} pixels.`
        : null,
    );
    this.changed();
  }
}

function decode(data: Uint8Array<ArrayBuffer>, format: unknown, size: Size): Promise<ImageBitmap> {
  const blob = new Blob([data], { type: format === "png" ? "image/png" : "image/jpeg" });
  const share = size.width > 0 && size.height > 0 ? shrinking(size) : 1;
  const options: ImageBitmapOptions = { premultiplyAlpha: "default" };
  if (share < 1) {
    options.resizeWidth = Math.max(1, Math.round(size.width * share));
    options.resizeHeight = Math.max(1, Math.round(size.height * share));
    options.resizeQuality = "medium";
  }
  return createImageBitmap(blob, options);
}
