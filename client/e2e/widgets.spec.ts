/** The widgets that panel.spec.ts leaves out, with mouse, touch and keyboard; and the browser's storage. */
import { expect, open, type Page, revisit, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 900 } });

interface Values {
  multi: number[];
  fixed: number[];
  vector2: number[];
  rgba: number[];
}

let server: TestServer;
const values = () => server.ask<Values>("values");

test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("widgets");
  await open(page, server);
  // The page is complete slightly before the program's OnClientConnect.
  await server.event(/^connect 0$/);
});

const thumb = (page: Page, name: string) => page.getByRole("slider", { name, exact: true });

/** Drags a handle to a position on its rail, 0 to 1. */
async function drag(page: Page, name: string, to: number): Promise<void> {
  const rail = page.locator(".vg-multi-rail").first();
  const from = (await thumb(page, name).boundingBox())!;
  const { x, width } = (await rail.boundingBox())!;
  const y = from.y + from.height / 2;
  await page.mouse.move(from.x + from.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(x + width * (to - 0.02), y, { steps: 4 });
  await page.mouse.move(x + width * to, y);
  await page.mouse.up();
}

test("a slider with several handles works with mouse and keyboard, equal on two pages", async ({
  page,
  anotherPage,
  shoot,
}) => {
  const other = await anotherPage();
  await open(other, server);
  await drag(page, "Cuts 2 of 3", 0.6);
  await expect.poll(async () => (await values()).multi).toEqual([2, 6, 8]);
  await expect(thumb(other, "Cuts 2 of 3")).toHaveAttribute("aria-valuenow", "6");
  await drag(page, "Cuts 2 of 3", 1);
  await expect.poll(async () => (await values()).multi, "the least distance").toEqual([2, 7, 8]);

  await thumb(page, "Cuts 1 of 3").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  await expect.poll(async () => (await values()).multi).toEqual([3.5, 4.5, 10]);

  await thumb(page, "Fixed 2 of 3").focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await values()).fixed).toEqual([0, 4, 10]);
  await expect(thumb(page, "Fixed 1 of 3")).toHaveAttribute("aria-disabled", "true");

  await page.waitForTimeout(400);
  await server.command("multi");
  await expect(page.getByRole("slider", { name: /^Cuts/ })).toHaveCount(2);
  await shoot("widgets");
});

for (const [name, viewport] of Object.entries({
  wide: { width: 1000, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`${name}: labels of marks do not overlap the focus ring of a handle, or the ticks`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await expect(page.locator(`[data-layout="${name}"]`).first()).toBeAttached();
    const covered = await page.evaluate(() => {
      const RING = 3;
      return [...document.querySelectorAll(".vg-marks b")].flatMap((label) => {
        const rail = label.closest(".vg-marks")!.parentElement!;
        const track = rail.querySelector(".vg-range, .vg-multi")!;
        const { top, height } = track.getBoundingClientRect();
        const thumb = Number.parseFloat(getComputedStyle(track).getPropertyValue("--vg-thumb"));
        const ticks = [...rail.querySelectorAll("i")].map((i) => i.getBoundingClientRect().bottom);
        const above = Math.max(top + height / 2 + thumb / 2 + RING, ...ticks);
        const over = above - label.getBoundingClientRect().top;
        return over > 0.01 ? [`${label.textContent}: ${over}`] : [];
      });
    });
    expect(await page.locator(".vg-marks b").count()).toBeGreaterThan(3);
    expect(covered).toEqual([]);
  });
}

test("two clients drag one slider, and end at the same value", async ({ page, anotherPage }) => {
  const other = await anotherPage();
  await open(other, server);
  await Promise.all([drag(page, "Cuts 1 of 3", 0.35), drag(other, "Cuts 3 of 3", 0.95)]);
  const shown = (p: Page) =>
    p
      .getByRole("slider", { name: /^Cuts/ })
      .evaluateAll((els) => els.map((e) => Number(e.ariaValueNow)));
  await expect
    .poll(async () => {
      const { multi } = await values();
      return [await shown(page), await shown(other)].map((x) => String(x) === String(multi));
    })
    .toEqual([true, true]);
});

test("vector of two, color with opacity, button group and button", async ({ page }) => {
  const pair = page.getByRole("spinbutton", { name: "Pair Y", exact: true });
  await pair.fill("7");
  await pair.press("Enter");
  await expect.poll(async () => (await values()).vector2).toEqual([1, 7]);
  await pair.press("ArrowUp");
  await expect.poll(async () => (await values()).vector2).toEqual([1, 8]);

  const glass = page.getByRole("textbox", { name: "Glass", exact: true });
  await glass.fill("#11223344");
  await glass.press("Enter");
  await expect.poll(async () => (await values()).rgba).toEqual([0x11, 0x22, 0x33, 0x44]);

  await page.getByRole("button", { name: "middle" }).click();
  await server.event(/^group middle$/);
  await page.getByRole("button", { name: "right" }).focus();
  await page.keyboard.press("Enter");
  await server.event(/^group right$/);

  const photo = page.getByRole("button", { name: "Photo" });
  await expect(photo.locator("svg path").first()).toBeAttached();
  const before = await photo.locator("svg").innerHTML();
  await server.command("icon");
  await expect.poll(() => photo.locator("svg").innerHTML()).not.toBe(before);
});

test("a held button sends messages until it is released", async ({ page }) => {
  const held = () => server.events.filter((e) => e === "held").length;
  const photo = page.getByRole("button", { name: "Photo" });
  await photo.hover();
  await page.mouse.down();
  await expect.poll(held).toBeGreaterThan(4);
  await page.mouse.up();
  // Messages in transit are still received; then no more.
  let after = -1;
  const stopped = () => {
    const before = after;
    after = held();
    return after === before;
  };
  await expect.poll(stopped, { intervals: [500] }).toBe(true);
  await photo.focus();
  await page.keyboard.down("Space");
  await expect.poll(held).toBeGreaterThan(after + 4);
  await page.keyboard.up("Space");
});

test("images are shown, also in Markdown, and when they change", async ({ page }) => {
  const pixel = (name: string) =>
    page.getByRole("img", { name, exact: true }).evaluate(async (img: HTMLImageElement) => {
      // Decoding fails if the picture is replaced meanwhile: the new one is decoded then.
      await img.decode().catch(() => img.decode());
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d")!;
      context.drawImage(img, 0, 0);
      return [img.naturalWidth, ...context.getImageData(4, 4, 1, 1).data];
    });
  const [width, red, , blue] = await pixel("A picture");
  expect(width).toBe(8);
  expect(red! - blue!).toBeGreaterThan(200);
  expect(await pixel("a square")).toEqual([8, 0, 0, 255, 255]);
  await server.command("blue");
  await expect.poll(async () => (await pixel("A picture"))[3]).toBeGreaterThan(200);
});

for (const [kind, characters] of [
  ["text", 1_040_000],
  ["Markdown", 1_050_000],
  ["HTML", 220_000],
] as const) {
  test(`a megabyte of ${kind} leaves the page usable`, async ({ page }) => {
    await server.command(`megabyte ${kind}`);
    const shown = async () => {
      const typed = await page.getByRole("textbox", { name: "Long" }).inputValue();
      return Math.max(
        typed.length,
        await page.evaluate(() => document.body.textContent?.length ?? 0),
      );
    };
    await expect.poll(shown).toBeGreaterThanOrEqual(characters);
    await thumb(page, "Cuts 1 of 3").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await values()).multi).toEqual([2.5, 5, 8]);
  });
}

test("the panel responds with four hundred more sliders", async ({ page }) => {
  await server.command("many");
  await expect(page.getByRole("slider", { name: "Slider 399", exact: true })).toBeAttached({
    timeout: 20_000,
  });
  const start = Date.now();
  await thumb(page, "Cuts 1 of 3").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await values()).multi).toEqual([2.5, 5, 8]);
  expect(Date.now() - start).toBeLessThan(3000);
});

test("stored items are kept after a reload, and nothing else is changed", async ({ page }) => {
  await page.evaluate(() => localStorage.setItem("someone's", "else"));
  await server.command("set name Ada");
  await server.command("set other thing");
  await revisit(page, server);
  await server.event(/^connect 1$/);
  await expect.poll(() => server.command("get name")).toBe('"Ada" true');
  expect(await server.command("get nothing")).toBe('"" false');
  await server.command("remove name");
  expect(await server.command("get name")).toBe('"" false');
  await server.command("clear");
  expect(await server.command("get other")).toBe('"" false');
  expect(await page.evaluate(() => localStorage.getItem("someone's"))).toBe("else");
});

test("full storage is reported", async ({ page }) => {
  expect(await server.command("fill key")).toContain("did not store the item");
  await page.evaluate(() => localStorage.clear());
  await server.command("set small fits");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("handles are large enough for touch, and follow the finger", async ({ page, shoot }) => {
    const handle = page.getByRole("button", { name: /open|show|controls|panel/i }).first();
    if (!(await page.locator(".vg-multi").first().isVisible())) await handle.tap();
    const rail = page.locator(".vg-multi").first();
    await rail.scrollIntoViewIfNeeded();
    const box = (await rail.boundingBox())!;
    expect(box.height).toBeGreaterThanOrEqual(44);
    await page.touchscreen.tap(box.x + box.width * 0.65, box.y + box.height / 2);
    await expect.poll(async () => (await values()).multi[1]).toBe(6.5);
    await shoot("widgets-phone");
  });
});
