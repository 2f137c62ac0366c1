/**
 * Pictures for Client.Render and for the page's user: the scene from any pose in any size, as the canvas would show
 * it. They are drawn into a separate render target, tile by tile.
 *
 * three.js draws into render targets without tone mapping, in linear colors, except if they are marked as
 * targets of a headset. This one is marked so, with an 8-bit format: its pixels equal the canvas's (a test
 * compares them).
 *
 * A transparent picture is drawn twice, over black and over white: the difference is what is transparent. The
 * alpha that blending leaves behind would be wrong wherever edges are smoothed. Where everything in the scene is
 * opaque, nothing blends, and one pass is enough.
 *
 * All passes and tiles show one state of the scene. A picture of one tile is drawn in one go. One of many would
 * block the page for seconds and take gigabytes: between its tiles the page responds, but messages wait.
 */
import { Color, type WebGLRenderer, type WebGLRenderTarget } from "three";
import type {
  GetRenderRequestMessage,
  GetRenderResponseMessage,
  Vec3,
} from "../protocol/messages.gen";
import type { SplatGeometry } from "../scene/splats/layer";
import { ViewCamera } from "../scene/viewCamera";
import type { SceneWorld } from "../scene/world";
import { CaptureTarget } from "./captureTarget";
import type { WorldFrame } from "./conventions";
import { coversFully, matte, unmultiply } from "./matte";
import type { View } from "./stage";

/** Larger targets are drawn in pieces: a piece costs some 32 bytes of graphics memory a pixel. */
const TILE = 2048;
const MAX_SIDE = 16_384;
const MAX_PIXELS = 100e6;
/** Default limit of the wait for assets that are still being loaded. */
const ASSET_WAIT_MS = 10_000;
/** Safety limit: for one tile, or for putting the splats in order. */
const STEP_LIMIT_MS = 60_000;

/** What a picture is drawn over; a color of null is the page's own. */
interface Background {
  color: Color | null;
  alpha: 0 | 1;
}

const PAGE: Background = { color: null, alpha: 1 };
const NOTHING: Background = { color: new Color(0x000000), alpha: 0 };
const BLACK: Background = { color: new Color(0x000000), alpha: 1 };
const WHITE: Background = { color: new Color(0xffffff), alpha: 1 };

export interface CaptureDeps {
  renderer: WebGLRenderer;
  world: SceneWorld;
  frame: WorldFrame;
  /** Whether the graphics context is lost. */
  lost(): boolean;
  samples: number;
  /** Height of the canvas in CSS pixels: text and lines keep their share of the picture. */
  cssHeight(): number;
  /** Until the returned function is called, messages wait and the page draws no frames. */
  hold(): () => void;
  /** Moves the origin of the three.js world near to that point of it, if it is far away. */
  moveOriginNear(place: Vec3): void;
  /** Around each pass: shows what is shown in the view, hides what is only for the page, sets the look, updates shadows. */
  around(shot: Pick<Shot, "view" | "forProgram">, draw: () => void): void;
  /** Whether the look lets something be seen through what covers it. */
  seesThrough(forProgram: boolean): boolean;
}

/** What a picture shows, and as which file. */
export interface Shot {
  width: number;
  height: number;
  /** "image/png", "image/jpeg" … */
  format: string;
  /** For formats with loss, from 1 to 100. */
  quality: number;
  transparent: boolean;
  labels: boolean;
  /** Limit of the wait for assets that are still being loaded. */
  assetWaitMs: number;
  /** Called when the picture is drawn, after what is before it has settled. */
  camera(): ViewCamera;
  /** Its nodes are shown. */
  view: View;
  /** Its look is the program's; else that of the page. */
  forProgram: boolean;
}

/** A part of a picture that is drawn at once. */
interface Piece {
  camera: ViewCamera;
  splats: SplatGeometry | null;
  w: number;
  h: number;
  view: View;
  forProgram: boolean;
}

export class Capture {
  private queue: Promise<void> = Promise.resolve();
  private readonly target: CaptureTarget;

  constructor(private readonly deps: CaptureDeps) {
    this.target = new CaptureTarget(deps.samples);
  }

  contextRestored(): void {
    this.target.forget();
  }

  dispose(): void {
    this.target.dispose();
  }

  /** It never rejects: a picture that can't be drawn has an empty payload. */
  async answer(
    request: GetRenderRequestMessage,
    view: View | null,
  ): Promise<GetRenderResponseMessage> {
    let payload = new Uint8Array();
    try {
      if (!view) throw new Error(`the page has no view ${request.viewport}`);
      const { width, height, format, quality, asset_wait_ms } = request;
      const blob = await this.take({
        width,
        height,
        format,
        quality,
        transparent: format === "image/png",
        labels: true,
        assetWaitMs: asset_wait_ms ?? ASSET_WAIT_MS,
        camera: () => this.cameraFor(request, view),
        view,
        forProgram: true,
      });
      payload = new Uint8Array(await blob.arrayBuffer());
    } catch (e) {
      console.warn("viser: could not draw a picture:", e instanceof Error ? e.message : e);
    }
    return { type: "GetRenderResponseMessage", payload, render_uuid: request.render_uuid };
  }

  /** One picture at a time. Rejects with a reason for the user. */
  take(shot: Shot): Promise<Blob> {
    const work = this.queue.then(() => this.render(shot));
    this.queue = work.then(
      () => {},
      () => {},
    );
    return work;
  }

  private async render(shot: Shot): Promise<Blob> {
    const { width, height, format } = shot;
    if (this.deps.lost()) throw new Error("the graphics driver has lost the 3D view");
    if (!sideOk(width) || !sideOk(height) || width * height > MAX_PIXELS) {
      throw new Error(`${width} x ${height} pixels: zero, or too many`);
    }
    // New nodes begin to load their assets.
    this.deps.world.flushNodes();
    const wait = shot.assetWaitMs;
    if (wait > 0) await Promise.race([this.deps.world.images.settled(), after(wait)]);
    const pixels = await this.drawHeld(shot);
    if (!shot.transparent) fillAlpha(pixels);
    return encode(pixels, width, height, format, shot.quality);
  }

  /** Draws one state of the scene: all passes and tiles, and the order of the splats. */
  private async drawHeld(shot: Shot): Promise<Uint8ClampedArray<ArrayBuffer>> {
    const release = this.deps.hold();
    const { world } = this.deps;
    const { viewport, pixelRatio } = world.frame;
    const before = { viewport: viewport.value.clone(), ratio: pixelRatio.value };
    let splats: SplatGeometry | null = null;
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      viewport.value.copy(before.viewport);
      pixelRatio.value = before.ratio;
      world.labels.setPixelRatio(before.ratio);
      world.labels.visible = true;
      release();
    };
    try {
      const camera = shot.camera();
      viewport.value.set(shot.width, shot.height);
      pixelRatio.value = shot.height / this.deps.cssHeight();
      world.labels.setPixelRatio(pixelRatio.value);
      world.labels.visible = shot.labels;
      world.flush(camera);
      splats = await bounded(world.splats.orderFor(camera));
      return await this.drawTiles(shot, camera, splats, done);
    } finally {
      done();
      splats?.dispose();
    }
  }

  /** Calls `drawn` when nothing more is to be drawn; what is drawn may still have to be read. */
  private async drawTiles(
    { width, height, transparent, view, forProgram }: Shot,
    camera: ViewCamera,
    splats: SplatGeometry | null,
    drawn: () => void,
  ): Promise<Uint8ClampedArray<ArrayBuffer>> {
    const pixels = new Uint8ClampedArray(width * height * 4);
    const passes = this.passes(transparent, forProgram);
    for (let y = 0; y < height; y += TILE) {
      for (let x = 0; x < width; x += TILE) {
        const w = Math.min(TILE, width - x);
        const h = Math.min(TILE, height - y);
        camera.setViewOffset(width, height, x, y, w, h);
        const reading = this.drawTile({ camera, splats, w, h, view, forProgram }, passes);
        if (x + w === width && y + h === height) drawn();
        const [tile, overWhite] = await bounded(reading);
        if (overWhite) matte(tile!, overWhite);
        else if (passes[0] === NOTHING) unmultiply(tile!);
        // WebGL's rows go up, a picture's go down.
        for (let row = 0; row < h; row++) {
          const from = (h - 1 - row) * w * 4;
          pixels.set(tile!.subarray(from, from + w * 4), ((y + row) * width + x) * 4);
        }
      }
    }
    return pixels;
  }

  private passes(transparent: boolean, forProgram: boolean): readonly Background[] {
    if (!transparent) return [PAGE];
    const covers = coversFully(this.deps.world.scene) && !this.deps.seesThrough(forProgram);
    return covers ? [NOTHING] : [BLACK, WHITE];
  }

  /** Also moves the origin of the three.js world near to the camera. */
  private cameraFor(request: GetRenderRequestMessage, view: View): ViewCamera {
    const { fov, wxyz, position } = request;
    const from = this.deps.frame.cameraToThree(wxyz, position);
    if (from) this.deps.moveOriginNear([from.px, from.py, from.pz]);
    const pose = this.deps.frame.cameraToThree(wxyz, position);
    if (!pose || !(fov > 0 && fov < Math.PI))
      throw new Error("the pose or field of view of the camera is invalid");
    const { near, far } = view.rig.camera;
    const aspect = request.width / request.height;
    const camera = new ViewCamera((fov * 180) / Math.PI, aspect, near, far);
    camera.position.set(pose.px, pose.py, pose.pz);
    camera.quaternion.set(pose.qx, pose.qy, pose.qz, pose.qw);
    const { orthographic_height: high } = request;
    if (high !== undefined && high > 0) camera.setParallel(high / (2 * Math.tan(fov / 2)));
    camera.updateMatrixWorld();
    return camera;
  }

  /** Draws at once, over each of the backgrounds; reads afterwards. */
  private async drawTile(piece: Piece, backgrounds: readonly Background[]): Promise<Uint8Array[]> {
    const { renderer } = this.deps;
    const { w, h } = piece;
    const target = this.target.take(w, h);
    try {
      const readings = backgrounds.map(async (background) => {
        this.deps.around(piece, () => this.draw(piece, target, background));
        const out = new Uint8Array(w * h * 4);
        // The copy is started synchronously, so it shows what was just drawn.
        await renderer.readRenderTargetPixelsAsync(target, 0, 0, w, h, out);
        return out;
      });
      return await Promise.all(readings);
    } finally {
      this.target.release();
    }
  }

  private draw({ camera, splats }: Piece, target: WebGLRenderTarget, background: Background): void {
    const { renderer, world } = this.deps;
    const page = renderer.getClearColor(new Color());
    world.frame.viewport.value.set(target.width, target.height);
    try {
      renderer.setRenderTarget(target);
      renderer.setClearColor(background.color ?? page, background.alpha);
      world.splats.drawWith(splats, () => renderer.render(world.scene, camera));
    } finally {
      renderer.setRenderTarget(null);
      renderer.setClearColor(page, 1);
    }
  }
}

/** Changes of the scene wait while a picture is drawn, so that must take a bounded time. */
async function bounded<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the graphics driver is too slow")), STEP_LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function sideOk(n: number): boolean {
  return Number.isInteger(n) && n > 0 && n <= MAX_SIDE;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  // Kept in memory: otherwise the pixels would go to the graphics card, and back to be encoded.
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.convertToBlob({ type: format, quality: quality / 100 });
}
