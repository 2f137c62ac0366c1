/** A browser that stands still, as when its machine is suspended: SIGSTOP to all of its processes. */
import { type BrowserServer, chromium, type Page } from "@playwright/test";
import { expect, test, untilReplayed } from "./harness";
import config from "./playwright.config";

let browser: BrowserServer;
test.beforeEach(async () => {
  browser = await chromium.launchServer(config.use?.launchOptions);
});
test.afterEach(async () => {
  signal("SIGCONT");
  await browser.close();
});

/** To the browser's processes, which are a process group of their own. */
function signal(name: "SIGSTOP" | "SIGCONT"): void {
  process.kill(-browser.process().pid!, name);
}

async function openPage(url: string): Promise<Page> {
  const page = await (await chromium.connect(browser.wsEndpoint())).newPage();
  await page.goto(url);
  await untilReplayed(page);
  return page;
}

const banner = (page: Page) => page.locator(".viser-connection");
const kind = (page: Page) => page.evaluate(() => window.viserPage!.session.connection.get().kind);
const speed = (page: Page) => page.getByRole("slider", { name: "Speed" });

test("comes back as the same client, and says why it was disconnected", async ({ startServer }) => {
  const server = await startServer("stalled");
  const page = await openPage(await server.command("start 60s"));
  await server.event(/^joined 0$/);
  signal("SIGSTOP");
  await server.command("flood");
  await server.event(/^suspended 0$/);
  await server.command("set");
  signal("SIGCONT");
  await server.event(/^resumed 0$/);
  await expect(banner(page)).toContainText("received nothing for too long");
  await expect.poll(() => kind(page)).toBe("live");
  await expect(speed(page)).toHaveAttribute("aria-valuetext", "0.5");
  expect(server.events.filter((e) => /joined|left/.test(e))).toEqual(["joined 0"]);
});

test("comes back as a new client when the server has given it up", async ({ startServer }) => {
  const server = await startServer("stalled");
  const page = await openPage(await server.command("start 1s"));
  await server.event(/^joined 0$/);
  signal("SIGSTOP");
  await server.command("flood");
  await server.event(/^left 0$/);
  await server.command("set");
  signal("SIGCONT");
  await server.event(/^joined 1$/);
  await expect(banner(page)).toContainText("in a new session: the old one has ended meanwhile");
  await expect.poll(() => kind(page)).toBe("live");
  await expect(speed(page)).toHaveAttribute("aria-valuetext", "0.5");
});
