/** Draws a picture and what was found in it into a canvas, once for all changes before a frame, and none without. */
import {
  type Box,
  boxText,
  type Class,
  type Keypoints,
  paintClasses,
  type Rgb,
  type Segmentation,
} from "./overlays";
import type { Shown } from "./picture";
import { kept, type Point, type Size, toBox, toPicture, type View } from "./viewport";

export interface Found {
  readonly boxes: readonly Box[];
  readonly keypoints: readonly Keypoints[];
  readonly segmentation: Segmentation | null;
  readonly classes: ReadonlyMap<number, Class>;
}

export interface Layers {
  readonly boxes: boolean;
  readonly segmentation: boolean;
  readonly keypoints: boolean;
  readonly opacity: number;
}

export interface Scene {
  readonly picture: Shown | null;
  readonly found: Found;
  readonly layers: Layers;
  readonly smooth: boolean;
  /** Marks the pixel in the middle, for those who use the keyboard. */
  readonly cross: boolean;
  /** Formats the value of a depth image. */
  readonly format: (value: number) => string;
}

/** CSS pixels for a pixel of the picture, from which the grid and the values are drawn. */
export const GRID_SCALE = 12;
export const VALUES_SCALE = 36;

export class Painter {
  view: View = { scale: 1, x: 0, y: 0, fit: true };
  box: Size = { width: 0, height: 0 };
  scene: Scene | null = null;
  private frame = 0;
  private classes: { key: unknown; names: unknown; canvas: HTMLCanvasElement } | null = null;
  private readonly probe = document.createElement("canvas");

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly drawn: () => void,
  ) {}

  request(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
      this.drawn();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
  }

  /** Colors of pixels, four bytes each. The picture may be scaled down, and has another color at its edges then. */
  colors(picture: Shown, x: number, y: number, width: number, height: number): Uint8ClampedArray {
    const { source, size } = picture;
    const k = source.width / size.width;
    this.probe.width = width;
    this.probe.height = height;
    const context = this.probe.getContext("2d", { willReadFrequently: true })!;
    context.imageSmoothingEnabled = false;
    context.drawImage(source, x * k, y * k, width * k, height * k, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  }

  private draw(): void {
    const { box, canvas, scene } = this;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!scene?.picture || width === 0 || height === 0) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.view = kept(this.view, box, scene.picture.size);
    this.drawPicture(context, scene, scene.picture);
    if (scene.layers.segmentation) this.drawClasses(context, scene, scene.picture);
    this.drawPixels(context, scene, scene.picture);
    if (scene.layers.boxes) for (const b of scene.found.boxes) this.drawBox(context, b);
    if (scene.layers.keypoints)
      for (const k of scene.found.keypoints) this.drawKeypoints(context, k);
    if (scene.cross) this.drawCross(context);
  }

  private drawPicture(
    context: CanvasRenderingContext2D,
    scene: Scene,
    { source, size }: Shown,
  ): void {
    const [x, y] = toBox(this.view, this.box, [0, 0]);
    const { scale } = this.view;
    context.imageSmoothingEnabled = scale < 1 || scene.smooth;
    context.imageSmoothingQuality = "medium";
    context.drawImage(source, x, y, size.width * scale, size.height * scale);
  }

  private drawClasses(context: CanvasRenderingContext2D, scene: Scene, { size }: Shown): void {
    const { segmentation, classes } = scene.found;
    if (!segmentation) return;
    const [x, y] = toBox(this.view, this.box, [0, 0]);
    const { scale } = this.view;
    context.imageSmoothingEnabled = false;
    context.globalAlpha = scene.layers.opacity;
    const canvas = this.classCanvas(segmentation, classes);
    context.drawImage(canvas, x, y, size.width * scale, size.height * scale);
    context.globalAlpha = 1;
  }

  /** The classes in colors, painted again only when they change. */
  private classCanvas(seg: Segmentation, names: Found["classes"]): HTMLCanvasElement {
    if (this.classes?.key === seg && this.classes.names === names) return this.classes.canvas;
    const canvas = this.classes?.canvas ?? document.createElement("canvas");
    canvas.width = seg.width;
    canvas.height = seg.height;
    const context = canvas.getContext("2d")!;
    const image = context.createImageData(seg.width, seg.height);
    paintClasses(seg, names, new Uint32Array(image.data.buffer));
    context.putImageData(image, 0, 0);
    this.classes = { key: seg, names, canvas };
    return canvas;
  }

  /** The grid between pixels, and their values, where they are large enough. */
  private drawPixels(context: CanvasRenderingContext2D, scene: Scene, picture: Shown): void {
    const { view, box } = this;
    if (view.scale < GRID_SCALE) return;
    const { size } = picture;
    const [left, top] = toPicture(view, box, [0, 0]);
    const [right, bottom] = toPicture(view, box, [box.width, box.height]);
    const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
    const x1 = Math.min(size.width, Math.ceil(right));
    const y1 = Math.min(size.height, Math.ceil(bottom));
    if (x0 >= x1 || y0 >= y1) return;
    context.beginPath();
    const [from, to] = [toBox(view, box, [x0, y0]), toBox(view, box, [x1, y1])];
    for (let x = x0; x <= x1; x++) {
      const at = toBox(view, box, [x, 0])[0];
      context.moveTo(at, from[1]);
      context.lineTo(at, to[1]);
    }
    for (let y = y0; y <= y1; y++) {
      const at = toBox(view, box, [0, y])[1];
      context.moveTo(from[0], at);
      context.lineTo(to[0], at);
    }
    context.strokeStyle = "rgb(128 128 128 / 45%)";
    context.lineWidth = 1;
    context.stroke();
    if (view.scale >= VALUES_SCALE) this.drawValues(context, scene, picture, [x0, y0], [x1, y1]);
  }

  private drawValues(
    context: CanvasRenderingContext2D,
    scene: Scene,
    picture: Shown,
    [x0, y0]: Point,
    [x1, y1]: Point,
  ): void {
    const { view, box } = this;
    const colors = this.colors(picture, x0, y0, x1 - x0, y1 - y0);
    const font = Math.min(14, view.scale / 4);
    context.font = `${font}px ui-monospace, monospace`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const i = 4 * ((y - y0) * (x1 - x0) + x - x0);
        const [r, g, b, a] = [colors[i]!, colors[i + 1]!, colors[i + 2]!, colors[i + 3]!];
        const dark = a > 100 && 0.3 * r + 0.6 * g + 0.1 * b < 128;
        context.fillStyle = dark ? "#fff" : "#000";
        const lines = valueLines(picture, scene, x, y, [r, g, b]);
        const [cx, cy] = toBox(view, box, [x + 0.5, y + 0.5]);
        for (const [k, line] of lines.entries()) {
          context.fillText(
            line,
            cx,
            cy + (k - (lines.length - 1) / 2) * font * 1.1,
            view.scale - 2,
          );
        }
      }
    }
  }

  private drawBox(context: CanvasRenderingContext2D, found: Box): void {
    const [x, y, width, height] = found.box;
    const [left, top] = toBox(this.view, this.box, [x, y]);
    const { scale } = this.view;
    context.lineWidth = 2;
    context.strokeStyle = css(found.color);
    context.strokeRect(left, top, width * scale, height * scale);
    const text = boxText(found);
    if (text === "") return;
    // Within the view, also when the box begins above it.
    this.drawLabel(context, text, found.color, Math.max(0, left - 1), Math.max(0, top - 16));
  }

  private drawLabel(
    context: CanvasRenderingContext2D,
    text: string,
    color: Rgb,
    x: number,
    y: number,
  ): void {
    context.font = "12px system-ui, sans-serif";
    context.textAlign = "left";
    context.textBaseline = "middle";
    const width = context.measureText(text).width + 8;
    context.fillStyle = css(color);
    context.fillRect(x, y, width, 16);
    const [r, g, b] = color;
    context.fillStyle = 0.3 * r + 0.6 * g + 0.1 * b < 140 ? "#fff" : "#000";
    context.fillText(text, x + 4, y + 8.5);
  }

  private drawKeypoints(
    context: CanvasRenderingContext2D,
    { points, edges, color, label }: Keypoints,
  ): void {
    const at = points.map((p) => p && toBox(this.view, this.box, p));
    context.strokeStyle = css(color);
    context.lineWidth = 2.5;
    context.beginPath();
    for (const [a, b] of edges) {
      const [from, to] = [at[a], at[b]];
      if (!from || !to) continue;
      context.moveTo(...from);
      context.lineTo(...to);
    }
    context.stroke();
    context.fillStyle = css(color);
    context.strokeStyle = "#fff";
    context.lineWidth = 1;
    for (const p of at) {
      if (!p) continue;
      context.beginPath();
      context.arc(p[0], p[1], 3.5, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
    const first = at.find((p) => p !== null);
    if (label !== "" && first) this.drawLabel(context, label, color, first[0] + 6, first[1] - 20);
  }

  private drawCross(context: CanvasRenderingContext2D): void {
    const [x, y] = [this.box.width / 2, this.box.height / 2];
    for (const [style, width] of [
      ["#000", 3],
      ["#fff", 1],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x - 8, y);
      context.lineTo(x + 8, y);
      context.moveTo(x, y - 8);
      context.lineTo(x, y + 8);
      context.stroke();
    }
  }
}

const css = ([r, g, b]: Rgb) => `rgb(${r} ${g} ${b})`;

function valueLines(picture: Shown, scene: Scene, x: number, y: number, rgb: Rgb): string[] {
  const { depth } = picture;
  if (!depth) return rgb.map(String);
  const value = depth.values[y * depth.width + x]!;
  return value === 0 || !Number.isFinite(value) ? ["–"] : [scene.format(value)];
}
