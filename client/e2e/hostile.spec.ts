/** Hostile text in every place where a program can put text. */
import { expect, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

// Without the page's policy, which would hide faults of the sanitizer.
test.use({ viewport: { width: 1000, height: 700 }, bypassCSP: true });

const EVIL =
  '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>' +
  '<svg onload="window.harmed=1"><a href="javascript:window.harmed=1">x</a>';

/** Text that Markdown would format, all of it. */
const MARKUP =
  "# 1. `code` *bold* __it__ [a](b) ![i](x.png) <b>t</b> {1} $x^2$ https://a.b www.a.b a@b.c ~~s~~ | t | === - [x] &amp; &#65; \\ :smile: 2) > q [^1] a_b_c";

let server: TestServer;
test.beforeEach(async ({ page, startServer, problems }) => {
  // Images in markdown may be requested from the page's own server, which has no such file.
  problems.allow(/status of 404/);
  page.on("dialog", (dialog) => {
    throw new Error(`a dialog opened: ${dialog.message()}`);
  });
  server = await startServer("hostile");
  await open(page, server);
});

/** Elements and effects that a program must not be able to create. */
const harm = (page: Page) =>
  page.evaluate(() => ({
    harmed: "harmed" in window,
    scripts: document.querySelectorAll("#app script, #app iframe, #app object, #app embed").length,
    handlers: [...document.querySelectorAll("*")].filter((e) =>
      [...e.attributes].some((a) => /^on/i.test(a.name)),
    ).length,
    links: [...document.querySelectorAll("[href], [src]")].filter((e) =>
      /^\s*(javascript|data:text)/i.test(e.getAttribute("href") ?? e.getAttribute("src") ?? ""),
    ).length,
  }));
const NONE = { harmed: false, scripts: 0, handlers: 0, links: 0 };

test("is shown as text, and has no effect", async ({ page }) => {
  await expect(page.locator(".vg-title")).toHaveText(EVIL);
  await expect(page.locator(".vg-folder-head").first()).toHaveText(EVIL);
  const button = page.locator(".vg-button").first();
  await expect(button).toHaveText(EVIL);
  await expect(page.locator("label.vg-label").first()).toHaveText(EVIL);
  await expect(page.getByRole("textbox").last()).toHaveValue(EVIL);
  expect(await harm(page)).toEqual(NONE);

  await button.hover();
  await expect(page.getByRole("tooltip")).toHaveText(EVIL);
  await button.click();
  await page.getByRole("combobox").click();
  await expect(page.getByRole("option").first()).toHaveText(EVIL);
  expect(await harm(page)).toEqual(NONE);
  await page.keyboard.press("Escape");

  // Markdown keeps its text, and its links lead nowhere.
  for (const link of await page.locator(".vg-prose a, .vg-titlebar a").all()) {
    await link.click({ noWaitAfter: true });
  }
  await page.getByText("link", { exact: true }).click();
  expect(await harm(page)).toEqual(NONE);
});

test("has no effect in notifications and file names", async ({ page }) => {
  await server.command("notify");
  await expect(page.locator(".vg-notice strong").first()).toHaveText(EVIL);
  await expect(page.locator(".vg-notice p").first()).toHaveText(EVIL);
  const link = page.getByRole("link", { name: "Click to download" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^[^/\\<>"]+\.html$/);
  // Opened instead of saved, it must not be a type that can run script.
  const href = await link.getAttribute("href");
  expect(await page.evaluate(async (url) => (await (await fetch(url!)).blob()).type, href)).toBe(
    "application/octet-stream",
  );
  expect(await harm(page)).toEqual(NONE);
});

test("has no effect in names of nodes and labels of the scene", async ({ page }) => {
  await page.getByRole("button", { name: "Scene and tools" }).click();
  const tree = page.getByRole("tree", { name: "Scene tree" });
  await expect(tree.getByText("cödé 名前")).toBeVisible();
  const names = await tree.locator(".vg-tree-name").allTextContents();
  // Slashes in the text separate levels, as in every name; the rest is unchanged.
  expect(names.join("/")).toContain('<img src=x onerror="window.harmed=1">');
  expect(await harm(page)).toEqual(NONE);
});

test("escaped Markdown is shown as it was typed", async ({ page }) => {
  const shown = page.locator(".vg-prose", { hasText: "smile" });
  await expect(shown).toHaveText(MARKUP);
  expect(await shown.locator("p > *").count()).toBe(0);
});
