// A browser on a string: reads one command a line, {"do": name, …}, and answers
// each with one line, {"ok": result} or {"error": text}. Leaves when its input
// ends. It finds playwright-core among the web client's packages.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../client/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // WebGL without a graphics card.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
  ],
});

const timeout = 30_000;
let page;
let problems = [];

const commands = {
  /** A fresh page: nothing of the one before is left. */
  async open({ url, width, height }) {
    await page?.context().close();
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1 });
    page = await context.newPage();
    // The first listener makes Playwright ask for choosers of files, which takes a moment: not when one is due.
    page.on("filechooser", () => {});
    problems = [];
    page.on("pageerror", (e) => problems.push(e.stack ?? e.message));
    await page.goto(url, { timeout });
  },

  /** Waits until the text can be seen. */
  async see({ text }) {
    await page.getByText(text, { exact: true }).first().waitFor({ timeout });
  },

  /** Waits until a field has the value. */
  async field({ value }) {
    await page.waitForFunction(
      (v) => [...document.querySelectorAll("input, textarea")].some((e) => e.value === v),
      value,
      { timeout },
    );
  },

  /** A picture of the page (PNG, base64), without notices that come and go by the clock. */
  async picture() {
    await page.locator("canvas").first().waitFor({ timeout });
    await page.addStyleTag({ content: '[class*="Notifications-root"] { display: none !important; }' });
    const shot = await page.screenshot({ animations: "disabled", caret: "hide", timeout });
    return shot.toString("base64");
  },

  /** Moves the first slider one step up, as the keyboard does. */
  async slide() {
    const thumb = page.getByRole("slider").first();
    await thumb.waitFor({ timeout });
    await thumb.focus();
    await page.keyboard.press("ArrowRight");
  },

  /** Waits until so many elements are there. */
  async count({ selector, n }) {
    await page.waitForFunction(([s, n]) => document.querySelectorAll(s).length === n, [selector, n], {
      timeout,
    });
  },

  /** Sends a file of so many bytes with the button. */
  async upload({ button, name, size }) {
    const chooser = page.waitForEvent("filechooser", { timeout });
    await page.getByRole("button", { name: button, exact: true }).click({ timeout });
    await (await chooser).setFiles({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "viser ") });
  },

  /** Drags the second handle of the first slider that has several half the way to the third. */
  async handle() {
    // viser's own handles have no role.
    const handles = page.locator('.multi-slider-thumb, [role="slider"]');
    await handles.nth(2).waitFor({ timeout });
    const [from, to] = [await handles.nth(1).boundingBox(), await handles.nth(2).boundingBox()];
    const y = from.y + from.height / 2;
    await page.mouse.move(from.x + from.width / 2, y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x + to.width) / 2, y);
    await page.mouse.up();
  },

  /** Writes another text over the field that has a value. */
  async type({ value, text }) {
    const fields = page.locator("input");
    const at = await fields.evaluateAll((all, v) => all.findIndex((e) => e.value === v), value);
    await fields.nth(at).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  },

  /** Clicks on a button. */
  async click({ name }) {
    await page.getByRole("button", { name, exact: true }).click({ timeout });
  },

  /** Brings a tab to the front. */
  async tab({ name }) {
    await page.getByRole("tab", { name, exact: true }).click({ timeout });
  },

  /** Presses keys while nothing of the panel has the focus. */
  async press({ key }) {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press(key);
  },

  /** Runs a command out of the palette, by the keyboard. */
  async command({ name }) {
    await page.keyboard.press("Control+k");
    // Into the field itself: viser's is shown before it has the focus, and misses what is typed till then.
    await page.getByPlaceholder(/command/i).pressSequentially(name, { timeout });
    const found = page.locator('.mantine-Spotlight-action[data-selected], [role="option"][aria-selected="true"]');
    await found.filter({ hasText: name }).waitFor({ timeout });
    await page.keyboard.press("Enter");
  },

  /** Waits until the text cannot be seen. */
  async gone({ text }) {
    await page.getByText(text, { exact: true }).first().waitFor({ state: "hidden", timeout });
  },

  /** Holds a button down for a while. */
  async hold({ name, ms }) {
    await page.getByRole("button", { name }).first().hover({ timeout });
    await page.mouse.down();
    await page.waitForTimeout(ms);
    await page.mouse.up();
  },

  /** How many pictures are drawn that have pixels: 16 by 8, as the tests' picture. */
  async pictures() {
    await page.waitForTimeout(200);
    return page
      .locator("img")
      .evaluateAll((all) => all.filter((e) => e.naturalWidth === 16 && e.naturalHeight === 8).length);
  },

  /** The keys in the browser's storage that a server's item is under. */
  stored: () => page.evaluate(() => Object.keys(localStorage).filter((key) => localStorage.getItem(key) === "Ada")),

  /** What went wrong in the page's scripts. */
  problems: async () => problems,
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = { ok: (await commands[command.do](command)) ?? null };
  } catch (e) {
    answer = { error: String(e?.stack ?? e) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
