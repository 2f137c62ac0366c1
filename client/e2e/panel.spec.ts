/** The controls of a Go program: used with mouse, keyboard and touch, and changed by the program meanwhile. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, look, open, type Page, received, revisit, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 760 } });

interface Values {
  slider: number;
  number: number;
  text: string;
  lines: string;
  checkbox: boolean;
  dropdown: string;
  rgb: number[];
  vector: number[];
}

let server: TestServer;
const values = () => server.ask<Values>("values");

test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("gui");
  await open(page, server);
});

type Role = Parameters<Page["getByRole"]>[0];

/** Locators of a page's controls by role and name. */
function controls(page: Page) {
  const by = (role: Role, name: string) => page.getByRole(role, { name, exact: true });
  return {
    button: by("button", "Press me"),
    panic: by("button", "Panic"),
    slider: by("slider", "Slider"),
    sliderValue: by("spinbutton", "Slider value"),
    number: by("spinbutton", "Number"),
    text: by("textbox", "Text"),
    lines: by("textbox", "Lines"),
    checkbox: by("checkbox", "Checkbox"),
    dropdown: by("combobox", "Dropdown"),
    swatch: by("button", "Choose Color"),
    rgb: by("textbox", "Color"),
    vector: (axis: "X" | "Y" | "Z") => by("spinbutton", `Vector ${axis}`),
    progress: page.locator(".vg-body").getByRole("progressbar"),
  };
}

test("every control works with the mouse; Go receives the values, and another page shows them", async ({
  page,
  anotherPage,
}) => {
  const mine = controls(page);
  const second = await anotherPage();
  await open(second, server);
  const theirs = controls(second);
  // Chromium limits a background page to one frame per second.
  await page.bringToFront();

  await mine.button.click();
  await server.event(/^button by 0$/);

  const track = (await mine.slider.boundingBox())!;
  await page.mouse.move(track.x + track.width * 0.3, track.y + track.height / 2);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width + 30, track.y, { steps: 6 });
  await page.mouse.up();
  await server.event(/^slider 10 by 0$/);
  await expect(mine.sliderValue).toHaveValue("10");
  await expect(theirs.sliderValue).toHaveValue("10");

  await mine.number.hover();
  await mine.number.locator("xpath=..").locator(".vg-step-up").click();
  await expect(mine.number).toHaveValue("1.6");
  await server.event(/^number 1.6 by 0$/);
  await expect(theirs.number).toHaveValue("1.6");

  await mine.text.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("by mouse");
  await server.event(/^text by mouse by 0$/);
  await expect(theirs.text).toHaveValue("by mouse");

  await mine.checkbox.click();
  await server.event(/^checkbox true by 0$/);
  await expect(theirs.checkbox).toBeChecked();

  await mine.dropdown.click();
  await page.getByRole("option", { name: "third" }).click();
  await server.event(/^dropdown third by 0$/);
  await expect(theirs.dropdown).toHaveValue("third");

  await mine.swatch.click();
  const area = page.locator(".mantine-ColorPicker-saturation");
  const { width, height } = (await area.boundingBox())!;
  await area.click({ position: { x: width - 2, y: height - 2 } });
  await server.event(/^rgb \[\d \d \d\] by 0$/); // nearly black, at the lower edge
  await page.keyboard.press("Escape");
  await expect(theirs.rgb).toHaveValue(await mine.rgb.inputValue());

  await mine.vector("Y").hover();
  await mine.vector("Y").locator("xpath=..").locator(".vg-step-down").click();
  await server.event(/^vector \[1 1 3\] by 0$/);
  await expect(theirs.vector("Y")).toHaveValue("1");

  // Each user opens and closes folders independently.
  await page.getByRole("button", { name: "Folder", exact: true }).click();
  await expect(mine.button).toBeHidden();
  await expect(theirs.button).toBeVisible();
  await page.getByRole("button", { name: "Folder", exact: true }).click();
  await expect(mine.text).toHaveValue("by mouse");
});

test("the keyboard reaches and uses every control", async ({ page }) => {
  const all = controls(page);
  /** Moves the focus with Tab only. */
  const tabTo = async (target: ReturnType<Page["locator"]>) => {
    for (let i = 0; i < 12; i++) {
      if (await target.evaluate((e) => e === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    await expect(target).toBeFocused();
  };
  await page.getByRole("button", { name: "Folder", exact: true }).focus();
  await tabTo(all.button);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await expect
    .poll(() => server.events.filter((e) => e === "button by 0").length, { message: "two clicks" })
    .toBe(2);

  await tabTo(all.slider);
  await page.keyboard.press("ArrowRight");
  await server.event(/^slider 2.5 by 0$/);
  await page.keyboard.press("End");
  await server.event(/^slider 10 by 0$/);
  await tabTo(all.sliderValue);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("3.5");
  await server.event(/^slider 3.5 by 0$/);

  await tabTo(all.number);
  await page.keyboard.press("ArrowUp");
  await server.event(/^number 1.6 by 0$/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("4711"); // beyond the bound: brought back on leaving
  await page.keyboard.press("Enter");
  await server.event(/^number 100 by 0$/);
  await expect(all.number).toHaveValue("100");

  await tabTo(all.text);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("typed ünïcödé 你好");
  await server.event(/^text typed ünïcödé 你好 by 0$/);
  await tabTo(all.lines);
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("three");
  await expect.poll(async () => (await values()).lines).toBe("one\ntwo\nthree");

  await tabTo(all.checkbox);
  await page.keyboard.press("Space");
  await server.event(/^checkbox true by 0$/);

  await tabTo(all.dropdown);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option")).toHaveCount(3);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await server.event(/^dropdown (second|third) by 0$/);

  await tabTo(all.rgb);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("10, 20, 30");
  await server.event(/^rgb \[10 20 30\] by 0$/);
  await tabTo(all.vector("Z"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("-5");
  await server.event(/^vector \[1 2 -5\] by 0$/);
});

test("values set by the program are shown on all pages", async ({ page, anotherPage }) => {
  const second = await anotherPage();
  await open(second, server);
  await server.command("slider 7.5");
  await server.command("text from Go");
  await server.command("checkbox true");
  await server.command("dropdown second");
  await server.event(/^slider 7.5 by program$/);
  for (const each of [page, second]) {
    const all = controls(each);
    await expect(all.sliderValue).toHaveValue("7.5");
    await expect(all.slider).toHaveAttribute("aria-valuetext", "7.5");
    await expect(all.text).toHaveValue("from Go");
    await expect(all.checkbox).toBeChecked();
    await expect(all.dropdown).toHaveValue("second");
  }
});

test("typing is not disturbed by frequent updates from Go", async ({ page }) => {
  const { text, slider, sliderValue, progress } = controls(page);
  await server.command("flood");
  await text.focus();
  await page.keyboard.press("Home");
  const typed = "a longer text, letter by letter, into the flood ";
  await page.keyboard.type(typed, { delay: 30 });
  await expect(text).toHaveValue(`${typed}hello`);
  await expect(text).toBeFocused();
  expect(await text.evaluate((e) => (e as HTMLInputElement).selectionStart)).toBe(typed.length);
  await expect.poll(async () => (await values()).text).toBe(`${typed}hello`);
  // Many updates were sent, and shown.
  const shown = await progress.getAttribute("aria-valuenow");
  await expect.poll(() => progress.getAttribute("aria-valuenow")).not.toBe(shown);

  // A slider that is being dragged does not jump either.
  const track = (await slider.boundingBox())!;
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width + 30, y, { steps: 3 });
  for (let i = 0; i < 5; i++) await expect(sliderValue).toHaveValue("10");
  await server.command("ebb");
  await server.event(/^flood over$/);
  await page.mouse.move(track.x - 30, y, { steps: 3 });
  await page.mouse.up();
  await expect(sliderValue).toHaveValue("0");
  await expect.poll(async () => (await values()).slider).toBe(0);
});

test("a value from Go does not interrupt an input method composition", async ({ page }) => {
  const { text } = controls(page);
  await text.focus();
  await page.keyboard.press("Control+a");
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Input.imeSetComposition", { text: "wor", selectionStart: 3, selectionEnd: 3 });
  await server.command("text interrupted");
  await server.event(/^text interrupted by program$/);
  await received(page, server);
  await expect(text).toHaveValue("wor");
  await cdp.send("Input.insertText", { text: "world" });
  await expect(text).toHaveValue("world");
  await server.event(/^text world by 0$/);
  // Both agree afterwards, and a later value shows.
  await text.blur();
  expect((await values()).text).toBe("world");
  await server.command("text later");
  await expect(text).toHaveValue("later");
});

test("a callback that panics leaves everything working", async ({ page }) => {
  const { panic, button, checkbox } = controls(page);
  await panic.click();
  await button.click();
  await server.event(/^button by 0$/);
  await panic.click();
  await checkbox.click();
  await server.event(/^checkbox true by 0$/);
  await revisit(page, server);
  await expect(checkbox).toBeChecked();
});

test("changes of labels, hints, bounds, options and content are shown at once", async ({
  page,
}) => {
  const all = controls(page);
  await server.command("disable button true");
  await expect(all.button).toBeDisabled();
  await server.command("disable slider true");
  await expect(all.slider).toBeDisabled();
  await server.command("disable button false");
  await expect(all.button).toBeEnabled();
  await server.command("disable slider false");

  await server.command("hide checkbox true");
  await expect(all.checkbox).toHaveCount(0);
  await server.command("hide checkbox false");
  await expect(all.checkbox).toBeVisible();

  await server.command("bounds"); // to 20, in steps of 5
  await expect(all.slider).toHaveAttribute("max", "4");
  await all.slider.press("End");
  await server.event(/^slider 20 by 0$/);
  await server.command("label slider Another name");
  await expect(page.getByRole("slider", { name: "Another name", exact: true })).toBeVisible();
  await expect(all.slider).toHaveCount(0);

  await all.button.hover();
  await expect(page.getByRole("tooltip")).toHaveText("a hint");
  await page.mouse.move(10, 10);
  await server.command("hint button another hint");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await all.button.hover();
  await expect(page.getByRole("tooltip")).toHaveText("another hint");

  await server.command("options");
  await expect(all.dropdown).toHaveValue("red");
  await all.dropdown.click();
  await expect(page.getByRole("option")).toHaveText(["red", "green"]);
  await page.getByRole("option", { name: "green" }).click();
  await server.event(/^dropdown green by 0$/);

  await expect(page.locator(".vg-prose strong")).toHaveText("bold");
  await server.command("markdown Now *this* and `code`");
  await expect(page.locator(".vg-prose em")).toHaveText("this");
  await expect(page.locator(".vg-prose code")).toHaveText("code");
  await expect(page.locator(".vg-prose strong")).toHaveCount(0);

  await expect(all.progress).toHaveAttribute("aria-valuenow", "40");
  const bar = () =>
    all.progress.evaluate(
      (e) => e.firstElementChild!.getBoundingClientRect().width / e.getBoundingClientRect().width,
    );
  await server.command("progress 75");
  await expect(all.progress).toHaveAttribute("aria-valuenow", "75");
  await expect.poll(bar).toBeCloseTo(0.75, 1);
});

test("the panel's label, removed folders, and Reset", async ({ page }) => {
  const heading = page.locator(".vg-title");
  await expect(heading).toHaveText("Controls of the test");
  await server.command("panel-label Another <label>");
  await expect(heading).toHaveText("Another <label>");
  await server.command("remove-folder");
  await expect(page.getByRole("region", { name: "Folder" })).toHaveCount(0);
  await expect(page.getByRole("slider")).toHaveCount(0);
  await expect(page.locator(".vg-prose")).toBeVisible();
  await server.command("reset");
  await expect(page.locator(".vg-prose")).toHaveCount(0);
  await expect(page.getByRole("tree", { name: "Scene tree" })).toBeVisible();
});

test("the theme: dark and light, and the brand's color", async ({ page }) => {
  const brightness = async () => {
    const { mean } = await look(page, { x: 100, y: 300, width: 50, height: 50 });
    return (mean[0] + mean[1] + mean[2]) / 3;
  };
  const background = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((e) => getComputedStyle(e).backgroundColor);
  expect(await brightness()).toBeGreaterThan(230);
  await server.command("dark true");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(brightness).toBeLessThan(60); // the scene
  const [panel = 255] = (await background(".vg-panel")).match(/\d+/g)!.map(Number);
  expect(panel).toBeLessThan(80);
  await expect.poll(() => background(".vg-button")).toBe("rgb(200, 30, 120)");

  await server.command("dark false");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect.poll(brightness).toBeGreaterThan(230);
  await expect.poll(() => background(".vg-button")).toBe("rgb(200, 30, 120)");

  // The user's choice has precedence.
  await page.getByRole("button", { name: "Scene and tools" }).click();
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect.poll(brightness).toBeLessThan(60);
  await server.command("dark false");
  await revisit(page, server);
  await expect.poll(brightness).toBeLessThan(60);
});

test.describe("on a phone", () => {
  for (const [name, viewport] of Object.entries({
    upright: { width: 390, height: 844 },
    lying: { width: 844, height: 390 },
  })) {
    test(`${name}: nothing scrolls sideways, all controls are usable`, async ({
      browser,
      problems,
    }) => {
      const context = await browser.newContext({ viewport, hasTouch: true, isMobile: true });
      const page = await context.newPage();
      problems.watch(page);
      await open(page, server);
      await server.event(/^connect 1$/);
      const all = controls(page);
      const sideways = () =>
        page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll(".vg-body, .vg-panel")]
            .filter((e) => e.scrollWidth > e.clientWidth + 1)
            .map((e) => e.className || e.tagName),
        );
      expect(await sideways()).toEqual([]);
      await all.checkbox.tap();
      await server.event(/^checkbox true by 1$/);
      await all.slider.tap();
      await server.event(/^slider 5 by 1$/);
      await all.dropdown.tap();
      const option = page.getByRole("option", { name: "second" });
      expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(43.5); // for a finger
      await option.tap();
      await server.event(/^dropdown second by 1$/);
      await all.text.tap();
      await page.keyboard.type("!");
      await server.event(/^text .*!.* by 1$/);
      await page.getByRole("button", { name: "Scene and tools" }).tap();
      expect(await sideways()).toEqual([]);
      await page.getByRole("button", { name: "Back to the controls" }).tap();
      // The scene keeps some space, and gets all of it when the panel is closed.
      const canvas = (x: number, y: number) =>
        page.evaluate(([a, b]) => document.elementFromPoint(a!, b!)?.tagName, [x, y]);
      expect(await canvas(100, 120)).toBe("CANVAS");
      await page.getByRole("button", { name: "Close the panel" }).tap();
      await expect(all.button).toBeHidden();
      expect(await canvas(viewport.width / 2, viewport.height / 2)).toBe("CANVAS");
      await context.close();
    });
  }
});

test.describe("axe finds no serious issues", () => {
  for (const dark of [false, true]) {
    test(dark ? "in dark mode" : "in light mode", async ({ page }) => {
      await server.command(`dark ${dark}`);
      await expect(page.locator("html")).toHaveAttribute("data-theme", dark ? "dark" : "light");
      await loadAxe(page);
      await nothingSerious(page, "the controls");
      await server.command("disable text true");
      await expect(controls(page).text).toBeDisabled();
      await controls(page).dropdown.click();
      await expect(page.getByRole("option")).toHaveCount(3);
      await nothingSerious(page, "a dropdown is open");
      await page.keyboard.press("Escape");
      await controls(page).swatch.click();
      await expect(page.getByRole("slider", { name: "Hue" })).toBeVisible();
      await nothingSerious(page, "a color is chosen");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Scene and tools" }).click();
      await nothingSerious(page, "the tools");
      await page.keyboard.press("?");
      await nothingSerious(page, "the help");
    });
  }
});
