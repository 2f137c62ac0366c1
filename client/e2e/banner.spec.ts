/** The banner of an interruption, beside what else is on the page. */
import { expect, open, type Page, test } from "./harness";

const box = async (page: Page, selector: string) =>
  (await page.locator(selector).first().boundingBox())!;

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`covers no control, ${width} pixels wide`, async ({
    page,
    startServer,
    shoot,
    problems,
  }) => {
    problems.allow(/WebSocket connection|ERR_CONNECTION|net::ERR/);
    await page.setViewportSize({ width, height });
    const server = await startServer("gui");
    await open(page, server);
    await server.stop("SIGKILL");
    const banner = page.locator(".viser-connection");
    await expect(banner).toBeVisible();
    await expect(banner.getByRole("button", { name: "Try now" })).toBeVisible();

    // The title is whole, with the state below it.
    const title = page.getByRole("heading", { name: "Controls of the test" });
    const state = page.locator(".vg-state");
    await expect(state).toHaveText("Reconnecting");
    expect(await title.evaluate((e) => e.scrollWidth <= e.clientWidth)).toBe(true);
    const head = await box(page, ".vg-head");
    const below = await box(page, ".vg-state");
    expect(below.y).toBeGreaterThanOrEqual((await title.boundingBox())!.y);
    expect(below.y + below.height).toBeLessThanOrEqual(head.y + head.height);

    // It covers neither the panel nor the compass.
    const shown = (await banner.boundingBox())!;
    for (const selector of [".vg-panel", ".viser-gizmo"]) {
      const other = await box(page, selector);
      const apart =
        other.x >= shown.x + shown.width ||
        other.x + other.width <= shown.x ||
        other.y >= shown.y + shown.height;
      expect(apart, selector).toBe(true);
    }
    // A screen reader has it once.
    const said = page.getByRole("status").filter({ hasText: /lost|cannot be reached/ });
    await expect(said).toHaveCount(1);
    await expect(
      page.getByText(/lost|cannot be reached/).and(page.locator("[aria-hidden] *")),
    ).toHaveCount(1);
    await shoot(`reconnecting-${width}`);
  });
}
