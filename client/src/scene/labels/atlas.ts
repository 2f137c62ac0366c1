/**
 * Glyph atlas: pieces of text on the pages (layers) of an array texture, each drawn once per font size. Pages are
 * added as they fill up; at the maximum, the atlas reports that it is full, and its owner clears it and requests
 * what is still needed.
 */
import {
  DataArrayTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  RedFormat,
  RGBAFormat,
} from "three";
import type { GlyphSource } from "./glyphs";
import { PagePacker } from "./packer";
import type { Token } from "./tokens";

/** A drawn piece: its rectangle on the page, and its offset from the pen position. Pixels. */
export interface Entry {
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  left: number;
  top: number;
}

export class Atlas {
  /** Replaced by a larger texture when a page is added beyond its capacity. */
  texture: DataArrayTexture;
  private readonly packer: PagePacker;
  /** null: nothing to draw. */
  private readonly entries = new Map<string, Entry | null>();
  private pagesMade = 0;

  constructor(
    private readonly source: GlyphSource,
    private readonly colored: boolean,
    readonly pageSize: number,
    maxPages: number,
  ) {
    this.packer = new PagePacker(pageSize, maxPages);
    // One pixel: a scene without labels, or without emoji, allocates no page.
    this.texture = this.makeTexture(1, 1);
  }

  /** The piece's entry; null: it is blank; "full": no page has space. */
  get(token: Token, px: number): Entry | null | "full" {
    const key = `${px} ${token.text}`;
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const glyph = this.source.draw(token, px, this.pageSize);
    if (!glyph) {
      this.entries.set(key, null);
      return null;
    }
    const spot = this.packer.add(glyph.width, glyph.height);
    if (!spot) return "full";
    this.grow(this.packer.pageCount);
    this.blit(glyph.pixels, glyph.width, glyph.height, spot.page, spot.x, spot.y);
    const { width, height, left, top } = glyph;
    const entry = { ...spot, width, height, left, top };
    this.entries.set(key, entry);
    return entry;
  }

  get pageCount(): number {
    return this.packer.pageCount;
  }

  clear(): void {
    this.entries.clear();
    this.packer.clear();
    (this.texture.image.data as Uint8Array).fill(0);
    // Without layer updates, all layers are uploaded.
    this.texture.clearLayerUpdates();
    this.texture.needsUpdate = true;
  }

  dispose(): void {
    this.texture.dispose();
  }

  private get channels(): number {
    return this.colored ? 4 : 1;
  }

  private grow(pages: number): void {
    const have = this.pagesMade;
    if (pages <= have) return;
    this.pagesMade = Math.max(1, have * 2);
    const next = this.makeTexture(this.pageSize, this.pagesMade);
    if (have > 0) (next.image.data as Uint8Array).set(this.texture.image.data as Uint8Array);
    for (let page = 0; page < have; page++) next.addLayerUpdate(page);
    this.texture.dispose();
    this.texture = next;
  }

  private makeTexture(n: number, depth: number): DataArrayTexture {
    const t = new DataArrayTexture(new Uint8Array(n * n * depth * this.channels), n, n, depth);
    t.format = this.colored ? RGBAFormat : RedFormat;
    t.minFilter = LinearMipmapLinearFilter;
    t.magFilter = LinearFilter;
    t.generateMipmaps = true;
    t.unpackAlignment = 1;
    t.needsUpdate = true;
    return t;
  }

  private blit(pixels: Uint8Array, w: number, h: number, page: number, x: number, y: number): void {
    const c = this.channels;
    const n = this.pageSize;
    const data = this.texture.image.data as Uint8Array;
    for (let row = 0; row < h; row++) {
      const to = ((page * n + y + row) * n + x) * c;
      data.set(pixels.subarray(row * w * c, (row + 1) * w * c), to);
    }
    this.texture.addLayerUpdate(page);
    this.texture.needsUpdate = true;
  }
}
