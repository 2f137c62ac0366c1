/** Dragging nodes with mouse and touch, and the outline of the node under the pointer. */
import { caughtUp, expect, open, type Page, rest, test } from "./harness";
import { expectPatch, expectSeen, find, rimPixels } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("drags");
  await open(page, server);
});

const stats = (page: Page) => page.evaluate(() => window.viserPage!.scene!.stats());
const camera = () => server.ask<{ position: number[] }>("camera");
/** Pixels of one unit on the box's near side, 3.5 away. */
const UNIT = 200 / 3.5 / Math.tan((75 * Math.PI) / 360);
const MIDDLE = [400, 200] as const;

async function press(page: Page, button: "left" | "right" = "left") {
  await page.mouse.move(...MIDDLE);
  await page.mouse.down({ button });
}

/** The numbers after "to" in a drag event of the server. */
const target = (event: string) => / to (\S+) (\S+) (\S+)/.exec(event)!.slice(1).map(Number);

test("a drag reports start and end, and the camera does not move", async ({ page }) => {
  const before = await camera();
  await press(page);
  await page.mouse.move(400 + UNIT, 200 - UNIT / 2, { steps: 10 });
  const start = await server.event(/^plain start/);
  expect(start).toMatch(/^plain start \/box -1 left from -?0\.00\d -0\.500 /);
  await expect
    .poll(() => server.events.filter((e) => /plain update/.test(e)).length)
    .toBeGreaterThan(0);
  await page.mouse.up();
  const end = await server.event(/^plain end/);
  const [x, y, z] = target(end);
  expect(x).toBeCloseTo(1, 1);
  expect(y).toBeCloseTo(-0.5, 3);
  expect(z).toBeCloseTo(0.5, 1);
  expect(end).toContain(`screen ${((400 + UNIT + 0.5) / 800).toFixed(4)}`);
  expect((await camera()).position).toEqual(before.position);
  expect(server.events.filter((e) => /click|alt|right/.test(e))).toEqual([]);
});

test("a press without movement is a click, not a drag", async ({ page }) => {
  await press(page);
  await page.mouse.move(402, 201);
  await page.mouse.up();
  await server.event(/^click \/box$/);
  await press(page);
  await page.mouse.move(430, 200, { steps: 4 });
  await page.mouse.up();
  await server.event(/^plain end/);
  await caughtUp(page, server);
  expect(server.events.filter((e) => /^click/.test(e))).toHaveLength(1);
  expect(server.events.filter((e) => /start/.test(e))).toHaveLength(1);
});

test("each button and each set of modifier keys has its own drags", async ({ page }) => {
  await press(page, "right");
  await page.mouse.move(440, 200, { steps: 4 });
  await page.mouse.up({ button: "right" });
  await server.event(/^right end \/box -1 right/);

  await press(page);
  await page.mouse.move(420, 200, { steps: 4 });
  await server.event(/^plain start/);
  await page.keyboard.down("Alt");
  await server.event(/^plain end/);
  expect(await server.event(/^alt start/)).toContain("keys alt");
  await page.mouse.move(440, 200, { steps: 4 });
  await server.event(/^alt update/);
  await page.keyboard.up("Alt");
  await server.event(/^alt end/);
  // Shift has no listener: the drag pauses until it is released.
  await page.keyboard.down("Shift");
  await page.mouse.move(450, 200, { steps: 4 });
  await page.keyboard.up("Shift");
  await page.mouse.up();
  await caughtUp(page, server);
  const starts = server.events.filter((e) => / start /.test(e)).length;
  expect(server.events.filter((e) => / end /.test(e))).toHaveLength(starts);
});

test("a drag with modifier keys without a listener moves the camera", async ({ page }) => {
  await page.keyboard.down("Control");
  await press(page);
  await page.mouse.move(480, 200, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up("Control");
  await expect.poll(async () => Math.abs((await camera()).position[0]!)).toBeGreaterThan(0.1);
  expect(server.events.filter((e) => / start /.test(e))).toEqual([]);
});

test("a node follows the pointer", async ({ page }) => {
  await server.command("follow");
  await caughtUp(page, server);
  const at = await find(page, "red");
  await press(page);
  await page.mouse.move(400 + UNIT, 200, { steps: 10 });
  await expectPatch(page, "red", { top: at.top }, 4);
  await expect
    .poll(async () => (await find(page, "red")).left)
    .toBeGreaterThan(at.left + 0.8 * UNIT);
  // The outline follows.
  expect(await rimPixels(page)).toBeGreaterThan(100);
  await page.mouse.up();
});

for (const [what, command] of [
  ["removed", "remove /box"],
  ["hidden", "hide"],
  ["replaced", "replace"],
] as const) {
  test(`a node that is ${what} during a drag ends it, and releases the camera`, async ({
    page,
  }) => {
    await press(page);
    await page.mouse.move(430, 200, { steps: 4 });
    await server.event(/^plain start/);
    await server.command(command);
    await server.event(/^plain end/);
    await caughtUp(page, server);
    await page.mouse.move(440, 200, { steps: 4 });
    await page.mouse.up();
    expect(server.events.filter((e) => /end/.test(e))).toHaveLength(1);
    await page.mouse.move(100, 300);
    await page.mouse.down();
    await page.mouse.move(200, 300, { steps: 6 });
    await page.mouse.up();
    await expect.poll(async () => Math.abs((await camera()).position[0]!)).toBeGreaterThan(0.1);
  });
}

test("closing a page ends its drag", async ({ page, anotherPage }) => {
  const other = await anotherPage();
  await open(other, server);
  await other.mouse.move(...MIDDLE);
  await other.mouse.down();
  await other.mouse.move(430, 200, { steps: 4 });
  await server.event(/^plain start/);
  await other.goto("about:blank");
  await server.event(/^plain end/);
  await page.mouse.click(...MIDDLE);
  await server.event(/^click/);
});

test("every kind can be dragged, and those with a surface have an outline under the pointer", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const kinds = (await server.command("kind")).split(" ");
  expect(kinds.length).toBe(16);
  const rimless = ["points", "lines", "label"];
  for (const kind of kinds) {
    await page.mouse.move(20, 380);
    await server.command(`kind ${kind}`);
    await caughtUp(page, server);
    expect(await rimPixels(page), kind).toBe(0);
    // Not in the exact center, where only some kinds have lines.
    const at =
      kind === "label" || kind === "frustum" || kind === "frame" || kind === "axes"
        ? [402, 199]
        : [410, 190];
    await expect(async () => {
      await page.mouse.move(at[0]!, at[1]!);
      await page.mouse.move(at[0]! + 1, at[1]!);
      expect(
        await page
          .locator("canvas")
          .first()
          .evaluate((c) => c.style.cursor),
      ).toBe("pointer");
      if (!rimless.includes(kind)) expect(await rimPixels(page), kind).toBeGreaterThan(30);
    }).toPass({ timeout: 15_000 });
    const batched = ["meshes", "axes", "glbs", "points", "lines"].includes(kind);
    // Outlines only the hovered instance: there is another one at the left.
    const left = await rimPixels(page, { x: 0, y: 0, width: 340, height: 400 });
    if (batched) expect(left, kind).toBe(0);
    await page.mouse.down();
    await page.mouse.move(440, 190, { steps: 4 });
    await page.mouse.up();
    expect(await server.event(/^kind start/), kind).toContain(`/it ${batched ? 1 : -1} left`);
    await server.event(/^kind end/);
    server.events.length = 0;
  }
});

test("a pointer at rest over a node draws no frames", async ({ page }) => {
  await page.mouse.move(...MIDDLE);
  await expect.poll(() => rimPixels(page)).toBeGreaterThan(100);
  const last = await rest(page);
  await page.waitForTimeout(500);
  expect((await stats(page)).frames).toBe(last);
});

test("touch drags, without an outline", async ({ browser, problems }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 700 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  problems.watch(page);
  await page.goto(server.url);
  await expectSeen(page, "red");
  const box = await find(page, "red");
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const cdp = await context.newCDPSession(page);
  const touch = (type: string, points: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type: type as "touchStart", touchPoints: points });
  await touch("touchStart", [{ x, y }]);
  for (let i = 1; i <= 8; i++) await touch("touchMove", [{ x: x + 5 * i, y }]);
  await server.event(/^plain start/);
  expect(await rimPixels(page)).toBe(0);
  await touch("touchEnd", []);
  const end = await server.event(/^plain end/);
  expect(target(end)[0]).toBeGreaterThan(0.2);
  await context.close();
});
