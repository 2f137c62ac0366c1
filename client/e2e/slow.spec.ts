/** "Why is it slow?": what the page measures, and its advice. */
import { expect, open, type Page, test } from "./harness";
import { RawServer } from "./rawServer";

const section = (page: Page) => page.locator("details", { hasText: "Why is it slow?" });
const value = (page: Page, label: string) =>
  section(page).locator(".vg-slow-row", { has: page.getByText(label, { exact: true }) });

test("the page says why it is slow", async ({ page, startServer, shoot }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, await startServer("tools"));
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  expect(requests.filter((url) => url.includes("slowPanel"))).toEqual([]);
  await page.getByText("Why is it slow?", { exact: true }).click();
  await expect(value(page, "Frames drawn")).toContainText("/s");
  expect(requests.filter((url) => url.includes("slowPanel")).length).toBeGreaterThan(0);
  await expect(value(page, "Round trip")).toContainText(/\d ms/);
  // This browser has no graphics card, and is told what to do.
  await expect(value(page, "Drawing")).toContainText("without a graphics card");
  await expect(value(page, "Drawing")).toContainText("hardware acceleration");
  // What is received is counted, and the node named.
  await expect(section(page).getByRole("heading", { name: "Heaviest nodes" })).toBeVisible();
  await expect(value(page, "/group/box")).toContainText("B");
  await section(page).scrollIntoViewIfNeeded();
  await shoot("slow-wide-light");

  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await shoot("slow-wide-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await section(page).scrollIntoViewIfNeeded();
  await shoot("slow-phone-dark");

  // Closed, it measures nothing.
  await page.getByText("Why is it slow?", { exact: true }).click();
  requests.length = 0;
  await expect(value(page, "Frames drawn")).toBeHidden();
  expect(requests.filter((url) => url.includes("connection-check"))).toEqual([]);
});

test("with a server of upstream viser it says what it cannot know", async ({ page, shoot }) => {
  const upstream = await RawServer.start(
    (peer) => peer.messages({ type: "ReplayDoneMessage" }),
    0,
    "viser-v1.1.1",
  );
  try {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, upstream);
    await page.getByText("Why is it slow?", { exact: true }).click();
    await expect(value(page, "Round trip")).toContainText("has no response for it");
    await expect(value(page, "Dropped steps")).toContainText("does not report it");
    await expect(section(page).getByText("The scene has no nodes.")).toHaveCount(2);
    await section(page).scrollIntoViewIfNeeded();
    await shoot("slow-phone-light");
    expect(asked.filter((url) => url.includes("connection-check"))).toEqual([]);
  } finally {
    await upstream.stop();
  }
});
