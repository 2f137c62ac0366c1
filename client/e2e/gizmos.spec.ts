/** Transform controls on a page: appearance, and dragging their handles. */
import { caughtUp, expect, open, type Page, test } from "./harness";
import { expectPatch, expectSeen, find } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("gizmos");
  await open(page, server);
});

/** Pixels of one unit at the gizmo. */
const UNIT = 200 / 4 / Math.tan((75 * Math.PI) / 360);
const at = (x: number, z: number) => [400 + x * UNIT, 200 - z * UNIT] as const;
const RING = 0.65 * Math.SQRT1_2;
const camera = () => server.ask<{ position: number[] }>("camera");
const cursor = (page: Page) => page.evaluate(() => document.querySelector("canvas")!.style.cursor);

async function pull(
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<string> {
  server.events.length = 0;
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 10 });
  await page.mouse.up();
  return await server.event(/^end/);
}

const numbers = (event: string) => event.match(/-?\d+\.\d+/g)!.map(Number);

test("an arrow moves along its axis, and the camera does not move", async ({ page, shoot }) => {
  await expectSeen(page, "red");
  await shoot("gizmo");
  const before = await camera();
  const end = await pull(page, at(0.9, 0), at(1.9, 0.3));
  // A callback reads the gizmo's current pose, so that of the start may have moved along the axis already.
  expect(server.events.filter((e) => /^start/.test(e))).toEqual([
    expect.stringMatching(
      /^start by 0 at \d\.\d+ 0\.000 0\.000 turned 1\.000 0\.000 0\.000 0\.000$/,
    ),
  ]);
  expect(server.events.filter((e) => /^update/.test(e)).length).toBeGreaterThan(0);
  const [x, y, z] = numbers(end);
  expect(x).toBeCloseTo(1, 1);
  expect([y, z]).toEqual([0, 0]);
  expect((await camera()).position).toEqual(before.position);
  // Its box has moved with it, and the arrow can be dragged at its new position.
  const back = await pull(page, at(1.9, 0), at(0.9, 0));
  expect(numbers(back)[0]).toBeCloseTo(0, 1);
});

test("a square moves along two axes", async ({ page }) => {
  const [x, y, z] = numbers(await pull(page, at(0.27, 0.27), at(0.77, -0.73)));
  expect([x, y, z].map((v) => Math.round(v! * 20) / 20 + 0)).toEqual([0.5, 0, -1]);
});

test("a ring turns about its axis", async ({ page }) => {
  const end = numbers(await pull(page, at(RING, RING), at(RING, -RING)));
  // A quarter turn from z over x: about y, by the right hand.
  expect(end.slice(0, 3)).toEqual([0, 0, 0]);
  expect(end[3]).toBeCloseTo(Math.SQRT1_2, 1);
  expect(end[5]).toBeCloseTo(Math.SQRT1_2, 1);
});

test("limits apply during a drag", async ({ page }) => {
  await server.command("limited");
  await caughtUp(page, server);
  expect(numbers(await pull(page, at(0.9, 0), at(3, 0)))[0]).toBeCloseTo(0.5, 3);
  expect(numbers(await pull(page, at(1.4, 0), at(-3, 0)))[0]).toBeCloseTo(-0.5, 3);
  const turned = numbers(await pull(page, at(RING - 0.5, RING), at(RING - 0.5, -RING)));
  expect(2 * Math.acos(turned[3]!)).toBeCloseTo(0.5, 1);
});

test("disabled axes are not shown, and opacity is applied", async ({ page }) => {
  await expectSeen(page, "blue");
  await expectSeen(page, "green");
  await server.command("only-x");
  await expectSeen(page, "blue", false);
  await expectSeen(page, "green", false);
  await expectSeen(page, "red");
  await server.command("opacity 0.05");
  await expectSeen(page, "red", false);
});

test("handles are highlighted under the pointer", async ({ page }) => {
  await page.mouse.move(...at(0.9, 0));
  await expect.poll(() => cursor(page)).toBe("pointer");
  await expectSeen(page, "red", false);
  await page.mouse.move(100, 350);
  await expect.poll(() => cursor(page)).toBe("");
  await expectSeen(page, "red");
});

test("a wall hides it unless it is drawn on top", async ({ page }) => {
  await server.command("wall");
  await expectSeen(page, "red", false);
  await server.command("on-top");
  await expectSeen(page, "red");
});

test("with fixed size, it is as large from far away", async ({ page }) => {
  await server.command("fixed 100");
  await expectPatch(page, "blue", { top: 100 }, 4);
  await page.mouse.move(100, 350);
  await page.mouse.wheel(0, 600);
  await expect.poll(async () => -(await camera()).position[1]!).toBeGreaterThan(6);
  await expectPatch(page, "blue", { top: 100 }, 4);
  await pull(page, [480, 200], [560, 200]);
  await expectPatch(page, "blue", { top: 100 }, 4);
});

test("below a rotated parent it follows the pointer", async ({ page }) => {
  await server.command("turn-parent");
  await caughtUp(page, server);
  // Its x axis points down now, and it is half a unit to the right.
  const [x, y, z] = numbers(await pull(page, at(0.5, -0.9), at(0.5, -1.9)));
  expect(x).toBeCloseTo(1, 1);
  expect([y, z].map((v) => Math.abs(v!))).toEqual([0, 0]);
});

test("another page shows the movement, and two pages may drag at once", async ({
  page,
  anotherPage,
}) => {
  const other = await anotherPage();
  await open(other, server);
  await page.mouse.move(...at(0.9, 0));
  await page.mouse.down();
  await page.mouse.move(...at(1.9, 0), { steps: 5 });
  await expectPatch(other, "blue", { left: 400 + UNIT - 4 }, 8);
  await other.mouse.move(...at(1.9, 0));
  await other.mouse.down();
  await other.mouse.move(...at(2.9, 0), { steps: 5 });
  await server.event(/^update by 1 at 2\.0/);
  // The dragging page keeps its own pose until the release.
  await page.mouse.up();
  await other.mouse.move(...at(2.4, 0), { steps: 5 });
  await other.mouse.up();
  await server.event(/^end by 1/);
  for (const p of [page, other]) await expectPatch(p, "blue", { left: 400 + 1.5 * UNIT - 4 }, 8);
});

test("the pose that the program sets is applied at the end of the drag", async ({ page }) => {
  await server.command("snap");
  await pull(page, at(0.9, 0), at(2.05, 0));
  await expectPatch(page, "blue", { left: 400 + UNIT - 4 }, 8);
  await server.command("place 0");
  await expectPatch(page, "blue", { left: 400 - 4 }, 8);
});

test("removed during a drag, it releases the camera", async ({ page }) => {
  await page.mouse.move(...at(0.9, 0));
  await page.mouse.down();
  await page.mouse.move(...at(1.4, 0), { steps: 4 });
  await server.event(/^start/);
  await server.command("remove");
  await server.event(/^end/);
  await caughtUp(page, server);
  await page.mouse.move(...at(1.6, 0));
  await page.mouse.up();
  await page.mouse.move(100, 300);
  await page.mouse.down();
  await page.mouse.move(200, 300, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await camera()).position[0]!)).toBeGreaterThan(0.1);
  expect(server.events.filter((e) => /^end/.test(e))).toHaveLength(1);
});

test("touch drags, also slightly beside the handle", async ({ browser, problems }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 700 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  problems.watch(page);
  await page.goto(server.url);
  await expectSeen(page, "blue");
  const arrow = await find(page, "blue");
  const cdp = await context.newCDPSession(page);
  const touch = (type: string, points: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type: type as "touchStart", touchPoints: points });
  const x = arrow.left + arrow.width / 2 - 10;
  const y = arrow.top + 10;
  await touch("touchStart", [{ x, y }]);
  for (let i = 1; i <= 8; i++) await touch("touchMove", [{ x, y: y - 6 * i }]);
  await touch("touchEnd", []);
  const end = numbers(await server.event(/^end/));
  expect(end[2]).toBeGreaterThan(0.1);
  await context.close();
});
