/** Draws and measures pieces of text on a 2D canvas: the labels' interface to the browser's fonts. */
import type { FontMetrics } from "./layout";
import type { Token } from "./tokens";

export interface Glyph {
  /** Pixels: one byte each (coverage), or four (color, alpha not multiplied in). */
  pixels: Uint8Array;
  width: number;
  height: number;
  /** From the pen to the left edge, and from the baseline up to the top edge. */
  left: number;
  top: number;
}

export interface GlyphSource {
  metrics(px: number): FontMetrics;
  advance(token: Token, px: number): number;
  /** null: nothing to draw (a space). */
  draw(token: Token, px: number, maxWidth: number): Glyph | null;
}

export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';

/** Margin around each piece, so that mipmaps do not mix neighbors. */
const MARGIN = 2;

export class CanvasGlyphs implements GlyphSource {
  private readonly canvas: HTMLCanvasElement;
  private readonly g: CanvasRenderingContext2D;
  private font = "";

  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = 256;
    this.g = this.canvas.getContext("2d", { willReadFrequently: true })!;
  }

  metrics(px: number): FontMetrics {
    this.use(px);
    const m = this.g.measureText("Hg");
    return { ascent: m.fontBoundingBoxAscent, descent: m.fontBoundingBoxDescent };
  }

  advance(token: Token, px: number): number {
    this.use(px);
    return this.g.measureText(token.text).width;
  }

  draw(token: Token, px: number, maxWidth: number): Glyph | null {
    this.use(px);
    const m = this.g.measureText(token.text);
    const left = Math.floor(-m.actualBoundingBoxLeft) - MARGIN;
    const right = Math.ceil(m.actualBoundingBoxRight) + MARGIN;
    const top = Math.ceil(m.actualBoundingBoxAscent) + MARGIN;
    const bottom = Math.ceil(m.actualBoundingBoxDescent) + MARGIN;
    const width = Math.min(right - left, maxWidth);
    const height = Math.min(top + bottom, maxWidth);
    if (!(right - left > 2 * MARGIN) || !(top + bottom > 2 * MARGIN)) return null;
    this.ensure(width, height);
    this.use(px);
    this.g.clearRect(0, 0, width, height);
    this.g.fillStyle = "#fff";
    this.g.fillText(token.text, -left, top);
    const { data } = this.g.getImageData(0, 0, width, height);
    return {
      pixels: token.colored ? data.slice() : alphaOf(data),
      width,
      height,
      left,
      top,
    } as Glyph;
  }

  private ensure(width: number, height: number): void {
    if (width <= this.canvas.width && height <= this.canvas.height) return;
    this.canvas.width = Math.max(this.canvas.width, width);
    this.canvas.height = Math.max(this.canvas.height, height);
    this.font = "";
  }

  private use(px: number): void {
    const font = `${px}px ${FONT_FAMILY}`;
    if (this.font === font) return;
    this.font = font;
    this.g.font = font;
    this.g.textBaseline = "alphabetic";
  }
}

function alphaOf(rgba: Uint8ClampedArray): Uint8Array {
  const out = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < out.length; i++) out[i] = rgba[4 * i + 3]!;
  return out;
}
