/**
 * The image of a node, which may change faster than it can be decoded: the old one stays until the new one is decoded,
 * and the newest wins. One is decoded at a time; of those that arrive meanwhile only the last is kept, so a picture is
 * shown at the speed of the decoder, and never an older one after a newer one.
 */
import type { Texture } from "three";
import type { Decoded, ImageLoader } from "./images";
import type { Report } from "./visual";

interface Job {
  bytes: Uint8Array;
  format: string;
  /** Ends the wait for this picture, or a newer one. */
  shown(): void;
}

export class ImageSlot {
  private current: Texture | null = null;
  private waiting: Job | null = null;
  private busy = false;
  /** Grows when what is being decoded is no longer wanted. */
  private epoch = 0;

  constructor(
    private readonly images: Pick<ImageLoader, "decoded" | "texture" | "wait">,
    private readonly report: Report,
    /** Called with the texture, which the slot owns: the same one while the image's size stays. */
    private readonly show: (texture: Texture | null, format: string) => void,
  ) {}

  /** The image, encoded; anything but bytes for none. `missing` is what is reported then. */
  set(data: unknown, format: string, missing: string | null): void {
    if (!(data instanceof Uint8Array) || data.length === 0) {
      this.clear();
      this.report("image", missing);
      this.report("image size", null);
      this.show(null, format);
      return;
    }
    if (this.waiting) {
      this.waiting.bytes = data;
      this.waiting.format = format;
      return;
    }
    const job: Job = { bytes: data, format, shown: () => {} };
    this.images.wait(
      new Promise<void>((resolve) => {
        job.shown = resolve;
      }),
    );
    this.waiting = job;
    if (!this.busy) void this.run();
  }

  dispose(): void {
    this.clear();
  }

  private clear(): void {
    this.epoch++;
    this.waiting?.shown();
    this.waiting = null;
    this.current?.dispose();
    this.current = null;
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.waiting) {
      const job: Job = this.waiting;
      const { epoch } = this;
      this.waiting = null;
      try {
        const decoded = await this.images.decoded(job.bytes, job.format);
        if (epoch === this.epoch) this.take(decoded, job.format);
        else decoded.bitmap.close();
      } catch (error) {
        // The old image stays.
        if (epoch === this.epoch) this.report("image", (error as Error).message);
      }
      job.shown();
    }
    this.busy = false;
  }

  private take({ bitmap, note }: Decoded, format: string): void {
    const old = this.current?.image as ImageBitmap | undefined;
    if (this.current && old?.width === bitmap.width && old.height === bitmap.height) {
      this.current.image = bitmap;
      this.current.needsUpdate = true;
      old.close();
    } else {
      const before = this.current;
      this.current = this.images.texture(bitmap);
      before?.dispose();
    }
    this.report("image", null);
    this.report("image size", note);
    this.show(this.current, format);
  }
}
