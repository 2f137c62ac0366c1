/** The animation of a glTF file, as the program's setters and options say. */
import { GlbFile, type Json, RED } from "./glb";
import { caughtUp, expect, nodeProblem, open, type Page, rest, test, visit } from "./harness";
import { find } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("gltf");
  await open(page, server);
});

/** Pixels of one unit in the plane y = 0, seen from 4 away with a field of view of 75 degrees. */
const UNIT = 200 / 4 / Math.tan((75 * Math.PI) / 360);

/** A square that the first animation moves from x = -2 to 2 in 4 seconds, and the second from z = 0 to 1 in 2. */
const file = new GlbFile((f) => {
  const times = (end: number) =>
    f.add(new Float32Array([0, end]), "SCALAR", { min: [0], max: [end] });
  const moving = (end: number, to: number[], from: number[]) => ({
    samplers: [{ input: times(end), output: f.floats("VEC3", ...from, ...to) }],
    channels: [{ sampler: 0, target: { node: 0, path: "translation" } }],
  });
  return {
    primitive: { ...f.square(0.5), material: 0 },
    materials: [{ ...RED, doubleSided: true }],
    animations: [moving(4, [2, 0, 0], [-2, 0, 0]), moving(2, [0, 0, 1], [0, 0, 0])],
  };
});

const show = (Options: Json = {}, more: Json = {}) =>
  server.command(
    `show ${JSON.stringify({ Data: file.glb().toString("base64"), Options, ...more })}`,
  );
const play = (what: Json) => server.command(`play ${JSON.stringify(what)}`);

/** Where the page shows the middle of the square. */
async function seenAt(page: Page): Promise<[x: number, z: number]> {
  const { left, top, width, height, pixels } = await find(page, "red");
  if (pixels === 0) return [Number.NaN, Number.NaN];
  return [(left + width / 2 - 400) / UNIT, (200 - top - height / 2) / UNIT];
}

/** Waits until all pages show the square there. */
async function expectAt(pages: Page | Page[], x: number, z = 0): Promise<void> {
  for (const page of [pages].flat()) {
    await expect(async () => {
      const [seenX, seenZ] = await seenAt(page);
      expect(Math.hypot(seenX - x, seenZ - z), `(${seenX}, ${seenZ})`).toBeLessThan(0.05);
    }).toPass({ timeout: 20_000, intervals: [50, 100, 200] });
  }
}

const frames = (page: Page) => page.evaluate(() => window.viserPage!.scene!.stats().frames);

test("a time that is set is shown by all pages, also by one that joins later", async ({
  page,
  anotherPage,
}) => {
  const second = await anotherPage();
  await visit(second, server);
  await show({ Paused: true });
  await expectAt([page, second], -2);
  await play({ Time: 1 });
  await expectAt([page, second], -1);
  const third = await anotherPage();
  await visit(third, server);
  await expectAt([third, page, second], -1);
  await play({ Time: 4 });
  await expectAt([page, second, third], 2);
  // Further rounds, and backward from the beginning.
  await play({ Time: 7 });
  await expectAt([page, second, third], 1);
  await play({ Time: -1 });
  await expectAt([page, second, third], 1);
  await page.reload();
  await expectAt(page, 1);
  expect(await server.ask("playing")).toMatchObject({
    Playing: false,
    Time: -1,
    Speed: 1,
    Once: false,
  });
});

test("another animation begins at the time that is set, and there may be none", async ({
  page,
}) => {
  await show({ Paused: true, Animation: 1, AnimationTime: 1 });
  await expectAt(page, 0, 0.5);
  await play({ Animation: 0, Time: 3 });
  await expectAt(page, 1);
  await play({ Animation: -1 });
  await expectAt(page, 0);
  await play({ Animation: 1, Time: 2 });
  await expectAt(page, 0, 1);
});

test("it plays, forward and backward, and stops where it is", async ({ page }) => {
  await show({ AnimationSpeed: 0.25 });
  await expect.poll(async () => (await seenAt(page))[0]).toBeGreaterThan(-1.9);
  await play({ Playing: false });
  await caughtUp(page, server);
  await rest(page);
  const [paused] = await seenAt(page);
  await play({ Playing: true });
  await expect.poll(async () => (await seenAt(page))[0]).toBeGreaterThan(paused + 0.1);
  await play({ Time: 3, Speed: -0.5 });
  await expect.poll(async () => (await seenAt(page))[0]).toBeLessThan(0.8);
  // Speed 0 stands still, and needs no frames.
  await play({ Speed: 0 });
  await caughtUp(page, server);
  await rest(page);
});

test("once, it stops at its end on all pages, and goes on if it may", async ({
  page,
  anotherPage,
}) => {
  const second = await anotherPage();
  await visit(second, server);
  await show({ AnimationOnce: true, AnimationSpeed: 4 });
  await expectAt([page, second], 2);
  await rest(page);
  await rest(second);
  await expectAt([page, second], 2);
  await play({ Speed: -4 });
  await expectAt([page, second], -2);
  await rest(page);
  await play({ Once: false, Speed: 1, Time: 0 });
  await expect.poll(async () => (await seenAt(page))[0]).toBeGreaterThan(-1.5);
});

test("an animation that the file does not have is said, and shows the rest pose", async ({
  page,
}) => {
  await show({ Animation: 7 });
  await expect.poll(() => nodeProblem(page)).toMatch(/no animation 7: it has 2/);
  await expectAt(page, 0);
  await rest(page);
  await play({ Animation: 0, Playing: false, Time: 1 });
  await expect.poll(() => nodeProblem(page)).toBe("none");
  await expectAt(page, -1);
});

test("numbers that are none panic in the program, and change nothing on the page", async ({
  page,
}) => {
  await show({ Paused: true, AnimationTime: 1, AnimationSpeed: 2 });
  await expectAt(page, -1);
  expect(await play({ NaN: "speed" })).toMatch(/GLB.SetAnimationSpeed/);
  expect(await play({ NaN: "time" })).toMatch(/GLB.SetAnimationTime/);
  expect(await server.ask("playing")).toMatchObject({ Time: 1, Speed: 2 });
  await caughtUp(page, server);
  await expectAt(page, -1);
});

test("paused models cost no frames, and those that are hidden neither", async ({ page }) => {
  await show({ Paused: true }, { Copies: 100 });
  await caughtUp(page, server);
  await expect.poll(async () => (await find(page, "red")).pixels).toBeGreaterThan(1000);
  const still = await rest(page);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1000)));
  expect(await frames(page)).toBe(still);
  // One that plays draws frames; none when it is removed.
  await show({});
  await expect.poll(() => frames(page)).toBeGreaterThan(still + 5);
  await server.command("hide");
  await caughtUp(page, server);
  await rest(page);
  const hidden = await frames(page);
  await server.command("unhide");
  await expect.poll(() => frames(page)).toBeGreaterThan(hidden + 5);
  await server.command("remove");
  await caughtUp(page, server);
  await rest(page);
});
