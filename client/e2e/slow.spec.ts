/** "Why is it slow?": what the page measures, and its advice. */
import { expect, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("tools");
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, server);
});

const section = (page: Page) => page.locator("details", { hasText: "Why is it slow?" });
const value = (page: Page, label: string) =>
  section(page).locator(".vg-slow-row", { has: page.getByText(label, { exact: true }) });

test("the page says why it is slow", async ({ page, shoot }) => {
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
