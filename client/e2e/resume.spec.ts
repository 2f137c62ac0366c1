/** A connection that is lost while server and page live on: the session continues. */
import { createHash } from "node:crypto";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect, type Page, test, untilReplayed } from "./harness";
import { expectSeen } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 900, height: 600 } });

/** A line to the server that can be cut. */
class Line {
  readonly sockets = new Set<Socket>();
  /**
   * Bytes for the page since the last cut, over websockets: whether its question why it was refused is asked before or
   * after the line is mended, and how long the response to that is, depends on the moment.
   */
  down = 0;
  private refuses = false;
  private constructor(private readonly proxy: Server) {}

  static async to(target: string): Promise<Line> {
    const { hostname, port } = new URL(target);
    const proxy = createServer((near) => line.forward(near, Number(port), hostname));
    const line = new Line(proxy);
    await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}/`;
  }

  cut(): void {
    this.refuses = true;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  mend(): void {
    this.down = 0;
    this.refuses = false;
  }

  close(): void {
    this.cut();
    this.proxy.close();
  }

  private forward(near: Socket, port: number, host: string): void {
    near.on("error", () => {});
    if (this.refuses) {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    near.once("data", (request: Buffer) => {
      if (!/^upgrade: *websocket/im.test(request.toString("latin1"))) return;
      far.on("data", (data) => {
        this.down += data.length;
      });
    });
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(a);
      a.on("error", () => b.destroy());
      a.on("close", () => {
        this.sockets.delete(a);
        b.destroy();
      });
      a.pipe(b);
    }
  }
}

let server: TestServer;
let line: Line;
const banner = (page: Page) => page.locator(".viser-connection");

async function start(
  page: Page,
  startServer: (s: string) => Promise<TestServer>,
  scenario: string,
) {
  server = await startServer(scenario);
  line = await Line.to(server.url);
  await page.goto(line.url);
  await server.event(/^connect 0$/);
  await untilReplayed(page);
}

test.beforeEach(({ problems }) => {
  problems.allow(/WebSocket connection|ERR_CONNECTION|net::ERR/);
});
test.afterEach(() => line.close());

test("the same client comes back, with what has changed and no more", async ({
  page,
  startServer,
  shoot,
}) => {
  await start(page, startServer, "client");
  await server.command("own-gui mine");
  await expect(page.getByRole("button", { name: "mine", exact: true })).toBeVisible();
  await expectSeen(page, "red");

  line.cut();
  await server.event(/^suspend 0$/);
  await expect(banner(page)).toContainText(
    /lost|cannot be reached.* Your session continues if it comes back within 30 s/,
  );
  await expectSeen(page, "red");
  await shoot("resume-lost");
  await server.command("color 0 0 255");
  line.mend();
  await server.event(/^resume 0$/);
  await expectSeen(page, "blue");
  await expect
    .poll(() => page.evaluate(() => window.viserPage!.session.connection.get().kind))
    .toBe("live");
  expect(line.down, "bytes for the page").toBeLessThan(1200);

  // The client's own things are still there, and work.
  await page.getByRole("button", { name: "mine", exact: true }).click();
  await server.event(/^own button 0$/);
  expect(server.events.filter((e) => /^(dis)?connect/.test(e))).toEqual(["connect 0"]);
});

test("an upload goes on after a cut", async ({ page, startServer }) => {
  await start(page, startServer, "uploads");
  const size = 30_000_000;
  const data = Buffer.alloc(size);
  for (let i = 0; i < size; i += 4096) data.writeUInt32LE((i * 2654435761) % 2 ** 32, i);
  const hash = createHash("sha256").update(data).digest("hex").slice(0, 8);
  let cuts = 0;
  await page.exposeFunction("progressed", () => {
    if (cuts++ > 0) return;
    line.cut();
    line.mend();
  });
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      const bar = document.querySelector("[role=progressbar][aria-label='large.bin']");
      if (!bar || bar.getAttribute("aria-valuenow") === "0") return;
      seen.disconnect();
      (window as unknown as { progressed: () => void }).progressed();
    });
    seen.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const file = { name: "large.bin", mimeType: "", buffer: data };
  await page.locator("input[type=file]").first().setInputFiles([file]);
  await server.event(new RegExp(`^any large\\.bin ${size} ${hash} <nil>$`));
  expect(cuts).toBeGreaterThan(0);
  expect(server.events.filter((e) => /^(resume|connect|disconnect)/.test(e))).toEqual([
    "connect 0",
    "resume 0",
  ]);
});

test("a value that was set meanwhile is sent afterwards", async ({ page, startServer }) => {
  await start(page, startServer, "everything");
  line.cut();
  await server.event(/^suspend 0$/);
  await expect(banner(page)).toBeVisible();
  await page.getByRole("checkbox", { name: "Checkbox" }).click();
  line.mend();
  await server.event(/^checkbox true by 0$/);
  await server.event(/^resume 0$/);
});

test("a click meanwhile is never sent, and the page says so", async ({
  page,
  startServer,
  shoot,
}) => {
  await start(page, startServer, "client");
  await server.command("own-gui mine");
  const mine = page.getByRole("button", { name: "mine", exact: true });
  await mine.click();
  await server.event(/^own button 0$/);
  line.cut();
  await server.event(/^suspend 0$/);
  await expect(banner(page)).toBeVisible();
  await mine.click();
  await mine.click();
  const notice = page.locator(".vg-notice");
  await expect(notice).toHaveText(/“mine” was not sent.*connection was lost/);
  await shoot("resume-unsent");
  line.mend();
  await server.event(/^resume 0$/);
  await expect(notice).toHaveCount(0, { timeout: 12_000 });
  await mine.click();
  await expect.poll(() => server.events.filter((e) => e === "own button 0").length).toBe(2);
});
