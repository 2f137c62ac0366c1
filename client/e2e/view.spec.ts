/** Camera navigation with mouse, keyboard and touch. */
import { expect, open, type Page, rest, test } from "./harness";
import { expectPatch, expectSeen } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

interface View {
  position: [number, number, number];
  lookAt: [number, number, number];
}

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("client");
  await open(page, server);
});

const camera = () => server.ask<View>("camera");
const away = ({ position: p, lookAt: l }: View) => Math.hypot(...p.map((x, i) => x - l[i]!));

async function drag(page: Page, dx: number, dy: number, button: "left" | "right" | "middle") {
  await page.mouse.move(250, 300);
  await page.mouse.down({ button });
  await page.mouse.move(250 + dx, 300 + dy, { steps: 6 });
  await page.mouse.up({ button });
}

test("the left button orbits, the right one pans, the wheel zooms", async ({ page }) => {
  await drag(page, 100, -50, "left");
  await expect.poll(async () => (await camera()).position[0]).toBeLessThan(-0.5);
  let view = await camera();
  expect(view.lookAt.map((x) => Math.abs(x) < 1e-6)).toEqual([true, true, true]);
  expect(away(view)).toBeCloseTo(4, 2);

  await page.reload();
  await server.event(/^connect 1$/);
  await drag(page, 100, 0, "right");
  // The scene follows the pointer: 100 of 400 pixels, at the look-at point.
  const wanted = -4 * Math.tan((75 * Math.PI) / 360) * 0.5;
  await expect.poll(async () => (await camera()).lookAt[0]).toBeCloseTo(wanted, 1);
  view = await camera();
  expect(view.position[0]).toBeCloseTo(view.lookAt[0], 3);
  expect(view.position[1]).toBeCloseTo(-4, 3);

  await page.mouse.move(250, 300);
  await page.mouse.wheel(0, -200);
  await expect.poll(async () => away(await camera())).toBeLessThan(3.7);
});

test("W A S D and Q E fly, and the arrow keys look around", async ({ page }) => {
  await page.mouse.click(100, 300);
  const from = await camera();
  const keys: [string, 0 | 1 | 2, 1 | -1][] = [
    ["w", 1, 1],
    ["s", 1, -1],
    ["d", 0, 1],
    ["a", 0, -1],
    ["e", 2, 1],
    ["q", 2, -1],
  ];
  for (const [key, axis, sign] of keys) {
    const before = (await camera()).position[axis];
    await page.keyboard.down(key);
    await expect
      .poll(async () => ((await camera()).position[axis] - before) * sign, { message: key })
      .toBeGreaterThan(0.1);
    await page.keyboard.up(key);
    await rest(page);
  }
  expect(away(await camera())).toBeCloseTo(away(from), 2);

  const before = await camera();
  await page.keyboard.down("ArrowRight");
  await expect.poll(async () => (await camera()).lookAt[0]).toBeGreaterThan(before.lookAt[0] + 0.1);
  await page.keyboard.up("ArrowRight");
  await rest(page);
  const after = await camera();
  expect(after.position.map((x, i) => Math.abs(x - before.position[i]!) < 0.01)).toEqual([
    true,
    true,
    true,
  ]);
});

test("keys typed into a field do not fly", async ({ page }) => {
  await server.command("own-gui Field");
  const before = await camera();
  const field = page.getByLabel("Field in the shared folder");
  await field.fill("");
  await field.pressSequentially("wasdqe", { delay: 50 });
  await expect(field).toHaveValue("wasdqe");
  expect((await camera()).position).toEqual(before.position);
});

test("Reset view resets the camera, Save picture saves the scene", async ({ page }) => {
  await drag(page, 150, -30, "left");
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => away(await camera())).toBeLessThan(3.8);
  await page.getByRole("button", { name: "Scene and tools" }).click();
  await page.getByRole("button", { name: "Reset view" }).click();
  await expect.poll(async () => Math.abs((await camera()).position[0])).toBeLessThan(1e-3);
  const view = await camera();
  expect(view.position[1]).toBeCloseTo(-4, 3);
  expect(away(view)).toBeCloseTo(4, 3);

  await page.getByRole("button", { name: "Save picture" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save", exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
  // It shows the scene without the panel; checked in a separate page.
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  await page.goto("about:blank");
  await page.setContent(
    `<style>body{margin:0}</style><img src="data:image/png;base64,${Buffer.concat(chunks).toString("base64")}">`,
  );
  await expect
    .poll(() => page.locator("img").evaluate((e) => (e as HTMLImageElement).naturalWidth))
    .toBe(800);
  const side = 1.5 / 3.25 / Math.tan((75 * Math.PI) / 360) / 2;
  await expectPatch(page, "red", { left: 400 - side * 200, width: side * 400 });
});

test("one finger orbits, two fingers zoom", async ({ browser, problems }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 700 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  problems.watch(page);
  await open(page, server);
  await server.event(/^connect 1$/);
  await expectSeen(page, "red");
  const session = await context.newCDPSession(page);
  const touch = (
    type: "touchStart" | "touchMove" | "touchEnd",
    ...points: [x: number, y: number][]
  ) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });

  await touch("touchStart", [150, 150]);
  for (let i = 1; i <= 5; i++) await touch("touchMove", [150 + 20 * i, 150]);
  await touch("touchEnd");
  await expect.poll(async () => (await camera()).position[0]).toBeLessThan(-0.3);
  expect(away(await camera())).toBeCloseTo(4, 2);

  await touch("touchStart", [180, 200], [210, 200]);
  for (let i = 1; i <= 5; i++) await touch("touchMove", [180 - 15 * i, 200], [210 + 15 * i, 200]);
  await touch("touchEnd");
  await expect.poll(async () => away(await camera())).toBeLessThan(3);
  await context.close();
});
