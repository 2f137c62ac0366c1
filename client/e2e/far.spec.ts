/** Scenes in survey coordinates look, and are picked, as those near the origin. */
import { join } from "node:path";
import { caughtUp, expect, open, type Page, test } from "./harness";
import { clientDir } from "./paths";
import { apart, rimPixels, sceneShot, settledShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 480 } });

const DISTANCES = [5e5, 4e6, 1e7];
const VIEWS = [0, 50, 200];
/** Tolerance for different rounding at edges. */
const MOST = 0.004;

const show = async (page: Page, server: TestServer, command: string) => {
  await server.command(command);
  await caughtUp(page, server);
};

/** Projects a position relative to the center, seen from the front, to CSS pixels. */
function onPage([x, y, z]: readonly [number, number, number]): [number, number] {
  const turn = (-80 * Math.PI) / 180;
  const eye = [4.6 * Math.cos(turn), 4.6 * Math.sin(turn), 3.8] as const;
  const length = Math.hypot(...eye);
  const ahead = eye.map((c) => -c / length);
  const right = [-Math.sin(turn), Math.cos(turn), 0];
  const down = [
    ahead[1]! * right[2]! - ahead[2]! * right[1]!,
    ahead[2]! * right[0]! - ahead[0]! * right[2]!,
    ahead[0]! * right[1]! - ahead[1]! * right[0]!,
  ];
  const v = [x - eye[0], y - eye[1], z - eye[2]];
  const along = (d: readonly number[]) => v.reduce((sum, c, i) => sum + c * d[i]!, 0);
  const focal = 240 / Math.tan((37.5 * Math.PI) / 180);
  return [500 + (focal * along(right)) / along(ahead), 240 + (focal * along(down)) / along(ahead)];
}

/** The fraction of pixels of a rendered picture that differ clearly from a file. */
async function pictureOff(server: TestServer, path: string): Promise<number> {
  const clip = { Min: { X: 0, Y: 0 }, Max: { X: 1000, Y: 480 } };
  const shot = { Width: 1000, Height: 480, Format: "jpeg", Compare: path, Clip: clip };
  return (await server.ask<{ Far: number }>(`render ${JSON.stringify(shot)}`)).Far;
}

test("far from the origin everything looks as near it, from all sides and in rendered pictures", async ({
  page,
  startServer,
}) => {
  const server = await startServer("far");
  await open(page, server);
  await server.event(/^connect/);
  await show(page, server, "move 0");
  const near = new Map<number, Buffer>();
  for (const view of VIEWS) {
    await show(page, server, `look ${view}`);
    near.set(view, await settledShot(page));
  }
  const path = join(clientDir, "test-results", "far-near.png");
  await show(page, server, "look 0");
  await sceneShot(page, path);
  // JPEG changes the colors of thin lines.
  const off = await pictureOff(server, path);
  for (const distance of DISTANCES) {
    await show(page, server, `move ${distance}`);
    for (const view of VIEWS) {
      await show(page, server, `look ${view}`);
      const far = await apart(page, near.get(view)!, await settledShot(page));
      expect(far, `pixels that differ at ${distance}, from ${view} degrees`).toBeLessThan(MOST);
    }
    await show(page, server, "look 0");
    const inPicture = await pictureOff(server, path);
    expect(inPicture, `pixels that differ in a picture at ${distance}`).toBeLessThan(off + MOST);
  }
});

test("far from the origin nodes are hovered, clicked and orbited as near it", async ({
  page,
  startServer,
}) => {
  const server = await startServer("far");
  await open(page, server);
  await server.event(/^connect/);
  const nodes = {
    "/box": onPage([-1.8, 1.2, 0.1]),
    "/ball": onPage([-0.6, 1.2, 0.2]),
    "/mesh": onPage([0.6, 1.2, 0.2]),
  };
  const rims = new Map<string, number>();
  let orbited: Buffer | null = null;
  for (const distance of [0, ...DISTANCES]) {
    await show(page, server, `move ${distance}`);
    await show(page, server, "look 0");
    for (const [name, [x, y]] of Object.entries(nodes)) {
      await page.mouse.move(x, y);
      await expect(page.locator("canvas[aria-label='3D scene']")).toHaveCSS("cursor", "pointer");
      await settledShot(page);
      const rim = await rimPixels(page);
      if (distance === 0) rims.set(name, rim);
      expect(rim, `the rim of ${name}`).toBeGreaterThan(100);
      const off = Math.abs(rim - rims.get(name)!);
      expect(off, `the rim of ${name} at ${distance}`).toBeLessThan(0.1 * rim);
      const before = server.events.length;
      await page.mouse.click(x, y);
      expect(await server.event(/^clicked/, before)).toBe(`clicked ${name}`);
    }
    // With the mouse, around the center.
    await page.mouse.move(20, 400);
    await page.mouse.down();
    await page.mouse.move(140, 380, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(20, 470);
    const shot = await settledShot(page);
    orbited ??= shot;
    const far = await apart(page, orbited, shot);
    expect(far, `pixels that differ at ${distance} after a turn by hand`).toBeLessThan(MOST);
  }
});

/** Distances at which the scene's arrays are exact in single precision. */
const EXACT = [5e5, 4e6];

test("nodes with large coordinates in their arrays look, and are picked, as with small ones", async ({
  page,
  startServer,
}) => {
  const server = await startServer("far arrays");
  await open(page, server);
  await server.event(/^connect/);
  const targets = [
    onPage([-1.25, 1.5, 0.375]),
    onPage([0, 1.5, 0.3]),
    onPage([0.5, 0, 0]),
    onPage([1.75, -0.25, 0.125]),
  ];
  const near = new Map<number, Buffer>();
  let clicked: string[] | null = null;
  for (const distance of [0, ...EXACT]) {
    await show(page, server, `move ${distance}`);
    for (const view of [200, 50, 0]) {
      await show(page, server, `look ${view}`);
      const shot = await settledShot(page);
      if (distance === 0) near.set(view, shot);
      const far = await apart(page, near.get(view)!, shot);
      expect(far, `pixels that differ at ${distance}, from ${view} degrees`).toBeLessThan(MOST);
    }
    const clicks: string[] = [];
    for (const [x, y] of targets) {
      const before = server.events.length;
      await page.mouse.click(x, y);
      clicks.push(await server.event(/^clicked/, before));
    }
    clicked ??= clicks;
    expect(clicks, `what was hit at ${distance}`).toEqual(clicked);
    await page.mouse.move(20, 470);
  }
  const names = clicked!.map((event) => event.split(" ")[1]);
  expect(names).toEqual(["/mesh", "/batch", "/points", "/lines"]);
});
