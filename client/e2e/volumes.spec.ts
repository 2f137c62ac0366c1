/** Voxels and volumes: what is drawn, changes, clicks, depth, and what an idle page costs. */
import { caughtUp, expect, idles, open, settled, test } from "./harness";
import { colorsAt, expectPatch, expectSeen, find, rimPixels } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("volumes");
  await open(page, server);
});

/** Pixels of one unit in the plane y = 0, seen from 4 away with a field of view of 75 degrees. */
const UNIT = 200 / 4 / Math.tan((75 * Math.PI) / 360);
/** How much larger what is half a unit behind that plane is, which is where the front of the ball is. */
const BALL = (2 * UNIT * 12) / 31;

const problem = (page: import("@playwright/test").Page, path: string) =>
  page.evaluate((name) => {
    const scene = window.viserPage?.scene as unknown as {
      world: { tree: { get(path: string): { errorText?: string } | undefined } };
    };
    return scene.world.tree.get(name)?.errorText ?? "none";
  }, path);

test("voxels: colors, changes, clicks, the rim, and nothing while idle", async ({
  page,
  gl,
  shoot,
}) => {
  await server.command("cells");
  await expectPatch(page, "red", { left: 400 - UNIT, width: UNIT / 2, height: UNIT }, 6);
  await expectPatch(page, "green", { left: 400 + UNIT / 2, width: UNIT / 2, height: UNIT / 2 }, 6);
  await shoot("volumes-cells");
  await page.mouse.click(400 - 0.75 * UNIT, 200 - 0.25 * UNIT);
  await server.event(/^hit \/voxels 0$/);
  await page.mouse.click(400 - 0.75 * UNIT, 200 + 0.25 * UNIT);
  await server.event(/^hit \/voxels 1$/);
  await page.mouse.click(400, 200);
  await page.mouse.move(400 + 0.75 * UNIT, 200 - 0.25 * UNIT);
  await expect.poll(() => rimPixels(page)).toBeGreaterThan(30);
  await page.mouse.move(400, 390);
  await server.command("cells-more");
  await expectPatch(page, "red", { width: 2 * UNIT }, 4);
  await server.command("cells-range");
  // Its left side is seen, too, whose far end is half a unit behind.
  await expectPatch(page, "green", { left: 400 + 1.5 * UNIT * (4 / 4.5) }, 4);
  await page.mouse.click(400 + 1.75 * UNIT, 200 - 0.25 * UNIT);
  await server.event(/^hit \/voxels 2$/);
  await server.command("cells-color");
  await expectSeen(page, "red", false);
  await server.command("cells-edges");
  await server.command("cells-clear");
  await caughtUp(page, server);
  await settled(gl);
  await idles(gl, 300);
  expect(server.events.filter((e) => e.startsWith("hit"))).toHaveLength(3);
  await server.command("cells-none");
  await expectSeen(page, "green", false);
  expect(await problem(page, "/voxels")).toBe("none");
});

test("a million voxels: one draw call, few bytes, and clicks", async ({ page, gl }) => {
  const cost = await gl.during(async () => {
    await server.command("cells-million");
    await expectSeen(page, "blue");
  }, 0);
  // Ten by ten cells of a face have one color: 600 faces of 20 bytes, instead of 60,000.
  expect(cost.uploaded).toBeLessThan(200_000);
  await settled(gl);
  expect(await page.evaluate(() => window.viserPage!.scene!.stats().drawCalls)).toBeLessThan(8);
  await page.mouse.click(400 + 0.05 * UNIT, 200 - 0.05 * UNIT);
  const hit = await server.event(/^hit \/voxels \d+$/);
  // The ray meets the front side: y is 0.
  const index = Number(hit.split(" ").at(-1));
  expect(Math.floor(index / 100) % 100).toBe(0);
  expect(Math.abs((index % 100) - 52)).toBeLessThanOrEqual(1);
  await server.command("cells-gone");
  await expectSeen(page, "blue", false);
});

test("a volume: its modes, types, range, colors and holes", async ({ page, gl, shoot }) => {
  await server.command("ball composite");
  await expectSeen(page, "red");
  await shoot("volumes-ball");
  await server.command("transfer");
  // All of the grid is opaque, and two units wide: its front is one unit nearer than the plane.
  await expectPatch(page, "green", { width: (2 * UNIT * 4) / 3 }, 4);
  await expectSeen(page, "red", false);
  // Laid over each other, the numbers at the border hide those behind them.
  for (const [kind, part] of [
    ["halves", 0.85],
    ["bytes", 0.85],
    ["ball maximum", 1],
    ["ball surface", 1],
  ] as const) {
    await server.command(kind);
    await expect(async () => {
      const { width, left } = await find(page, "red");
      expect(Math.abs(width - 2 * BALL * part), `${kind}: ${width}`).toBeLessThan(8);
      expect(Math.abs(left + width / 2 - 400), kind).toBeLessThan(4);
    }).toPass({ timeout: 10_000 });
  }
  await shoot("volumes-surface");
  await server.command("holes");
  await expectPatch(page, "red", { left: 400 }, 6);
  await server.command("mode maximum");
  await server.command("range");
  await expectSeen(page, "red", false);
  await settled(gl);
  await idles(gl, 300);
  await server.command("gone");
});

test("a volume is cut, in each of its modes", async ({ page }) => {
  for (const mode of ["maximum", "surface", "composite"]) {
    await server.command(`ball ${mode}`);
    await server.command("cut");
    await expect(async () => {
      const { left, width, pixels } = await find(page, "red");
      expect(pixels, mode).toBeGreaterThan(50);
      // The left half of it is kept. Its cut is a side that is seen from its edge.
      expect(left, mode).toBeLessThan(400 - UNIT / 2);
      expect(Math.abs(left + width - 400), mode).toBeLessThan(6);
    }).toPass({ timeout: 10_000 });
  }
});

test("a volume among other nodes, clicked, from inside, far away and too large", async ({
  page,
  gl,
  shoot,
}) => {
  await server.command("ball maximum");
  await server.command("stick");
  await expectSeen(page, "red");
  // What is in front of the numbers hides them; the stick is seen at both sides, not through the ball's front.
  await server.command("mode surface");
  const at = (x: number, z: number) => [400 + x * UNIT, 200 - z * UNIT] as [number, number];
  await expect
    .poll(async () => (await colorsAt(page, [at(0, 0), at(1.5, 0)])).map(([r, g]) => r! > g!))
    .toEqual([true, false]);
  await server.command("front");
  await expect.poll(async () => (await colorsAt(page, [at(0, 0)]))[0]![1]).toBeGreaterThan(80);
  await shoot("volumes-among");
  await server.command("clickable");
  await caughtUp(page, server);
  await page.mouse.click(...at(0.8, 0.8));
  await server.event(/^hit \/volume/);
  // From inside, behind the node in front.
  await server.command("inside");
  await expect.poll(async () => (await find(page, "red")).width).toBeGreaterThan(700);
  await server.command("far");
  await expectPatch(page, "red", { left: 400 - BALL, width: 2 * BALL }, 14);
  await shoot("volumes-far");
  await server.command("gone");
  await page.reload();
  await server.command("huge");
  await expect.poll(() => problem(page, "/volume")).toContain("too large for this graphics card");
  await settled(gl);
  await expectSeen(page, "red");
});
