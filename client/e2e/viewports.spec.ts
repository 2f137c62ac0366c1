/** Several views of the scene: by the palette, mouse, keyboard, touch, a link, and by the program. */
import { loadAxe, nothingSerious } from "./axe";
import { caughtUp, expect, idles, open, type Page, rest, runAction, test, visit } from "./harness";
import { colorsAt } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 600 } });

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("viewports");
});

interface Camera {
  Viewport: number;
  Position: [number, number, number];
  LookAt: [number, number, number];
  Projection: string;
  ImageWidth: number;
}
const cameras = () => server.ask<Camera[]>("cameras");
const views = (page: Page) => page.locator(".viser-view:visible");

/** The color in the middle of each view: "red", "green", or "none". */
async function middles(page: Page, ...points: [number, number][]): Promise<string[]> {
  const colors = await colorsAt(page, points);
  return colors.map(([r = 0, g = 0, b = 0]) =>
    r > 1.5 * Math.max(g, b) ? "red" : g > 1.5 * Math.max(r, b) ? "green" : "none",
  );
}
const expectMiddles = (page: Page, points: [number, number][], ...colors: string[]) =>
  expect.poll(() => middles(page, ...points)).toEqual(colors);

/** Of four views on a page of 1000 by 600; a bit beside the middle, where the lines between views are not. */
const QUARTERS: [number, number][] = [
  [250, 150],
  [750, 150],
  [250, 450],
  [750, 450],
];

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 5 });
  await page.mouse.up();
}

test("four views, each with its own camera, projection and clicks", async ({ page, gl, shoot }) => {
  await visit(page, server);
  await page.addStyleTag({ content: ".vg-panel { display: none }" });
  await runAction(page, "Four views");
  await expect(views(page)).toHaveCount(4);
  await server.event(/^views grid false/);
  // From the front, above (the green box hides the red one), the front and the right.
  await expectMiddles(page, QUARTERS, "red", "green", "red", "red");
  await shoot("viewports");
  await expect.poll(async () => (await cameras()).length).toBe(4);
  await expect
    .poll(async () => (await cameras()).map((c) => `${c.Projection} ${c.ImageWidth}`))
    .toEqual(["perspective 500", "orthographic 500", "orthographic 500", "orthographic 500"]);
  expect((await cameras())[1]!.Position[2]).toBeCloseTo(6, 1);

  // A click knows its view: the right one looks along -x.
  await page.mouse.click(742, 442);
  await server.event(/^clicked 3 -1\.00 -?0\.\d+ -?0\.\d+ 0\.4\d 0\.4\d/);
  await page.mouse.click(250, 150);
  await server.event(/^clicked 0 .* 0\.50 0\.50/);

  // Keys and drags are for the view that was pressed last.
  await page.mouse.click(880, 450);
  await page.keyboard.press("5");
  await expect.poll(async () => (await cameras())[3]!.Projection).toBe("perspective");
  const before = await cameras();
  await drag(page, [880, 480], [900, 480]);
  await expect.poll(async () => (await cameras())[3]!.Position[1]).not.toBeCloseTo(0, 1);
  const after = await cameras();
  for (const i of [0, 1, 2]) expect(after[i]!.Position).toEqual(before[i]!.Position);
  await page.mouse.move(250, 400);
  await page.mouse.wheel(0, 300);
  const away = async (i: number) => Math.hypot(...(await cameras())[i]!.Position);
  await expect.poll(() => away(2)).toBeGreaterThan(6.2);
  expect(await away(0)).toBeCloseTo(6, 3);

  // A page at rest draws nothing.
  await rest(page);
  await idles(gl, 400);
});

test("views are maximized, closed, resized and linked, by keys too", async ({ page }) => {
  await visit(page, server);
  await page.addStyleTag({ content: ".vg-panel { display: none }" });
  await page.keyboard.press("v");
  await expect(views(page)).toHaveCount(2);
  const divider = page.getByRole("separator");
  await expect(divider).toHaveAttribute("aria-valuenow", "50");
  await divider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(divider).toHaveAttribute("aria-valuenow", "48");
  await page.keyboard.press("End");
  await expect(divider).toHaveAttribute("aria-valuenow", "100");
  await expect.poll(async () => (await cameras())[1]!.ImageWidth).toBe(72);
  await drag(page, [928, 300], [400, 300]);
  await expect.poll(async () => (await cameras())[1]!.ImageWidth).toBe(600);
  await divider.dblclick();
  await expect(divider).toHaveAttribute("aria-valuenow", "50");

  await runAction(page, "Link the cameras");
  await server.event(/^views columns true/);
  await page.mouse.click(100, 500);
  await drag(page, [150, 480], [220, 450]);
  await rest(page);
  await expect
    .poll(async () => {
      const [a, b] = await cameras();
      return Math.hypot(...a!.Position.map((x, i) => x - b!.Position[i]!));
    })
    .toBeLessThan(1e-3);
  expect(Math.abs((await cameras())[1]!.Position[0])).toBeGreaterThan(0.5);

  await page.keyboard.press("Shift+V");
  await expect(views(page)).toHaveCount(1);
  await expect(page.getByRole("separator")).toHaveCount(0);
  await page.keyboard.press("Shift+V");
  await expect(views(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Close view 2" }).click();
  await server.event(/^views single false/);
  await expect(views(page)).toHaveCount(0);
  await expect.poll(async () => (await cameras()).length).toBe(1);
});

test("a program divides the page, moves cameras, hides nodes and takes pictures", async ({
  page,
  anotherPage,
}) => {
  await visit(page, server);
  await page.addStyleTag({ content: ".vg-panel { display: none }" });
  // Before the page has that view.
  await server.command("camera 1 0 0 6");
  await server.command("hide 1 /above/green");
  await server.command("layout columns");
  const halves: [number, number][] = [
    [250, 300],
    [750, 300],
  ];
  await expectMiddles(page, halves, "red", "red");
  await expect.poll(async () => (await cameras())[1]!.Position[2]).toBeCloseTo(6, 3);
  // What is hidden takes no click, and a picture of that view does not show it.
  await page.mouse.click(750, 300);
  await server.event(/^clicked 1 /);
  expect((await server.ask<number[]>("picture 1"))[0]).toBeGreaterThan(100);
  await server.command("hide 1 ");
  await expectMiddles(page, halves, "red", "green");
  const [r = 0, g = 0] = await server.ask<number[]>("picture 1");
  expect(g).toBeGreaterThan(1.5 * r);
  await expect(server.command("picture 2")).rejects.toThrow(
    "viewport 2 is not there, the page has 2",
  );
  // The user's own choice holds until the program divides the page again, also over a reconnection.
  await runAction(page, "One view");
  await server.event(/^views single/);
  await server.command("all rows");
  await expect(views(page)).toHaveCount(2);
  const other = await anotherPage();
  await visit(other, server);
  await expect(views(other)).toHaveCount(2);
});

test("nodes are hidden in one view by hand", async ({ page }) => {
  await visit(page, server);
  await page.addStyleTag({ content: ".vg-panel { display: none }" });
  await runAction(page, "Two views side by side");
  await expect(views(page)).toHaveCount(2);
  await page.mouse.click(900, 500);
  await page.evaluate(() => window.viserPage!.scene!.select(["/red"]));
  await runAction(page, "Hide the selected nodes in this view");
  const halves: [number, number][] = [
    [250, 300],
    [750, 300],
  ];
  await expectMiddles(page, halves, "red", "none");
  await rest(page);
  await runAction(page, "Show all nodes in this view");
  await expectMiddles(page, halves, "red", "red");
});

test("a view is closed while it is dragged in", async ({ page }) => {
  await visit(page, server);
  await server.command("layout columns");
  await expect(views(page)).toHaveCount(2);
  // The camera's drag, then a gizmo's.
  for (const x of [900, 690]) {
    await page.mouse.move(x, 300);
    await page.mouse.down();
    await page.mouse.move(x + 20, 320, { steps: 3 });
    await server.command("layout single");
    await expect(views(page)).toHaveCount(0);
    await page.mouse.move(x + 40, 340, { steps: 3 });
    await page.mouse.up();
    await server.command("layout columns");
    await expect(views(page)).toHaveCount(2);
  }
  await server.command("layout single");
  await expect(views(page)).toHaveCount(0);
  const [before] = await cameras();
  await drag(page, [200, 450], [300, 450]);
  await expect.poll(async () => (await cameras())[0]!.Position[0]).not.toBe(before!.Position[0]);
});

test("a layout that there is not leaves the page as it is", async ({ page }) => {
  for (const layout of ["banana", "single", ""]) {
    await visit(page, server, `?views=${layout}`);
    await caughtUp(page, server);
    await expect(page.locator(".viser-view-tools:visible")).toHaveCount(0);
  }
});

test("a link has the views, and garbage in it is left out", async ({ page }) => {
  const camera = "0,-6,0,0,0,0,0,0,1,1,orthographic";
  await visit(page, server, `?views=columns,linked&camera1=${camera}&hide1=/above&hide1=/none`);
  await page.addStyleTag({ content: ".vg-panel { display: none }" });
  await expectMiddles(
    page,
    [
      [250, 300],
      [750, 300],
    ],
    "red",
    "red",
  );
  const params = await page.evaluate(() => window.viserPage!.scene!.viewsParams());
  expect(params).toEqual([
    ["views", "columns,linked"],
    ["camera1", camera],
    ["hide1", "/above"],
    ["hide1", "/none"],
  ]);
  await visit(
    page,
    server,
    "?views=grid&camera1=1,2&camera2=a,b,c,0,0,0,0,0,1,1,x&camera9=3&hide7=/a",
  );
  await expect(views(page)).toHaveCount(4);
  await visit(page, server, "?views=many,,&hide0=/red");
  await rest(page);
  await expect(views(page)).toHaveCount(0);
});

for (const look of ["light", "dark"]) {
  test(`axe finds nothing, and fingers work: ${look}`, async ({ browser, problems }) => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const phone = viewport.width < 500;
      const context = await browser.newContext({ viewport, hasTouch: phone, isMobile: phone });
      const page = await context.newPage();
      problems.watch(page);
      await open(page, server, look === "dark" ? "?darkMode" : "");
      await server.command("layout main");
      await expect(views(page)).toHaveCount(3);
      await loadAxe(page);
      await nothingSerious(page, `${look} ${viewport.width}`);
      await page.screenshot({ path: `test-results/viewports-${look}-${viewport.width}.png` });
      if (phone) {
        // The large one is above, the others share what is below it.
        const [main, left, right] = await views(page).all();
        const boxes = await Promise.all([main, left, right].map((v) => v!.boundingBox()));
        expect(boxes[0]!.width).toBe(390);
        expect(boxes[1]!.width).toBe(195);
        expect(boxes[2]!.y).toBe(boxes[1]!.y);
        await page.getByRole("button", { name: "Close view 2" }).tap();
        await expect(views(page)).toHaveCount(2);
        await page.getByRole("button", { name: "Maximize view 1" }).tap();
        await expect(views(page)).toHaveCount(1);
      }
      await context.close();
      await server.command("layout single").catch(() => {});
    }
  });
}
