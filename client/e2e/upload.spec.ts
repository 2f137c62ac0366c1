/** Files from the page to a Go program. */
import { createHash } from "node:crypto";
import { XSS } from "../src/gui/testing/xss";
import { expect, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 700 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("uploads");
  // Playwright enables file chooser events with its first listener, and does not wait for the browser's response:
  // a chooser that opens at once would be missed.
  page.on("filechooser", () => {});
  await open(page, server);
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const rows = (page: Page) => page.locator(".vg-uploads > li");

/** The program's event for a received file. */
function arrived(to: string, name: string, content: Buffer): RegExp {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${to} ${plain} ${content.length} ${hash} <nil>$`);
}

function file(name: string, size: number) {
  return { name, mimeType: "", buffer: Buffer.alloc(size, "viser ") };
}

test("several files at once, selected with the keyboard", async ({ page, shoot }) => {
  const files = [file("one.bin", 3_000_000), file("empty", 0), file("zwei ü.txt", 10)];
  await button(page, "Send files").focus();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  expect((await chooser).isMultiple()).toBe(true);
  await (await chooser).setFiles(files);
  for (const { name, buffer } of files) await server.event(arrived("any", name, buffer));
  await server.event(/^streamed one\.bin 3000000 <nil>$/);
  await expect(rows(page).last()).toHaveText("zwei ü.txt 10 B, sent");
  await shoot("upload");
  await expect(rows(page)).toHaveCount(0);
  // The same file again.
  await page.locator("input[type=file]").first().setInputFiles(files[2]!);
  await expect.poll(() => server.events.filter((e) => e.startsWith("any zwei")).length).toBe(2);
});

/** Drops files on the button. */
async function drop(page: Page, name: string, files: Record<string, string>): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [file, text] of Object.entries(given)) data.items.add(new File([text], file));
    return data;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page
      .locator(".vg-upload")
      .filter({ hasText: name })
      .dispatchEvent(type, { dataTransfer: transfer });
  }
}

test("files are dropped on the button", async ({ page }) => {
  await drop(page, "Send files", { "a.txt": "first", "b.txt": "second" });
  await server.event(arrived("any", "a.txt", Buffer.from("first")));
  await server.event(arrived("any", "b.txt", Buffer.from("second")));
  await drop(page, "Not now", { "c.txt": "never" });
  await expect(button(page, "Not now")).toBeDisabled();
  await expect(page.locator(".vg-uploads")).toHaveCount(1);
  expect(new URL(page.url()).pathname, "the page was not left for the file").toBe("/");
});

test("a refused file shows the reason, and is removed when dismissed", async ({ page }) => {
  await page.locator("input[type=file]").nth(1).setInputFiles(file("large.txt", 1001));
  await expect(rows(page)).toHaveText(
    "large.txt It is too large: files of up to 1000 bytes are accepted.",
  );
  await button(page, "Dismiss: large.txt").press("Enter");
  await expect(rows(page)).toHaveCount(0);
  const texts = page.locator("input[type=file]").nth(1);
  await expect(texts).toHaveAttribute("accept", "text/plain");
});

test("a large file shows its progress, and is canceled", async ({ page }) => {
  const files = [file("large.bin", 45_000_000), file("next.txt", 5)];
  // Clicks at once: locally even a large file is uploaded quickly.
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      const bar = document.querySelector("[role=progressbar][aria-label='large.bin']");
      if (!bar || bar.getAttribute("aria-valuenow") === "0") return;
      seen.disconnect();
      document.querySelector<HTMLElement>("[aria-label='Cancel: large.bin']")!.click();
    });
    seen.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.locator("input[type=file]").first().setInputFiles(files);
  await server.event(/^streamed large\.bin \d+ the upload was cut off$/);
  await server.event(arrived("any", "next.txt", files[1]!.buffer));
  await expect(page.getByText("large.bin")).toHaveCount(0);
});

test("hostile file names have no effect, in the page and in the program", async ({ page }) => {
  for (const name of XSS.slice(0, 12)) await drop(page, "Send files", { [name]: "x" });
  await expect.poll(() => server.events.filter((e) => e.startsWith("any ")).length).toBe(12);
  expect(server.events.join("\n")).not.toMatch(/[<>"\\]img|\//);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("on a phone every button is large enough", async ({ page, shoot }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator("input[type=file]").nth(1).setInputFiles(file("large.txt", 2000));
  const dismiss = button(page, "Dismiss: large.txt");
  for (const target of [dismiss, button(page, "Send files")]) {
    const box = (await target.boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  }
  await shoot("upload-phone");
});
