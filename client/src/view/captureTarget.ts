import { SRGBColorSpace, WebGLRenderTarget } from "three";

/** For so long after its last use. */
const KEEP_MS = 5_000;

/**
 * The render target of pictures. Programs often take many pictures of one size, and making a target can take longer
 * than drawing into it, so it is kept for a while.
 */
export class CaptureTarget {
  private target: WebGLRenderTarget | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly samples: number) {}

  /** A target of that size, until the next call or some time after release(). */
  take(width: number, height: number): WebGLRenderTarget {
    clearTimeout(this.timer);
    const { target } = this;
    if (target?.width === width && target.height === height) return target;
    target?.dispose();
    this.target = this.create(width, height);
    return this.target;
  }

  /** What was drawn into it has been read. */
  release(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dispose(), KEEP_MS);
  }

  /** The graphics context, and with it the target's memory, is gone. */
  forget(): void {
    clearTimeout(this.timer);
    this.target = null;
  }

  dispose(): void {
    this.target?.dispose();
    this.forget();
  }

  private create(width: number, height: number): WebGLRenderTarget {
    const target = new WebGLRenderTarget(width, height, {
      samples: this.samples,
      colorSpace: SRGBColorSpace,
      internalFormat: "RGBA8",
      generateMipmaps: false,
      resolveDepthBuffer: false,
    });
    (target as unknown as { isXRRenderTarget: boolean }).isXRRenderTarget = true;
    return target;
  }
}
