/**
 * Pictures for programs: the scene from any pose in any size, as the canvas shows it, without touching the
 * canvas. They are drawn into a target of their own, tile by tile.
 *
 * A render target gets other shaders than the canvas: no tone mapping, linear colors. Not so one that says
 * it belongs to a headset: it gets what the canvas gets. So this one says so, with a plain 8-bit format, and
 * its pixels are the canvas's (a test compares them).
 *
 * A transparent picture is drawn twice, over black and over white: what differs is what shines through. The
 * alpha that blending leaves behind would be wrong wherever edges are smoothed.
 */
import {
  Color,
  PerspectiveCamera,
  SRGBColorSpace,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { GetRenderRequestMessage, GetRenderResponseMessage } from "../protocol/messages.gen";
import type { SplatGeometry } from "../scene/splats/layer";
import type { SceneWorld } from "../scene/world";
import type { WorldFrame } from "./conventions";

/** Larger targets are drawn in pieces: a piece costs some 32 bytes of graphics memory a pixel. */
const TILE = 2048;
const MAX_SIDE = 16_384;
const MAX_PIXELS = 100e6;
/** A picture is not held up longer than this by images that are still being decoded. */
const IMAGE_PATIENCE_MS = 10_000;

const BLACK = new Color(0x000000);
const WHITE = new Color(0xffffff);

export interface CaptureSurroundings {
  renderer: WebGLRenderer;
  world: SceneWorld;
  frame: WorldFrame;
  camera: PerspectiveCamera;
  /** Whether the graphics context is gone. */
  lost(): boolean;
  samples: number;
  /** Height of the canvas in CSS pixels: text and lines keep their share of the picture. */
  cssHeight(): number;
  /** Around each drawing: sets aside what is only for the page, and counts shadows as drawn. */
  around(draw: () => void): void;
}

/** A part of a picture that is drawn at once. */
interface Piece {
  camera: PerspectiveCamera;
  splats: SplatGeometry | null;
  w: number;
  h: number;
  /** Of the whole picture. */
  fullHeight: number;
}

export class Capture {
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly s: CaptureSurroundings) {}

  /** Never fails: what can't be drawn is answered with an empty payload. One at a time. */
  answer(request: GetRenderRequestMessage): Promise<GetRenderResponseMessage> {
    const work = this.queue.then(async (): Promise<GetRenderResponseMessage> => {
      let payload: Uint8Array;
      try {
        payload = await this.render(request);
      } catch (e) {
        console.warn("viser: no picture:", e instanceof Error ? e.message : e);
        payload = new Uint8Array();
      }
      return { type: "GetRenderResponseMessage", payload, render_uuid: request.render_uuid };
    });
    this.queue = work.then(() => {});
    return work;
  }

  private async render(request: GetRenderRequestMessage): Promise<Uint8Array> {
    const { width, height, format } = request;
    if (this.s.lost()) throw new Error("the graphics driver took the 3D view away");
    if (!sideOk(width) || !sideOk(height) || width * height > MAX_PIXELS) {
      throw new Error(`${width} x ${height} pixels are none, or too many`);
    }
    const camera = this.cameraFor(request);
    this.s.world.flush(camera);
    await Promise.race([this.s.world.images.settled(), after(IMAGE_PATIENCE_MS)]);
    const splats = await this.s.world.splats.orderFor(camera);
    try {
      const pixels = await this.drawTiles(request, camera, splats);
      if (format !== "image/png") fillAlpha(pixels);
      return await encode(pixels, width, height, format, request.quality);
    } finally {
      splats?.dispose();
    }
  }

  private async drawTiles(
    { width, height, format }: GetRenderRequestMessage,
    camera: PerspectiveCamera,
    splats: SplatGeometry | null,
  ): Promise<Uint8ClampedArray<ArrayBuffer>> {
    const transparent = format === "image/png";
    const pixels = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y += TILE) {
      for (let x = 0; x < width; x += TILE) {
        const w = Math.min(TILE, width - x);
        const h = Math.min(TILE, height - y);
        camera.setViewOffset(width, height, x, y, w, h);
        const piece = { camera, splats, w, h, fullHeight: height };
        const tile = await this.drawTile(piece, transparent ? BLACK : null);
        if (transparent) matte(tile, await this.drawTile(piece, WHITE));
        // WebGL's rows go up, a picture's go down.
        for (let row = 0; row < h; row++) {
          const from = (h - 1 - row) * w * 4;
          pixels.set(tile.subarray(from, from + w * 4), ((y + row) * width + x) * 4);
        }
      }
    }
    return pixels;
  }

  private cameraFor(request: GetRenderRequestMessage): PerspectiveCamera {
    const pose = this.s.frame.cameraToThree(request.wxyz, request.position);
    const { fov } = request;
    if (!pose || !(fov > 0 && fov < Math.PI)) throw new Error("the camera is no camera");
    const { near, far } = this.s.camera;
    const aspect = request.width / request.height;
    const camera = new PerspectiveCamera((fov * 180) / Math.PI, aspect, near, far);
    camera.position.set(pose.px, pose.py, pose.pz);
    camera.quaternion.set(pose.qx, pose.qy, pose.qz, pose.qw);
    camera.updateMatrixWorld();
    return camera;
  }

  private async drawTile(piece: Piece, background: Color | null): Promise<Uint8Array> {
    const { renderer } = this.s;
    const { w, h } = piece;
    const target = new WebGLRenderTarget(w, h, {
      samples: this.s.samples,
      colorSpace: SRGBColorSpace,
      internalFormat: "RGBA8",
      generateMipmaps: false,
    });
    (target as unknown as { isXRRenderTarget: boolean }).isXRRenderTarget = true;
    try {
      this.s.around(() => this.draw(piece, target, background));
      const out = new Uint8Array(w * h * 4);
      await renderer.readRenderTargetPixelsAsync(target, 0, 0, w, h, out);
      return out;
    } finally {
      target.dispose();
    }
  }

  private draw(piece: Piece, target: WebGLRenderTarget, background: Color | null): void {
    const { camera, splats, fullHeight } = piece;
    const { renderer, world } = this.s;
    const { viewport, pixelRatio } = world.frame;
    const before = [viewport.value.clone(), pixelRatio.value] as const;
    const page = renderer.getClearColor(new Color());
    viewport.value.set(target.width, target.height);
    pixelRatio.value = fullHeight / this.s.cssHeight();
    world.labels.setPixelRatio(pixelRatio.value);
    try {
      world.flush(camera);
      renderer.setRenderTarget(target);
      renderer.setClearColor(background ?? page, 1);
      world.splats.drawWith(splats, () => renderer.render(world.scene, camera));
    } finally {
      renderer.setRenderTarget(null);
      renderer.setClearColor(page, 1);
      viewport.value.copy(before[0]);
      pixelRatio.value = before[1];
      world.labels.setPixelRatio(before[1]);
    }
  }
}

function sideOk(n: number): boolean {
  return Number.isInteger(n) && n > 0 && n <= MAX_SIDE;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** From the same picture over black and over white, one with alpha, in place of the first. */
export function matte(overBlack: Uint8Array, overWhite: Uint8Array): void {
  for (let i = 0; i < overBlack.length; i += 4) {
    const r = overBlack[i]!;
    const g = overBlack[i + 1]!;
    const b = overBlack[i + 2]!;
    const through = (overWhite[i]! - r + overWhite[i + 1]! - g + overWhite[i + 2]! - b) / 3;
    const a = Math.min(255, Math.max(0, Math.round(255 - through)));
    overBlack[i + 3] = a;
    if (a === 0 || a === 255) continue;
    overBlack[i] = Math.min(255, Math.round((r * 255) / a));
    overBlack[i + 1] = Math.min(255, Math.round((g * 255) / a));
    overBlack[i + 2] = Math.min(255, Math.round((b * 255) / a));
  }
}

function fillAlpha(rgba: Uint8ClampedArray): void {
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
}

async function encode(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  width: number,
  height: number,
  format: string,
  quality: number,
): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")!.putImageData(new ImageData(pixels, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: format, quality: quality / 100 });
  return new Uint8Array(await blob.arrayBuffer());
}
