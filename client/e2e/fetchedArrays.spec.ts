/** Large arrays over HTTP, beside the connection. */
import { connectionState, expect, open, type Page, received, test, untilReplayed } from "./harness";
import { expectSeen, find } from "./picture";
import type { TestServer } from "./server";
import { SlowProxy, type Treatment } from "./slowProxy";

test.use({ viewport: { width: 800, height: 400 } });

const MILLION = 1_000_000 * (12 + 3);
const FIRST = 100_000 * (12 + 3);

let server: TestServer;
let proxy: SlowProxy;

test.beforeEach(({ problems }) => {
  problems.allow(/WebSocket connection|ERR_CONNECTION|net::ERR|status of (404|502)|blob\//);
});
test.afterEach(() => proxy.close());

async function start(
  startServer: (scenario: string) => Promise<TestServer>,
  megabitsPerSecond?: number,
): Promise<void> {
  server = await startServer("arrays");
  proxy = await SlowProxy.to(server.url, megabitsPerSecond);
}

const kindOf = (page: Page, path: string) =>
  page.evaluate((name) => window.viserPage?.scene?.node(name)?.kind, path);
const loadingLine = (page: Page) => page.locator(".viser-loading");
const noArraysPending = (page: Page) =>
  expect.poll(async () => (await connectionState(page))?.arrays).toBeUndefined();
const slider = (page: Page) => page.getByRole("slider", { name: "Slider" });

test("a slider has its effect while a large cloud is under way", async ({
  page,
  startServer,
  shoot,
}) => {
  await start(startServer, 50);
  await open(page, proxy);
  // The rest of the cloud stays where it is, as on an even slower link.
  proxy.hold(MILLION / 4);
  await server.command("cloud /cloud 1000000 green");
  await server.command("child /cloud/box");
  await expect(loadingLine(page)).toBeVisible();
  await expect(loadingLine(page)).toContainText(/^Loading 2 arrays, \d+ of 15 MB$/);
  await slider(page).press("ArrowRight");
  await server.event(/^slider 1$/);
  await received(page, server);
  expect(proxy.arrayBytes - FIRST).toBeLessThanOrEqual(MILLION / 4);
  expect(await kindOf(page, "/cloud")).toBe("");
  expect(await kindOf(page, "/cloud/box")).toBe("BoxMessage");
  await shoot("arrays-loading");
  await page.evaluate(() => window.viserPage!.session.dark.set(true));
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(loadingLine(page)).toBeInViewport({ ratio: 1 });
  await shoot("arrays-loading-phone");
  await page.setViewportSize({ width: 800, height: 400 });

  proxy.release();
  await noArraysPending(page);
  await expect(loadingLine(page)).toBeHidden();
  expect(await kindOf(page, "/cloud")).toBe("PointCloudMessage");
  await expectSeen(page, "green");
  expect(proxy.arrayBytes).toBe(FIRST + MILLION);
  expect(Number(await server.command("sent"))).toBeGreaterThan(FIRST + MILLION);
});

test("a reload fetches no array again, and a new value only itself", async ({
  page,
  startServer,
}) => {
  await start(startServer);
  await server.command("cloud /cloud 1000000 green");
  await open(page, proxy);
  expect(proxy.arrayBytes).toBe(FIRST + MILLION);
  await page.reload();
  await untilReplayed(page);
  expect(await kindOf(page, "/cloud")).toBe("PointCloudMessage");
  await expectSeen(page, "green");
  expect(proxy.arrayBytes - FIRST - MILLION).toBeLessThanOrEqual((FIRST + MILLION) / 100);
  const before = proxy.arrayBytes;
  await server.command("set /first 100000 red");
  await received(page, server);
  await noArraysPending(page);
  // The colors are the same ones.
  expect(proxy.arrayBytes - before).toBe(100_000 * 12);
});

const treatments: [string, Treatment | null][] = [
  ["responds with 404", (_, response) => response.writeHead(404).end("nothing here")],
  ["responds with 502", (_, response) => response.writeHead(502).end("no")],
  ["resets the connection", (_, response) => response.destroy()],
  ["never responds", () => {}],
  [
    "responds with less",
    (got, response) => {
      response.writeHead(200, { "content-length": "1000" }).end(Buffer.alloc(1000));
      got.resume();
    },
  ],
  [
    "responds with another array",
    (got, response) => {
      const size = Number(got.headers["content-length"]);
      response.writeHead(200, { etag: `"${"0".repeat(32)}"` }).end(Buffer.alloc(size));
      got.resume();
    },
  ],
  ["is a relay that does not know of it", null],
];
for (const [what, treat] of treatments) {
  test(`arrays are in the connection if what is between ${what}`, async ({ page, startServer }) => {
    await start(startServer);
    if (treat) proxy.treat = treat;
    else proxy.hides = "viser-go.v1.blobs";
    await page.goto(proxy.url);
    await expect.poll(() => kindOf(page, "/first"), { timeout: 40_000 }).toBe("PointCloudMessage");
    await noArraysPending(page);
    await expectSeen(page, "red");
    const requests = proxy.requests.length;
    await server.command("cloud /first 100000 green");
    await expectSeen(page, "green");
    expect(proxy.requests).toHaveLength(requests);
    // The same client from the beginning.
    expect(server.events.filter((e) => /connect/.test(e))).toEqual(["connect 0"]);
  });
}

test("after an interruption the session goes on, and so does what was being fetched", async ({
  page,
  startServer,
}) => {
  await start(startServer);
  await open(page, proxy);
  proxy.hold(MILLION / 4);
  await server.command("cloud /cloud 1000000 green");
  await expect(loadingLine(page)).toBeVisible();
  proxy.cut();
  await server.event(/^suspend 0$/);
  await server.command("move /cloud");
  proxy.release();
  proxy.mend();
  await server.event(/^resume 0$/);
  await expect.poll(() => kindOf(page, "/cloud")).toBe("PointCloudMessage");
  await expectSeen(page, "green");
  const details = await page.evaluate(() => window.viserPage!.scene!.node("/cloud"));
  expect(details!.position).toEqual([0.5, 0, 0]);
  expect(server.events.filter((e) => /connect/.test(e))).toEqual(["connect 0"]);
});

test("what another server sends instead is shown when it is there, and until then the old", async ({
  page,
  startServer,
}) => {
  await start(startServer);
  await open(page, proxy);
  await expectSeen(page, "red");
  await server.stop("SIGKILL");
  proxy.hold(1000);
  server = await startServer("arrays", server.port);
  await server.event(/^connect 0$/);
  await page.waitForFunction(() => {
    const state = window.viserPage!.session.connection.get();
    return state.kind === "live" && state.replaying === false && state.arrays !== undefined;
  });
  expect(await kindOf(page, "/first")).toBe("PointCloudMessage");
  await expectSeen(page, "red");
  await server.command("remove /first");
  await expect.poll(() => kindOf(page, "/first")).toBeUndefined();
  await noArraysPending(page);
});

test("a node that is removed, or replaced ten times, is not fetched to the end", async ({
  page,
  startServer,
}) => {
  await start(startServer);
  await open(page, proxy);
  proxy.hold(MILLION / 4);
  await server.command("cloud /cloud 1000000 green");
  await expect(loadingLine(page)).toBeVisible();
  await server.command("remove /cloud");
  await expect(loadingLine(page)).toBeHidden();
  await expect.poll(() => proxy.ended).toBeGreaterThan(0);
  expect(await kindOf(page, "/cloud")).toBeUndefined();

  const before = proxy.arrayBytes;
  for (let i = 0; i < 9; i++) {
    await server.command("set /first 500000 red");
    await received(page, server);
  }
  await server.command("set /first 500000 green");
  await received(page, server);
  expect(await kindOf(page, "/first")).toBe("PointCloudMessage");
  await expectSeen(page, "red");
  proxy.release();
  await noArraysPending(page);
  await expect.poll(async () => (await find(page, "red")).pixels).toBe(0);
  await expectSeen(page, "green");
  // Of ten values of 6 MB at most one is fetched besides the last; the colors are three at most.
  expect(proxy.arrayBytes - before).toBeLessThan(3 * 500_000 * (12 + 3));
});

test("a rendered picture has what was being fetched", async ({ page, startServer }) => {
  await start(startServer);
  await open(page, proxy);
  proxy.hold(1000);
  await server.command("remove /first");
  await server.command("cloud /cloud 100000 green");
  await received(page, server);
  await server.command("shoot");
  await received(page, server);
  proxy.release();
  const picture = await server.event(/^picture /);
  const [r = 0, g = 0, b = 0] = picture.split(" ").slice(1).map(Number);
  expect(g, picture).toBeGreaterThan(1.5 * Math.max(r, b));
});

test("a cloud that was fetched changes in part", async ({ page, startServer }) => {
  server = await startServer("parts");
  proxy = await SlowProxy.to(server.url);
  await open(page, proxy);
  await server.command("new float32");
  await received(page, server);
  await noArraysPending(page);
  expect(proxy.arrayBytes).toBe(MILLION);
  await server.command("paint 0 500000");
  await received(page, server);
  await expect.poll(async () => (await find(page, "green")).pixels).toBeGreaterThan(1000);
  expect(proxy.arrayBytes).toBe(MILLION);
});
