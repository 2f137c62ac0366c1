/** The whole page: accessible names and contrast with axe, hostile text, URL parameters. */
import { XSS } from "../src/gui/testing/xss";
import { loadAxe, nothingSerious } from "./axe";
import { caughtUp, expect, open, type Page, test } from "./harness";

/** Waits until lazily loaded parts are there: the libraries of both kinds of plots. */
async function drawn(page: Page): Promise<void> {
  await expect(page.locator(".js-plotly-plot .bars .point")).toHaveCount(2);
  await expect(page.locator(".uplot canvas").first()).toBeAttached();
}

for (const look of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries({
    desktop: { width: 1280, height: 800 },
    phone: { width: 390, height: 844 },
  })) {
    test(`axe finds no serious issues: ${look}, ${name}`, async ({
      browser,
      problems,
      startServer,
    }) => {
      const server = await startServer("tools");
      const phone = name === "phone";
      const context = await browser.newContext({
        viewport,
        hasTouch: phone,
        isMobile: phone,
      });
      const page = await context.newPage();
      // The title bar's image is named "Some words" too, and the server has no such file.
      problems.allow(/status of 404/);
      problems.watch(page);
      await open(page, server, look === "dark" ? "?darkMode" : "");
      // Every widget of the hostile texts, with a harmless text.
      await server.command('text "Some words"');
      await caughtUp(page, server);
      await drawn(page);
      await loadAxe(page);
      await nothingSerious(page, "controls");
      await server.command('modal "Some more words"');
      await expect(page.getByRole("dialog", { name: "Some more words" })).toBeVisible();
      await nothingSerious(page, "a modal");
      await server.command("close-modal");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.getByRole("button", { name: "Scene and tools" }).click();
      await page.getByRole("searchbox", { name: "Find nodes" }).fill("box");
      await page.getByRole("treeitem", { name: /^box/ }).locator(".vg-tree-pencil").click();
      await expect(page.getByRole("region", { name: "Properties of /group/box" })).toBeVisible();
      await page.getByText("Developer", { exact: true }).click();
      await page.getByRole("checkbox", { name: "Orbit origin tool" }).check();
      await nothingSerious(page, "tools");
      await context.close();
    });
  }
}

test.describe("hostile text", () => {
  // Without the page's policy, which would hide faults of the sanitizer.
  test.use({ viewport: { width: 1000, height: 800 }, bypassCSP: true });

  const harm = (page: Page) =>
    page.evaluate(() => ({
      ran: "pwned" in window,
      scripts: document.querySelectorAll("#app :is(script, iframe, object, embed, base, meta)")
        .length,
      handlers: [...document.querySelectorAll("*")].filter((e) =>
        [...e.attributes].some((a) => /^on/i.test(a.name)),
      ).length,
      links: [...document.querySelectorAll("[href], [src], [formaction], [action]")].filter((e) =>
        ["href", "src", "formaction", "action"].some((name) =>
          /^\s*(javascript|data:text|vbscript)/i.test(e.getAttribute(name) ?? ""),
        ),
      ).length,
    }));
  const NONE = { ran: false, scripts: 0, handlers: 0, links: 0 };

  test("has no effect in any place that shows text", async ({ page, startServer, problems }) => {
    // Each text creates every kind of widget again, including plots.
    test.slow();
    // Images in a text may be requested from the page's own server, but from no other host.
    problems.allow(/status of 404/);
    page.on("dialog", (dialog) => {
      throw new Error(`a dialog opened: ${dialog.message()}`);
    });
    const server = await startServer("tools");
    await open(page, server);
    for (const [i, text] of XSS.entries()) {
      await server.command(`text ${JSON.stringify(text)}`);
      await caughtUp(page, server);
      await drawn(page);
      expect(await harm(page), text).toEqual(NONE);
      await server.command(`modal ${JSON.stringify(text)}`);
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await harm(page), `${text} in a modal`).toEqual(NONE);
      await server.command("close-modal");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      if (i % 8 !== 7 && i !== XSS.length - 1) continue;
      await page.getByRole("button", { name: "Scene and tools" }).click();
      await page.getByRole("searchbox", { name: "Find nodes" }).fill("label");
      await page
        .getByRole("treeitem", { name: /^label/ })
        .locator(".vg-tree-pencil")
        .click();
      // The unchanged text, in the property editor.
      await expect(
        page.getByRole("region", { name: /^Properties of/ }).getByLabel("Text"),
      ).toHaveValue(text);
      expect(await harm(page), text).toEqual(NONE);
      await page.getByRole("button", { name: "Back to the controls" }).click();
    }
    // The complete text is shown.
    await expect(page.locator(".vg-folder-head").first()).toHaveText(XSS.at(-1)!);
    await expect(page).toHaveURL(server.url);
  });
});

test.describe("the URL", () => {
  test.use({ viewport: { width: 1000, height: 800 } });

  test("sets the page's initial state", async ({ page, startServer }) => {
    const server = await startServer("tools");
    await open(
      page,
      server,
      "?darkMode&showStats&fixedDpr=2&hideViserLogo&hideSceneTree&forceOrbitOriginTool=1" +
        "&initialCameraPosition=0,0,7&initialCameraLookAt=0,0,1&initialCameraUp=0,1,0" +
        "&initialCameraFov=0.5&initialCameraNear=0.2&initialCameraFar=50" +
        "&dummyWindowDimensions=800x500&dummyWindowTitle=A%20window",
    );
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.locator(".viser-stats")).toContainText("draw calls");
    await expect(page.locator(".viser-logo")).toHaveCount(0);
    await expect(page.locator(".viser-orbit-origin")).toBeVisible();
    await expect(page.locator(".viser-window-title")).toHaveText("A window");
    const scene = await page.evaluate(() => {
      const canvas = document.querySelector("canvas")!;
      return {
        ratio: canvas.width / canvas.clientWidth,
        width: canvas.clientWidth,
        at: window.viserPage!.scene!.lookAt().map((x) => Math.round(x * 1e6) / 1e6 + 0),
      };
    });
    expect(scene).toEqual({ ratio: 2, width: 800, at: [0, 0, 1] });
    await page.getByRole("button", { name: "Scene and tools" }).click();
    await expect(page.getByText("Orbit origin tool")).toBeVisible();
    await expect(page.getByRole("tree")).toHaveCount(0);
  });

  test("can name another server that allows the page's origin", async ({ page, startServer }) => {
    const server = await startServer("elsewhere");
    const { origin } = new URL(server.url);
    const other = new URL(await server.command(`another ${origin}`));
    await page.goto(`${server.url}?websocket=ws://${other.host}/`);
    await page.getByRole("button", { name: "Of the other server" }).click();
    await server.event(/^clicked elsewhere$/);
    await expect(page.getByRole("button", { name: "Of the page's own server" })).toHaveCount(0);
  });

  test("shows a server that does not allow the page's origin as unreachable", async ({
    page,
    startServer,
    problems,
  }) => {
    problems.allow(/WebSocket connection|403/);
    const server = await startServer("elsewhere");
    const other = new URL(await server.command("another"));
    await page.goto(`${server.url}?websocket=ws://${other.host}/`);
    await expect(page.getByText(/cannot be reached|was lost|refuse/).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Of the other server" })).toHaveCount(0);
  });
});
