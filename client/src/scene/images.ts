/** JPEG and PNG bytes to textures, off the main thread; and who still waits for one. */
import {
  LinearFilter,
  LinearMipmapLinearFilter,
  SRGBColorSpace,
  Texture,
  type TextureEventMap,
} from "three";

/** How an image is decoded; the browser's own way unless a test says otherwise. */
export type Decode = (bytes: Uint8Array, mime: string) => Promise<ImageBitmap>;

const decodeInBrowser: Decode = (bytes, mime) =>
  createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }), {
    // WebGL ignores its own flip for bitmaps.
    imageOrientation: "flipY",
    premultiplyAlpha: "none",
  });

export class ImageLoader {
  private readonly pending = new Set<Promise<void>>();
  /** Wider and taller images are made smaller: the GPU refuses them. */
  maxSize = 4096;
  anisotropy = 4;

  constructor(private readonly decode: Decode = decodeInBrowser) {}

  /**
   * Decodes, then calls back once: with a texture that belongs to the caller, or with what is wrong in
   * words. After cancel() it does not call back.
   */
  load(
    bytes: Uint8Array,
    format: string,
    done: (texture: Texture | null, error: string | null) => void,
  ): { cancel(): void } {
    let cancelled = false;
    const work = this.decodeSized(bytes, `image/${format}`).then(
      (bitmap) => {
        if (cancelled) bitmap.close();
        else done(this.texture(bitmap), null);
      },
      () => {
        if (!cancelled) done(null, `its ${format} image (${bytes.length} bytes) can't be decoded`);
      },
    );
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
    return {
      cancel() {
        cancelled = true;
      },
    };
  }

  /** Resolves when no image is under way any more. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled(this.pending);
  }

  private async decodeSized(bytes: Uint8Array, mime: string): Promise<ImageBitmap> {
    const bitmap = await this.decode(bytes, mime);
    const larger = Math.max(bitmap.width, bitmap.height);
    if (larger <= this.maxSize) return bitmap;
    const k = this.maxSize / larger;
    const smaller = await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.floor(bitmap.width * k)),
      resizeHeight: Math.max(1, Math.floor(bitmap.height * k)),
      resizeQuality: "high",
    });
    bitmap.close();
    return smaller;
  }

  private texture(bitmap: ImageBitmap): Texture {
    const t = new Texture(bitmap);
    t.flipY = false;
    t.colorSpace = SRGBColorSpace;
    t.minFilter = LinearMipmapLinearFilter;
    t.magFilter = LinearFilter;
    t.anisotropy = this.anisotropy;
    t.needsUpdate = true;
    const close = (_: TextureEventMap["dispose"]) => bitmap.close();
    t.addEventListener("dispose", close);
    return t;
  }
}
