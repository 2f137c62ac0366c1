/** Decodes JPEG and PNG bytes to textures off the main thread, and tracks pending loads. */
import {
  LinearFilter,
  LinearMipmapLinearFilter,
  NearestFilter,
  NoColorSpace,
  SRGBColorSpace,
  Texture,
  type TextureEventMap,
} from "three";

export interface ImageOptions {
  /** The pixels are data, not colors: they are kept exactly, unless the image is too large. */
  numbers?: boolean;
}

/** Decodes an image; tests replace the browser's decoder. */
export type Decode = (
  bytes: Uint8Array,
  mime: string,
  options: ImageOptions,
) => Promise<ImageBitmap>;

const decodeInBrowser: Decode = (bytes, mime, { numbers }) =>
  createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }), {
    // WebGL ignores UNPACK_FLIP_Y for ImageBitmaps.
    imageOrientation: "flipY",
    premultiplyAlpha: "none",
    colorSpaceConversion: numbers ? "none" : "default",
  });

/** A decoded image; `note` tells if it is smaller than the original. */
export interface Decoded {
  readonly bitmap: ImageBitmap;
  readonly note: string | null;
}

export class ImageLoader {
  /** What is under way, and its place in the order of beginnings. */
  private readonly pending = new Map<Promise<unknown>, number>();
  private begun = 0;
  /** Larger images are scaled down: the GPU does not accept them. */
  maxSize = 4096;
  anisotropy = 4;

  constructor(private readonly decode: Decode = decodeInBrowser) {}

  /**
   * Decodes, then calls back once: with a texture that the caller owns, or with an error message. After cancel() it
   * does not call back.
   */
  load(
    bytes: Uint8Array,
    format: string,
    done: (texture: Texture | null, error: string | null) => void,
    options: ImageOptions = {},
  ): { cancel(): void } {
    let canceled = false;
    const work = this.decoded(bytes, format, options).then(
      ({ bitmap }) => {
        if (canceled) bitmap.close();
        else done(this.texture(bitmap, options), null);
      },
      (error: Error) => {
        if (!canceled) done(null, error.message);
      },
    );
    this.wait(work);
    return {
      cancel() {
        canceled = true;
      },
    };
  }

  /** Decodes, for a caller that owns the result, and makes settled() wait. The message of an error is for the user. */
  async decoded(bytes: Uint8Array, format: string, options: ImageOptions = {}): Promise<Decoded> {
    try {
      return await this.decodeSized(bytes, `image/${format}`, options);
    } catch {
      throw new Error(`its ${format} image (${bytes.length} bytes) can't be decoded`);
    }
  }

  /** Makes settled() wait for this promise too, which never rejects. */
  wait(work: Promise<unknown>): void {
    this.pending.set(work, ++this.begun);
    void work.finally(() => this.pending.delete(work));
  }

  /** Resolves when everything that has begun is done. What begins meanwhile may be endless: the pictures of a stream. */
  async settled(): Promise<void> {
    const { begun } = this;
    for (;;) {
      const open = [...this.pending].filter(([, number]) => number <= begun);
      if (open.length === 0) return;
      await Promise.allSettled(open.map(([work]) => work));
    }
  }

  private async decodeSized(
    bytes: Uint8Array,
    mime: string,
    options: ImageOptions,
  ): Promise<Decoded> {
    const bitmap = await this.decode(bytes, mime, options);
    const larger = Math.max(bitmap.width, bitmap.height);
    if (larger <= this.maxSize) return { bitmap, note: null };
    const k = this.maxSize / larger;
    const smaller = await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.floor(bitmap.width * k)),
      resizeHeight: Math.max(1, Math.floor(bitmap.height * k)),
      resizeQuality: options.numbers ? "pixelated" : "high",
      premultiplyAlpha: "none",
    });
    const note = `its image of ${bitmap.width} x ${bitmap.height} pixels is drawn with ${smaller.width} x ${smaller.height}: the graphics card takes no larger ones`;
    bitmap.close();
    return { bitmap: smaller, note };
  }

  /** A texture of the bitmap, which it owns. */
  texture(bitmap: ImageBitmap, { numbers }: ImageOptions = {}): Texture {
    const t = new Texture(bitmap);
    t.flipY = false;
    t.colorSpace = SRGBColorSpace;
    t.minFilter = LinearMipmapLinearFilter;
    t.magFilter = LinearFilter;
    t.anisotropy = this.anisotropy;
    if (numbers) {
      t.colorSpace = NoColorSpace;
      // Data must not be interpolated between pixels.
      t.minFilter = t.magFilter = NearestFilter;
      t.generateMipmaps = false;
      t.anisotropy = 1;
    }
    t.needsUpdate = true;
    const close = (_: TextureEventMap["dispose"]) => (t.image as ImageBitmap).close();
    t.addEventListener("dispose", close);
    return t;
  }
}
