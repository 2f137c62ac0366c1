/** Tables, logs and multi-selects, which upstream viser does not support. */
import { XSS } from "../src/gui/testing/xss";
import { caughtUp, expect, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 900 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("extensionWidgets");
  await open(page, server);
});

const grid = (page: Page) => page.getByRole("grid");
const rows = (page: Page) => grid(page).locator("[aria-rowindex]");
const first = (page: Page) => rows(page).first();
const foot = (page: Page, text: string) =>
  expect(page.getByText(text, { exact: true })).toBeVisible();

test("a table of 100,000 rows renders visible ones, scrolls, sorts and grows", async ({
  page,
  shoot,
}) => {
  await expect(page.getByRole("grid", { name: "Many rows" })).toHaveAttribute(
    "aria-rowcount",
    "100001",
  );
  await foot(page, "100,000 rows");
  await expect(first(page)).toContainText("row 0");
  await shoot("extension-widgets");
  const drawn = await rows(page).count();
  expect(drawn).toBeGreaterThan(5);
  expect(drawn).toBeLessThan(40);

  await grid(page).evaluate((e) => {
    e.scrollTop = e.scrollHeight / 2;
  });
  await expect(page.getByText(/^row 500\d\d$/).first()).toBeVisible();

  await grid(page).evaluate((e) => {
    e.scrollTop = 0;
  });
  const heading = page.getByRole("button", { name: "Number" });
  await heading.click();
  await expect(page.getByRole("columnheader", { name: "Number" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await heading.focus();
  await page.keyboard.press("Enter");
  await expect(first(page)).toContainText("100002");
  await first(page).click();
  const event = await server.event(/^row \d+$/);
  expect((Number(event.slice(4)) * 7919) % 100_003).toBe(100_002);
  await page.keyboard.press("Enter");

  await server.command("append 1000");
  await foot(page, "101,000 rows");
});

test("table rows are reached and selected with the keyboard", async ({ page }) => {
  await grid(page).focus();
  await page.keyboard.press("End");
  await expect(page.getByText("row 99999", { exact: true })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await server.event(/^row 99998$/);
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  await page.keyboard.press("Space");
  await server.event(/^row [5-9]$/);
  await expect(grid(page).locator("[aria-selected=true]")).toBeVisible();
  const active = await grid(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveCount(1);
});

test("a log follows its end until the user scrolls away", async ({ page }) => {
  const log = page.getByRole("log", { name: "What happens" });
  const atEnd = () =>
    log.evaluate((e) => e.scrollTop + e.clientHeight >= e.scrollHeight - 24 && e.scrollTop > 0);
  await expect(log).toContainText("it begins");
  await server.command("log error it burns");
  await expect(log.locator("[data-level=e]")).toContainText("Error: it burns");
  await server.command("log-many 500");
  await expect(log).toContainText("number 499");
  await foot(page, "502 lines");
  expect(await log.locator("[data-line]").count()).toBeLessThan(60);
  await expect.poll(atEnd).toBe(true);

  await log.focus();
  await page.keyboard.press("Home");
  await expect(log).toContainText("it begins");
  await server.command("log warn later");
  await foot(page, "503 lines");
  await expect(log).not.toContainText("later");
  await page.getByRole("button", { name: "To the end" }).press("Enter");
  await expect(log).toContainText("Warning: later");
  await server.command("log-many 5000");
  await expect(log).toContainText("number 4999");
  await expect.poll(atEnd).toBe(true);
});

test("several options are selected with mouse and keyboard, and by the program", async ({
  page,
  anotherPage,
}) => {
  const other = await anotherPage();
  await open(other, server);
  const field = page.getByRole("combobox", { name: "Layers" });
  await field.click();
  await page.getByRole("option", { name: "people" }).click();
  await server.event(/^many walls,people$/);
  await page.keyboard.type("gro");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await server.event(/^many ground,walls,people$/);
  await page.keyboard.press("Escape");
  const pills = (p: Page) => p.locator(".mantine-Pill-label");
  await expect(pills(other)).toHaveText(["ground", "walls", "people"]);
  await field.focus();
  await page.keyboard.press("Backspace");
  await server.event(/^many ground,walls$/);
  await server.command("choose roof");
  await expect(pills(page)).toHaveText(["roof"]);
  await server.command("choices a,b");
  await expect(pills(page)).toHaveCount(0);
});

test("hostile texts have no effect in any of them", async ({ page }) => {
  for (const text of XSS.filter((x) => !/[\n,]/.test(x)).slice(0, 20)) {
    await server.command(`rows ${text}`);
    await server.command(`log info ${text}`);
    await server.command(`choices ${text}`);
  }
  await caughtUp(page, server);
  await page.getByRole("combobox", { name: "Layers" }).click();
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  const bad = page.locator(".vg-lines :is(script, img, svg, iframe, [onerror], [onload], a)");
  await expect(bad).toHaveCount(0);
});

test("on a phone rows are large enough for touch", async ({ page, shoot }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await first(page).boundingBox())?.height).toBe(44);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await shoot("extension-widgets-phone");
});
