/** Recordings in the page. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { loadAxe, nothingSerious } from "./axe";
import { caughtUp, expect, idles, type Page, test, visit } from "./harness";
import {
  digest,
  expectTime,
  openPaused,
  openRecording,
  recorded,
  seek,
  timeline,
  untilPlayable,
} from "./playback";
import type { TestServer } from "./server";

const STEP = 0.1;

let server: TestServer;
let player: string;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("recording");
  player = await server.command("player");
});

async function unfinished(): Promise<void> {
  for (let k = 0; k < 20; k++) await server.command("step");
  await server.command("cut cut.viser");
}

const slider = (page: Page) => page.getByRole("slider", { name: "Time" });

test("any time shows what the program's page showed then", async ({ page, anotherPage }) => {
  test.setTimeout(240_000);
  await visit(page, server);
  const shown: string[] = [];
  for (let k = 0; k < 40; k++) {
    await server.command("step");
    await caughtUp(page, server);
    await expect(page.getByRole("slider", { name: "Step" })).toHaveValue(String(k));
    shown.push(await digest(page));
  }
  expect(new Set(shown).size).toBe(40);
  await server.command("close");

  const viewer = await anotherPage();
  await openPaused(viewer, player);
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  for (let i = 0; i < 50; i++) {
    const step = Math.floor(random() * 40);
    // Anywhere in the step, also at its beginning.
    const time = (step + (i % 5 === 0 ? 0 : 0.01 + 0.98 * random())) * STEP;
    await seek(viewer, time);
    await expect
      .poll(() => digest(viewer), { message: `at ${time}`, intervals: [20, 50, 100, 500] })
      .toBe(shown[step]);
  }
});

test("a recording plays by itself, without a connection, and its controls do nothing", async ({
  page,
  shoot,
}) => {
  await recorded(server, 40);
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.setViewportSize({ width: 1280, height: 800 });
  await openRecording(page, player);
  await expect(page.locator(".vg-status")).toHaveAccessibleName("Recording: Recording");
  await expect(page.locator(".vg-note").first()).toContainText("This is a recording");
  await expect(page.getByRole("slider", { name: "Step" })).toBeDisabled();
  await expect(page.getByRole("textbox", { name: "Note" })).toBeDisabled();
  await expect.poll(async () => (await timeline(page))?.time).toBeGreaterThan(0.3);
  await page.getByRole("button", { name: "Pause" }).click();
  await seek(page, 2);
  await shoot("playback-1280-light");
  expect((await timeline(page))?.notes).toEqual([]);
  expect(sockets).toEqual([]);
  // The program's own page stays without these.
  await page.goto(server.url);
  await expect(page.locator(".vg-panel")).toBeVisible();
  await expect(page.locator(".vg-timeline")).toHaveCount(0);
});

test("a paused page does nothing, and one that plays no more than it needs", async ({
  page,
  gl,
}) => {
  await recorded(server, 40);
  await openPaused(page, player);
  await idles(gl, 1000);
  // Where it is shown changes a few times a second.
  const changes = await page.evaluate(async () => {
    const { timeline } = window.viserPage!.session;
    let count = 0;
    const end = timeline.subscribe(() => count++);
    timeline.setLoop(true);
    timeline.play();
    await new Promise((done) => setTimeout(done, 3000));
    end();
    return count;
  });
  expect(changes).toBeGreaterThan(5);
  expect(changes).toBeLessThan(45);
  await page.evaluate(() => window.viserPage!.session.timeline.pause());
  await idles(gl, 1000);
});

test("the keyboard moves through time", async ({ page }) => {
  await recorded(server, 40);
  await openPaused(page, player);
  await page.keyboard.press("End");
  await expectTime(page, 4);
  await page.keyboard.press("ArrowLeft");
  await expectTime(page, 3.8);
  await page.keyboard.press("Shift+ArrowLeft");
  await expectTime(page, 1.8);
  await page.keyboard.press("Home");
  await expectTime(page, 0);
  await page.keyboard.press(".");
  await page.keyboard.press(".");
  await expectTime(page, 0.2);
  await page.keyboard.press(",");
  await expectTime(page, 0.1);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await timeline(page))?.playing).toBe(true);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await timeline(page))?.playing).toBe(false);
  // With the focus, by Tab, on the slider.
  await slider(page).focus();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Home");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "0.00 of 4.00 seconds");
  await page.keyboard.press("ArrowUp");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "0.20 of 4.00 seconds");
});

test("the mouse scrubs, and shows where it would go", async ({ page }) => {
  await recorded(server, 40);
  await openPaused(page, player);
  const rail = (await page.locator(".vg-rail").boundingBox())!;
  const y = rail.y + rail.height / 2;
  await page.mouse.move(rail.x + rail.width / 2, y);
  await expect(page.locator(".vg-rail-hint")).toHaveText("2.00");
  expect((await timeline(page))?.time).toBe(0);
  await page.mouse.down();
  await expectTime(page, 2);
  await page.mouse.move(rail.x + rail.width * 0.75, y - 200, { steps: 5 });
  await expect(page.locator(".vg-rail-hint")).toHaveText("3.00");
  await page.mouse.up();
  await page.mouse.move(10, 10);
  await expect(page.locator(".vg-rail-hint")).toHaveCount(0);
  await expectTime(page, 3);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a finger scrubs, and nothing covers the panel", async ({ page, shoot }) => {
    await recorded(server, 40);
    await openPaused(page, player);
    const rail = (await page.locator(".vg-rail").boundingBox())!;
    const cdp = await page.context().newCDPSession(page);
    const touch = (type: string, part?: number) =>
      cdp.send("Input.dispatchTouchEvent", {
        type: type as "touchStart",
        touchPoints:
          part === undefined
            ? []
            : [{ x: rail.x + rail.width * part, y: rail.y + rail.height / 2 }],
      });
    await touch("touchStart", 0.25);
    await touch("touchMove", 0.5);
    await touch("touchMove", 0.6);
    await expect(page.locator(".vg-rail-hint")).toHaveText("2.40");
    await touch("touchEnd");
    await expect(page.locator(".vg-rail-hint")).toHaveCount(0);
    await expectTime(page, 2.4);
    await shoot("playback-390-light");
    const sheet = (await page.locator(".vg-panel").boundingBox())!;
    const bar = (await page.locator(".vg-timeline").boundingBox())!;
    expect(sheet.y + sheet.height).toBeLessThanOrEqual(bar.y + 1);
    expect(bar.y + bar.height).toBeLessThanOrEqual(844);
    for (const button of await page.locator(".vg-timeline button").all()) {
      const box = (await button.boundingBox())!;
      expect(box.height).toBeGreaterThanOrEqual(44);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
    await loadAxe(page);
    await nothingSerious(page, "a recording on a phone");
  });
});

for (const theme of ["", "&darkMode"]) {
  test(`the bar is accessible ${theme}`, async ({ page, shoot }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await unfinished();
    await openPaused(page, player, theme, "cut");
    await expect(page.locator(".vg-timeline-notes")).not.toBeEmpty();
    await shoot(`playback-note${theme}`);
    await loadAxe(page);
    await nothingSerious(page, "a recording");
  });
}

test("a recording that was cut off is played, and says so", async ({ page }) => {
  await unfinished();
  await openPaused(page, player, "", "cut");
  const notes = page.locator(".vg-timeline-notes");
  await expect(notes).toContainText(/cut off|incomplete|end/);
  expect((await timeline(page))?.to).toBeGreaterThan(0);
  await page.keyboard.press("End");
  await expect.poll(async () => (await timeline(page))?.time).toBeGreaterThan(0.5);
  await page.getByRole("button", { name: "Close the note" }).click();
  await expect(notes).toBeEmpty();
});

test("a file that is missing, and one of another origin, are errors in words", async ({
  page,
  problems,
}) => {
  problems.allow(/404|Content Security Policy|violates|Failed to load|request failed/i);
  await page.goto(`${player}?playbackPath=files/none.viser`);
  await expect(page.locator(".viser-connection")).toContainText("it is not there (404)");
  const elsewhere = await fileServer();
  try {
    await page.goto(`${player}?playbackPath=${elsewhere.url}/run.viser`);
    await expect(page.locator(".viser-connection")).toContainText("another origin");
    expect(elsewhere.requests).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

test("without changes in time there is no bar", async ({ page }) => {
  await server.command("close");
  await page.goto(`${player}?playbackPath=files/run.viser`);
  await untilPlayable(page);
  await expect(page.getByRole("slider", { name: "Step" })).toBeDisabled();
  await expect(page.locator(".vg-timeline")).toHaveCount(0);
});

/** Another host, which would give its files to anybody. */
async function fileServer() {
  const requests: string[] = [];
  const http: Server = createServer((request, answer) => {
    requests.push(request.url ?? "");
    answer.writeHead(200, { "access-control-allow-origin": "*" }).end("VISER");
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const close = () => new Promise((resolve) => http.close(resolve));
  return { url: `http://127.0.0.1:${port}`, requests, close };
}
