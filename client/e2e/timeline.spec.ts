/** A page that goes back in time while its program runs. */
import { loadAxe, nothingSerious } from "./axe";
import { caughtUp, expect, idles, open, type Page, settled, test } from "./harness";
import { seek, timeline } from "./playback";
import type { TestServer } from "./server";

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("timeline");
});

const number = (page: Page) => page.getByRole("spinbutton", { name: "Number" });
const press = (page: Page) => page.getByRole("button", { name: "Press me" });
const live = (page: Page) => page.getByRole("button", { name: "Live", exact: true });

function box(page: Page): Promise<number | undefined> {
  return page.evaluate(() => window.viserPage?.scene?.node("/box")?.position[0]);
}

/** Lets the program set its number to each, one change after another; returns the time before the last change. */
async function numbers(page: Page, ...all: number[]): Promise<number> {
  let before = 0;
  for (const n of all) {
    before = Number(await server.command(`n ${n}`));
    await caughtUp(page, server);
  }
  return before;
}

async function shows(page: Page, n: number): Promise<void> {
  await expect(number(page)).toHaveValue(String(n));
  await expect.poll(() => box(page)).toBe(n);
}

test("one page goes back, and the program and the other page go on", async ({
  page,
  anotherPage,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, server);
  const other = await anotherPage();
  await open(other, server);
  await expect(live(page)).toHaveAttribute("aria-pressed", "true");
  await seek(page, await numbers(page, 1, 2, 3));
  await shows(page, 2);
  await expect(live(page)).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator(".vg-status").first()).toHaveAccessibleName("Connection: Not live");
  await expect(page.locator(".vg-note").first()).toContainText("This is not live");
  await expect(number(page)).toBeDisabled();
  await expect(press(page)).toBeDisabled();

  await numbers(other, 4);
  await shows(other, 4);
  await expect(press(other)).toBeEnabled();
  await press(other).click();
  await server.event(/^pressed$/);
  await shows(page, 2);

  const next = page.getByRole("button", { name: "Next change" });
  await next.click();
  await shows(page, 3);
  await live(page).click();
  await shows(page, 4);
  await expect(number(page)).toBeEnabled();
  const from = server.events.length;
  await press(page).click();
  await server.event(/^pressed$/, from);
});

test("the slider goes back, and to the end is live", async ({ page }) => {
  await open(page, server);
  await numbers(page, 1);
  const rail = (await page.locator(".vg-rail").boundingBox())!;
  const y = rail.y + rail.height / 2;
  await page.mouse.move(rail.x + rail.width - 1, y);
  await page.mouse.down();
  await page.mouse.move(rail.x, y, { steps: 4 });
  await page.mouse.up();
  await shows(page, 0);
  await expect(page.locator(".vg-time")).toHaveText(/^−/);
  const slider = page.getByRole("slider", { name: "Time" });
  await expect(slider).toHaveAttribute("aria-valuetext", /seconds ago$/);
  await page.mouse.move(rail.x + 1, y);
  await page.mouse.down();
  await page.mouse.move(rail.x + rail.width + 20, y, { steps: 4 });
  await page.mouse.up();
  await shows(page, 1);
  await expect(live(page)).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".vg-time")).toHaveText("now");
});

test("what is repeated begins again, and the other page is live meanwhile", async ({
  page,
  anotherPage,
}) => {
  await open(page, server);
  const other = await anotherPage();
  await open(other, server);
  await seek(page, await numbers(page, 1, 2, 3));
  await shows(page, 2);
  await page.getByRole("button", { name: "Loop" }).click();
  await page.getByRole("combobox", { name: "Speed" }).selectOption("16");
  await page.getByRole("button", { name: "Play" }).click();
  let highest = 0;
  await expect
    .poll(
      async () => {
        const { time, playing, following } = (await timeline(page))!;
        highest = Math.max(highest, time);
        return playing && !following && time < highest - 0.2;
      },
      { intervals: [20] },
    )
    .toBe(true);
  await numbers(other, 7);
  await shows(other, 7);
  await live(page).click();
  await shows(page, 7);
  await expect(page.getByRole("button", { name: "Loop" })).toHaveAttribute("aria-pressed", "true");
  await expect(press(page)).toBeEnabled();
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1180, height: 820 } });

  test("all parts of the bar are large enough for fingers", async ({ page }) => {
    await open(page, server);
    await numbers(page, 1, 2);
    await page.getByRole("button", { name: "Stop here" }).tap();
    await expect(page.locator(".vg-timeline")).toHaveAttribute("data-layout", "wide");
    for (const part of await page
      .locator(".vg-timeline :is(button, select, [role=slider])")
      .all()) {
      const { width, height } = (await part.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(40);
    }
    const rail = (await page.locator(".vg-rail").boundingBox())!;
    await page.touchscreen.tap(rail.x + 1, rail.y + 2);
    await shows(page, 0);
    await live(page).tap();
    await shows(page, 2);
  });
});

test("a live page has its keys for the program, and does nothing when nothing happens", async ({
  page,
  gl,
}) => {
  await open(page, server);
  await numbers(page, 1);
  await page.keyboard.press("Space");
  await page.keyboard.press("Home");
  expect(await timeline(page)).toMatchObject({ following: true });
  await settled(gl);
  await idles(gl, 1500);
});

for (const [width, height, theme] of [
  [1280, 800, ""],
  [390, 844, "?darkMode"],
] as const) {
  test(`the past is accessible, ${width} ${theme}`, async ({ page, shoot }) => {
    await page.setViewportSize({ width, height });
    await open(page, server, theme);
    await seek(page, await numbers(page, 1, 2));
    await shows(page, 1);
    await shoot(`timeline-past-${width}`);
    for (const part of await page.locator(".vg-timeline :is(button, select)").all()) {
      const at = (await part.boundingBox())!;
      expect(at.x + at.width).toBeLessThanOrEqual(width);
      expect(at.y + at.height).toBeLessThanOrEqual(height);
    }
    await loadAxe(page);
    await nothingSerious(page, "the past");
    await live(page).click();
    await expect(press(page)).toBeEnabled();
    await shoot(`timeline-live-${width}`);
    await nothingSerious(page, "live");
  });
}
