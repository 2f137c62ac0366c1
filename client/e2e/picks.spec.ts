/** Clicks on points, lines, arrows, curves and labels, with occluders and descendants. */
import { caughtUp, expect, open, type Page, test } from "./harness";
import { find, rimPixels } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("picks");
  await open(page, server);
});

/** Pixels of a scene unit at the origin's distance. */
const UNIT = 200 / (4 * Math.tan((75 * Math.PI) / 360));
const at = (x: number, z: number) => [500 + x * UNIT, 200 - z * UNIT] as const;

async function show(page: Page, what: string): Promise<void> {
  await server.command(`show ${what}`);
  await caughtUp(page, server);
  await drawn(page);
}

const drawn = (page: Page) =>
  page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));

interface HitEvent {
  index: number;
  place: number[];
}

/** The click event that the program receives for this position. */
async function clickAt(page: Page, x: number, z: number): Promise<HitEvent> {
  const before = server.events.length;
  await page.mouse.click(...at(x, z));
  const words = (await server.event(/^hit/, before)).split(" ");
  expect(words[2]).toBe("true");
  return { index: Number(words[1]), place: words.slice(3).map(Number) };
}

/** Expects no event for a click at this position: the next click, on a node, gives the first event. */
async function nothingAt(page: Page, x: number, z: number, but: [number, number]): Promise<void> {
  const before = server.events.length;
  await page.mouse.click(...at(x, z));
  await clickAt(page, ...but);
  expect(server.events.slice(before).filter((e) => e.startsWith("hit"))).toHaveLength(1);
}

function expectPlace(got: number[], want: number[], within = 0.12): void {
  for (const [i, w] of want.entries()) expect(Math.abs(got[i]! - w)).toBeLessThan(within);
}

const cursor = (page: Page) =>
  page
    .locator("canvas")
    .first()
    .evaluate((c) => c.style.cursor);

test("a click reports which point was hit, and where; nearer ones occlude farther ones", async ({
  page,
}) => {
  await show(page, "points");
  for (const i of [0, 2, 3]) {
    const hit = await clickAt(page, i - 3, 0);
    expect(hit.index).toBe(i);
    expectPlace(hit.place, [i - 3, 0, 0]);
  }
  // Seen from (0, -4, 0), the last one is before (-2, 0, 0); it is twice as near.
  const near = await clickAt(page, -2.12, 0.12);
  expect(near.index).toBe(4);
  expectPlace(near.place, [-1.06, -2, 0.06], 0.02);
  expect((await clickAt(page, -1, 0.09)).index).toBe(2);
  await nothingAt(page, -1, 0.25, [0, 0]);
});

test("the cursor is a hand over them only", async ({ page }) => {
  await show(page, "points");
  await page.mouse.move(...at(0, 0));
  await expect.poll(() => cursor(page)).toBe("pointer");
  await page.mouse.move(...at(0, 1));
  await expect.poll(() => cursor(page)).toBe("");
  await page.mouse.move(...at(0, 0));
  await expect.poll(() => cursor(page)).toBe("pointer");
  await server.command("deaf");
  await expect.poll(() => cursor(page)).toBe("");
});

test("lines, arrows and curves report which part was hit", async ({ page }) => {
  await show(page, "lines");
  expectPlace((await clickAt(page, -2, 1)).place, [-2, 0, 1]);
  expect((await clickAt(page, -1, -1)).index).toBe(1);
  // Slightly beside the line's edge is still a hit.
  expect((await clickAt(page, -1, 1.1 + 2 / UNIT)).index).toBe(0);
  await nothingAt(page, -1, 1.3, [-1, -1]);

  await show(page, "arrows");
  expect((await clickAt(page, -2.5, 1)).index).toBe(0);
  expect((await clickAt(page, -1.4, -1.15)).index).toBe(1);
  await nothingAt(page, -2.5, 1.25, [-2.5, 1]);

  await show(page, "catmull");
  expect((await clickAt(page, -2.5, 0)).index).toBe(0);
  expect((await clickAt(page, -1.5, 0)).index).toBe(1);
  expect((await clickAt(page, -0.5, 0)).index).toBe(2);

  await show(page, "bezier");
  expect((await clickAt(page, -2, 0.75)).index).toBe(0);
  expect((await clickAt(page, -0.5, -0.75)).index).toBe(1);
});

test("labels are hit on their rectangle", async ({ page }) => {
  await show(page, "label");
  const hit = await clickAt(page, -1.5, 0);
  expect(hit.index).toBe(-1);
  expectPlace(hit.place, [-1.5, 0, 0], 0.02);
  await nothingAt(page, -1, 0.5, [-1, 0]);
  // Always on top, also of occluders.
  await server.command("plate solid");
  await caughtUp(page, server);
  await clickAt(page, -1, 0);

  await server.command("plate none");
  await show(page, "label in the scene");
  await clickAt(page, -1, 0.3);
  await nothingAt(page, -1, -0.2, [-1.8, 0.3]);
});

test("points are occluded by opaque nodes; solids are clicked through nodes without a listener", async ({
  page,
}) => {
  await show(page, "points");
  await server.command("plate clear");
  await caughtUp(page, server);
  await drawn(page);
  const before = server.events.length;
  await clickAt(page, 0, 0);
  await server.command("plate solid");
  await caughtUp(page, server);
  await drawn(page);
  await page.mouse.click(...at(-3, 0));
  await server.command("plate none");
  await caughtUp(page, server);
  await drawn(page);
  await clickAt(page, -3, 0);
  expect(server.events.slice(before).filter((e) => e.startsWith("hit"))).toHaveLength(2);

  // As in upstream viser.
  await show(page, "box");
  await server.command("plate solid");
  await caughtUp(page, server);
  await drawn(page);
  expectPlace((await clickAt(page, -1, 0)).place, [-0.875, -0.5, 0], 0.02);
});

test("a click on a descendant is one on its ancestor, unless it has a listener itself", async ({
  page,
}) => {
  await show(page, "group");
  await nothingAt(page, -3, 0, [-1, 0]);
});

for (const what of ["frustum", "frustum from the front", "frustum from the side"]) {
  test(`a ${what} under the pointer has a rim along its lines, and its picture stays clear`, async ({
    page,
    shoot,
  }) => {
    await page.mouse.move(20, 380);
    await show(page, what);
    await expect.poll(async () => (await find(page, "green")).pixels).toBeGreaterThan(2000);
    const before = await find(page, "green");
    expect(await rimPixels(page)).toBe(0);
    await page.mouse.move(before.left + 0.45 * before.width, before.top + 0.55 * before.height);
    await expect.poll(() => rimPixels(page)).toBeGreaterThan(300);
    await shoot(`rim-${what.replaceAll(" ", "-")}`);
    const after = await find(page, "green");
    expect(after.pixels).toBeGreaterThan(0.7 * before.pixels);
    expect(await rimPixels(page)).toBeLessThan(0.6 * before.pixels);
    await page.mouse.move(20, 380);
    await expect.poll(() => rimPixels(page)).toBe(0);
    expect((await find(page, "green")).pixels).toBe(before.pixels);
  });
}

test("a million points are picked in milliseconds, and not tested without a listener", async ({
  page,
}) => {
  await show(page, "million");
  const hit = await clickAt(page, -1, 0);
  expect(Math.hypot(hit.place[0]! + 1, hit.place[1]!, hit.place[2]!)).toBeCloseTo(1, 1);
  expect(hit.place[1]).toBeLessThan(-0.9);
  await page.mouse.move(...at(-0.9, 0));
  await page.mouse.move(...at(-0.8, 0));
  interface Insides {
    world: {
      pick(...args: unknown[]): unknown;
      tree: { get(path: string): { visual: { picker: { grid: unknown } } } };
    };
  }
  // The second search starts building a grid.
  await page.waitForFunction(() => {
    const { world } = window.viserPage!.scene as unknown as Insides;
    return world.tree.get("/it").visual.picker.grid !== null;
  });
  const counted = await page.evaluateHandle(() => {
    const { world } = window.viserPage!.scene as unknown as Insides;
    const times: number[] = [];
    const { pick } = world;
    world.pick = (...args) => {
      const start = performance.now();
      const found = pick.apply(world, args);
      times.push(performance.now() - start);
      return found;
    };
    return times;
  });
  for (let i = 0; i < 20; i++) {
    await page.mouse.move(...at(-1 + i / 40, i / 50));
    await drawn(page);
  }
  const times = (await counted.evaluate((t) => t)).sort((a, b) => a - b);
  expect(times.length).toBeGreaterThan(5);
  // Testing all points takes some 100 ms; with the grid it is about 1 ms.
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(30);
  console.log(`a pick of 1,000,000 points: ${times[0]} to ${times.at(-1)} ms`);
  await server.command("deaf");
  await caughtUp(page, server);
  const done = await counted.evaluate((t) => t.length);
  await page.mouse.move(...at(-1, 0));
  await drawn(page);
  expect(await counted.evaluate((t) => t.length)).toBe(done);
});
