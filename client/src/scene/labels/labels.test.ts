import { Group, PerspectiveCamera, Vector2 } from "three";
import { describe, expect, it } from "vitest";
import type { LabelAnchor } from "../../protocol/messages.gen";
import type { FrameUniforms } from "../visual";
import { Atlas } from "./atlas";
import type { Glyph, GlyphSource } from "./glyphs";
import { LabelLayer, type LabelSpec } from "./layer";
import { anchorFractions, layOut } from "./layout";
import { PagePacker } from "./packer";
import { MAX_CHARS, MAX_LINES, type Token, tokenize } from "./tokens";

/** A font whose every code unit is 10 wide and 20 tall, and whose spaces are empty. */
class FakeGlyphs implements GlyphSource {
  drawn: string[] = [];
  metrics() {
    return { ascent: 15, descent: 5 };
  }
  advance(t: Token): number {
    return t.text.length * 10;
  }
  draw(t: Token, px: number): Glyph | null {
    this.drawn.push(`${px} ${t.text}`);
    if (t.text === " ") return null;
    const width = t.text.length * 10;
    const size = width * 20 * (t.colored ? 4 : 1);
    return { pixels: new Uint8Array(size).fill(7), width, height: 20, left: 0, top: 15 };
  }
}

const texts = (text: string) => tokenize(text).lines.map((l) => l.map((t) => t.text));

describe("tokenize", () => {
  it("makes one token of a word, and single ones of digits, signs and ideographs", () => {
    expect(texts("Hello, x-12")).toEqual([["Hello", ",", " ", "x", "-", "1", "2"]]);
    expect(texts("naïve don't")).toEqual([["naïve", " ", "don't"]]);
    expect(texts("世界 カナ 한글")).toEqual([["世", "界", " ", "カ", "ナ", " ", "한", "글"]]);
    expect(texts("नमस्ते")).toEqual([["नमस्ते"]]);
  });

  it("makes one colored token of an emoji or a sequence", () => {
    const [line] = tokenize("a👨‍👩‍👧🇩🇪👍🏽❤️1️⃣©").lines;
    expect(line!.filter((t) => t.colored).map((t) => t.text)).toEqual([
      "👨‍👩‍👧",
      "🇩🇪",
      "👍🏽",
      "❤️",
      "1️⃣",
    ]);
    expect(line!.at(-1)).toEqual({ text: "©", colored: false });
  });

  it("makes one token of a right-to-left line", () => {
    expect(texts("x = مرحبا 12\nok")).toEqual([["x = مرحبا 12"], ["ok"]]);
  });

  it("splits lines, and limits the length of the text", () => {
    expect(texts("a\r\nb\n\tc")).toEqual([["a"], ["b"], [" ", " ", " ", " ", "c"]]);
    expect(tokenize("short").cut).toBe(false);
    const long = tokenize("ab 1".repeat(MAX_CHARS));
    expect(long.cut).toBe(true);
    expect(long.lines[0]!.reduce((n, t) => n + t.text.length, 0)).toBeLessThanOrEqual(MAX_CHARS);
    const tall = tokenize("a\n".repeat(500));
    expect(tall.cut).toBe(true);
    expect(tall.lines.length).toBe(MAX_LINES + 1);
    // Half of a surrogate pair at the end of truncated text is dropped.
    expect(texts(`${"x".repeat(MAX_CHARS - 1)}😀`)[0]!.join("")).not.toMatch(/[\uD800-\uDBFF]$/);
  });
});

describe("PagePacker", () => {
  it("does not overlap rectangles, and stays on its pages", () => {
    const packer = new PagePacker(128, 4);
    const grid = Array.from({ length: 4 }, () => new Uint8Array(128 * 128));
    let placed = 0;
    for (let i = 0; i < 1000; i++) {
      const w = 3 + ((i * 7) % 23);
      const h = 4 + ((i * 5) % 19);
      const spot = packer.add(w, h);
      if (!spot) continue;
      placed++;
      for (let y = spot.y; y < spot.y + h; y++) {
        for (let x = spot.x; x < spot.x + w; x++) {
          expect(x < 128 && y < 128 && grid[spot.page]![y * 128 + x] === 0).toBe(true);
          grid[spot.page]![y * 128 + x] = 1;
        }
      }
    }
    const used = grid.reduce((n, g) => n + g.reduce((a, b) => a + b, 0), 0);
    expect(placed).toBeGreaterThan(200);
    expect(used / (4 * 128 * 128)).toBeGreaterThan(0.7);
  });

  it("returns null when the pages are full, and for rectangles that are too large", () => {
    const packer = new PagePacker(64, 2);
    expect(packer.add(65, 1)).toBeNull();
    expect(packer.add(0, 1)).toBeNull();
    for (let i = 0; i < 8; i++) expect(packer.add(32, 32)).not.toBeNull();
    expect(packer.pageCount).toBe(2);
    expect(packer.add(32, 32)).toBeNull();
    packer.clear();
    expect(packer.add(32, 32)).toEqual({ page: 0, x: 0, y: 0 });
  });
});

describe("Atlas", () => {
  const word = (text: string): Token => ({ text, colored: false });

  it("draws each token once per size, and keeps drawn ones when pages are added", () => {
    const glyphs = new FakeGlyphs();
    const atlas = new Atlas(glyphs, false, 64, 8);
    const first = atlas.get(word("abc"), 13);
    expect(atlas.get(word("abc"), 13)).toBe(first);
    atlas.get(word("abc"), 26);
    expect(atlas.get(word(" "), 13)).toBeNull();
    expect(glyphs.drawn).toEqual(["13 abc", "26 abc", "13  "]);
    for (let i = 0; i < 30; i++) atlas.get(word(`w${i}`), 13);
    expect(atlas.pageCount).toBeGreaterThan(2);
    expect(atlas.texture.image.depth).toBeGreaterThanOrEqual(atlas.pageCount);
    const { x, y, page } = first as { x: number; y: number; page: number };
    const data = atlas.texture.image.data as Uint8Array;
    expect(data[(page * 64 + y) * 64 + x]).toBe(7);
  });

  it("reports that it is full instead of overflowing", () => {
    const atlas = new Atlas(new FakeGlyphs(), false, 32, 1);
    expect(atlas.get(word("ab"), 13)).not.toBe("full");
    expect(atlas.get(word("cd"), 13)).toBe("full");
    atlas.clear();
    expect(atlas.get(word("cd"), 13)).not.toBe("full");
  });
});

describe("layOut", () => {
  const lines = [[{ text: "abcd", colored: false }], [{ text: "ab", colored: false }]];
  const place = (anchor: LabelAnchor) =>
    layOut(lines, 20, { ascent: 15, descent: 5 }, (t) => t.text.length * 10, anchor);
  // Text 40 wide, padding 7 each side; two lines of 25, padding 3.
  const W = 54;
  const H = 56;

  it.each([
    ["top-left", 0, -H],
    ["top-center", -W / 2, -H],
    ["top-right", -W, -H],
    ["center-left", 0, -H / 2],
    ["center-center", -W / 2, -H / 2],
    ["center-right", -W, -H / 2],
    ["bottom-left", 0, 0],
    ["bottom-center", -W / 2, 0],
    ["bottom-right", -W, 0],
  ] as const)("puts that point of the chip on the anchor: %s", (anchor, left, bottom) => {
    expect(place(anchor).box.map((v) => v + 0)).toEqual([left, bottom, W, H]);
  });

  it("aligns lines to the anchor's side, and keeps them inside the background", () => {
    expect(place("top-left").tokens.map((t) => t.x)).toEqual([7, 7]);
    expect(place("top-right").tokens.map((t) => t.x + 0)).toEqual([-47, -27]);
    expect(place("top-center").tokens.map((t) => t.x)).toEqual([-20, -10]);
    const { tokens, box } = place("center-center");
    for (const t of tokens) {
      expect(t.y + 15).toBeLessThanOrEqual(box[1] + box[3]);
      expect(t.y - 5).toBeGreaterThanOrEqual(box[1]);
    }
    expect(tokens[0]!.y - tokens[1]!.y).toBe(25);
  });

  it("supports all nine anchors", () => {
    expect(anchorFractions("bottom-right")).toEqual([1, 1]);
    expect(anchorFractions("top-left")).toEqual([0, 0]);
    expect(anchorFractions("center-center")).toEqual([0.5, 0.5]);
  });
});

describe("LabelLayer", () => {
  const spec: LabelSpec = {
    text: "ab",
    mode: "screen",
    size: 1,
    depthTest: false,
    anchor: "top-left",
  };

  function setUp(pages = { size: 64, text: 2, color: 1 }) {
    const stage = new Group();
    const frame: FrameUniforms = {
      viewport: { value: new Vector2(100, 100) },
      pixelRatio: { value: 1 },
      adaptivePoints: { value: 0 },
      seeThrough: { value: 0 },
    };
    const glyphs = new FakeGlyphs();
    const layer = new LabelLayer(stage, frame, () => {}, glyphs, pages);
    const camera = new PerspectiveCamera();
    camera.updateMatrixWorld();
    const reports: (string | null)[] = [];
    const add = (s: Partial<LabelSpec>, z = 0) => {
      const label = layer.add({ ...spec, ...s }, (t) => reports.push(t));
      label.show(true);
      label.moveTo(0, 0, z);
      return label;
    };
    const meshes = stage.children[0]!.children as unknown as {
      visible: boolean;
      geometry: { instanceCount: number; attributes: Record<string, never> };
    }[];
    /** z of each quad's anchor, in drawing order, of labels that are always on top. */
    const depths = () => {
      const g = meshes[1]!.geometry as never as {
        instanceCount: number;
        attributes: { anchorScale: { getZ(i: number): number } };
      };
      return Array.from({ length: g.instanceCount }, (_, i) => g.attributes.anchorScale.getZ(i));
    };
    return { layer, camera, add, reports, depths, glyphs };
  }

  it("draws far labels first, and sorts again when the camera moves", () => {
    const { layer, camera, add, depths } = setUp();
    add({}, -1);
    add({}, -5);
    add({}, -3);
    layer.flush(camera);
    expect(depths()).toEqual([-5, -5, -3, -3, -1, -1]);
    camera.rotation.y = Math.PI;
    camera.updateMatrixWorld();
    layer.flush(camera);
    expect(depths()).toEqual([-1, -1, -3, -3, -5, -5]);
  });

  it("moves a label in place, hides it, and removes it", () => {
    const { layer, camera, add, depths } = setUp();
    const a = add({}, -1);
    const b = add({}, -5);
    layer.flush(camera);
    a.moveTo(0, 0, -2);
    layer.flush(camera);
    expect(depths()).toEqual([-5, -5, -2, -2]);
    b.show(false);
    layer.flush(camera);
    expect(depths()).toEqual([-2, -2]);
    a.remove();
    layer.flush(camera);
    expect(depths()).toEqual([]);
    expect(layer.count).toBe(1);
  });

  it("drops unused text before it reports that there is no space", () => {
    const { layer, camera, add, reports } = setUp();
    const label = add({});
    for (let i = 0; i < 100; i++) {
      label.set({ ...spec, text: `w${String.fromCodePoint(97 + (i % 26))}${"x".repeat(i / 26)}` });
      layer.flush(camera);
    }
    expect(reports.filter((t) => t !== null)).toEqual([]);
    for (let i = 0; i < 40; i++) add({ text: String.fromCodePoint(0x4e00 + i).repeat(1) });
    layer.flush(camera);
    expect(reports.at(-1)).toContain("no space");
  });

  it("reports a size that is not a positive number", () => {
    const { layer, camera, add, reports, depths } = setUp();
    add({ size: Number.NaN });
    layer.flush(camera);
    expect(reports.at(-1)).toContain("positive");
    expect(depths()).toEqual([]);
  });
});
