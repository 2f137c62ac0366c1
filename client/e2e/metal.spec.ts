/** Metals, tone mapping, and pictures that wait for assets. */
import { join } from "node:path";
import { caughtUp, expect, look, open, type Page, test } from "./harness";
import { clientDir } from "./paths";
import { sceneShot, settledShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
const render = (shot: Record<string, unknown>) =>
  server.ask<{ Middle: number[]; Far: number }>(
    `render ${JSON.stringify({ Width: 80, Height: 60, Format: "png", ...shot })}`,
  );

test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("metal");
  await open(page, server);
  await server.event(/^connect/);
});

test("a picture waits for models that are being loaded, if requested", async ({ page }) => {
  // The part of the page that loads models is held back, so that the model is certainly not there yet.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const part = "**/assets/load-*.js";
  await page.route(part, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(part);
  await server.command("ball");
  await asked;
  expect((await render({ AssetWait: -1 })).Middle[3], "without waiting").toBe(0);
  release();
  expect((await render({})).Middle[3]).toBe(255);
});

test("a metal without an environment map is not black, and looks like other surfaces", async ({
  page,
  shoot,
}) => {
  await server.command("ball");
  await render({});
  await caughtUp(page, server);
  await settledShot(page);
  await shoot("metal");
  // Lit, from the front, and in the shade.
  for (const [x, y] of [
    [380, 150],
    [400, 200],
    [415, 250],
  ]) {
    const { mean } = await look(page, { x: x! - 4, y: y! - 4, width: 8, height: 8 });
    for (const c of mean) expect(c, `${mean} at ${x}, ${y}`).toBeGreaterThan(90);
    for (const c of mean) expect(c, `${mean} at ${x}, ${y}`).toBeLessThan(250);
  }
  // The program removes the environment, which also disables the neutral one.
  await server.command("environment");
  await caughtUp(page, server);
  await expect
    .poll(async () => (await look(page, { x: 411, y: 246, width: 8, height: 8 })).mean[0])
    .toBeLessThan(60);
});

/** Brightness of the ball's middle column, `rows` pixels below its center. */
async function column(page: Page, rows: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const dy of rows) {
    const { mean } = await look(page, { x: 397, y: 200 + dy - 2, width: 6, height: 4 });
    found.push((mean[0] + mean[1] + mean[2]) / 3);
  }
  return found;
}

test("a smooth metal reflects a dark floor, a bright horizon and a ceiling between them", async ({
  page,
  shoot,
}) => {
  await server.command("ball 0.1");
  await render({});
  await caughtUp(page, server);
  await settledShot(page);
  await shoot("metal-smooth");
  const [ceiling, horizon, floor] = await column(page, [-44, -10, 16]);
  const found = `ceiling ${ceiling}, horizon ${horizon}, floor ${floor}`;
  // For a diffuse surface the ratio of two such positions is at most 1.2.
  expect(horizon! / floor!, found).toBeGreaterThan(1.45);
  expect(horizon! / ceiling!, found).toBeGreaterThan(1.1);
  expect(ceiling! / floor!, found).toBeGreaterThan(1.1);
});

for (const roughness of ["0.5", "1"]) {
  test(`a metal of roughness ${roughness} gets darker from the horizon down`, async ({ page }) => {
    // Reflections only.
    await server.command("lamps-off");
    await server.command(`ball ${roughness}`);
    await render({});
    await caughtUp(page, server);
    await settledShot(page);
    const found = await column(page, [0, 8, 16, 24, 32, 40, 48]);
    expect(found.at(-1), "in the shade").toBeGreaterThan(60);
    for (let i = 1; i < found.length; i++) {
      expect(found[i], `row ${i} of ${found}`).toBeLessThanOrEqual(found[i - 1]!);
    }
    expect(found[0]! - found.at(-1)!, `${found}`).toBeGreaterThan(10);
  });
}

test("a filmic tone mapping changes lit surfaces, in the page and in pictures", async ({
  page,
}) => {
  await server.command("ball");
  await render({});
  await caughtUp(page, server);
  const linear = await settledShot(page);
  await server.command("tone filmic");
  await caughtUp(page, server);
  await expect.poll(async () => (await sceneShot(page)).equals(linear)).toBe(false);
  const path = join(clientDir, "test-results", "tone.png");
  await settledShot(page);
  await sceneShot(page, path);
  const clip = { Min: { X: 0, Y: 0 }, Max: { X: 800, Y: 400 } };
  const same = await render({ Width: 800, Height: 400, Format: "jpeg", Compare: path, Clip: clip });
  expect(same.Far).toBeLessThan(0.005);
  await server.command("tone");
  await caughtUp(page, server);
  await expect.poll(async () => (await sceneShot(page)).equals(linear)).toBe(true);
});
