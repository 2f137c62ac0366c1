/** Image views: zoom, pixels, overlays, depth, streams; by mouse, keyboard and touch. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, idles, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 1300 } });

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("imageView");
});

const view = (page: Page, name: string) => page.locator(`.vg-image-view[aria-label="${name}"]`);
const canvas = (page: Page, name: string) => view(page, name).locator("canvas");
const readout = (page: Page, name: string) => view(page, name).locator(".vg-image-readout");
const scale = async (page: Page, name: string) =>
  Number(await canvas(page, name).getAttribute("data-scale"));

/** The color that is shown at a share of the canvas. */
const shown = (page: Page, name: string, x: number, y: number) =>
  canvas(page, name).evaluate(
    (c, [fx, fy]) => {
      const element = c as HTMLCanvasElement;
      const context = element.getContext("2d")!;
      const at = [Math.floor(element.width * fx!), Math.floor(element.height * fy!)] as const;
      return [...context.getImageData(at[0], at[1], 1, 1).data];
    },
    [x, y],
  );

async function middle(page: Page, name: string): Promise<[number, number]> {
  const b = (await canvas(page, name).boundingBox())!;
  return [b.x + b.width / 2, b.y + b.height / 2];
}

test("mouse and keyboard: zoom, pixels, layers, clicks, maximize", async ({ page, shoot, gl }) => {
  await open(page, server);
  const street = view(page, "Street");
  await street.scrollIntoViewIfNeeded();
  await expect(readout(page, "Street")).toHaveText("80 × 60");
  await shoot("image-view");
  const [x, y] = await middle(page, "Street");
  await page.mouse.move(x + 2, y + 2);
  await expect(readout(page, "Street")).toHaveText("x 40 y 30 · r 120 g 120 b 100 · road");
  const whole = await scale(page, "Street");
  await page.mouse.wheel(0, -700);
  await expect.poll(() => scale(page, "Street")).toBeGreaterThan(3 * whole);
  await expect(readout(page, "Street")).toContainText("x 40 y 30");
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(readout(page, "Street")).toContainText("x 40 y 30");
  await page.mouse.click(x + 60, y + 20);
  expect(await server.event(/^pixel/)).toBe("pixel 40 30");

  // Layers: the color of the road is gone without the segmentation.
  await street.getByRole("button", { name: "Fit", exact: true }).click();
  await expect.poll(() => scale(page, "Street")).toBe(whole);
  for (const name of ["Boxes", "Keypoints"]) await street.getByRole("checkbox", { name }).uncheck();
  await page.mouse.move(5, 5);
  await expect(readout(page, "Street")).toHaveText("80 × 60");
  const mixed = await shown(page, "Street", 0.5, 0.55);
  await street.getByRole("checkbox", { name: "Segmentation" }).uncheck();
  await expect.poll(() => shown(page, "Street", 0.5, 0.55)).not.toEqual(mixed);
  await expect(street.getByRole("slider")).toHaveCount(0);
  await page.mouse.move(x, y);
  await expect(readout(page, "Street")).not.toContainText("road");

  // Keys, with a cross in the middle.
  await canvas(page, "Street").focus();
  await page.mouse.move(5, 5);
  await page.keyboard.press("1");
  await expect.poll(() => scale(page, "Street")).toBe(1);
  for (let i = 0; i < 17; i++) await page.keyboard.press("+");
  await expect.poll(() => scale(page, "Street")).toBeGreaterThan(36);
  await expect(readout(page, "Street")).toContainText("r ");
  const before = await readout(page, "Street").textContent();
  // A tenth of the width each.
  for (let i = 0; i < 2; i++) await page.keyboard.press("ArrowRight");
  await expect(readout(page, "Street")).not.toHaveText(before!);
  await shoot("image-view-pixels");
  await page.keyboard.press("Enter");
  await server.event(/^pixel \d+ \d+$/);
  await page.keyboard.press("0");
  await expect.poll(() => scale(page, "Street")).toBe(whole);

  await street.getByRole("button", { name: "Maximize" }).press("Enter");
  await expect
    .poll(async () => (await canvas(page, "Street").boundingBox())?.width)
    .toBeGreaterThan(900);
  await expect(page.getByRole("dialog", { name: "Street" })).toBeVisible();
  await shoot("image-view-maximized");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(street.getByRole("button", { name: "Maximize" })).toBeFocused();

  // From the palette.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Maximize “Depth");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Depth" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await idles(gl, 200);
});

/** 1.3 of 0.5 to 2, within rounding. */
const GRAY = [...Array<unknown>(3).fill(expect.closeTo(136, -0.5)), 255];

test("depth: values, range and colormap", async ({ page }) => {
  await open(page, server);
  const depth = view(page, "Depth");
  await depth.scrollIntoViewIfNeeded();
  await expect(depth.getByRole("spinbutton", { name: "From, m" })).toHaveValue("0.5");
  await expect(depth.getByRole("spinbutton", { name: "To, m" })).toHaveValue("2");
  const [x, y] = await middle(page, "Depth");
  await page.mouse.move(x + 1, y + 1);
  await expect(readout(page, "Depth")).toHaveText("x 8 y 6 · 1.300 m");
  const turbo = await shown(page, "Depth", 0.53, 0.54);
  await depth.getByRole("combobox", { name: "Colormap" }).selectOption("gray");
  await expect.poll(() => shown(page, "Depth", 0.53, 0.54)).toEqual(GRAY);
  expect(turbo).not.toEqual(GRAY);
  await depth.getByRole("spinbutton", { name: "To, m" }).fill("1.3");
  await expect.poll(() => shown(page, "Depth", 0.53, 0.54)).toEqual([255, 255, 255, 255]);
  await depth.getByRole("button", { name: "Range of the values" }).click();
  await expect.poll(() => shown(page, "Depth", 0.53, 0.54)).toEqual(GRAY);
  await page.mouse.click(x + 1, y + 1);
  expect(await server.event(/^depth/)).toBe("depth 1.3");
});

test("a stream: the newest picture everywhere, a broken one leaves the old one", async ({
  page,
  problems,
}) => {
  await open(page, server);
  await view(page, "Stream").scrollIntoViewIfNeeded();
  await expect(view(page, "Stream")).toContainText("No picture yet");
  await server.command("shade 40");
  const near = (v: number) => [v, v, v, 255];
  await expect.poll(() => shown(page, "Stream", 0.5, 0.5)).toEqual(near(40));
  const small = page.locator(".vg-image img");
  await expect(small).toHaveJSProperty("naturalWidth", 40);
  await server.command("larger 200");
  await expect.poll(() => shown(page, "Stream", 0.5, 0.5)).toEqual(near(200));
  await expect(small).toHaveJSProperty("naturalWidth", 64);
  await expect(readout(page, "Stream")).toHaveText("64 × 48");

  problems.allow(/./);
  await server.command("broken");
  await expect(view(page, "Stream")).toContainText("can't be decoded");
  expect(await shown(page, "Stream", 0.5, 0.5)).toEqual(near(200));
  await expect(small).toHaveJSProperty("naturalWidth", 64);
  const picture = () =>
    page.evaluate(() => {
      const find = (n: { path: string; error?: string; children: readonly unknown[] }): string =>
        n.path === "/picture"
          ? (n.error ?? "")
          : n.children.map((c) => find(c as typeof n)).join("");
      return find(window.viserPage!.scene!.tree.root());
    });
  await expect.poll(picture).toContain("can't be decoded");
  await server.command("shade 90");
  await expect.poll(() => shown(page, "Stream", 0.5, 0.5)).toEqual(near(90));
  await expect.poll(picture).toBe("");
  await expect(view(page, "Stream")).not.toContainText("can't be decoded");
  await server.command("remove");
  await expect(view(page, "Stream")).toHaveCount(0);
  await server.command("shade 10");
  await expect(small).toHaveJSProperty("naturalWidth", 40);
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("touch: a tap, a pinch, two taps; nothing serious for axe", async ({ page, shoot }) => {
    await open(page, server, "?darkMode");
    const street = view(page, "Street");
    await street.scrollIntoViewIfNeeded();
    await expect(readout(page, "Street")).toHaveText("80 × 60");
    const [x, y] = await middle(page, "Street");
    await page.touchscreen.tap(x + 1, y + 1);
    await expect(readout(page, "Street")).toContainText("x 40 y 30");
    expect(await server.event(/^pixel/)).toBe("pixel 40 30");
    const whole = await scale(page, "Street");
    const cdp = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
      cdp.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })),
      });
    await touch("touchStart", [x - 20, y], [x + 20, y]);
    for (const d of [30, 45, 60, 80]) await touch("touchMove", [x - d, y], [x + d, y]);
    await touch("touchEnd");
    await expect.poll(() => scale(page, "Street")).toBeGreaterThan(3 * whole);
    await touch("touchStart", [x, y]);
    for (const d of [10, 20, 40]) await touch("touchMove", [x + d, y]);
    await touch("touchEnd");
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    await expect.poll(() => scale(page, "Street")).toBe(whole);
    const low = await street
      .locator("button, input, select")
      .evaluateAll((all) =>
        all
          .map((e) => (e.closest("label") ?? e).getBoundingClientRect().height)
          .filter((height) => height < 44),
      );
    expect(low).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    await shoot("image-view-phone");
    await loadAxe(page);
    await nothingSerious(page, "image views on a phone");
  });
});

test("in a panel of its own it fills it; nothing serious for axe", async ({ page, shoot }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, server);
  await server.command("panel");
  await expect
    .poll(async () => (await view(page, "Filled").boundingBox())?.height)
    .toBeGreaterThan(600);
  const body = (await page.locator(".vg-body", { has: view(page, "Filled") }).boundingBox())!;
  const own = (await view(page, "Filled").boundingBox())!;
  expect(own.y + own.height).toBeLessThanOrEqual(body.y + body.height);
  await shoot("image-view-filled");
  await loadAxe(page);
  await nothingSerious(page, "image views");
});
