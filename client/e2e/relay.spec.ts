/** A page that is a viewer of a program behind a relay: what it shows, what its user does, and a restart of the program. */
import { readFileSync } from "node:fs";
import { expect, open, type Page, test, untilReplayed } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 700 } });

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("relay");
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const slider = (page: Page) => page.getByRole("slider", { name: "Height" });
const row = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });

/** Nodes and elements are there, also those that only our pages have, and those of this client alone. */
async function complete(page: Page): Promise<void> {
  await expect(page.getByText("A program behind a relay")).toBeVisible();
  await expect(row(page, "axle")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Only for you" })).toHaveValue(/^client \d+$/);
}

test("what a user does reaches the program, and what it sends reaches the page", async ({
  page,
  shoot,
}) => {
  page.on("filechooser", () => {});
  await open(page, server);
  await complete(page);

  await page.mouse.click(500, 400);
  await server.event(/^clicked by \d+ at true$/);

  const box = (await slider(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 200, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  await server.event(/^height 10$/);

  await row(page, "axle").click();
  await server.event(/^row 1$/);

  const chooser = page.waitForEvent("filechooser");
  await button(page, "Send a file").click();
  await (await chooser).setFiles({ name: "a.bin", mimeType: "", buffer: Buffer.alloc(700_000) });
  await server.event(/^file a\.bin 700000 \w+ <nil>$/);

  await button(page, "Download").click();
  const link = page.getByRole("link", { name: "Click to download" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("parts.txt");
  expect(readFileSync(await download.path(), "utf8")).toBe("two parts");

  await button(page, "Picture").click();
  const [, red = 0, green = 0] =
    /\(64,48\) (\d+) (\d+)/.exec(await server.event(/^picture/))?.map(Number) ?? [];
  expect(red).toBeGreaterThan(80);
  expect(green).toBeLessThan(red / 2);
  await shoot("relay");
});

test("when the program comes back, the page goes on without a reload", async ({ page, shoot }) => {
  await open(page, server);
  await complete(page);
  await page.evaluate(() => document.body.setAttribute("data-here", "before"));
  await server.command("stop");
  await expect(page.getByText("The program is away")).toBeVisible();
  await expect(row(page, "axle")).toBeVisible();
  await shoot("relay-away");
  await server.command("restart");
  await expect(page.getByText("The program is away")).toBeHidden();
  await complete(page);
  const before = server.events.length;
  await slider(page).press("End");
  await server.event(/^height 10$/, before);
  await expect(page.locator("body")).toHaveAttribute("data-here", "before");
});

test("a viewer whose token may only look", async ({ page, problems }) => {
  problems.allow(/401/);
  const url = await server.command("guarded");
  await page.goto(new URL(url).origin);
  await expect(page.locator("p")).toHaveText(/^This server needs its token: /);
  await page.goto(url);
  await untilReplayed(page);
  await complete(page);
  await expect(page.locator(".vg-note").first()).toContainText("You can look at this viewer");
  await expect(button(page, "Picture")).toBeDisabled();
});
