import { afterEach, expect, test, vi } from "vitest";
import { colorTable } from "../../shared/colormaps";
import { colorize, depthOf, rangeOf, valueAt } from "./depth";
import { boxesOf, classesOf, keypointsOf, namesAt, paintClasses, segmentationOf } from "./overlays";
import { Picture, shrinking } from "./picture";
import { fitted, kept, MAX_SCALE, moved, pixelAt, toBox, toPicture, zoomed } from "./viewport";

const box = { width: 200, height: 100 };
const picture = { width: 80, height: 60 };

test("zooming keeps the point under the pointer", () => {
  const view = zoomed(fitted(box, picture), 10, [60, 30], box, picture);
  const before = toPicture(fitted(box, picture), box, [60, 30]);
  const after = toPicture(view, box, [60, 30]);
  expect(after[0]).toBeCloseTo(before[0]);
  expect(after[1]).toBeCloseTo(before[1]);
  expect(toBox(view, box, after)[0]).toBeCloseTo(60);
  expect(zoomed(view, 1e9, [0, 0], box, picture).scale).toBe(MAX_SCALE);
  expect(zoomed(view, 0, [0, 0], box, picture).scale).toBeGreaterThan(0.5);
});

test("a view follows another size of the box or the picture, and stays on the picture", () => {
  expect(kept(fitted(box, picture), { width: 40, height: 30 }, picture).scale).toBe(0.5);
  const away = moved(fitted(box, picture), -1e6, 1e6, box, picture);
  expect([away.x, away.y]).toEqual([80, 0]);
  expect(kept(away, box, { width: 8, height: 6 })).toMatchObject({ x: 8, y: 0, fit: false });
  expect(pixelAt(fitted(box, picture), box, [0, 50], picture)).toBeNull();
  expect(pixelAt(fitted(box, picture), box, [100, 50], picture)).toEqual([40, 30]);
});

test("depth: values, their range and their colors; what is no number has none", () => {
  const values = new Float32Array([0, 1, Number.NaN, 3, Infinity, 2]);
  const depth = depthOf(new Uint8Array(values.buffer), "float32", 3, 2)!;
  expect(rangeOf(depth)).toEqual([1, 3]);
  expect(valueAt(depth, 0, 1)).toBe(3);
  expect(valueAt(depth, 2, 0)).toBeNull();
  const out = new Uint32Array(6);
  colorize(depth, [1, 2], "gray", out);
  const table = colorTable("gray");
  expect([...out]).toEqual([0, table[0], 0, table[255], 0, table[255]]);
  colorize(depth, [2, 2], "no such map", out);
  expect(out[1]).toBe(colorTable("turbo")[0]);
  expect(depthOf(new Uint8Array(5), "uint16", 3, 1)).toBeNull();
  expect(rangeOf(depthOf(new Uint8Array(2), "uint16", 1, 1)!)).toBeNull();
});

test("what was found: wrong texts are nothing, unknown classes have a color of their own", () => {
  for (const bad of [undefined, "", "{", "3", '[null, 4, {"box":[1,2]}]']) {
    expect(boxesOf(bad)).toEqual([]);
    expect(segmentationOf(bad, 1, 1)).toBeNull();
  }
  expect(keypointsOf('[{"points":[[1,2],null,[1]],"edges":[[0,9],[1]]}]')[0]).toMatchObject({
    points: [[1, 2], null, null],
    edges: [[0, 9]],
  });
  const seg = segmentationOf(new Uint8Array([1, 0, 0, 0, 0x60, 0xea]), 3, 1)!;
  const classes = classesOf('[{"id":1,"name":"road","color":[1,2,3]}]');
  const out = new Uint32Array(3);
  paintClasses(seg, classes, out);
  expect([...new Uint8Array(out.buffer, 0, 4)]).toEqual([1, 2, 3, 255]);
  expect(out[1]).toBe(0);
  expect(out[2]! >>> 24).toBe(255);
  const boxes = boxesOf(
    '[{"box":[0,0,30,10],"label":"large"},{"box":[0,0,10,10],"label":"small","score":0.5}]',
  );
  const size = { width: 30, height: 10 };
  const found = { boxes, segmentation: seg, classes };
  expect(namesAt([5, 5], size, found)).toEqual(["road", "small 0.50", "large"]);
  expect(namesAt([25, 5], size, found)).toEqual(["class 60000", "large"]);
});

test("large pictures are scaled to a bound", () => {
  expect(shrinking({ width: 4000, height: 3000 })).toBe(1);
  const k = shrinking({ width: 8192, height: 8192 });
  expect(8192 * 8192 * k * k).toBeLessThanOrEqual(2 ** 25 + 1);
  expect(60_000 * shrinking({ width: 60_000, height: 10 })).toBeLessThanOrEqual(8192);
});

afterEach(() => vi.unstubAllGlobals());

test("of pictures that arrive during decoding the newest is shown, and a broken one leaves the old one", async () => {
  const decoding: { resolve: (b: unknown) => void; reject: (e: Error) => void }[] = [];
  class ImageBitmap {
    width = 1;
    height = 1;
    close = vi.fn();
  }
  vi.stubGlobal("ImageBitmap", ImageBitmap);
  vi.stubGlobal(
    "createImageBitmap",
    () => new Promise((resolve, reject) => decoding.push({ resolve, reject })),
  );
  const soon = () => new Promise((resolve) => setTimeout(resolve));
  const problems: (string | null)[] = [];
  const changed = vi.fn();
  const p = new Picture(changed, (problem) => problems.push(problem));
  const set = (n: number) =>
    p.set({ data: new Uint8Array([n]), format: "png", size: { width: 1, height: 1 } });
  for (const n of [1, 2, 3]) set(n);
  expect(decoding).toHaveLength(1);
  const first = new ImageBitmap();
  decoding[0]!.resolve(first);
  await soon();
  expect(p.shown?.source).toBe(first);
  expect(decoding).toHaveLength(2);
  decoding[1]!.reject(new Error("broken"));
  await soon();
  expect(p.shown?.source).toBe(first);
  expect(problems.at(-1)).toMatch(/can't be decoded/);
  set(4);
  p.set({ data: null, format: "png", size: { width: 0, height: 0 } });
  const late = new ImageBitmap();
  decoding[2]!.resolve(late);
  await soon();
  expect(p.shown).toBeNull();
  expect([first.close, late.close].every((f) => f.mock.calls.length === 1)).toBe(true);
});
