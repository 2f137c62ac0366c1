/** Arrows, splines, batched axes, images and the background of a Go program: checked by pixels. */
import { expect, open, type Page, test } from "./harness";
import { expectPatch, expectSeen, find } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("shapes");
  await open(page, server);
});

/** Pixels of a scene unit at the camera's distance, and the middle of the picture. */
const UNIT = 200 / (4 * Math.tan((75 * Math.PI) / 360));
const at = (x: number, z: number) => [400 + x * UNIT, 200 - z * UNIT] as const;

interface Marked {
  name: string;
  error?: string;
  children: readonly Marked[];
}

/** The errors of marked nodes, by name. */
async function marks(page: Page): Promise<Record<string, string>> {
  const root = await page.evaluate(() => window.viserPage!.scene!.tree.root() as unknown as Marked);
  const found: Record<string, string> = {};
  const visit = (n: Marked): void => {
    if (n.error) found[n.name] = n.error;
    n.children.forEach(visit);
  };
  visit(root);
  return found;
}

test("arrows end at their tips, and a short one is a head", async ({ page }) => {
  await server.command("show arrows");
  const [left, top] = at(-2, 1.3);
  // Nearer by a radius, so a little larger.
  await expectPatch(page, "green", { left, width: 2 * UNIT, top, height: 0.6 * UNIT }, 6);
  await expectPatch(page, "red", { left: at(0.5, 0)[0], width: 0.6 * UNIT }, 6);
  await expectSeen(page, "blue", false);
  await server.command("show catmull");
  await expectSeen(page, "red", false);
});

test("a Catmull-Rom spline passes its points", async ({ page }) => {
  await server.command("show catmull");
  const [left, top] = at(-2, 1.2);
  await expectPatch(page, "green", { left: left - 4, width: 4 * UNIT + 8 }, 4);
  const open_ = await find(page, "green");
  expect(Math.abs(open_.top - top)).toBeLessThan(0.15 * UNIT);
  await server.command("show closed");
  // Four arcs, each bulging out a little; an open one would end at its two lower corners.
  await expect
    .poll(async () => (await find(page, "green")).height, { message: "height of the loop" })
    .toBeGreaterThan(2.2 * UNIT);
  // The picture may still be the one between the two.
  await expect
    .poll(async () => {
      const closed = await find(page, "green");
      return Math.abs(closed.width - closed.height);
    })
    .toBeLessThan(4);
});

test("a Bézier chain bends up and then down", async ({ page }) => {
  await server.command("show bezier");
  // The middle of a curve with both controls one above is three quarters above.
  const [left, top] = at(-2, 0.75);
  const where = { left: left - 4, width: 4 * UNIT + 8, top: top - 4, height: 1.5 * UNIT + 8 };
  await expectPatch(page, "green", where, 4);
});

test("batched axes have poses and scales, and report the clicked instance", async ({ page }) => {
  await server.command("show axes");
  // x points right at the first; at the second, turned by 90 degrees about y and doubled, up.
  const [left, bottom] = at(-2, 0);
  await expect.poll(async () => (await find(page, "red")).left).toBeGreaterThan(left - 12);
  const red = await find(page, "red");
  expect(Math.abs(red.top - at(1, 1.6)[1])).toBeLessThan(8);
  expect(red.top + red.height).toBeGreaterThan(bottom);
  expect(await marks(page)).toEqual({
    it: expect.stringContaining("2 of its frames have no pose"),
  });
  await page.mouse.click(...at(-1.5, 0));
  await server.event(/^hit \/it 0$/);
  await page.mouse.click(...at(1, 1.2));
  await server.event(/^hit \/it 1$/);
});

test("an image is oriented as a camera sees it, is visible from both sides, and can be clicked", async ({
  page,
}) => {
  await server.command("show image");
  const [left, top] = at(-1.5, 1);
  await expectPatch(page, "red", { left, top, width: UNIT, height: UNIT }, 2);
  await expectPatch(page, "blue", { left: at(0.5, 0)[0], top: at(0, 0)[1], width: UNIT }, 2);
  await page.mouse.click(...at(1.2, 0.8));
  expect(await server.event(/^hit/)).toBe("hit /it -1");
  await server.command("turn");
  // Seen from behind, upside down: the first row is below.
  await expectPatch(page, "red", { left, top: at(0, 0)[1] }, 2);
  await server.command("width");
  await expectPatch(page, "red", { left: at(-0.5, 0)[0], width: UNIT / 3 }, 2);
  await server.command("clear");
  await expectSeen(page, "red", false);
});

test("a background image fills the canvas, and its depth map occludes and is occluded", async ({
  page,
}) => {
  await server.command("show background");
  await expectPatch(page, "blue", { left: 0, top: 0, width: 800 }, 0);
  const whole = await find(page, "green");
  expect(whole.width).toBeGreaterThan(4 * UNIT);
  await server.command("show depth");
  await expect.poll(async () => (await find(page, "green")).width).toBeLessThan(0.6 * whole.width);
  const half = await find(page, "green");
  expect(Math.abs(half.left - whole.left)).toBeLessThanOrEqual(1);
  expect(Math.abs(half.left + half.width - 400)).toBeLessThanOrEqual(1);
  await server.command("show bad");
  await expectSeen(page, "blue", false);
});

test("invalid numbers mark the node and do not affect others", async ({ page }) => {
  await server.command("show bad");
  await expectSeen(page, "green");
  await expectSeen(page, "red");
  await expect
    .poll(async () => Object.keys(await marks(page)).sort())
    .toEqual(["arrows", "axes", "bezier", "curve"]);
  for (const text of Object.values(await marks(page))) expect(text).toMatch(/left out/);
});
