/** The page's own tools: the scene tree and its property editor, camera tools, developer tools. */
import { caughtUp, expect, look, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 800 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("tools");
  await open(page, server);
});

/** Without controls of the program, a wide window shows the tools at first, a narrow one a button for them. */
const openTools = (page: Page) => page.getByRole("button", { name: "Scene and tools" }).click();

/** The area around the center, where the box is; hints of the panel do not reach it. */
const middle = async (page: Page) =>
  (await look(page, { x: 495, y: 450, width: 10, height: 10 })).mean;

const hue = async (page: Page): Promise<string> => {
  const [r, g, b] = await middle(page);
  if (Math.max(r, g, b) - Math.min(r, g, b) < 30) return "gray";
  return r > g && r > b ? "red" : g > b ? "green" : "blue";
};

test("a node's properties are edited on this page, until the program sets them", async ({
  page,
  anotherPage,
}) => {
  const other = await anotherPage();
  await open(other, server);
  await page.bringToFront();
  await expect.poll(() => hue(page)).toBe("red");
  await page.getByRole("searchbox", { name: "Find nodes" }).fill("box");
  await expect(page.getByText(/^1 of \d+ nodes$/)).toBeVisible();
  await page.getByRole("treeitem", { name: /^box/ }).locator(".vg-tree-pencil").click();
  const editor = page.getByRole("region", { name: "Properties of /group/box" });

  const color = editor.getByRole("textbox", { name: "Color", exact: true });
  await color.fill("0, 0, 255");
  await expect.poll(() => hue(page)).toBe("blue");
  await editor.getByRole("spinbutton", { name: "Dimensions X" }).fill("0.5");
  // Neither other pages nor the program are affected.
  await other.bringToFront();
  await expect.poll(() => hue(other)).toBe("red");
  await page.bringToFront();
  const box = await server.ask<{ color: number[]; dimensions: number[] }>("box");
  expect([box.color, box.dimensions]).toEqual([
    [255, 0, 0],
    [1.5, 1.5, 1.5],
  ]);

  // The program sets one of the two: the other change is kept.
  await server.command("color 0 255 0");
  await expect(color).toHaveValue("0, 255, 0");
  await expect.poll(() => hue(page)).toBe("green");
  await expect(editor.getByRole("spinbutton", { name: "Dimensions X" })).toHaveValue("0.5");
  await editor.getByRole("button", { name: "Undo the change of Dimensions" }).click();
  await expect(editor.getByRole("spinbutton", { name: "Dimensions X" })).toHaveValue("1.5");

  // Moves it away, and back.
  await editor.getByRole("spinbutton", { name: "Position Y" }).fill("100");
  await expect.poll(() => hue(page)).toBe("gray");
  await editor.getByRole("button", { name: "Undo all changes" }).click();
  await expect.poll(() => hue(page)).toBe("green");
  await expect(editor.getByRole("button", { name: /^Undo/ })).toHaveCount(0);

  await server.command("position 3");
  await expect(editor.getByRole("spinbutton", { name: "Position X" })).toHaveValue("3");
  await server.command("remove /group/box");
  await expect(editor.getByText("This node is gone.")).toBeVisible();
});

test("properties are edited with the keyboard", async ({ page }) => {
  await page.getByRole("button", { name: "Hide the tools" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("searchbox", { name: "Find nodes" })).toHaveCount(0);
  await page.keyboard.press("Enter");
  const search = page.getByRole("searchbox", { name: "Find nodes" });
  for (let i = 0; i < 8; i++) {
    if (await search.evaluate((e) => e === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(search).toBeFocused();
  await page.keyboard.type("box");
  await expect(page.getByText(/^1 of \d+ nodes$/)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Space");
  await expect.poll(() => hue(page)).toBe("gray");
  await page.keyboard.press("Space");
  await expect.poll(() => hue(page)).toBe("red");
  await page.keyboard.press("Enter");
  const editor = page.getByRole("region", { name: "Properties of /group/box" });
  await expect(editor).toBeFocused();
  const wireframe = editor.getByRole("checkbox", { name: "Wireframe" });
  for (let i = 0; i < 30; i++) {
    if (await wireframe.evaluate((e) => e === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  await expect(wireframe).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(editor).toHaveCount(0);
  await expect(page.getByRole("tree", { name: "Scene tree" })).toBeFocused();
});

test("10,000 moving nodes cause no updates of the open tree", async ({ page }) => {
  await server.command("many 10000");
  await caughtUp(page, server);
  await expect(page.getByText(/^10,\d+ nodes$/)).toBeVisible();
  const tree = page.getByRole("tree", { name: "Scene tree" });
  expect(await tree.locator(".vg-tree-line").count()).toBeLessThan(60);
  const start = await page.evaluate(() => {
    const counted = window as unknown as { changes: number };
    counted.changes = 0;
    new MutationObserver((list) => {
      counted.changes += list.length;
    }).observe(document.querySelector(".vg-tools")!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    return window.viserPage!.scene!.stats().frames;
  });
  for (let i = 1; i <= 20; i++) {
    await server.command(`move ${i}`);
    await caughtUp(page, server);
  }
  const after = await page.evaluate(() => ({
    changes: (window as unknown as { changes: number }).changes,
    frames: window.viserPage!.scene!.stats().frames,
    x: window.viserPage!.scene!.node("/many/g99/n9999")!.position[0],
  }));
  expect(after.x).toBe(20);
  expect(after.frames).toBeGreaterThan(start);
  expect(after.changes, "changes of the tools while nodes move").toBe(0);

  // A search among them, and the path to the last one.
  await page.getByRole("searchbox", { name: "Find nodes" }).fill("n9999");
  await expect(tree.getByRole("treeitem", { name: /^n9999/ })).toBeVisible();
  await page.getByRole("searchbox", { name: "Find nodes" }).fill("many");
  await tree.focus();
  await page.keyboard.press("End");
  expect(await tree.locator(".vg-tree-line").count()).toBeLessThan(60);
});

test("developer statistics and settings", async ({ page }) => {
  const logs: string[] = [];
  page.on("console", (message) => logs.push(message.text()));
  await page.getByText("Developer", { exact: true }).click();
  for (const name of ["Frames per second", "Script per frame, ms", "Draw calls", "Triangles"]) {
    await expect(page.getByText(name, { exact: true })).toBeVisible();
  }
  const width = () => page.evaluate(() => document.querySelector("canvas")!.width);
  const before = await width();
  await page.getByRole("combobox", { name: "Sharpness" }).selectOption("2");
  await expect.poll(width).toBe(2 * before);
  await page.getByRole("combobox", { name: "Sharpness" }).selectOption("");
  await expect.poll(width).toBe(before);

  await page.getByRole("checkbox", { name: "Log the camera" }).check();
  await page.getByRole("button", { name: "Look from plus X" }).click();
  const query = () => logs.filter((text) => text.startsWith("&initialCamera")).at(-1) ?? "";
  await expect.poll(query).toMatch(/^&initialCameraPosition=6,/);
  await page.getByRole("checkbox", { name: "Log the camera" }).uncheck();

  // The URL restores the camera.
  await open(page, server, `?x${query()}`);
  await page.getByRole("checkbox", { name: "Orbit origin tool" }).check();
  await expect(page.getByRole("spinbutton", { name: "Orbit origin X" })).toHaveValue("0");
  const camera = await page.evaluate(() => window.viserPage!.scene!.lookAt());
  expect(camera.map((x) => Math.round(x * 1000) / 1000 + 0)).toEqual([0, 0, 0]);
});

test("the orbit origin is moved with its arrows, and as numbers", async ({ page }) => {
  await open(page, server, "?forceOrbitOriginTool=1");
  const tool = page.locator(".viser-orbit-origin");
  await expect(tool).toBeVisible();
  const origin = () => page.evaluate(() => window.viserPage!.scene!.lookAt());
  // Along x, which is to the right here.
  const arrow = (await tool.locator("line[data-axis='0']").last().boundingBox())!;
  const y = arrow.y + arrow.height / 2;
  const end = arrow.x + arrow.width - 12;
  await page.mouse.move(end, y);
  await page.mouse.down();
  await page.mouse.move(end + 120, y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await origin())[0]).toBeGreaterThan(0.5);
  const [, oy, oz] = await origin();
  expect(Math.abs(oy) + Math.abs(oz)).toBeLessThan(1e-3);

  const field = page.getByRole("spinbutton", { name: "Orbit origin Z" });
  await field.fill("1.5");
  await expect.poll(async () => (await origin())[2]).toBeCloseTo(1.5, 3);
  await page.getByRole("checkbox", { name: "Orbit origin tool" }).uncheck();
  await expect(tool).toBeHidden();
});

test("with reduced motion, the camera and the panel are not animated", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, server);
  const frames = () => page.evaluate(() => window.viserPage!.scene!.stats().frames);
  const before = await frames();
  await page.getByRole("button", { name: "Look from plus X" }).click();
  await page.waitForFunction((n) => window.viserPage!.scene!.stats().frames > n, before);
  await page.keyboard.press("?");
  // An animation would draw dozens of frames.
  expect((await frames()) - before).toBeLessThan(5);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

for (const [name, viewport, atOnce] of [
  ["wide", { width: 1280, height: 800 }, true],
  ["narrow", { width: 800, height: 600 }, false],
  ["phone", { width: 390, height: 844 }, true],
] as const) {
  test(`${name}: the icon of an empty panel shows and hides the tools`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page, server);
    const parts = [
      page.getByRole("tree", { name: "Scene tree" }),
      page.getByRole("button", { name: "Save picture" }),
      page.getByRole("button", { name: "Reset view" }),
    ];
    const show = page.getByRole("button", { name: "Scene and tools" });
    const hide = page.getByRole("button", { name: "Hide the tools" });
    const expectTools = async (shown: boolean) => {
      await expect(shown ? hide : show).toBeVisible();
      await expect(shown ? show : hide).toHaveCount(0);
      for (const part of parts) await expect(part).toBeVisible({ visible: shown });
      await expect(page.getByText("The program has no controls.")).toHaveCount(shown ? 0 : 1);
    };
    await expectTools(atOnce);
    await (atOnce ? hide : show).click();
    await expectTools(!atOnce);
    await (atOnce ? show : hide).click();
    await expectTools(atOnce);
    // A closed panel does not show the tools: the icon opens it.
    if (!atOnce) await show.click();
    await page.getByRole("button", { name: "Close the panel" }).click();
    await show.click();
    await expectTools(true);
  });
}

test("on a phone the sheet does not cover the camera's target", async ({ browser, problems }) => {
  const viewport = { width: 390, height: 844 };
  const context = await browser.newContext({ viewport, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  problems.watch(page);
  await open(page, server);
  const box = (selector: string) =>
    page.locator(selector).evaluate((e) => e.getBoundingClientRect().toJSON() as DOMRect);
  const room = async () => {
    const [canvas, sheet] = [await box(".viser-scene canvas"), await box(".vg-panel")];
    return { over: canvas.bottom - sheet.top, middle: canvas.top + canvas.height / 2, sheet };
  };
  await expect.poll(async () => (await room()).over).toBeLessThan(16);
  const { middle: y, sheet } = await room();
  expect(sheet.top).toBeGreaterThan(y + 100);
  const { mean } = await look(page, { x: 190, y: y - 5, width: 10, height: 10 });
  expect(mean[0] - mean[1]).toBeGreaterThan(60); // the red box
  await page.getByRole("button", { name: "Close the panel" }).click();
  await expect.poll(async () => (await box(".viser-scene canvas")).height).toBeGreaterThan(780);

  // The tools, with touch.
  await openTools(page);
  await page.getByRole("searchbox", { name: "Find nodes" }).fill("box");
  await page.getByRole("treeitem", { name: /^box/ }).locator(".vg-tree-pencil").tap();
  const editor = page.getByRole("region", { name: "Properties of /group/box" });
  await editor.getByRole("textbox", { name: "Color", exact: true }).fill("0, 0, 255");
  await expect
    .poll(async () => {
      const at = await room();
      const { mean } = await look(page, { x: 190, y: at.middle - 5, width: 10, height: 10 });
      return mean[2] - mean[0];
    })
    .toBeGreaterThan(60);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".vg-tools :is(button, select, summary)")]
      .filter((e) => e.offsetParent !== null && e.tabIndex >= 0 && e.offsetHeight < 44)
      .map((e) => e.textContent || e.getAttribute("aria-label")),
  );
  expect(small, "too small for a finger").toEqual([]);
  expect(
    await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ),
  ).toBe(0);
  await context.close();
});
