/** Plots of a Go program: checked by the libraries' elements and by pixels. */
import { XSS } from "../src/gui/testing/xss";
import { caughtUp, expect, look, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 900 } });

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("plots");
});

const figure = (page: Page, name: string) => page.getByRole("figure", { name, exact: true });
const bars = (page: Page) => page.locator(".js-plotly-plot .bars .point");

async function pixels(page: Page, name: string) {
  const box = (await figure(page, name).boundingBox())!;
  return look(page, box);
}

test("a Plotly figure is drawn, updated, and has an accessible name", async ({ page, shoot }) => {
  const scripts: string[] = [];
  page.on("request", (r) => {
    if (r.url().includes("plotly-strict")) scripts.push(r.url());
  });
  await open(page, server);
  await expect(figure(page, "Plot: Bars")).toBeVisible();
  await expect(bars(page)).toHaveCount(3);
  expect((await pixels(page, "Plot: Bars")).colors).toBeGreaterThan(10);
  await shoot("plots");
  for (const kind of ["scatter", "scattergl", "histogram", "heatmap", "surface", "scatter3d"]) {
    await server.command(`figure ${kind}`);
    const name = figure(page, "Plot");
    await expect(name).toBeVisible();
    const gl = ["surface", "scatter3d", "scattergl"].includes(kind);
    const made = gl ? name.locator("canvas").first() : name.locator("svg .trace, svg .hm").first();
    await expect(made, kind).toBeAttached();
    await expect.poll(async () => (await pixels(page, "Plot")).colors, kind).toBeGreaterThan(8);
  }
  await server.command("figure again");
  await expect(bars(page)).toHaveCount(3);
  expect(scripts, "the library comes once").toHaveLength(1);
});

test("a page without plots loads neither library", async ({ page, startServer }) => {
  const loaded: string[] = [];
  page.on("request", (r) => loaded.push(r.url()));
  await open(page, await startServer("gui"));
  expect(loaded.join("\n")).not.toMatch(/plotly|plot/i);
});

test("Plotly and uPlot follow the theme and the panel's width", async ({ page, shoot }) => {
  await open(page, server);
  await expect(bars(page)).toHaveCount(3);
  const light = await pixels(page, "Plot: Bars");
  const before = (await figure(page, "Chart: Waves").boundingBox())!.width;
  await server.command("dark true");
  await caughtUp(page, server);
  await expect
    .poll(async () => (await pixels(page, "Plot: Bars")).mean[0])
    .toBeLessThan(light.mean[0] - 50);
  await shoot("plots-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect
    .poll(async () => (await figure(page, "Chart: Waves").boundingBox())!.width)
    .not.toBe(before);
  await shoot("plots-phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(390);
});

/** The chart's own state. */
const canvasOf = (page: Page) =>
  page.locator(".uplot canvas").evaluate((c) => (c as HTMLCanvasElement).toDataURL().length);

test("a uPlot chart is updated with new points", async ({ page }) => {
  await open(page, server);
  const chart = figure(page, "Chart: Waves");
  await expect(chart).toHaveAttribute("aria-description", "100 points");
  expect((await pixels(page, "Chart: Waves")).colors).toBeGreaterThan(10);
  await page.locator(".uplot").evaluate((e) => {
    (e as HTMLElement).dataset.first = "yes";
  });
  const before = await canvasOf(page);
  await server.command("append 250");
  await expect(chart).toHaveAttribute("aria-description", "350 points");
  await expect.poll(() => canvasOf(page)).not.toBe(before);
  await expect(page.locator(".uplot[data-first]"), "the chart is the same one").toHaveCount(1);
  await server.command("height 333");
  await expect.poll(async () => (await page.locator(".u-wrap").boundingBox())!.height).toBe(333);
  await server.command("data 0");
  await expect(chart).toHaveAttribute("aria-description", "0 points");
  await server.command("title Other");
  await expect(figure(page, "Chart: Other")).toBeVisible();
  await expect(page.locator(".u-title")).toHaveText("Other");
});

test("the legend and zoom of uPlot work with mouse and keyboard, and new points keep the zoom", async ({
  page,
}) => {
  await open(page, server);
  const rows = page.locator(".u-legend .u-series");
  await expect(rows).toHaveCount(3);
  await rows.nth(1).locator("th").focus();
  await page.keyboard.press("Enter");
  await expect(rows.nth(1)).toHaveClass(/u-off/);
  await rows.nth(1).locator("th").click();
  await expect(rows.nth(1)).not.toHaveClass(/u-off/);

  const over = (await page.locator(".u-over").boundingBox())!;
  const y = over.y + over.height / 2;
  await page.mouse.move(over.x + over.width / 2, y);
  await expect(rows.first().locator(".u-value")).not.toHaveText("--");
  const full = await canvasOf(page);
  await page.mouse.move(over.x + over.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(over.x + over.width * 0.5, y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => canvasOf(page)).not.toBe(full);
  const zoomed = await canvasOf(page);
  await server.command("append 300");
  await expect(figure(page, "Chart: Waves")).toHaveAttribute("aria-description", "400 points");
  expect(Math.abs((await canvasOf(page)) - zoomed)).toBeLessThan(zoomed * 0.15);
});

test("hostile texts have no effect, and invalid options do not block the page", async ({
  page,
}) => {
  await open(page, server);
  await expect(bars(page)).toHaveCount(3);
  for (const text of XSS.filter((x) => !x.includes("\n")).slice(0, 25)) {
    await server.command(`title ${text}`);
    await server.command(`label ${text}`);
    await server.command(`figure ${text}`);
  }
  await caughtUp(page, server);
  await page.locator(".u-legend").hover();
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  const bad = page.locator(".vg-plot :is(script, iframe, object, embed, [onerror], [onload])");
  await expect(bad).toHaveCount(0);
  await expect(page.locator(".vg-plot [href^='javascript']")).toHaveCount(0);
  await server.command("hostile-axes");
  await caughtUp(page, server);
  await expect(page.locator(".vg-plot").first()).toBeVisible();
});
