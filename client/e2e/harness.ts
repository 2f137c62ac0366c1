/**
 * What browser tests import instead of "@playwright/test":
 *
 *   startServer(scenario)   a server process (server.ts), ended after the test
 *   anotherPage()           a second page of the same browser
 *   problems                console errors and failed requests of all pages; any of them fails the test
 *   gl                      counts what the page draws (glProbe.ts)
 *   shoot(name)             a PNG under test-results/, for review
 */
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { GlProbe, IDLE } from "./glProbe";
import { clientDir } from "./paths";
import { TestServer } from "./server";

export { expect, type Page };

export class Problems {
  private readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Records the page's problems from now on. */
  watch(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error") this.found.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.found.push(`exception: ${error.stack ?? error.message}`));
    page.on("requestfailed", (request) => {
      // Leaving a page cancels pending requests.
      const loading = ["script", "stylesheet", "font"].includes(request.resourceType());
      const { pathname } = new URL(request.url());
      // The icon may be requested later than all else, and a newer value of an array cancels an older one.
      const canceled = loading || pathname.endsWith("/logo.svg") || pathname.startsWith("/blob/");
      if (canceled && request.failure()?.errorText === "net::ERR_ABORTED") return;
      this.found.push(`request failed: ${request.url()} ${request.failure()?.errorText ?? ""}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      const local = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
      if (!local && !["data:", "blob:"].includes(url.protocol)) {
        this.found.push(`request to another host: ${url.href}`);
      }
    });
  }

  /** Ignores past and future problems that match. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  get list(): readonly string[] {
    return this.found.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
  }
}

/** How many times slower pages are than the machine: VISER_SLOW=6 finds tests that depend on timing. */
const slowness = Number(process.env.VISER_SLOW ?? 1);

/** The notice about software rendering would cover the scene: it is marked as shown. */
async function withoutNotice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    try {
      localStorage.setItem("viser-go.software-rendering-told", "1");
    } catch {
      // A page without storage shows the notice.
    }
  });
}

async function slowDown(page: Page): Promise<void> {
  if (slowness <= 1) return;
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowness });
}

interface Fixtures {
  startServer: (scenario: string, port?: number) => Promise<TestServer>;
  anotherPage: () => Promise<Page>;
  problems: Problems;
  gl: GlProbe;
  shoot: (name: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  startServer: async ({}, use) => {
    const servers: TestServer[] = [];
    await use(async (scenario, port) => {
      const server = await TestServer.start(scenario, port);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.stop();
  },
  problems: [
    // Needs startServer so that it is over before the servers are stopped: a page reports that its server is gone.
    async ({ page, startServer: _ }, use) => {
      const problems = new Problems();
      problems.watch(page);
      await slowDown(page);
      await withoutNotice(page);
      await use(problems);
      expect(problems.list, "problems on the page").toEqual([]);
    },
    { auto: true },
  ],
  anotherPage: async ({ context, problems }, use) => {
    const pages: Page[] = [];
    await use(async () => {
      const page = await context.newPage();
      problems.watch(page);
      await slowDown(page);
      await withoutNotice(page);
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.close();
  },
  gl: [
    async ({ page }, use) => {
      await use(await GlProbe.install(page));
    },
    { auto: true },
  ],
  shoot: async ({ page }, use) => {
    await use(async (name) => {
      await page.screenshot({ path: join(clientDir, "test-results", `${name}.png`) });
    });
  },
});

/** Runs an action by its palette, the first that a search finds. */
export async function runAction(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search commands" }).fill(name);
  const first = page.getByRole("listbox", { name: "Commands" }).getByRole("option").first();
  await expect(first).toContainText(name);
  await first.click();
  // Until it has gone it takes clicks.
  await expect(page.getByRole("combobox", { name: "Search commands" })).toHaveCount(0);
}

/** Waits until the page is connected and shows all of the server's state, with the arrays that it fetches. */
export async function untilReplayed(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const state = window.viserPage?.session.connection.get();
    return state?.kind === "live" && state.replaying === false && state.arrays === undefined;
  });
}

/** Loads a page and waits until it shows all of the server's state and the program has its client. */
async function load(page: Page, server: { url: string }, begin: () => Promise<unknown>) {
  const from = server instanceof TestServer ? server.events.length : 0;
  await begin();
  await untilReplayed(page);
  if (server instanceof TestServer) await server.event(/^connect /, from);
}

/** Goes to a server's page: it shows everything, and the program has its client. */
export function visit(page: Page, server: { url: string }, query = ""): Promise<void> {
  return load(page, server, () => page.goto(server.url + query));
}

/** Reloads a server's page: it shows everything, and the program has its new client. */
export function revisit(page: Page, server: { url: string }): Promise<void> {
  return load(page, server, () => page.reload());
}

/** Goes to a server's page and waits for its panel as well. */
export async function open(page: Page, server: { url: string }, query = ""): Promise<void> {
  await visit(page, server, query);
  await expect(page.locator(".vg-panel")).toBeVisible();
}

/** Waits until the page has drawn nothing for half a second: everything is loaded and shown. */
export async function settled(gl: GlProbe): Promise<void> {
  await expect
    .poll(() => gl.during(async () => {}, 500).then(({ calls }) => calls), { timeout: 60_000 })
    .toBe(0);
}

/** Waits until the page has drawn no frame for half a second; returns the number of frames. */
export async function rest(page: Page): Promise<number> {
  let last = -1;
  await expect
    .poll(
      async () => {
        const now = await page.evaluate(async () => {
          for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); // what is pending is drawn
          return window.viserPage!.scene!.stats().frames;
        });
        const same = now === last;
        last = now;
        return same;
      },
      { intervals: [500] },
    )
    .toBe(true);
  return last;
}

/**
 * Expects that the page comes to do nothing at all for that time. Late work, of which a slow machine has more, happens
 * once; what goes on at any rate above one in that time never ends the wait.
 */
export async function idles(gl: GlProbe, ms: number): Promise<void> {
  await expect.poll(() => gl.during(async () => {}, ms), { timeout: 60_000 }).toEqual(IDLE);
}

/** Waits until all transitions and animations of the page that end by themselves have ended. */
export async function animationsEnd(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        (a) => a.playState !== "running" || a.effect?.getComputedTiming().endTime === Infinity,
      ),
  );
}

/** Waits until the page has run due effects and timers, and those that they started. */
export function timersRun(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done));
    }
  });
}

let marks = 0;

/** Waits until the page shows everything that the program has written so far. */
export async function caughtUp(page: Page, server: TestServer): Promise<void> {
  await received(page, server);
  await page.waitForFunction(() => !window.viserPage?.session.connection.get().arrays);
}

/** Waits until the page has received everything that the program has written so far; arrays may be missing. */
export async function received(page: Page, server: TestServer): Promise<void> {
  const mark = String(++marks);
  await server.command(`mark ${mark}`);
  await expect(page.getByRole("heading", { name: `mark ${mark}`, exact: true })).toBeVisible();
}

interface SceneInsides {
  world: { tree: { get(path: string): { errorText?: string } | undefined } };
}

/** The problem that the scene tree notes with the node "/it"; "none": it has none. */
export function nodeProblem(page: Page): Promise<string> {
  return page.evaluate(() => {
    const scene = window.viserPage?.scene as unknown as SceneInsides | undefined;
    return scene?.world.tree.get("/it")?.errorText ?? "none";
  });
}

/** The page's state of the connection. */
export function connectionState(page: Page) {
  return page.evaluate(() => window.viserPage?.session.connection.get());
}

export interface Area {
  /** Mean color, 0…255. */
  mean: [number, number, number];
  /** How many different colors there are; 1 is an empty picture. */
  colors: number;
}

/** Measures the appearance of a part of the page, independent of the machine. */
export async function look(
  page: Page,
  clip: { x: number; y: number; width: number; height: number },
): Promise<Area> {
  const png = await page.screenshot({ clip });
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const sum: [number, number, number] = [0, 0, 0];
    const colors = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      sum[0] += r;
      sum[1] += g;
      sum[2] += b;
      colors.add((r << 16) | (g << 8) | b);
    }
    const pixels = data.length / 4;
    return { mean: sum.map((s) => s / pixels) as [number, number, number], colors: colors.size };
  }, png.toString("base64"));
}
