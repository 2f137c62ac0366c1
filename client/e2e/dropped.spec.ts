/** Files that are dropped on the page, for a program that takes them. */
import { createHash } from "node:crypto";
import { loadAxe, nothingSerious } from "./axe";
import { expect, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("dropped");
  page.on("filechooser", () => {});
});

/** Drops files of these sizes on the scene. */
async function drop(page: Page, files: Record<string, number>, how = ["dragenter", "drop"]) {
  const dataTransfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, size] of Object.entries(given)) {
      data.items.add(new File([new Uint8Array(size).fill(7)], name));
    }
    return data;
  }, files);
  for (const type of how) await page.dispatchEvent("canvas", type, { dataTransfer });
}

function arrived(name: string, size: number): RegExp {
  const hash = createHash("sha256").update(Buffer.alloc(size, 7)).digest("hex").slice(0, 8);
  return new RegExp(`^dropped ${name.replace(".", "\\.")} ${size} ${hash} <nil>$`);
}

const rows = (page: Page) => page.locator(".vg-dropped li");

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  for (const dark of [false, true]) {
    const name = `${width}-${dark ? "dark" : "light"}`;
    test(`files are sent, and those that are not taken are named, ${name}`, async ({
      page,
      shoot,
    }) => {
      await page.setViewportSize({ width, height });
      if (dark) await server.command("dark");
      await open(page, server);
      await drop(page, { "a.ply": 1 }, ["dragenter"]);
      await expect(page.getByText("Drop a model here")).toBeVisible();
      await drop(page, { "a.ply": 3_000_000, "empty.bin": 0, "notes.txt": 5 });
      await expect(page.getByText("Drop a model here")).toBeHidden();
      await expect(page.getByRole("alert")).toHaveText(
        "notes.txt is not opened: only files of these types are: .bin, .ply.",
      );
      await expect(rows(page).first()).toHaveText("a.ply 3.0 MB, sent");
      await shoot(`dropped-files-${name}`);
      await loadAxe(page);
      await nothingSerious(page, "dropped files");
      await server.event(arrived("a.ply", 3_000_000));
      await server.event(arrived("empty.bin", 0));
      await expect(rows(page)).toHaveCount(0);
    });
  }
}

test("a large file shows its progress, and is canceled", async ({ page }) => {
  await open(page, server);
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      const bar = document.querySelector("[role=progressbar][aria-label='large.bin']");
      if (!bar || bar.getAttribute("aria-valuenow") === "0") return;
      seen.disconnect();
      document.querySelector<HTMLElement>("[aria-label='Cancel: large.bin']")!.click();
    });
    seen.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await drop(page, { "large.bin": 45_000_000, "next.ply": 5 });
  await server.event(arrived("next.ply", 5));
  await expect(page.getByText("large.bin")).toHaveCount(0);
  expect(server.events.join("\n")).not.toContain("large.bin");
  // One that is too large for the program is not even announced.
  await drop(page, { "huge.bin": 50_000_001 });
  await expect(page.getByRole("alert")).toHaveText(
    "huge.bin is not opened: it is larger than 48 MiB.",
  );
});

test("the keyboard opens files, until the program takes none", async ({ page }) => {
  await open(page, server);
  await page.getByRole("button", { name: "Scene and tools" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file …" }).press("Enter");
  expect((await chooser).isMultiple()).toBe(true);
  await (await chooser).setFiles({ name: "b.ply", mimeType: "", buffer: Buffer.alloc(4, 7) });
  await server.event(arrived("b.ply", 4));
  await server.command("off");
  await expect(page.getByRole("button", { name: "Open a recording …" })).toBeVisible();
  await drop(page, { "c.ply": 1 });
  await expect(page.getByRole("alert")).toHaveText(
    "c.ply is not played: it is no recording of viser.",
  );
});
