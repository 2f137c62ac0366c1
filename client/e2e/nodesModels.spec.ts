/** Batches, GLB files and skinned meshes: appearance, position and clicks. */
import { expect, nodeProblem, open, type Page, test } from "./harness";
import { expectPatch, expectSeen, find } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("models");
  await open(page, server);
});

/** Pixels of one unit in the plane y = 0, seen from 4 away with a field of view of 75 degrees. */
const UNIT = 200 / 4 / Math.tan((75 * Math.PI) / 360);

/** A rectangle around a point of that plane. */
function around(x: number, z: number, width: number, height: number) {
  return {
    left: 400 + (x - width / 2) * UNIT,
    top: 200 - (z + height / 2) * UNIT,
    width: width * UNIT,
    height: height * UNIT,
  };
}

/** Expects the node's error in the scene tree; null: none. */
async function expectMark(page: Page, words: RegExp | null): Promise<void> {
  await expect.poll(() => nodeProblem(page)).toMatch(words ?? /^none$/);
}

const clickAt = (page: Page, x: number, z: number) =>
  page.mouse.click(400 + x * UNIT, 200 - z * UNIT);

test("a batch: colors, poses, scales and clicks of its instances", async ({ page, shoot }) => {
  await server.command("batch");
  await expectPatch(page, "red", around(-1.5, 0, 1, 1));
  await expectPatch(page, "green", around(0, 0, 1, 1));
  await expectPatch(page, "blue", around(1.5, 0, 1, 1));
  await shoot("models-batch");
  for (const [i, x] of [-1.5, 0, 1.5].entries()) {
    await clickAt(page, x, 0.3);
    await server.event(new RegExp(`^instance ${i}$`));
  }
  await server.command("batch-move");
  await expectPatch(page, "red", around(-1.5, 1, 1, 1));
  await server.command("batch-scale");
  await expectPatch(page, "green", around(0, 0, 0.5, 0.5));
  await server.command("batch-fewer");
  await expectSeen(page, "green", false);
  await expectPatch(page, "red", around(-1.5, 0, 1, 1));
  await expectMark(page, null);
  await server.command("remove");
  await expectSeen(page, "red", false);
});

test("instances without a valid pose are left out, and the node is marked", async ({ page }) => {
  await server.command("batch-bad");
  await expectPatch(page, "red", around(-1.5, 0, 1, 1));
  await expectPatch(page, "blue", around(1.5, 0, 1, 1));
  await expectSeen(page, "green", false);
  await expectMark(page, /1 of 3 instances/);
  await clickAt(page, 1.5, 0);
  await server.event(/^instance 2$/);
  await server.command("batch-empty");
  await expectSeen(page, "red", false);
  await expectMark(page, null);
});

test("opacities of instances", async ({ page }) => {
  await server.command("batch-clear");
  await expectPatch(page, "red", around(-1.5, 0, 1, 1));
  await expectSeen(page, "green", false);
  await expectSeen(page, "blue", false);
});

for (const order of ["near-first", "far-first"]) {
  test(`of two transparent instances the near one is in front, sent ${order}`, async ({ page }) => {
    await server.command(`layers ${order}`);
    await expectSeen(page, "green");
    // The red one is smaller and behind, so it is hardly visible.
    expect((await find(page, "red")).pixels).toBeLessThan(50);
  });
}

test("levels of detail: far instances have fewer triangles", async ({ page }) => {
  const triangles = () => page.evaluate(() => window.viserPage?.scene?.stats().triangles ?? 0);
  const whole = Number(await server.command("lod off"));
  await expectSeen(page, "green");
  await expect.poll(triangles).toBeGreaterThanOrEqual(2 * whole);
  await server.command("lod levels");
  await expect.poll(triangles).toBeLessThan(1.3 * whole);
  expect(await triangles()).toBeGreaterThanOrEqual(whole);
});

test("a GLB with a texture; broken ones have different errors", async ({
  page,
  problems,
  shoot,
}) => {
  expect(await server.command("glb-broken")).toMatch(/GLB of node "\/it"/);
  await server.command("glb");
  await expectPatch(page, "green", around(0, 0, 1, 1));
  await expectMark(page, null);
  await shoot("models-glb");
  await clickAt(page, 0.2, 0.2);
  await server.event(/^model$/);
  await server.command("glb-scale");
  await expectPatch(page, "green", around(0, 0, 0.5, 0.5));

  await server.command("glb-basis");
  await expectMark(page, /Basis Universal/);
  await expectSeen(page, "green", false);

  problems.allow(/GLTFLoader/);
  await server.command("glb-bad-image");
  await expectMark(page, /1 images/);
  await server.command("glb");
  await expectSeen(page, "green");
  await expectMark(page, null);
});

test("the first animation of a GLB is played while it is shown", async ({ page }) => {
  await server.command("glb-animated");
  await expectPatch(page, "green", around(0, 1.5, 1, 1));
  const frames = () => page.evaluate(() => window.viserPage?.scene?.stats().frames ?? 0);
  const before = await frames();
  await expect.poll(frames).toBeGreaterThan(before + 5);
  await server.command("remove");
  await expectSeen(page, "green", false);
  let last = -1;
  await expect
    .poll(async () => {
      const was = last;
      last = await frames();
      return last === was;
    })
    .toBe(true);
});

test("a batch of a GLB", async ({ page }) => {
  await server.command("glb-batch");
  await expectPatch(page, "green", { left: 400 - 2 * UNIT, width: 4 * UNIT, height: UNIT });
  await clickAt(page, 0, 0.4);
  await clickAt(page, 0, 0.2);
  await server.event(/^copy 1$/);
  await clickAt(page, 1.8, 0.4);
  await server.event(/^copy 2$/);
  // The one in the middle is half as large: the first click has missed it.
  expect(server.events.filter((e) => e.startsWith("copy"))).toEqual(["copy 1", "copy 2"]);
});

test("bones move their vertices, also for a page that connects later", async ({ page }) => {
  await server.command("skinned");
  await expectPatch(page, "green", around(0, 0, 2, 0.4));
  await server.command("bone");
  await expectPatch(page, "green", around(0, 0.5, 2, 1.4));
  await clickAt(page, 0.9, 0.9);
  await server.event(/^skin$/);
  await server.command("bone-turn");
  await page.reload();
  await expectPatch(page, "green", { left: 400 - 0.2 * UNIT, width: 1.2 * UNIT });
  await server.command("skinned-white");
  await expectPatch(page, "blue", { left: 400 - 0.2 * UNIT, width: 1.2 * UNIT });
});
