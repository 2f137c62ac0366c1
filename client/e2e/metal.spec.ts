/** Metals, how brightness becomes color, and pictures that wait for what is loaded. */
import { join } from "node:path";
import { caughtUp, expect, look, open, test } from "./harness";
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

test("a picture waits for models that are being loaded, unless it must not", async () => {
  await server.command("ball");
  expect((await render({ AssetWait: -1 })).Middle[3], "without waiting").toBe(0);
  await server.command("remove");
  await server.command("ball");
  expect((await render({})).Middle[3]).toBe(255);
});

test("a metal without surroundings is nowhere black, and looks as any surface does", async ({
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
  // The program says that there is nothing around.
  await server.command("environment");
  await caughtUp(page, server);
  await expect
    .poll(async () => (await look(page, { x: 411, y: 246, width: 8, height: 8 })).mean[0])
    .toBeLessThan(60);
});

test("a filmic tone mapping changes what is lit, in the page and in pictures alike", async ({
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
