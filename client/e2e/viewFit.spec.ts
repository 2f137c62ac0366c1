/** The first view of `viser view`: all of the file is in view beside the panel, on pages of all sizes. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, open, type Page, rest, test } from "./harness";
import { find } from "./picture";
import { buildViewer, Viewer } from "./viewer";

let dir: string;
let viewer: Viewer;
test.beforeAll(() => buildViewer());
test.beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "view-fit-"));
  const file = join(dir, "cube.xyz");
  writeFileSync(file, redCube());
  viewer = await Viewer.start(file, "--point-size", "0.05");
});
test.afterEach(async () => {
  await viewer.stop();
  rmSync(dir, { recursive: true });
});

/** Points on the edges of a cube. */
function redCube(): string {
  const rows: string[] = [];
  for (let i = -30; i <= 30; i++) {
    for (const a of [-1, 1]) {
      for (const b of [-1, 1]) {
        const t = i / 30;
        for (const p of [
          [t, a, b],
          [a, t, b],
          [a, b, t],
        ]) {
          rows.push(`${p.join(" ")} 230 0 0`);
        }
      }
    }
  }
  return `${rows.join("\n")}\n`;
}

/** The part of the canvas that the panel leaves free: all of it, but for a sheet's round corners. */
async function freeArea(page: Page) {
  const canvas = (await page.locator("canvas").first().boundingBox())!;
  const panel = (await page.locator(".vg-panel").first().boundingBox())!;
  const [right, bottom] = [canvas.x + canvas.width, canvas.y + canvas.height];
  const words = `canvas ${JSON.stringify(canvas)}, panel ${JSON.stringify(panel)}`;
  expect(panel.x > right - 1 || panel.y > bottom - 20, words).toBe(true);
  return { ...canvas, height: panel.y > bottom - 20 ? panel.y - canvas.y : canvas.height };
}

/** Waits until all points are in the part of the page that nothing covers, and not too small. */
async function expectFits(page: Page): Promise<void> {
  await expect(async () => {
    const free = await freeArea(page);
    const seen = await find(page, "red");
    const words = `${JSON.stringify(seen)} in ${JSON.stringify(free)}`;
    expect(seen.left, words).toBeGreaterThan(free.x + 2);
    expect(seen.top, words).toBeGreaterThan(free.y + 2);
    expect(seen.left + seen.width, words).toBeLessThan(free.x + free.width - 2);
    expect(seen.top + seen.height, words).toBeLessThan(free.y + free.height - 2);
    const narrow = Math.min(free.width, free.height);
    expect(Math.max(seen.width, seen.height), words).toBeGreaterThan(0.6 * narrow);
  }).toPass({ timeout: 20_000 });
}

for (const [width, height] of [
  [1000, 700],
  [1440, 900],
  [800, 1200],
  [390, 844],
] as const) {
  test(`all is in view beside the panel, ${width} x ${height}`, async ({ page, shoot }) => {
    await page.setViewportSize({ width, height });
    await open(page, viewer);
    await expectFits(page);
    await shoot(`view-fit-${width}`);
  });
}

test("the view follows the page's size until its user moves the camera", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, viewer);
  await expectFits(page);
  const wide = await find(page, "red");
  await page.setViewportSize({ width: 800, height: 1200 });
  await expectFits(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect
    .poll(async () => Math.abs((await find(page, "red")).width - wide.width))
    .toBeLessThan(3);
  const canvas = (await page.locator("canvas").first().boundingBox())!;
  await page.mouse.move(canvas.width / 2, canvas.height / 2);
  await page.mouse.wheel(0, 600);
  await expect.poll(async () => (await find(page, "red")).width).toBeLessThan(0.6 * wide.width);
  const scale = async () => {
    const box = (await page.locator("canvas").first().boundingBox())!;
    return (await find(page, "red")).height / box.height;
  };
  await rest(page);
  const far = await scale();
  await page.setViewportSize({ width: 900, height: 1200 });
  // As high in the picture as before: the camera stays.
  await expect.poll(async () => Math.abs((await scale()) - far)).toBeLessThan(0.02);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  expect(Math.abs((await scale()) - far)).toBeLessThan(0.02);
});

test("a camera in the address stays where it is", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, viewer, "?initialCameraPosition=0,-9,0&initialCameraLookAt=0,0,0");
  const { height } = (await page.locator("canvas").first().boundingBox())!;
  // The front of the cube is 8 away, and points stick out by half of their size.
  const wanted = (2.05 / 8 / Math.tan((75 * Math.PI) / 360)) * (height / 2);
  await expect.poll(async () => Math.abs((await find(page, "red")).width - wanted)).toBeLessThan(4);
});
