/** Pictures, videos, links to a view, and the camera as code: what a user takes along. */
import { readFile } from "node:fs/promises";
import type { Download } from "@playwright/test";
import { expect, open, type Page, runAction, test } from "./harness";
import { find } from "./picture";
import type { TestServer } from "./server";

test.use({
  viewport: { width: 800, height: 400 },
  permissions: ["clipboard-read", "clipboard-write"],
});

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("client");
  await open(page, server);
});

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Size and some pixels (r, g, b, a) of a PNG. */
async function read(page: Page, png: Buffer, at: readonly (readonly [number, number])[]) {
  return page.evaluate(
    async ({ base64, at }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const pixel = ([x, y]: readonly [number, number]) => [
        ...context.getImageData(x * width, y * height, 1, 1).data,
      ];
      return { width, height, pixels: at.map(pixel) };
    },
    { base64: png.toString("base64"), at },
  );
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

test("a picture is saved at another size without background, and copied", async ({ page }) => {
  await runAction(page, "Save a picture");
  const dialog = page.getByRole("dialog", { name: "Save a picture" });
  await dialog.getByRole("radio", { name: "2×" }).check();
  await dialog.getByRole("checkbox", { name: "Transparent background" }).check();
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const picture = await read(page, await bytesOf(await saved), [
    [0.5, 0.5],
    [0.02, 0.5],
  ]);
  expect([picture.width, picture.height]).toEqual([1600, 800]);
  const [box, corner] = picture.pixels;
  expect(box![3]).toBe(255);
  expect(box![0]).toBeGreaterThan(2 * box![1]!);
  expect(corner).toEqual([0, 0, 0, 0]);
  await expect(dialog).toHaveCount(0);

  // More than a picture may have: the reason, and the dialog stays.
  await page.getByRole("button", { name: "Scene and tools" }).click();
  await page.getByRole("button", { name: "Save picture" }).click();
  for (const side of ["Width", "Height"]) {
    const field = dialog.getByRole("spinbutton", { name: `${side} in pixels` });
    await field.fill("16000");
    await field.press("Tab");
  }
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText("too many");
  await dialog.getByRole("radio", { name: "As seen" }).check();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Copied.");
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item!.getType("image/png");
    const { width, height } = await createImageBitmap(blob);
    return [width, height];
  });
  expect(copied).toEqual([800, 400]);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("a link opens with camera, theme and what is hidden", async ({ page, anotherPage }) => {
  await page.mouse.move(250, 300);
  await page.mouse.wheel(0, -300);
  await expect
    .poll(async () => (await server.ask<{ position: number[] }>("camera")).position[1])
    .toBeGreaterThan(-3.6);
  await page.getByRole("button", { name: "Scene and tools" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("treeitem", { name: /^box/ }).click();
  await page.keyboard.press("Space");
  await runAction(page, "Copy a link");
  await expect(page.getByText("Link copied")).toBeVisible();
  const link = await clipboard(page);
  expect(new URL(link).searchParams.getAll("hide")).toEqual(["/box"]);
  expect(new URL(link).searchParams.getAll("select")).toEqual(["/box"]);
  await page.getByRole("radio", { name: "Program" }).check();
  const camera = () => page.evaluate(() => window.viserPage!.scene!.camera());
  const before = await camera();

  const other = await anotherPage();
  // Garbage in a link is no harm.
  await other.goto(`${link}&hide=%00&hide=${"x".repeat(3000)}&show=/no/such&theme=pink`);
  await other.waitForFunction(() => window.viserPage?.session.connection.get().replaying === false);
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect
    .poll(() => other.evaluate(() => window.viserPage!.scene!.camera().position))
    .toEqual(before.position.map((x) => expect.closeTo(x, 3)));
  await expect.poll(async () => (await find(other, "red")).pixels).toBe(0);
  expect(await other.evaluate(() => window.viserPage!.scene!.selection.get())).toEqual(["/box"]);
  // The choice of the link is not the user's own.
  expect(await other.evaluate(() => localStorage.getItem("viser-go.theme"))).toBeNull();

  await page.bringToFront();
  await runAction(page, "Go code");
  await expect(page.getByText("Go code copied")).toBeVisible();
  const code = await clipboard(page);
  expect(code).toMatch(/^camera := server\.InitialCamera\(\)\ncamera\.SetView\(viser\.Vec3\{/);
});

test("a video of the canvas is recorded, and saved at its end", async ({ page }) => {
  await runAction(page, "Record a video");
  const line = page.getByRole("region", { name: "Video" });
  await expect(line).toBeVisible();
  await page.mouse.move(250, 300);
  await page.mouse.down();
  await page.mouse.move(300, 310, { steps: 5 });
  await page.mouse.up();
  const saved = page.waitForEvent("download");
  await line.getByRole("button", { name: "Stop and save" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("viser.webm");
  const video = await bytesOf(download);
  const size = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const element = document.createElement("video");
    element.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
    await new Promise((resolve, reject) => {
      element.onloadeddata = resolve;
      element.onerror = () => reject(new Error(element.error?.message));
    });
    return [element.videoWidth, element.videoHeight];
  }, video.toString("base64"));
  expect(size).toEqual([800, 400]);
  await expect(line).toHaveCount(0);
});

test("a picture has color bars, unless they are left out", async ({ page, startServer }) => {
  const colored = await startServer("scalars");
  await open(page, colored);
  const bars = page.locator(".viser-bars section").first();
  await expect(bars).toBeVisible();
  const track = (await bars.locator("canvas").boundingBox())!;
  const at = [(track.x + 0.5 * track.width) / 800, (track.y + 0.5 * track.height) / 400] as const;
  const dialog = page.getByRole("dialog", { name: "Save a picture" });
  const save = async (bars: boolean) => {
    await runAction(page, "Save a picture");
    await dialog.getByRole("checkbox", { name: "Color bars" }).setChecked(bars);
    await dialog.getByRole("checkbox", { name: "Transparent background" }).check();
    const saved = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    return (await read(page, await bytesOf(await saved), [at])).pixels[0]!;
  };
  expect((await save(true))[3]).toBe(255);
  expect((await save(false))[3]).toBe(0);
});
