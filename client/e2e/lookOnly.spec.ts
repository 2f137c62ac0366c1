/** All widgets as a user sees them who may only look: readable, and not inviting. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, type Page, test, untilReplayed } from "./harness";
import type { TestServer } from "./server";

let server: TestServer;

async function enter(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.goto(await server.command("guest"));
  await untilReplayed(page);
}

test.beforeEach(async ({ startServer }) => {
  server = await startServer("looking");
});

const style = (page: Page, selector: string, property: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((e, p) => getComputedStyle(e).getPropertyValue(p), property);

for (const dark of [false, true]) {
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    test(`${dark ? "dark" : "light"}, ${width} pixels wide`, async ({ page, shoot }) => {
      if (dark) await server.command("dark true");
      await enter(page, width, height);
      await expect(page.locator(".vg-note").first()).toContainText("You can look at this viewer");
      await shoot(`look-only-${width}-${dark ? "dark" : "light"}`);

      // What controls show is not faded.
      for (const selector of [".vg-label", ".vg-swatch", ".vg-range", ".vg-multi", ".vg-pills"])
        expect(await style(page, selector, "opacity"), selector).toBe("1");
      expect(await style(page, ".vg-checkbox", "cursor")).toBe("not-allowed");

      // Rows of tables do not light up, and can be sorted.
      const row = page.locator("[aria-rowindex]").nth(2);
      await row.scrollIntoViewIfNeeded();
      const ground = () => row.evaluate((e) => getComputedStyle(e).backgroundColor);
      await page.mouse.move(5, 5);
      const before = await ground();
      await row.hover();
      expect(await ground()).toBe(before);
      await row.click();
      await expect(row).toHaveAttribute("aria-selected", "false");
      await page.getByRole("button", { name: "Number" }).click();
      await expect(page.getByRole("columnheader", { name: "Number" })).toHaveAttribute(
        "aria-sort",
        "ascending",
      );

      // Folders and tabs open.
      await page.getByRole("tab", { name: "Second" }).click();
      await expect(page.getByRole("textbox", { name: "In second" })).toBeDisabled();
      await page.getByRole("button", { name: "Folder" }).click();
      await expect(page.getByRole("button", { name: "Press me" })).toBeHidden();

      await server.command("ask");
      const dialog = page.getByRole("dialog", { name: "Question" });
      await expect(dialog).toBeVisible();
      await expect(dialog.getByRole("button", { name: "Yes" })).toBeDisabled();
      await shoot(`look-only-modal-${width}-${dark ? "dark" : "light"}`);
      await dialog.getByRole("button", { name: "Close: Question" }).click();
      await expect(dialog).toBeHidden();
      await loadAxe(page);
      await nothingSerious(page, "looking");
      // Nothing of this has reached the program.
      expect(server.events.filter((e) => !/connect|suspend|resume/.test(e))).toEqual([]);
    });
  }
}
