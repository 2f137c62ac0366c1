/** Controls in the scene: position and use. */
import { caughtUp, expect, open, type Page, rest, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 600 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("gui3d");
  await open(page, server);
});

/** Pixels of one unit at the look-at point. */
const UNIT = 300 / 4 / Math.tan((75 * Math.PI) / 360);
const box = (page: Page) => page.getByRole("region", { name: "Controls in the scene" });
const camera = () => server.ask<{ position: number[] }>("camera");

async function expectAt(page: Page, x: number, y: number): Promise<void> {
  await expect(async () => {
    const r = (await box(page).first().boundingBox())!;
    expect(Math.abs(r.x - x), `left of ${JSON.stringify(r)}`).toBeLessThan(2);
    expect(Math.abs(r.y - y), `top of ${JSON.stringify(r)}`).toBeLessThan(2);
  }).toPass();
}

test("controls are shown at their node, and follow it and the camera", async ({ page, shoot }) => {
  await expectAt(page, 500, 300);
  await shoot("gui3d");
  await server.command("move -1");
  await expectAt(page, 500 - UNIT, 300);
  await page.mouse.move(200, 500);
  await page.mouse.wheel(0, 400);
  await expect(async () => {
    const r = (await box(page).boundingBox())!;
    expect(r.x).toBeGreaterThan(505 - UNIT);
    expect(r.x).toBeLessThan(500);
  }).toPass();
});

test("all of a color's text is visible", async ({ page }) => {
  await server.command("color");
  const field = box(page).getByRole("textbox", { name: "Color" });
  await expect(field).toHaveValue("255, 255, 255");
  const cut = await field.evaluate((e) => e.scrollWidth - e.clientWidth);
  expect(cut, "pixels that do not fit").toBe(0);
});

test("controls are used with the mouse and the keyboard, and the camera does not move", async ({
  page,
}) => {
  const before = await camera();
  await page.getByRole("button", { name: "Press one" }).click();
  await server.event(/^pressed one$/);
  const words = page.getByRole("textbox", { name: "Words" });
  await words.click();
  await page.keyboard.type("wasd");
  await server.event(/^words "wasd"$/);
  expect((await camera()).position).toEqual(before.position);
  await box(page).getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await server.event(/^amount 6$/);
  // A press on the container's edge is not passed to the scene behind it.
  const r = (await box(page).boundingBox())!;
  await page.mouse.move(r.x + 3, r.y + 3);
  await page.mouse.down();
  await page.mouse.move(r.x + 60, r.y + 30, { steps: 4 });
  await page.mouse.up();
  expect((await camera()).position).toEqual(before.position);
});

test("controls are not shown behind the camera, hidden or removed", async ({ page }) => {
  await expect(box(page)).toBeVisible();
  await server.command("behind");
  await expect(box(page)).toBeHidden();
  await server.command("move 0");
  await expect(box(page)).toBeVisible();
  await server.command("visible false");
  await expect(box(page)).toBeHidden();
  await server.command("visible true");
  await expect(box(page)).toBeVisible();
  await server.command("again two");
  await expect(page.getByRole("button", { name: "Press two" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Press one" })).toHaveCount(0);
  await server.command("remove");
  await expect(box(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Press/ })).toHaveCount(0);
});

test("a client has its own controls, in the shared container and in another one", async ({
  page,
  anotherPage,
}) => {
  const other = await anotherPage();
  await open(other, server);
  await server.event(/^connect 1$/);
  await server.command("own");
  await expect(other.getByRole("button", { name: "Own in shared" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Own", exact: true })).toBeVisible();
  await caughtUp(page, server);
  await expect(page.getByRole("button", { name: /Own/ })).toHaveCount(0);
  await expect(box(page)).toHaveCount(1);
});

test("idle controls cause no frames", async ({ page }) => {
  await expect(box(page)).toBeVisible();
  const frames = () => page.evaluate(() => window.viserPage!.scene!.stats().frames);
  const last = await rest(page);
  await page.getByRole("button", { name: "Press one" }).hover();
  await page.waitForTimeout(500);
  expect(await frames()).toBe(last);
});

test("on a phone controls are large enough for touch", async ({ browser, problems }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  problems.watch(page);
  await page.goto(server.url);
  await server.command("move -1.5");
  const button = page.getByRole("button", { name: "Press one" });
  await expect(button).toBeVisible();
  await expect.poll(async () => (await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await button.tap();
  await server.event(/^pressed one$/);
  await context.close();
});
