/**
 * Sets the text of labels: breaks it into lines, draws its pieces onto the pages of the two atlases, and writes
 * the label's quads.
 *
 * Labels of a size in pixels are drawn from pieces of exactly that size, on whole pixels, so that they are as
 * sharp as the page's own text. Labels of a size in the scene come from large pieces and get smaller by mipmaps.
 */
import { Atlas, type Entry } from "./atlas";
import type { GlyphSource } from "./glyphs";
import type { Label } from "./label";
import { type Layout, layOut } from "./layout";
import { KIND_CHIP, KIND_COLOR, KIND_TEXT, STRIDE, writeQuad } from "./quads";
import { type Token, tokenize } from "./tokens";
import { wrapLine } from "./wrap";

/** Height of a label's text at font_screen_scale 1, in CSS pixels. */
const SCREEN_FONT_PX = 13;
/** Height that scene-sized text is drawn in. */
const SCENE_FONT_PX = 64;
const MAX_FONT_PX = 256;
/** Longest line, in heights of the text. */
const MAX_LINE_EMS = 40;
/** Longest line of a label of a size on the screen, as a share of the picture's width. */
const MAX_LINE_SHARE = 0.9;
/** Around a piece on its page. */
const TOKEN_MARGIN = 16;

export interface AtlasPages {
  size: number;
  text: number;
  color: number;
}

export class Typesetter {
  readonly text: Atlas;
  readonly pictures: Atlas;
  /** Device pixels per CSS pixel that pieces of screen-sized labels are drawn for. */
  pixelRatio = 1;
  /** Of the picture, in CSS pixels. */
  pictureWidth = Number.POSITIVE_INFINITY;

  constructor(
    private readonly glyphs: GlyphSource,
    private readonly pages: AtlasPages,
  ) {
    this.text = new Atlas(glyphs, false, pages.size, pages.text);
    this.pictures = new Atlas(glyphs, true, pages.size, pages.color);
  }

  /** Longest line of a label of a size on the screen that the picture's width allows, in CSS pixels. */
  static widestLine(pictureWidth: number): number {
    return MAX_LINE_SHARE * pictureWidth;
  }

  /** Writes the label's quads. False when the pages are full; the label then has what did fit. */
  set(label: Label): boolean {
    const { spec } = label;
    const wanted = spec.mode === "screen" ? SCREEN_FONT_PX * spec.size : spec.size;
    label.quads = null;
    label.unwrappedWidth = 0;
    if (!(wanted > 0) || !Number.isFinite(wanted)) {
      label.report("its size must be a positive number");
      return true;
    }
    const { px, scale } = this.resolution(spec.mode, wanted);
    const { lines, cut } = tokenize(spec.text);
    label.report(cut ? "its text is too long and was cut" : null);
    const advance = (token: Token) => this.glyphs.advance(token, px);
    const width = (line: readonly Token[]) => line.reduce((sum, t) => sum + advance(t), 0);
    if (spec.mode === "screen") label.unwrappedWidth = Math.max(...lines.map(width)) * scale;
    const limits = {
      line: this.longestLine(spec.mode, px, scale),
      token: this.pages.size - TOKEN_MARGIN,
    };
    const wrapped = lines.flatMap((line) => wrapLine(line, limits, advance));
    const layout = layOut(wrapped, px, this.glyphs.metrics(px), advance, spec.anchor);
    return this.write(label, layout, px, scale);
  }

  clear(): void {
    this.text.clear();
    this.pictures.clear();
  }

  dispose(): void {
    this.text.dispose();
    this.pictures.dispose();
  }

  private write(label: Label, layout: Layout, px: number, scale: number): boolean {
    const out = new Float32Array((layout.tokens.length + 1) * STRIDE);
    const whole = label.spec.mode === "screen";
    let room = true;
    let n = 0;
    const chip = { scale, rect: layout.box, kind: KIND_CHIP, entry: null };
    writeQuad(out, n++, chip, this.text.pageSize);
    for (const { token, x, y } of layout.tokens) {
      const atlas = token.colored ? this.pictures : this.text;
      const entry: Entry | null | "full" = atlas.get(token, px);
      if (entry === "full") room = false;
      if (entry === null || entry === "full") continue;
      const pen = whole ? Math.round(x) : x;
      const rect = [pen + entry.left, y + entry.top - entry.height, entry.width, entry.height];
      const kind = token.colored ? KIND_COLOR : KIND_TEXT;
      writeQuad(out, n++, { scale, rect, kind, entry }, atlas.pageSize);
    }
    label.quads = out.subarray(0, n * STRIDE);
    return room;
  }

  /** In pixels of the pieces. */
  private longestLine(mode: "screen" | "scene", px: number, scale: number): number {
    const ems = MAX_LINE_EMS * px;
    if (mode === "scene") return ems;
    return Math.max(px, Math.min(ems, Typesetter.widestLine(this.pictureWidth) / scale));
  }

  /** Font size to draw pieces in, and the quad's scale: what one of their pixels is on screen or in the scene. */
  private resolution(mode: "screen" | "scene", wanted: number): { px: number; scale: number } {
    if (mode === "scene") return { px: SCENE_FONT_PX, scale: -wanted / SCENE_FONT_PX };
    const device = wanted * this.pixelRatio;
    const px = Math.max(1, Math.min(MAX_FONT_PX, Math.round(device)));
    // Rounded to whole device pixels unless the font had to be limited.
    const scale = px === MAX_FONT_PX ? device / px / this.pixelRatio : 1 / this.pixelRatio;
    return { px, scale };
  }
}
