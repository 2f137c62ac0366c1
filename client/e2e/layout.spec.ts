/** Panels, forms, tabs, modals and commands of a Go program, used by mouse and by keyboard. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, type Page, revisit, test, timersRun, visit } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1280, height: 800 } });

let server: TestServer;

test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("layout");
  await visit(page, server);
  await expect(field(page, "Name")).toBeAttached();
});

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const box = async (page: Page, name: string) => (await panel(page, name).boundingBox())!;
const canvas = async (page: Page) => (await page.locator(".viser-scene canvas").boundingBox())!;

/** Drags a panel by its title. */
async function drag(page: Page, name: string, x: number, y: number): Promise<void> {
  const title = (await panel(page, name).getByRole("heading").boundingBox())!;
  await page.mouse.move(title.x + 10, title.y + 10);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 6 });
  await page.mouse.up();
}

/** Moves a panel with its menu of positions, with the keyboard. */
async function choosePlace(page: Page, name: string, place: string): Promise<void> {
  await button(page, `Move ${name}`).focus();
  await page.keyboard.press("Enter");
  // The menu takes the focus in timers: an element focused before loses it.
  await expect(button(page, "Dock left")).toBeFocused();
  await timersRun(page);
  await button(page, place).focus();
  await page.keyboard.press("Enter");
  await expect(button(page, place)).toHaveCount(0);
}

test("panels are placed by the program, and the scene is inset", async ({ page }) => {
  const stats = await box(page, "Stats");
  const below = await box(page, "Below, More");
  expect([stats.x, stats.y, stats.width]).toEqual([0, 0, 240]);
  expect([below.x, below.width]).toEqual([0, 240]);
  expect(below.y).toBeCloseTo(400, -1);
  expect(await box(page, "Loose")).toMatchObject({ x: 280, y: 60, width: 200 });
  expect(await canvas(page)).toMatchObject({ x: 240, width: 1040 });
  // The camera's picture has the canvas' shape.
  await expect
    .poll(() =>
      page.evaluate(() => {
        const { width, height } = document.querySelector<HTMLCanvasElement>(".viser-scene canvas")!;
        return Math.round((100 * width) / height);
      }),
    )
    .toBe(130);
});

test("the mouse floats, docks, splits, resizes and minimizes panels, and a reload keeps the layout", async ({
  page,
}) => {
  await drag(page, "Stats", 600, 300);
  expect((await box(page, "Below, More")).height).toBe(800);
  expect((await box(page, "Stats")).x).toBeGreaterThan(400);
  await drag(page, "Stats", 1275, 300);
  await expect.poll(async () => (await box(page, "Stats")).x).toBe(1040);
  await drag(page, "Loose", 1150, 700);
  await expect.poll(async () => (await box(page, "Loose")).y).toBe(400);
  expect((await canvas(page)).width).toBe(800);

  const before = await page.evaluate(() => window.viserPage!.scene!.stats().frames);
  const line = (await page.getByRole("separator", { name: "Width of Below, More" }).boundingBox())!;
  await page.mouse.move(line.x + 4, 300);
  await page.mouse.down();
  await page.mouse.move(line.x + 104, 300, { steps: 10 });
  await page.mouse.up();
  await expect.poll(async () => (await box(page, "Below, More")).width).toBe(340);
  expect((await canvas(page)).x).toBe(340);
  const drawn = (await page.evaluate(() => window.viserPage!.scene!.stats().frames)) - before;
  expect(drawn).toBeLessThan(40);

  await button(page, "Minimize Below, More").click();
  await expect.poll(async () => (await canvas(page)).x).toBe(36);
  await revisit(page, server);
  await expect.poll(async () => (await box(page, "Loose")).y).toBe(400);
  expect((await canvas(page)).x).toBe(36);
  await button(page, "Open Below, More").click();
  expect((await box(page, "Below, More")).width).toBe(340);

  // A newer order of the program has precedence.
  await server.command("place stats left");
  await expect.poll(async () => (await box(page, "Stats")).x).toBe(340);
  await server.command("place stats minimize");
  await expect(button(page, "Open Stats")).toBeVisible();
  await server.command("place stats remove");
  await expect(button(page, "Open Stats")).toHaveCount(0);
});

test("the keyboard floats, docks, splits, resizes and minimizes panels", async ({ page }) => {
  const width = page.getByRole("separator", { name: /Width of Stats/ });
  await width.focus();
  await page.keyboard.press("ArrowRight");
  await expect(width).toHaveAttribute("aria-valuenow", "256");
  await page.getByRole("separator", { name: "Height of Stats" }).focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await box(page, "Stats")).height).toBe(384);

  await button(page, "Move Loose").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await box(page, "Loose")).x).toBe(256 + 40 + 16);
  expect((await box(page, "Loose")).y).toBe(76);
  await button(page, "Resize Loose").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await box(page, "Loose")).width).toBe(216);

  await choosePlace(page, "Loose", "Dock right");
  await expect.poll(async () => (await box(page, "Loose")).x).toBe(1280 - 216);
  await choosePlace(page, "Loose", "Below Stats");
  await expect.poll(async () => (await box(page, "Loose")).x).toBe(0);

  const tab = page.getByRole("tab", { name: "First" });
  await tab.focus();
  await expect(field(page, "In first")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Second" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page, "In second")).toBeVisible();
  await expect(page.getByRole("tab", { name: "Second" }).locator("svg")).toBeVisible();
});

test("unfinished input is kept when its panel is moved", async ({ page }) => {
  await field(page, "In stats").fill("half");
  await field(page, "In stats").evaluate((e) => e.setAttribute("data-same", "yes"));
  await drag(page, "Stats", 600, 300);
  await expect(field(page, "In stats")).toHaveAttribute("data-same", "yes");
  await expect(field(page, "In stats")).toHaveValue("half");
});

test("a form is marked on all pages until it is submitted", async ({ page, anotherPage }) => {
  const second = await anotherPage();
  await visit(second, server);
  await page.bringToFront();
  const mark = (p: Page) => p.getByText("(edited, not submitted)");
  await field(page, "Name").fill("Ada");
  await expect(mark(page)).toBeAttached();
  await expect(mark(second)).toBeAttached();
  await page.getByRole("spinbutton", { name: "Age", exact: true }).press("Enter");
  await expect(mark(page)).toBeAttached();
  await field(page, "Name").press("Enter");
  await server.event(/^submit "Ada" by 0$/);
  await expect(mark(page)).toHaveCount(0);
  await expect(mark(second)).toHaveCount(0);
});

test("a modal keeps the focus, and the program closes it", async ({ page }) => {
  await button(page, "Ask").click();
  const dialog = page.getByRole("dialog", { name: "Question" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((e) => e.contains(document.activeElement))).toBe(true);
  }
  await field(page, "Answer").fill("yes");
  await button(page, "Done").click();
  await expect(dialog).toHaveCount(0);
});

test("commands run from the palette and by hotkeys, but not while typing", async ({ page }) => {
  await page.locator(".viser-scene canvas").click({ position: { x: 500, y: 400 } });
  await page.keyboard.press("s");
  await server.event(/^command Save by 0$/);
  await page.keyboard.press("Shift+T");
  await server.event(/^command Turn by 0$/);
  await page.keyboard.press("f");
  await field(page, "Name").fill("");
  await field(page, "Name").press("s");
  await expect(field(page, "Name")).toHaveValue("s");

  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Search commands" });
  await expect(search).toBeFocused();
  await expect(page.getByRole("group", { name: "Program" }).getByRole("option")).toHaveCount(3);
  await expect(page.getByRole("option", { name: "Forbidden" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.keyboard.type("wri");
  await expect(page.getByRole("option")).toHaveText([/Save.*Write it down/]);
  await page.keyboard.press("Escape");
  await expect(search).toHaveCount(0);
  // What is typed at once, before the field has the focus, is its text too.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("wri");
  await expect(search).toHaveValue("wri");
  await page.keyboard.type("te");
  await expect(search).toHaveValue("write");
  await page.keyboard.press("Escape");
  await expect(search).toHaveCount(0);
  await button(page, "Commands").click();
  await page.getByRole("option", { name: /Turn/ }).click();
  await expect
    .poll(() => server.events.filter((e) => e.startsWith("command")))
    .toEqual(["command Save by 0", "command Turn by 0", "command Turn by 0"]);
});

test("without a connection, the palette that cannot be loaded takes no keys", async ({
  page,
  problems,
}) => {
  problems.allow(/ERR_FAILED/);
  await page.route("**/paletteBox*", (route) => route.abort());
  await button(page, "Commands").click();
  await expect(page.getByText("The commands could not be loaded")).toBeVisible();
  await expect(field(page, "Name")).toBeVisible();
  await page.locator(".viser-scene canvas").click({ position: { x: 500, y: 400 } });
  await page.keyboard.press("s");
  await server.event(/^command Save by 0$/);
  await page.unroute("**/paletteBox*");
  await page.keyboard.press("Control+k");
  const option = page.getByRole("option").first();
  await expect(option).toHaveCSS("display", "flex"); // its style sheet has been loaded too
});

for (const dark of [false, true]) {
  test(`axe finds no serious issues in ${dark ? "dark" : "light"} mode`, async ({ page }) => {
    await visit(page, server, dark ? "?darkMode" : "");
    await expect(panel(page, "Stats")).toBeVisible();
    await loadAxe(page);
    await nothingSerious(page, "panels");
    await button(page, "Move Loose").click();
    await nothingSerious(page, "the places");
    await page.keyboard.press("Escape");
    await button(page, "Minimize Stats").click();
    await nothingSerious(page, "a strip");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("group", { name: "Program" }).getByRole("option")).toHaveCount(3);
    await nothingSerious(page, "the palette");
    await page.keyboard.press("Escape");
    await button(page, "Ask").click();
    await expect(page.getByRole("dialog", { name: "Question" })).toBeVisible();
    await nothingSerious(page, "a modal");
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("panels are sections of the sheet, and nothing scrolls sideways", async ({ page }) => {
    const section = page.getByRole("button", { name: "Below, More" });
    await expect(section).toHaveAttribute("aria-expanded", "false");
    await section.tap();
    await page.getByRole("tab", { name: "More" }).tap();
    await expect(field(page, "In more")).toBeVisible();
    expect((await section.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await server.command("place stats expand");
    await expect(field(page, "In stats")).toBeVisible();
    await button(page, "Commands").tap();
    await page.getByRole("option", { name: /Save Write/ }).tap();
    await server.event(/^command Save by 0$/);
    const sideways = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll(".vg-body, .vg-panel")].some(
        (e) => e.scrollWidth > e.clientWidth,
      ),
    );
    expect(sideways).toBe(false);
  });
});
