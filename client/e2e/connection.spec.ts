import { connectionState, expect, type Page, test, untilReplayed, visit } from "./harness";
import { type Peer, RawServer } from "./rawServer";

const replay = (peer: Peer) => peer.messages({ type: "ReplayDoneMessage" });
const banner = (page: Page) => page.getByRole("status").filter({ hasText: /./ }).first();

let server: RawServer;
test.afterEach(async () => {
  await server.stop();
});

async function serve(onPeer: (peer: Peer, index: number) => void, port = 0): Promise<void> {
  server = await RawServer.start(onPeer, port);
}

test("connects, replays, and sends the camera, under a strict policy", async ({ page }) => {
  await serve(replay);
  await visit(page, server);
  expect(server.peers[0]?.offered).toEqual([
    "viser-go.v1.blobs",
    "viser-go.v1",
    "viser-v1.1.1",
    "resume.v1",
  ]);
  await expect
    .poll(() => server.peers[0]?.received.map((m) => m.type))
    .toContain("ViewerCameraMessage");
  expect(await connectionState(page)).toMatchObject({ kind: "live", dialect: "viser-go.v1" });
});

test("reconnects after a crash, and shows its state meanwhile", async ({ page, problems }) => {
  problems.allow(/WebSocket connection|ERR_CONNECTION|net::ERR/);
  await serve(replay);
  await visit(page, server);
  const { port } = server;
  await server.stop();
  await expect(page.getByText(/cannot be reached|was lost/).first()).toBeVisible();
  await serve(replay, port);
  await untilReplayed(page);
  await expect(page.getByText(/cannot be reached|was lost/)).toHaveCount(0);
  await expect
    .poll(() => server.peers[0]?.received.map((m) => m.type))
    .toContain("ViewerCameraMessage");
});

test("closes with 4002 at invalid data, and reconnects", async ({ page }) => {
  const garbage: ((peer: Peer) => void)[] = [
    (peer) => peer.text("hello"),
    (peer) => peer.binary(new Uint8Array(0)),
    (peer) => peer.binary(new Uint8Array(5000).map((_, i) => (i * 31) & 255)),
  ];
  await serve((peer, index) => (garbage[index] ?? replay)(peer));
  await visit(page, server);
  expect(server.peers).toHaveLength(garbage.length + 1);
  await expect
    .poll(() => server.peers.slice(0, 3).map((p) => p.closeCode))
    .toEqual([4002, 4002, 4002]);
  expect(server.peers[0]?.closeReason).toBe("cannot read a frame: it is a text");
});

test("retries with the server's version of viser 1.1", async ({ page }) => {
  await serve((peer) => {
    if (peer.offered.includes("viser-v1.1.9")) replay(peer);
    else peer.close(1002, "Version mismatch. Client: 1.1.1, Server: 1.1.9");
  });
  await visit(page, server);
  expect(server.peers.map((p) => p.offered[2])).toEqual(["viser-v1.1.1", "viser-v1.1.9"]);
});

test("explains an unsupported version, and waits for the user", async ({ page }) => {
  await serve((peer) => peer.close(1002, "Version mismatch. Client: 1.1.1, Server: 0.2.23"));
  await page.goto(server.url);
  await expect(banner(page)).toContainText("The server speaks viser 0.2.23");
  expect(await connectionState(page)).toMatchObject({ kind: "closed" });
  await page.getByRole("button", { name: "Try now" }).click();
  await expect.poll(() => server.peers.length).toBe(2);
});

test("never runs a script of the server", async ({ page }) => {
  await serve((peer) =>
    peer.messages(
      { type: "RunJavascriptMessage", source: "window.pwned = true" },
      { type: "NotYetInventedMessage", x: 1 },
      { type: "ReplayDoneMessage" },
    ),
  );
  await visit(page, server);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  expect(await page.evaluate(() => window.viserPage?.session.counts)).toMatchObject({
    scripts: 1,
    unknown: 1,
    failures: 0,
  });
});

test("stores the server's items in the browser", async ({ page }) => {
  await serve((peer) =>
    peer.messages(
      { type: "LocalStorageSetItemMessage", key: "k", value: "kept" },
      { type: "LocalStorageGetItemRequestMessage", key: "k", request_uuid: "r" },
      { type: "ReplayDoneMessage" },
    ),
  );
  await visit(page, server);
  await expect
    .poll(() => server.peers[0]?.received.find((m) => m.type.startsWith("LocalStorage")))
    .toEqual({
      type: "LocalStorageGetItemResponseMessage",
      value: "kept",
      error: null,
      request_uuid: "r",
    });
});

test("a busy page gets missed updates as one batch, newest values only", async ({ page }) => {
  await serve(replay);
  await visit(page, server);
  const before = await page.evaluate(() => ({ ...window.viserPage!.session.counts }));
  // The page's main thread waits for a response that is sent after everything else.
  let release = () => {};
  const sent = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/hold", async (route) => {
    await sent;
    await route.fulfill({ body: "" });
  });
  const asked = page.waitForRequest("**/hold");
  const busy = page.evaluate(() => {
    const request = new XMLHttpRequest();
    request.open("GET", "hold", false);
    request.send();
  });
  await asked;
  for (let n = 0; n < 5000; n++) {
    server.peers[0]?.messages({
      type: "SetPositionMessage",
      name: "/a",
      owner: "",
      position: [n, 0, 0],
    });
  }
  server.peers[0]?.messages({ type: "LocalStorageSetItemMessage", key: "end", value: "1" });
  release();
  await busy;
  // The last message was applied when the page has stored it.
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith("end")));
  const after = await page.evaluate(() => ({ ...window.viserPage!.session.counts }));
  expect(after.messages - before.messages).toBeLessThan(500);
});
