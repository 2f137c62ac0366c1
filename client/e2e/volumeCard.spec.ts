/** The card with which a volume is adjusted on the page. */
import { loadAxe, nothingSerious } from "./axe";
import {
  caughtUp,
  expect,
  idles,
  open,
  type Page,
  rest,
  runAction,
  settled,
  test,
} from "./harness";
import { apart, expectSeen, find, settledShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 600 } });

const ACTION = "Adjust volume";
const card = (page: Page) => page.getByRole("group", { name: "Volume" });
const button = (page: Page, name: string) => card(page).getByRole("button", { name });
const field = (page: Page, name: string) => card(page).getByRole("textbox", { name });
const points = (page: Page) => card(page).getByRole("slider", { name: /^Point/ });
const point = (page: Page, i: number) => points(page).nth(i);

async function begin(page: Page, server: TestServer, what = "ball maximum"): Promise<void> {
  await open(page, server);
  await server.command(what);
  await caughtUp(page, server);
  await runAction(page, ACTION);
  await expect(card(page)).toBeVisible();
}

/** Expects that the palette has the action, or not. */
async function expectOffered(page: Page, there: boolean): Promise<void> {
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Search commands" });
  await search.fill(ACTION);
  const found = page.getByRole("option").filter({ hasText: ACTION });
  await expect(found).toHaveCount(there ? 1 : 0);
  await page.keyboard.press("Escape");
  await expect(search).toHaveCount(0);
}

/** The middle of a point of the curve. */
async function middle(page: Page, i: number): Promise<[number, number]> {
  const box = (await point(page, i).boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test("the action is there while a volume is shown", async ({ page, startServer }) => {
  const server = await startServer("volumes");
  await open(page, server);
  await expectOffered(page, false);
  await server.command("ball maximum");
  await caughtUp(page, server);
  await expectOffered(page, true);
  await server.command("visible no");
  await caughtUp(page, server);
  await expectOffered(page, false);
});

test("the mouse: colors and points of the curve change the picture; reset restores it", async ({
  page,
  gl,
  startServer,
}) => {
  const server = await startServer("volumes");
  await begin(page, server);
  await expectSeen(page, "red");
  await expect(button(page, "Reset")).toBeDisabled();
  const before = await settledShot(page);
  await settled(gl);

  const cost = await gl.during(async () => {
    await card(page).getByRole("combobox", { name: "Colors" }).selectOption("Gray");
    await expectSeen(page, "red", false);
  }, 0);
  // The grid has 131,072 bytes.
  expect(cost.uploaded).toBeLessThan(20_000);
  await button(page, "Reset").click();
  await expectSeen(page, "red");
  expect(await apart(page, before, await settledShot(page))).toBe(0);
  await expect(button(page, "Reset")).toBeDisabled();

  await expect(points(page)).toHaveCount(2);
  const [x, y] = await middle(page, 1);
  const [left, bottom] = await middle(page, 0);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 30, bottom + 40, { steps: 4 });
  await page.mouse.up();
  // The last point stays at the end, and is nowhere below 0.
  await expect(point(page, 1)).toHaveAttribute("aria-valuetext", "1: opacity 0");
  await expectSeen(page, "red", false);
  await button(page, "Reset").click();

  await page.mouse.dblclick((left + x) / 2, y + 10);
  await expect(points(page)).toHaveCount(3);
  await expect(point(page, 1)).toHaveAttribute("aria-valuetext", /^0\.(49|5)\d*: opacity 0\.9\d*$/);
  await button(page, "Remove point").click();
  await expect(points(page)).toHaveCount(2);
  await button(page, "Reset").click();
  await expectSeen(page, "red");
  expect(await apart(page, before, await settledShot(page))).toBe(0);
  await settled(gl);
  await idles(gl, 300);
  await button(page, "Done").click();
  await expect(card(page)).toHaveCount(0);
});

test("the density changes the picture, the program's is in its middle", async ({
  page,
  startServer,
}) => {
  const server = await startServer("volumes");
  await begin(page, server, "ball composite");
  const before = await settledShot(page);
  const density = card(page).getByRole("slider", { name: "Density" });
  await expect(density).toHaveValue("0");
  await density.press("Home");
  await expect(density).toHaveAttribute("aria-valuetext", "0.01");
  expect(await apart(page, before, await settledShot(page))).toBeGreaterThan(0.02);
  await button(page, "Reset").click();
  await expect(density).toHaveValue("0");
  expect(await apart(page, before, await settledShot(page))).toBe(0);
  // The other modes have no use for it.
  await server.command("mode maximum");
  await expect(density).toBeHidden();
  await server.command("mode surface");
  await expect(field(page, "Surface at")).toHaveValue("0.9");
  await expect(points(page)).toHaveCount(0);
  await expectSeen(page, "red");
  // The surface has the color of its number.
  await field(page, "Surface at").fill("0.1");
  await field(page, "Surface at").press("Enter");
  await expectSeen(page, "red", false);
  await button(page, "Reset").click();
  await expectSeen(page, "red");
});

test("the keyboard moves, adds and removes points; Escape closes", async ({
  page,
  startServer,
}) => {
  const server = await startServer("volumes");
  await begin(page, server);
  await expectSeen(page, "red");
  await point(page, 1).press("Home");
  await expectSeen(page, "red", false);
  await point(page, 1).press("End");
  await expectSeen(page, "red");
  await button(page, "Add point").press("Enter");
  await expect(points(page)).toHaveCount(3);
  await expect(point(page, 1)).toBeFocused();
  await expect(point(page, 1)).toHaveAttribute("aria-valuetext", "0.5: opacity 0.5");
  for (const key of ["ArrowLeft", "ArrowUp", "ArrowUp", "Shift+ArrowLeft", "PageDown"]) {
    await page.keyboard.press(key);
  }
  await expect(point(page, 1)).toHaveAttribute("aria-valuetext", "0.39: opacity 0.42");
  await page.keyboard.press("Delete");
  await expect(points(page)).toHaveCount(2);
  await expect(point(page, 1)).toBeFocused();
  // The ends stay.
  await page.keyboard.press("Delete");
  await expect(points(page)).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await runAction(page, ACTION);
  await expect(card(page)).toBeVisible();
});

test("fields take numbers; garbage is replaced by the number before", async ({
  page,
  startServer,
}) => {
  const server = await startServer("volumes");
  await begin(page, server);
  await expectSeen(page, "red");
  const [from, to] = [field(page, "From"), field(page, "To")];
  await expect(to).toHaveValue("1");
  for (const text of ["abc", "", "1e999", "NaN", "--1", "1 2", "x".repeat(10_000)]) {
    await to.fill(text);
    await expect(to).toHaveAttribute("aria-invalid", "true");
    await to.press("Enter");
    await expect(to).toHaveValue("1");
    await expect(to).toHaveAttribute("aria-invalid", "false");
  }
  await expect(button(page, "Reset")).toBeDisabled();
  await to.fill("2,5");
  await to.press("Tab");
  await expect(to).toHaveValue("2.5");
  // The largest number, 1, is in the green half now.
  await expectSeen(page, "red", false);
  await from.fill("-4");
  await from.press("Enter");
  await to.fill("-5");
  await to.press("Enter");
  await expect(from).toHaveValue("-5");
  await expectSeen(page, "red");
  await to.press("ArrowUp");
  await expect(to).toHaveValue("-4.99");
  // Escape first returns to the number, and then closes.
  await to.fill("7");
  await to.press("Escape");
  await expect(to).toHaveValue("-4.99");
  await button(page, "Reset").click();
  await expect(from).toHaveValue("0");
  await expect(to).toHaveValue("1");
  await to.press("Escape");
  await expect(card(page)).toHaveCount(0);
});

test("what the program sets later counts; a removed volume closes the card", async ({
  page,
  startServer,
}) => {
  const server = await startServer("volumes");
  await begin(page, server);
  await card(page).getByRole("combobox", { name: "Colors" }).selectOption("Gray");
  await field(page, "To").fill("3");
  await field(page, "To").press("Enter");
  await expectSeen(page, "red", false);
  await server.command("transfer");
  await expectSeen(page, "green");
  await expect(point(page, 0)).toHaveAttribute("aria-valuetext", "0: opacity 1");
  await expect(card(page).getByRole("combobox", { name: "Colors" })).toHaveValue("");
  await expect(field(page, "To")).toHaveValue("3");
  await server.command("range");
  await expect(field(page, "From")).toHaveValue("1");
  await expect(button(page, "Reset")).toBeDisabled();
  // Created again: as the program has it.
  await point(page, 1).press("Home");
  await expect(button(page, "Reset")).toBeEnabled();
  await server.command("bytes");
  await expect(field(page, "To")).toHaveValue("255");
  await expect(button(page, "Reset")).toBeDisabled();
  await point(page, 1).focus();
  await server.command("gone");
  await expect(card(page)).toHaveCount(0);
  await caughtUp(page, server);
  await rest(page);
});

test("the selected volume is adjusted, else the first", async ({ page, startServer }) => {
  const server = await startServer("volumes");
  await begin(page, server);
  await server.command("second");
  await caughtUp(page, server);
  await expect(card(page)).toContainText("/volume");
  await page.evaluate(() => window.viserPage!.scene!.select(["/second"]));
  await runAction(page, ACTION);
  await expect(card(page)).toContainText("/second");
  const both = (await find(page, "red")).pixels;
  await point(page, 1).press("Home");
  await expect.poll(async () => (await find(page, "red")).pixels).toBeLessThan(0.8 * both);
  await expectSeen(page, "red");
});

for (const look of ["light", "dark"]) {
  test(`axe finds nothing about the card, and fingers work: ${look}`, async ({
    browser,
    problems,
    startServer,
  }) => {
    const server = await startServer("volumes");
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const phone = viewport.width < 500;
      const context = await browser.newContext({ viewport, hasTouch: phone, isMobile: phone });
      const page = await context.newPage();
      problems.watch(page);
      await open(page, server, look === "dark" ? "?darkMode" : "");
      await server.command("ball composite");
      await caughtUp(page, server);
      await runAction(page, ACTION);
      await button(page, "Add point").click();
      await loadAxe(page);
      await nothingSerious(page, `${look} ${viewport.width}`);
      await page.screenshot({ path: `test-results/volumeCard-${look}-${viewport.width}.png` });
      if (phone) await byFinger(page);
      else await button(page, "Done").click();
      await expect(card(page)).toHaveCount(0);
      await context.close();
    }
  });
}

async function byFinger(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...at: [number, number][]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: at.map(([x, y]) => ({ x, y })) });
  const box = (await point(page, 1).boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  const [x, y] = await middle(page, 1);
  const [, top] = await middle(page, 2);
  await touch("touchStart", [x, y]);
  for (let i = 1; i <= 5; i++) await touch("touchMove", [x + 8 * i, y + ((top - y) * i) / 5]);
  await touch("touchEnd");
  await expect(point(page, 1)).toHaveAttribute("aria-valuenow", "100");
  await expect(point(page, 1)).toHaveAttribute("aria-valuetext", /^0\.6/);
  await button(page, "Remove point").tap();
  await expect(points(page)).toHaveCount(2);
  await button(page, "Done").tap();
}
