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

export class ImageLoader {
  private readonly pending = new Set<Promise<void>>();
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
    const work = this.decodeSized(bytes, `image/${format}`, options).then(
      (bitmap) => {
        if (canceled) bitmap.close();
        else done(this.texture(bitmap, options), null);
      },
      () => {
        if (!canceled) done(null, `its ${format} image (${bytes.length} bytes) can't be decoded`);
      },
    );
    this.wait(work);
    return {
      cancel() {
        canceled = true;
      },
    };
  }

  /** Makes settled() wait for this promise too, which never rejects. */
  wait(work: Promise<void>): void {
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
  }

  /** Resolves when no load is pending. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled(this.pending);
  }

  private async decodeSized(
    bytes: Uint8Array,
    mime: string,
    options: ImageOptions,
  ): Promise<ImageBitmap> {
    const bitmap = await this.decode(bytes, mime, options);
    const larger = Math.max(bitmap.width, bitmap.height);
    if (larger <= this.maxSize) return bitmap;
    const k = this.maxSize / larger;
    const smaller = await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.floor(bitmap.width * k)),
      resizeHeight: Math.max(1, Math.floor(bitmap.height * k)),
      resizeQuality: options.numbers ? "pixelated" : "high",
      premultiplyAlpha: "none",
    });
    bitmap.close();
    return smaller;
  }

  private texture(bitmap: ImageBitmap, { numbers }: ImageOptions): Texture {
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
    const close = (_: TextureEventMap["dispose"]) => bitmap.close();
    t.addEventListener("dispose", close);
    return t;
  }
}
