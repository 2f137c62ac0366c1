/** Pictures that a Go program requests with Client.Render. */
import { join } from "node:path";
import { expect, open, type Page, test } from "./harness";
import { clientDir } from "./paths";
import { expectSeen, sceneShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

interface Look {
  Width: number;
  Height: number;
  /** Red, green, blue, alpha. */
  Middle: number[];
  Corner: number[];
  Mean: number;
  Far: number;
}

let server: TestServer;
const render = (shot: Record<string, unknown>) =>
  server.ask<Look>(`render ${JSON.stringify({ Format: "jpeg", ...shot })}`);
const shares = (of: TestServer, Width: number, Height: number) =>
  of.ask<{ Opaque: number; Partly: number }>(`shares ${JSON.stringify({ Width, Height })}`);
const isRed = ([r = 0, g = 0, b = 0]: number[]) => r > 80 && r > 2 * g && r > 2 * b;
const isWhite = (rgb: number[]) => rgb.slice(0, 3).every((c) => c > 240);

test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("client");
  await open(page, server);
});

test("JPEG is opaque, PNG has a transparent background", async () => {
  const jpeg = await render({ Width: 64, Height: 48 });
  expect(jpeg).toMatchObject({ Width: 64, Height: 48 });
  expect(isRed(jpeg.Middle), `${jpeg.Middle}`).toBe(true);
  expect(isWhite(jpeg.Corner), `${jpeg.Corner}`).toBe(true);
  expect([jpeg.Middle[3], jpeg.Corner[3]]).toEqual([255, 255]);

  const png = await render({ Width: 64, Height: 48, Format: "png" });
  expect(isRed(png.Middle), `${png.Middle}`).toBe(true);
  expect([png.Middle[3], png.Corner[3]]).toEqual([255, 0]);
});

test("a picture equals what the page shows, pixel by pixel", async ({ page }) => {
  const path = join(clientDir, "test-results", "render-compare.png");
  await sceneShot(page, path);
  const whole = { Min: { X: 0, Y: 0 }, Max: { X: 800, Y: 400 } };
  const shot = { Width: 800, Height: 400, Compare: path, Clip: whole };
  const same = await render(shot);
  expect(same.Mean).toBeLessThan(1);
  expect(same.Far).toBeLessThan(0.005);
  // A slightly different view is not the same.
  const { fov } = await server.ask<{ fov: number }>("camera");
  const other = await render({ ...shot, FOV: fov * 0.9 });
  expect(other.Far).toBeGreaterThan(0.01);
});

test("one pass finds the same transparency as two", async () => {
  const one = await shares(server, 317, 211);
  expect(one.Opaque).toBeGreaterThan(0.05);
  expect(one.Partly, "smoothed edges").toBeGreaterThan(0);
  await server.command("glass");
  const two = await shares(server, 317, 211);
  expect(two.Opaque).toBeCloseTo(one.Opaque, 3);
  expect(two.Partly).toBeCloseTo(one.Partly, 3);
});

test("a picture of a scene that does not change costs the page no frame and keeps no memory", async ({
  page,
}) => {
  const stats = () => page.evaluate(() => window.viserPage!.scene!.stats());
  await render({ Width: 64, Height: 48 });
  const before = await stats();
  for (let i = 0; i < 3; i++) await render({ Width: 64, Height: 48, Format: "png" });
  await page.evaluate(
    () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))),
  );
  const after = await stats();
  expect(after.frames).toBe(before.frames);
  expect(after.textures).toBe(before.textures);
});

test("the size of a picture is independent of the window's", async ({ page }) => {
  const sizes = [
    [2000, 1500],
    [100, 400],
  ];
  for (const [Width, Height] of sizes) {
    const look = await render({ Width, Height });
    expect(look).toMatchObject({ Width, Height });
    expect(isRed(look.Middle), `${Width}x${Height}: ${look.Middle}`).toBe(true);
  }
  // The page is unchanged.
  expect(await server.ask("camera")).toMatchObject({ width: 800, height: 400 });
  await expectSeen(page, "red");
});

test("a picture is drawn from the requested pose", async () => {
  const size = { Width: 80, Height: 60 };
  // From behind the box, looking away from it: nothing is visible.
  const behind = await render({ ...size, Position: [0, 4, 0] });
  expect(isWhite(behind.Middle), `${behind.Middle}`).toBe(true);
  // From there, rotated by half a turn: the box is visible.
  const round = { W: 0, X: 0, Y: -Math.SQRT1_2, Z: Math.SQRT1_2 };
  const back = await render({ ...size, Position: [0, 4, 0], WXYZ: round });
  expect(isRed(back.Middle), `${back.Middle}`).toBe(true);
  // From very near, or with a small field of view, it fills the picture.
  for (const view of [{ Position: [0, -1, 0] }, { FOV: 0.2 }]) {
    const full = await render({ ...size, ...view });
    expect(isRed(full.Corner), `${JSON.stringify(view)}: ${full.Corner}`).toBe(true);
  }
});

test("a picture includes all earlier changes", async () => {
  for (const [color, channel] of [
    ["0 0 255", 2],
    ["0 255 0", 1],
    ["255 0 0", 0],
  ] as const) {
    await server.command(`color ${color}`);
    const { Middle } = await render({ Width: 20, Height: 20 });
    expect(Middle.indexOf(Math.max(...Middle.slice(0, 3))), `${color}: ${Middle}`).toBe(channel);
  }
});

test("eight concurrent requests with different sizes get their own pictures", async () => {
  expect(await server.command("render-many 8")).toBe("8");
});

/** From now on, the page renders pictures but never responds. */
const silence = (page: Page) =>
  page.evaluate(() => {
    OffscreenCanvas.prototype.convertToBlob = () => new Promise(() => {});
  });

test("a client that disconnects, and a canceled context, are errors", async ({ page }) => {
  await silence(page);
  await server.command("render-begin 300ms");
  await server.event(/render ended: .*context deadline exceeded/);
  await server.command("render-begin 40s");
  await page.goto("about:blank");
  await server.event(/render ended: .*the client has left/);
});

test("a suspended page does not delay the result beyond the context's deadline", async ({
  page,
}) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Page.setWebLifecycleState", { state: "frozen" });
  await server.command("render-begin 1s");
  await server.event(/render ended: .*context deadline exceeded/);
  await cdp.send("Page.setWebLifecycleState", { state: "active" });
  expect(isRed((await render({ Width: 64, Height: 48 })).Middle)).toBe(true);
});

test("a page with a lost WebGL context shows it, and draws again after it is restored", async ({
  page,
  problems,
}) => {
  problems.allow(/context/i);
  // More pixels than a page supports.
  await expect(render({ Width: 16_384, Height: 16_384 })).rejects.toThrow(/sent no picture/);

  const context = () =>
    document
      .querySelector("canvas")!
      .getContext("webgl2")!
      .getExtension("WEBGL_lose_context") as WEBGL_lose_context;
  const extension = await page.evaluateHandle(context);
  await extension.evaluate((e) => e.loseContext());
  await expect(page.getByText(/graphics driver has lost the 3D view/)).toBeVisible();
  await expect(render({ Width: 64, Height: 48 })).rejects.toThrow(/sent no picture/);
  await extension.evaluate((e) => e.restoreContext());
  await expect(page.getByText(/graphics driver/)).toHaveCount(0);
  await expectSeen(page, "red");
  expect(isRed((await render({ Width: 64, Height: 48 })).Middle)).toBe(true);
});

test("all passes and tiles show one state of a moving scene", async ({ page, startServer }) => {
  const moving = await startServer("motion");
  await open(page, moving);
  await moving.event(/^connect/);
  // Otherwise one pass is enough.
  await moving.command("glass");
  // Pixels where the two passes differ are neither opaque nor transparent: only edges may be so.
  for (let i = 0; i < 5; i++) {
    const small = await shares(moving, 640, 480);
    expect(small.Opaque, "boxes").toBeGreaterThan(0.012);
    expect(small.Partly / small.Opaque, "what is there in one pass only").toBeLessThan(0.1);
  }
  // Two tiles beside each other, two passes each.
  const tiled = await shares(moving, 2600, 600);
  expect(tiled.Opaque, "boxes").toBeGreaterThan(0.003);
  expect(tiled.Partly / tiled.Opaque, "what is there in one pass only").toBeLessThan(0.1);
  // Afterwards the page draws frames again.
  const frames = () => page.evaluate(() => window.viserPage!.scene!.stats().frames);
  const before = await frames();
  await expect.poll(frames).toBeGreaterThan(before);
});
