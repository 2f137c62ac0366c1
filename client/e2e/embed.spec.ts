/** A page that is controlled by the page around it. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "./harness";
import { recorded } from "./playback";

interface Site {
  url: string;
  close(): Promise<unknown>;
}

/** A web site with a page that has nothing but what the test puts there. */
async function site(): Promise<Site> {
  const http: Server = createServer((_, answer) => {
    answer
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Site</title>");
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((r) => http.close(r)) };
}

type Heard = { viser: string; ok?: boolean; error?: string; id?: unknown; state?: never };
declare global {
  interface Window {
    heard: Heard[];
  }
}

/** Frames an address, and collects what it says. */
async function frame(page: Page, url: string): Promise<void> {
  await page.evaluate((src) => {
    window.heard = [];
    window.addEventListener("message", (event) => {
      if (event.origin === new URL(src).origin) window.heard.push(event.data);
    });
    const element = document.createElement("iframe");
    element.style.cssText = "width: 600px; height: 400px";
    element.src = src;
    document.body.append(element);
  }, url);
}

function say(page: Page, message: object, origin: string): Promise<void> {
  return page.evaluate(([data, to]) => window.frames[0]!.postMessage(data, to as string), [
    message,
    origin,
  ] as const);
}

const heard = (page: Page) => page.evaluate(() => window.heard);
const last = async (page: Page, what: string) =>
  (await heard(page)).findLast(({ viser }) => viser === what);

let parent: Site;
let player: string;
let origin: string;
test.beforeEach(async ({ startServer, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  parent = await site();
  const server = await startServer("recording");
  await recorded(server, 40);
  player = await server.command(`player ${parent.url}`);
  origin = new URL(player).origin;
  await page.goto(parent.url);
});
test.afterEach(() => parent.close());

test("the page around plays, seeks and moves the camera", async ({ page, shoot }) => {
  await frame(page, `${player}?playbackPath=files/run.viser&controlOrigin=${parent.url}`);
  await expect
    .poll(() => last(page, "ready"))
    .toMatchObject({
      state: { ready: true, timeline: { mode: "recording", to: 4, time: 0, playing: false } },
    });
  await say(page, { viser: "seek", time: 2.5, id: 1 }, origin);
  await expect.poll(() => last(page, "answer")).toEqual({ viser: "answer", id: 1, ok: true });
  await expect
    .poll(() => last(page, "state"))
    .toMatchObject({ state: { timeline: { time: 2.5 } } });
  await say(page, { viser: "speed", value: 2 }, origin);
  await say(page, { viser: "loop", on: true }, origin);
  await say(page, { viser: "play" }, origin);
  await expect
    .poll(() => last(page, "state"))
    .toMatchObject({ state: { timeline: { playing: true, speed: 2, loop: true } } });
  await say(page, { viser: "pause" }, origin);
  await expect
    .poll(() => last(page, "state"))
    .toMatchObject({ state: { timeline: { playing: false } } });

  await say(page, { viser: "camera", position: [0, 9, 1], lookAt: [0, 0, 1] }, origin);
  await expect
    .poll(async () => {
      await say(page, { viser: "state" }, origin);
      return last(page, "answer");
    })
    .toMatchObject({ camera: { position: [0, expect.closeTo(9, 3), expect.closeTo(1, 3)] } });
  await say(page, { viser: "dance", id: 9 }, origin);
  await expect
    .poll(() => last(page, "answer"))
    .toEqual({ viser: "answer", id: 9, ok: false, error: 'There is no command "dance".' });
  await shoot("embedded");
});

test("a page of another origin than the one named is neither heard nor told", async ({ page }) => {
  const other = "http://127.0.0.1:9";
  for (const query of ["", `&controlOrigin=${other}`]) {
    await page.goto(parent.url);
    await frame(page, `${player}?playbackPath=files/run.viser${query}`);
    const inside = page.frameLocator("iframe");
    await expect(inside.getByRole("slider", { name: "Time" })).toBeVisible();
    await say(page, { viser: "seek", time: 2.5, id: 1 }, origin);
    // Messages arrive in order: the frame has had this one when it has the next.
    await page.frames()[1]!.evaluate(
      () =>
        new Promise((resolve) => {
          window.addEventListener("message", resolve, { once: true });
          window.postMessage("next", location.origin);
        }),
    );
    await expect(inside.getByRole("slider", { name: "Time" })).toHaveAttribute(
      "aria-valuenow",
      "0",
    );
    expect(await heard(page)).toEqual([]);
  }
});

test("nobody may frame the page but those that the server allows", async ({ page, problems }) => {
  problems.allow(/frame-ancestors|refused|violates|ERR_BLOCKED_BY_RESPONSE/i);
  const stranger = await site();
  try {
    await page.goto(stranger.url);
    await frame(page, `${player}?playbackPath=files/run.viser&controlOrigin=${stranger.url}`);
    await expect.poll(() => page.frames().length).toBe(2);
    await expect.poll(() => page.frames()[1]!.url()).toContain("chrome-error");
    expect(await heard(page)).toEqual([]);
  } finally {
    await stranger.close();
  }
});
