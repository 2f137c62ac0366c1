/** DNS rebinding in a real browser: a hostile page makes its own name point at this machine. */
import { chromium } from "@playwright/test";
import { expect, test } from "./harness";
import config from "./playwright.config";

test("a page whose name is made to point at this machine reaches nothing", async ({
  startServer,
}) => {
  const server = await startServer("token");
  const launch = config.use?.launchOptions;
  const browser = await chromium.launch({
    ...launch,
    args: [
      ...(launch?.args ?? []),
      // Newer browsers refuse it by themselves; what the server does is tested here.
      "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
      "--host-resolver-rules=MAP evil.example 127.0.0.1,MAP viewer.localhost 127.0.0.1",
    ],
  });
  try {
    const page = await browser.newPage();
    const attack = async (host: string) => {
      const origin = `http://${host}:${server.port}`;
      // The page was loaded before its name pointed here: from now on it is of the same origin as the server.
      await page.route(`${origin}/hostile`, (route) =>
        route.fulfill({ contentType: "text/html", body: "<title>hostile</title>" }),
      );
      await page.goto(`${origin}/hostile`);
      return page.evaluate(async () => {
        const ask = (path: string, init?: RequestInit) =>
          fetch(path, init).then(
            async (answer) => ({ status: answer.status, text: await answer.text() }),
            (e) => ({ status: 0, text: String(e) }),
          );
        const socket = new Promise<string>((resolve) => {
          const ws = new WebSocket(`ws://${location.host}/`, ["viser-go.v1", "viser-v1.1.1"]);
          ws.onopen = () => resolve("opened");
          ws.onerror = () => resolve("refused");
        });
        return {
          page: await ask("/"),
          check: (await ask("/connection-check", { method: "POST" })).status,
          socket: await socket,
        };
      });
    };
    const evil = await attack("evil.example");
    expect(evil).toMatchObject({ page: { status: 403 }, check: 403, socket: "refused" });
    // The request did arrive at the server, which names the host.
    expect(evil.page.text).toContain(`"evil.example:${server.port}" is not one of this server's`);
    // With a name of this machine the same page would reach everything.
    expect(await attack("viewer.localhost")).toMatchObject({
      page: { status: 200 },
      check: 204,
      socket: "opened",
    });
  } finally {
    await browser.close();
  }
});
