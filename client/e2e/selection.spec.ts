/** What is selected: in the picture, in the tree and by the program; by mouse, keyboard and touch. */
import {
  caughtUp,
  expect,
  open,
  type Page,
  rest,
  revisit,
  runAction,
  test,
  untilReplayed,
} from "./harness";
import { colorsAt, expectSeen, pixelsOf, rimPixels } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 600 } });

const BLUE = [33, 150, 255];

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("selection");
});

const selected = (page: Page) => page.evaluate(() => window.viserPage!.scene!.selection.get());
const expectSelected = (page: Page, ...paths: string[]) =>
  expect.poll(() => selected(page)).toEqual(paths);
const marked = (page: Page) => rimPixels(page, undefined, BLUE);
const rows = (page: Page) => page.locator("[data-chosen] .vg-tree-name");

/** Where a point of the plane y = 0 is on the page, the camera being 6 away. */
function at(page: Page, x: number, z: number): [number, number] {
  const { width, height } = page.viewportSize()!;
  const unit = height / 2 / (6 * Math.tan((75 * Math.PI) / 360));
  return [width / 2 + x * unit, height / 2 - z * unit];
}

const click = (page: Page, x: number, z: number) => page.mouse.click(...at(page, x, z));

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...at(page, ...from));
  await page.mouse.down();
  await page.mouse.move(...at(page, ...to), { steps: 4 });
  await page.mouse.up();
}

test("in an X-ray a selected body is no solid one", async ({ page }) => {
  await open(page, server);
  await click(page, -2, 0);
  await expect.poll(() => marked(page)).toBeGreaterThan(200);
  const rim = await marked(page);
  const middle = at(page, -2, 0);
  const [plain] = await colorsAt(page, [middle]);
  await runAction(page, "X-ray");
  await expect.poll(() => colorsAt(page, [middle])).not.toEqual([plain]);
  await rest(page);
  expect(await marked(page)).toBeLessThan(rim);
});

test("a click selects in picture and tree, and keys work on the selection", async ({
  page,
  shoot,
}) => {
  await open(page, server);
  expect(await marked(page)).toBe(0);
  await click(page, -2, 0);
  await expectSelected(page, "/left");
  await expect(rows(page)).toHaveText(["left"]);
  await expect.poll(() => marked(page)).toBeGreaterThan(200);

  // One more, in a branch that is closed until then; points too, with a box around them.
  await page
    .getByRole("treeitem", { name: /^group/ })
    .locator(".vg-tree-fold")
    .click();
  await page.keyboard.down("Shift");
  await click(page, 2, 0);
  await click(page, 0.4, 1.6);
  await page.keyboard.up("Shift");
  await expectSelected(page, "/left", "/group/right", "/cloud");
  await expect(rows(page)).toHaveText(["left", "right", "cloud"]);
  await expect.poll(() => marked(page)).toBeGreaterThan(600);
  await shoot("selection");
  // Not in pictures.
  const png = await page.evaluate(async () => {
    const blob = await window.viserPage!.scene!.picture({
      ...{ width: 400, height: 240, transparent: false, labels: true },
    });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  expect(await pixelsOf(page, png, BLUE)).toBe(0);
  await page.keyboard.down("Control");
  await click(page, 2, 0);
  await page.keyboard.up("Control");
  await expectSelected(page, "/left", "/cloud");

  // Hidden, isolated and shown again; the selection stays.
  await page.keyboard.press("h");
  await expectSeen(page, "green", false);
  await expect(page.getByRole("treeitem", { name: /^left.*hidden/ })).toBeVisible();
  await page.keyboard.press("Shift+H");
  await expectSeen(page, "green");
  await page.keyboard.press("i");
  await expect(page.getByRole("treeitem", { name: /^group.*hidden/ })).toBeVisible();
  await page.keyboard.press("Shift+H");
  await expect(page.getByRole("treeitem", { name: /hidden/ })).toHaveCount(1); // WorldAxes

  // What a binding of the program takes is not selected.
  await click(page, 0, -2);
  await server.event(/^clicked/);
  await expectSelected(page, "/left", "/cloud");
  await page.keyboard.press("Escape");
  await expectSelected(page);
  await expect.poll(() => marked(page)).toBe(0);
  await click(page, -2, 0);
  await click(page, -4, 2.5);
  await expectSelected(page);

  // The reverse, by keyboard; the properties follow.
  const tree = page.getByRole("tree", { name: "Scene tree" });
  await tree.press("Home");
  await tree.press("ArrowDown");
  await tree.press("ArrowDown");
  const [first] = await selected(page);
  await expect.poll(() => marked(page)).toBeGreaterThan(0);
  await tree.press("Enter");
  await expect(page.locator(".vg-props")).toContainText(first!);
  await click(page, 2, 0);
  await expect(page.locator(".vg-props")).toContainText("/group/right");
  await tree.press("Shift+ArrowUp");
  expect((await selected(page)).length).toBe(2);
  const frames = await rest(page);
  await page.waitForTimeout(300);
  expect((await page.evaluate(() => window.viserPage!.scene!.stats())).frames).toBe(frames);
});

test("a box selects what is in it", async ({ page }) => {
  await open(page, server);
  await page.keyboard.down("Shift");
  await drag(page, [-3, 1], [-1, -1]);
  await page.keyboard.up("Shift");
  await expectSelected(page, "/left");
  // By the palette, with the mouse: once.
  await runAction(page, "Select in a box");
  await drag(page, [-1, 2.5], [3, -1]);
  await expect
    .poll(async () => [...(await selected(page))].sort())
    .toEqual(["/cloud", "/group/right"]);
  const before = await selected(page);
  await drag(page, [-1, 2.5], [3, 2.4]);
  expect(await selected(page)).toEqual(before);
});

test("the program selects and listens", async ({ page }) => {
  await server.command("select /left /cloud");
  await open(page, server);
  await expectSelected(page, "/left", "/cloud");
  await click(page, 2, 0); // before anybody listens
  await expectSelected(page, "/group/right");
  expect(await server.command("selection")).toBe("/left /cloud");
  await server.command("listen");
  await caughtUp(page, server);
  await click(page, -2, 0);
  await server.event(/^selected \/left$/);
  expect(await server.command("selection")).toBe("/left");
  await server.command("select /cloud");
  await expectSelected(page, "/cloud");
  await server.command("remove /cloud");
  await expectSelected(page);
  await server.command("stop");
  await caughtUp(page, server);
  const events = server.events.length;
  await click(page, -2, 0);
  await expectSelected(page, "/left");
  await server.command("select");
  await expectSelected(page);
  expect(server.events.slice(events).filter((e) => e.startsWith("selected"))).toEqual([]);

  // Ten thousand, in few draw calls; a page that connects later has them too.
  await server.command("many");
  await expect.poll(async () => (await selected(page)).length).toBe(10_000);
  await expect.poll(() => marked(page)).toBeGreaterThan(20_000);
  const { drawCalls } = await page.evaluate(() => window.viserPage!.scene!.stats());
  expect(drawCalls).toBeLessThan(30);
  await revisit(page, server);
  await expect.poll(async () => (await selected(page)).length).toBe(10_000);
});

test("fingers select, also of those who may only look", async ({ browser, problems }) => {
  await server.command("listen");
  const context = await browser.newContext({
    viewport: { width: 390, height: 700 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  problems.watch(page);
  await page.goto(await server.command("guest"));
  await untilReplayed(page);
  await page.locator(".vg-panel").waitFor();
  // The panel is below the scene.
  const { x: x0, y: y0, width, height } = (await page.locator("canvas").first().boundingBox())!;
  const unit = height / 2 / (6 * Math.tan((75 * Math.PI) / 360));
  const place = (px: number) => ({ x: x0 + width / 2 + px * unit, y: y0 + height / 2 });
  const left = place(-1.6);
  await page.touchscreen.tap(left.x, left.y);
  await expectSelected(page, "/left");
  const cdp = await context.newCDPSession(page);
  const touch = (type: string, points: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type: type as "touchStart", touchPoints: points });
  await touch("touchStart", [place(1.6)]);
  await expectSelected(page, "/left", "/group/right");
  await touch("touchEnd", []);
  await expectSelected(page, "/left", "/group/right");
  expect(server.events.filter((e) => e.startsWith("selected"))).toEqual([]);
  await context.close();
});
