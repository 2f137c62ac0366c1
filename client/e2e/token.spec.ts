/** The page of a server that requires a token, for a browser that does not have it. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, test } from "./harness";

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  for (const scheme of ["light", "dark"] as const) {
    test(`asks for the token: ${scheme}, ${width} pixels wide`, async ({
      page,
      startServer,
      problems,
      shoot,
    }) => {
      problems.allow(/401/);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      const server = await startServer("token");
      const { origin } = new URL(await server.command("guarded a-secret"));
      await page.goto(`${origin}/?token=wrong`);
      await expect(page.locator("p")).toHaveText(/^That token is not valid here: .*\.$/);
      await page.goto(origin);
      await expect(page.locator("p")).toHaveText(/^This server needs its token: .*\.$/);
      await shoot(`token-${scheme}-${width}`);
      await loadAxe(page);
      await nothingSerious(page, "the page that asks for the token");

      // In the middle of the page, in colors that follow the system's, and nothing reaches over the edge.
      const seen = await page.evaluate(() => {
        const { left, right, top, bottom } = document
          .querySelector("main")!
          .getBoundingClientRect();
        const page = document.documentElement;
        const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!;
        return {
          offCenterX: Math.abs(left - (innerWidth - right)),
          offCenterY: Math.abs(top - (innerHeight - bottom)),
          overflow: Math.max(page.scrollWidth - innerWidth, page.scrollHeight - innerHeight),
          dark: Number(red) < 128,
        };
      });
      expect(seen).toEqual({ offCenterX: 0, offCenterY: 0, overflow: 0, dark: scheme === "dark" });

      await page.getByLabel("Token").fill("a-secret");
      await page.getByRole("button", { name: "Open" }).click();
      await expect(page.getByRole("button", { name: "Behind the token" })).toBeVisible();
    });
  }
}
