/** Transparent boxes: a few are drawn one by one, many as a batch, with the same result. */
import { caughtUp, expect, look, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 600 } });

let server: TestServer;

test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("glass");
  await open(page, server);
});

/** The picture's center, where one pane is in front of the other. */
async function middle(page: Page): Promise<number[]> {
  return (await look(page, { x: 390, y: 290, width: 20, height: 20 })).mean;
}

async function tell(page: Page, command: string): Promise<void> {
  await server.command(command);
  await caughtUp(page, server);
}

const sceneDraws = (page: Page) => page.evaluate(() => window.viserPage!.scene!.stats().drawCalls);

test("many transparent boxes look as two do, from both sides, with one draw call", async ({
  page,
}) => {
  await expect
    .poll(async () => (await middle(page))[0]! - (await middle(page))[2]!)
    .toBeGreaterThan(30);
  const two = await middle(page);
  const callsOfTwo = await sceneDraws(page);

  await tell(page, "crumbs 1000");
  await expect.poll(() => sceneDraws(page)).toBeLessThanOrEqual(callsOfTwo);
  expect(await middle(page)).toEqual(two);

  // A box that is moved behind the other is drawn first.
  await tell(page, "swap");
  await expect
    .poll(async () => (await middle(page))[2]! - (await middle(page))[0]!)
    .toBeGreaterThan(30);
  const swapped = await middle(page);
  await tell(page, "behind");
  await expect
    .poll(async () => (await middle(page))[0]! - (await middle(page))[2]!)
    .toBeGreaterThan(30);
  const behind = await middle(page);

  await tell(page, "red 0.9");
  await expect.poll(async () => (await middle(page))[0]!).toBeGreaterThan(behind[0]! + 5);
  const denser = await middle(page);
  await page.mouse.click(400, 300);
  await server.event(/^red$/);

  // The remaining ones are drawn one by one again.
  await page.mouse.move(5, 595);
  await tell(page, "sweep");
  expect(await middle(page)).toEqual(denser);
  await tell(page, "red 0.6");
  await expect.poll(() => middle(page)).toEqual(behind);
  expect(swapped).not.toEqual(behind);
});
