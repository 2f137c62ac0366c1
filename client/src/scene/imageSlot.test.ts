import type { Texture } from "three";
import { expect, test, vi } from "vitest";
import { ImageSlot } from "./imageSlot";
import { ImageLoader } from "./images";

const bitmap = (width: number, height = width) => ({ width, height, close: vi.fn() });

/** A slot whose images are decoded when the test says so; the first byte is the size. */
function start() {
  const decoding: { size: number; done(): void; fail(): void }[] = [];
  const images = new ImageLoader(
    (bytes) =>
      new Promise((resolve, reject) => {
        const size = bytes[0]!;
        decoding.push({
          size,
          done: () => resolve(bitmap(size) as unknown as ImageBitmap),
          fail: () => reject(new Error("broken")),
        });
      }),
  );
  const shown: (Texture | null)[] = [];
  const problems = new Map<string, string | null>();
  const report = (key: string, text: string | null) => problems.set(key, text);
  const slot = new ImageSlot(images, report, (texture) => shown.push(texture));
  const set = (size: number) => slot.set(new Uint8Array([size]), "jpeg", null);
  const sizes = () => shown.map((t) => (t ? (t.image as ImageBitmap).width : 0));
  return { slot, set, decoding, images, shown, sizes, problems };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));

test("of images that arrive while one is decoded only the newest is decoded", async () => {
  const { set, decoding, sizes } = start();
  for (const size of [1, 2, 3, 4]) set(size);
  expect(decoding.map((d) => d.size)).toEqual([1]);
  decoding[0]!.done();
  await soon();
  expect(sizes()).toEqual([1]);
  expect(decoding.map((d) => d.size)).toEqual([1, 4]);
  decoding[1]!.done();
  await soon();
  expect(sizes().at(-1)).toBe(4);
});

test("a stream keeps its texture, another size gets another one", async () => {
  const { set, decoding, shown } = start();
  for (const [i, size] of [5, 5, 6].entries()) {
    set(size);
    decoding[i]!.done();
    await soon();
  }
  expect(shown[1]).toBe(shown[0]);
  expect(shown[2]).not.toBe(shown[0]);
  expect(shown[0]!.version).toBe(2);
});

test("a broken image leaves the old one and is told", async () => {
  const { set, decoding, shown, problems, slot } = start();
  set(1);
  decoding[0]!.done();
  await soon();
  set(2);
  decoding[1]!.fail();
  await soon();
  expect(shown).toHaveLength(1);
  expect(problems.get("image")).toMatch(/can't be decoded/);
  set(3);
  decoding[2]!.done();
  await soon();
  expect(problems.get("image")).toBeNull();
  slot.set(null, "jpeg", "it has no image");
  expect(shown.at(-1)).toBeNull();
  expect(problems.get("image")).toBe("it has no image");
});

test("what is decoded after the end or the removal of the image is let go", async () => {
  const { set, slot, decoding, shown, images } = start();
  set(1);
  slot.set(undefined, "jpeg", null);
  decoding[0]!.done();
  await soon();
  expect(shown).toEqual([null]);
  set(2);
  set(3);
  slot.dispose();
  decoding[1]!.done();
  await soon();
  expect(shown).toEqual([null]);
  await images.settled();
});

test("a picture for the program waits for the image, and not for an endless stream", async () => {
  const { set, decoding, images } = start();
  set(1);
  set(2);
  let settled = false;
  const wait = images.settled().then(() => {
    settled = true;
  });
  decoding[0]!.done();
  await soon();
  set(3); // while 2 is decoded
  expect(settled).toBe(false);
  decoding[1]!.done();
  await wait;
  expect(decoding.map((d) => d.size)).toEqual([1, 2, 3]);
});

test("a large image is scaled to what the graphics card takes, and that is told", async () => {
  vi.stubGlobal(
    "createImageBitmap",
    async (_: unknown, o: { resizeWidth: number; resizeHeight: number }) =>
      bitmap(o.resizeWidth, o.resizeHeight),
  );
  const { set, decoding, sizes, images, problems } = start();
  images.maxSize = 100;
  set(200);
  decoding[0]!.done();
  await soon();
  vi.unstubAllGlobals();
  expect(sizes()).toEqual([100]);
  expect(problems.get("image size")).toMatch(/200 x 200 pixels is drawn with 100 x 100/);
});
