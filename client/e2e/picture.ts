/** Measurements of a page's pixels, independent of the machine. */
import type { Page } from "@playwright/test";
import { expect } from "./harness";

export type Hue = "red" | "green" | "blue";

/** Bounding box of a color's pixels, in CSS pixels of the window. */
export interface Patch {
  pixels: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

const NOWHERE: Patch = { pixels: 0, left: 0, top: 0, width: 0, height: 0 };

/** The page's elements other than the scene. */
export const ALL_BUT_THE_SCENE = `:is(.viser-gui, .viser-corner, .viser-connection, .viser-gizmo, .viser-bars, .viser-tool-card) {
  visibility: hidden !important;
}`;

/** The scene as a PNG, without elements above it. */
export function sceneShot(page: Page, path?: string): Promise<Buffer> {
  return page.screenshot({ scale: "css", style: ALL_BUT_THE_SCENE, ...(path && { path }) });
}

/** Finds the scene's pixels of a color: those where it clearly exceeds the two others. */
export async function find(page: Page, hue: Hue): Promise<Patch> {
  const png = await sceneShot(page);
  return page.evaluate(
    async ({ base64, channel, nowhere }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let [pixels, left, top, right, bottom] = [0, width, height, -1, -1];
      for (let i = 0; i < data.length; i += 4) {
        const value = data[i + channel]!;
        const a = data[i + ((channel + 1) % 3)]!;
        const b = data[i + ((channel + 2) % 3)]!;
        if (value < 60 || value < 1.7 * Math.max(a, b)) continue;
        const x = (i / 4) % width;
        const y = Math.floor(i / 4 / width);
        pixels++;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
      if (pixels === 0) return nowhere;
      return { pixels, left, top, width: right - left + 1, height: bottom - top + 1 };
    },
    {
      base64: png.toString("base64"),
      channel: ["red", "green", "blue"].indexOf(hue),
      nowhere: NOWHERE,
    },
  );
}

/** The colors of the scene at some pixels, 0…255. */
export async function colorsAt(page: Page, points: readonly [x: number, y: number][]) {
  const png = await sceneShot(page);
  return page.evaluate(
    async ({ base64, at }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return at.map(([x, y]) => {
        const i = 4 * (Math.round(y) * bitmap.width + Math.round(x));
        return [data[i]!, data[i + 1]!, data[i + 2]!];
      });
    },
    { base64: png.toString("base64"), at: points },
  );
}

/** Number of pixels of the hover outline in the scene. */
export async function rimPixels(
  page: Page,
  clip?: { x: number; y: number; width: number; height: number },
  color: readonly number[] = [255, 201, 41],
): Promise<number> {
  const png = await page.screenshot({
    scale: "css",
    style: ALL_BUT_THE_SCENE,
    ...(clip && { clip }),
  });
  return pixelsOf(page, png.toString("base64"), color);
}

/** How many pixels of a picture have about that color. */
export function pixelsOf(page: Page, png: string, color: readonly number[]): Promise<number> {
  return page.evaluate(
    async ({ base64, color }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let pixels = 0;
      for (let i = 0; i < data.length; i += 4) {
        const near = color.every((c, k) => Math.abs(data[i + k]! - c) < 12);
        if (near) pixels++;
      }
      return pixels;
    },
    { base64: png, color: [...color] },
  );
}

/** Polling intervals: a screenshot itself takes longer. */
const QUICK = [50, 100, 200];

/** Waits until a color has the expected bounding box; edges left out of `where` are not checked. */
export async function expectPatch(
  page: Page,
  hue: Hue,
  where: Partial<Record<"left" | "top" | "width" | "height", number>>,
  tolerance = 3,
): Promise<void> {
  await expect(async () => {
    const patch = await find(page, hue);
    expect(patch.pixels, `${hue} pixels`).toBeGreaterThan(0);
    for (const [side, wanted] of Object.entries(where)) {
      const off = Math.abs(patch[side as keyof Patch] - wanted);
      expect(off, `${side} of ${JSON.stringify(patch)}, wanted ${wanted}`).toBeLessThanOrEqual(
        tolerance,
      );
    }
  }).toPass({ timeout: 20_000, intervals: QUICK });
}

/** Waits until a color is visible, or (false) not. */
export async function expectSeen(page: Page, hue: Hue, seen = true): Promise<void> {
  await expect
    .poll(async () => (await find(page, hue)).pixels > 50, {
      message: `${hue} seen`,
      intervals: QUICK,
    })
    .toBe(seen);
}

/** A screenshot of the scene after it has become stable. */
export async function settledShot(page: Page): Promise<Buffer> {
  let last = await sceneShot(page);
  await expect(async () => {
    const before = last;
    last = await sceneShot(page);
    expect(last.equals(before), "the picture stays as it is").toBe(true);
  }).toPass({ timeout: 20_000, intervals: QUICK });
  return last;
}

/** The fraction of pixels that differ clearly between two pictures. */
export function apart(page: Page, a: Buffer, b: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [one, other] = await Promise.all(
        pictures.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
        }),
      );
      let far = 0;
      for (let i = 0; i < one!.length; i += 4) {
        const d = [0, 1, 2].map((k) => Math.abs(one![i + k]! - other![i + k]!));
        if (Math.max(...d) > 24) far++;
      }
      return (4 * far) / one!.length;
    },
    [a.toString("base64"), b.toString("base64")],
  );
}

/** The pixels of a picture. */
export class Pixels {
  private constructor(
    readonly width: number,
    readonly height: number,
    private readonly data: Buffer,
  ) {}

  static async of(page: Page, png: Buffer): Promise<Pixels> {
    const { width, height, rgba } = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let rgba = "";
      for (let i = 0; i < data.length; i += 0x8000) {
        rgba += String.fromCharCode(...data.subarray(i, i + 0x8000));
      }
      return { width, height, rgba: btoa(rgba) };
    }, png.toString("base64"));
    return new Pixels(width, height, Buffer.from(rgba, "base64"));
  }

  at(x: number, y: number): [r: number, g: number, b: number] {
    const i = 4 * (Math.round(y) * this.width + Math.round(x));
    return [this.data[i]!, this.data[i + 1]!, this.data[i + 2]!];
  }

  /** The mean of the three channels. */
  gray(x: number, y: number): number {
    const [r, g, b] = this.at(x, y);
    return (r + g + b) / 3;
  }
}
