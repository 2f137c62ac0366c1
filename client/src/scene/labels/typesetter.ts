/**
 * Lays out the text of labels: breaks it into lines, draws its tokens into the two atlases, and writes the label's
 * quads.
 *
 * Screen-sized labels use tokens of exactly their size, aligned to whole pixels, so that they are as sharp as HTML
 * text. Scene-sized labels use large tokens that are minified with mipmaps.
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
/** Font size at which scene-sized text is drawn into the atlas. */
const SCENE_FONT_PX = 64;
const MAX_FONT_PX = 256;
/** Maximum line length, in em. */
const MAX_LINE_EMS = 40;
/** Maximum line length of a screen-sized label, as a fraction of the picture's width. */
const MAX_LINE_SHARE = 0.9;
/** Margin around a token on its page. */
const TOKEN_MARGIN = 16;

export interface AtlasPages {
  size: number;
  text: number;
  color: number;
}

export class Typesetter {
  readonly text: Atlas;
  readonly pictures: Atlas;
  /** Device pixels per CSS pixel of screen-sized labels. */
  pixelRatio = 1;
  /** Width of the picture, in CSS pixels. */
  pictureWidth = Number.POSITIVE_INFINITY;

  constructor(
    private readonly glyphs: GlyphSource,
    private readonly pages: AtlasPages,
  ) {
    this.text = new Atlas(glyphs, false, pages.size, pages.text);
    this.pictures = new Atlas(glyphs, true, pages.size, pages.color);
  }

  /** Maximum line length of a screen-sized label for a picture of this width, in CSS pixels. */
  static widestLine(pictureWidth: number): number {
    return MAX_LINE_SHARE * pictureWidth;
  }

  /** Writes the label's quads. Returns false if the pages are full; the label then has the tokens that fit. */
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
    let fits = true;
    let n = 0;
    const chip = { scale, rect: layout.box, kind: KIND_CHIP, entry: null };
    writeQuad(out, n++, chip, this.text.pageSize);
    for (const { token, x, y } of layout.tokens) {
      const atlas = token.colored ? this.pictures : this.text;
      const entry: Entry | null | "full" = atlas.get(token, px);
      if (entry === "full") fits = false;
      if (entry === null || entry === "full") continue;
      const pen = whole ? Math.round(x) : x;
      const rect = [pen + entry.left, y + entry.top - entry.height, entry.width, entry.height];
      const kind = token.colored ? KIND_COLOR : KIND_TEXT;
      writeQuad(out, n++, { scale, rect, kind, entry }, atlas.pageSize);
    }
    label.quads = out.subarray(0, n * STRIDE);
    return fits;
  }

  /** In pixels of the tokens. */
  private longestLine(mode: "screen" | "scene", px: number, scale: number): number {
    const ems = MAX_LINE_EMS * px;
    if (mode === "scene") return ems;
    return Math.max(px, Math.min(ems, Typesetter.widestLine(this.pictureWidth) / scale));
  }

  /** Font size of the tokens, and the quad's scale: the size of one of their pixels on screen or in the scene. */
  private resolution(mode: "screen" | "scene", wanted: number): { px: number; scale: number } {
    if (mode === "scene") return { px: SCENE_FONT_PX, scale: -wanted / SCENE_FONT_PX };
    const device = wanted * this.pixelRatio;
    const px = Math.max(1, Math.min(MAX_FONT_PX, Math.round(device)));
    // Rounded to whole device pixels unless the font had to be limited.
    const scale = px === MAX_FONT_PX ? device / px / this.pixelRatio : 1 / this.pixelRatio;
    return { px, scale };
  }
}
