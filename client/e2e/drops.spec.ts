/** Recordings of the user's, dropped on the page or chosen there. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, type Page, test, visit } from "./harness";
import { expectTime, recorded, seek, timeline, untilPlayable } from "./playback";
import type { TestServer } from "./server";

let server: TestServer;
let bytes: Buffer;
test.beforeEach(async ({ startServer, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  server = await startServer("recording");
  await recorded(server, 40);
  const player = await server.command("player");
  bytes = await (await page.request.get(`${player}files/run.viser`)).body();
});

/** Drags a file onto the page, and drops it. */
async function drop(
  page: Page,
  name: string,
  content: Buffer,
  how = ["dragenter", "dragover", "drop"],
) {
  const dataTransfer = await page.evaluateHandle(
    ([base64, fileName]) => {
      const data = Uint8Array.from(atob(base64!), (c) => c.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], fileName!));
      return transfer;
    },
    [content.toString("base64"), name],
  );
  for (const type of how) await page.dispatchEvent("canvas", type, { dataTransfer });
}

test("a recording that is dropped is played, and there is a way back", async ({ page, shoot }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await visit(page, server);
  await expect(page.getByRole("slider", { name: "Step" })).toHaveValue("39");
  await drop(page, "my run.viser", bytes, ["dragenter", "dragover"]);
  await expect(page.getByText("Drop a recording (.viser) to play it here")).toBeVisible();
  await shoot("drop-hint");
  await drop(page, "my run.viser", bytes, ["drop"]);
  await untilPlayable(page);
  await expect(page.getByText("Drop a recording")).toBeHidden();
  await expect(page.getByText("my run.viser", { exact: true })).toBeVisible();
  await expect(page.locator(".vg-status")).toHaveAccessibleName("Recording: Recording");
  await seek(page, 1);
  await expectTime(page, 1);
  await expect(page.getByRole("slider", { name: "Step" })).toHaveValue("10");
  await expect(page.getByRole("slider", { name: "Step" })).toBeDisabled();
  await shoot("dropped-1280");
  await loadAxe(page);
  await nothingSerious(page, "a recording of the user's");
  await expect(page.locator("canvas")).toHaveCount(1);
  await page.getByRole("button", { name: "Back to live" }).click();
  await expect(page.getByRole("slider", { name: "Step" })).toBeEnabled();
  await expect(page.getByRole("slider", { name: "Step" })).toHaveValue("39");
  await expect(page.getByText("my run.viser", { exact: true })).toHaveCount(0);
  await expect(page.locator(".vg-timeline")).toHaveCount(0);
  await expect(page.locator("canvas")).toHaveCount(1);
});

test("a file that is no recording says so, and the program goes on", async ({ page }) => {
  await visit(page, server);
  await drop(page, "notes.txt", Buffer.from("something else, and long enough"));
  await expect(page.getByRole("alert")).toHaveText(
    "notes.txt is not played: it is no recording of viser.",
  );
  expect(await timeline(page)).toBeNull();
  await expect(page.getByRole("slider", { name: "Step" })).toBeEnabled();
  // One that begins like one is opened; what is wrong with it is said where the connection is.
  await drop(page, "cut.viser", bytes.subarray(0, 30));
  await expect(page.locator(".viser-connection")).toContainText("The recording cannot be read");
  await page.getByRole("button", { name: "Back to live" }).click();
  await expect(page.getByRole("slider", { name: "Step" })).toBeEnabled();
});

test("a recording can be chosen on a phone", async ({ page, shoot }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, server);
  await page.getByRole("button", { name: "Scene and tools" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a recording …" }).click();
  await (await chooser).setFiles({ name: "a.viser", mimeType: "", buffer: bytes });
  await untilPlayable(page);
  await expect(page.getByRole("button", { name: "Back to live" })).toBeInViewport();
  await shoot("dropped-390");
});
