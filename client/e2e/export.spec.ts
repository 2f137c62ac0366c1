/** Exported pages: one file, opened from disk without a network, and in frames. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Frame } from "@playwright/test";
import { expect, look, type Page, test, untilReplayed } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 900 } });

let dir: string;
let server: TestServer;
test.beforeEach(async ({ context, problems, startServer }) => {
  dir = mkdtempSync(join(tmpdir(), "viser-export-"));
  await context.setOffline(true);
  // Violations of the page's policy are errors in the console, which the fixture reports.
  problems.allow(/^request to another host: file:/);
  server = await startServer("export");
});
test.afterEach(() => rmSync(dir, { recursive: true }));

/** Has the server write a page, and returns its path. */
async function write(command: string): Promise<string> {
  const path = join(dir, "page.html");
  await server.command(`${command} ${path}`);
  return path;
}

async function openFile(page: Page, path: string, query = ""): Promise<void> {
  await page.goto(pathToFileURL(path).href + query);
  await untilReplayed(page);
  await expect(page.locator(".vg-panel")).toBeVisible();
}

/** Whether the scene tree has the node, without a problem. */
function shows(page: Page | Frame, path: string): Promise<boolean> {
  return page.evaluate((at) => {
    interface Insides {
      world: { tree: { get(path: string): { errorText?: string } | undefined } };
    }
    const scene = window.viserPage?.scene as unknown as Insides | undefined;
    const node = scene?.world.tree.get(at);
    return node !== undefined && !node.errorText;
  }, path);
}

const AREA = { x: 20, y: 100, width: 640, height: 700 };

test("a page without a scene is small, and begins as it was told", async ({ page }) => {
  const path = await write("export-with");
  expect(statSync(path).size).toBeLessThan(800_000);
  await openFile(page, path);
  await expect(page.locator(".vg-title")).toHaveText("A panel");
  await expect(page).toHaveTitle("An export");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".viser-logo")).toBeHidden();
  expect(await shows(page, "/box")).toBe(true);
  expect((await look(page, AREA)).colors).toBeGreaterThan(10);
  // There is no time line without a recording.
  expect(await page.evaluate(() => window.viserPage?.session.timeline.get()?.to ?? 0)).toBe(0);
  await openFile(page, path, "?hideViserLogo=0");
  await expect(page.locator(".viser-logo")).toBeVisible();
});

test("everything works from disk that only some scenes need", async ({ page, shoot }) => {
  await server.command("fill");
  const path = await write("export");
  await openFile(page, path);
  for (const node of ["/box", "/cloud", "/model", "/light", "/splats"]) {
    await expect.poll(() => shows(page, node), node).toBe(true);
  }
  await expect(page.getByRole("figure", { name: "Plot: Bars", exact: true })).toBeVisible();
  await expect(page.locator(".js-plotly-plot .bars .point")).toHaveCount(3);
  await expect(page.locator(".uplot canvas").first()).toBeVisible();
  await expect(page.locator(".vg-prose math")).toHaveCount(1);
  await expect(page.locator(".vg-prose strong")).toHaveText("bold");
  await expect(page.getByText("a row")).toBeVisible();
  expect((await look(page, AREA)).colors).toBeGreaterThan(50);
  // Splats are sorted by a worker, the environment is decoded in the page.
  await page.mouse.move(300, 500);
  await shoot("export");
});

const time = (page: Page | Frame) =>
  page.evaluate(() => window.viserPage?.session.timeline.get()?.time ?? -1);

test("a recording plays from disk", async ({ page, shoot }) => {
  const path = await write("export-recording");
  await openFile(page, path);
  await expect.poll(() => time(page)).toBeGreaterThan(0.4);
  await page.evaluate(() => window.viserPage?.session.timeline.pause());
  await page.evaluate(() => window.viserPage?.session.timeline.seek(1.2));
  await expect.poll(() => time(page)).toBeCloseTo(1.2);
  await shoot("exportRecording");
});

/** A page without an origin, without storage, and with the file in it. */
async function inSrcdoc(page: Page, path: string): Promise<Frame> {
  await page.goto("about:blank");
  await page.evaluate(
    (text) => {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.style.cssText = "width: 800px; height: 600px";
      frame.srcdoc = text;
      document.body.append(frame);
    },
    readFileSync(path, "utf8"),
  );
  return innerFrame(page);
}

/** The frame in the page, when it shows everything. */
async function innerFrame(page: Page): Promise<Frame> {
  const frame = () => page.frames().find((f) => f !== page.mainFrame())!;
  await expect.poll(() => frame()?.evaluate(() => window.viserPage !== undefined)).toBe(true);
  await frame().waitForFunction(
    () => window.viserPage?.session.connection.get().replaying === false,
  );
  return frame();
}

test("the file works in the srcdoc of a frame with a sandbox", async ({ page }) => {
  const frame = await inSrcdoc(page, await write("export-recording"));
  expect(await frame.evaluate(() => window.origin)).toBe("null");
  expect(await shows(frame, "/box")).toBe(true);
  await expect.poll(() => time(frame)).toBeGreaterThan(0.4);
});

test("the file works in a frame by its address, beside another page", async ({ page }) => {
  await write("export-recording");
  const outer = join(dir, "outer.html");
  writeFileSync(outer, '<iframe src="page.html" width="800" height="600"></iframe>');
  await page.goto(pathToFileURL(outer).href);
  const frame = await innerFrame(page);
  expect(await shows(frame, "/box")).toBe(true);
  await expect.poll(() => time(frame)).toBeGreaterThan(0.4);
});

test("scripts that are not the client's do not run in it", async ({ page, problems }) => {
  problems.allow(/Content Security Policy|^request failed: (blob:.* csp|http:.127)/);
  const path = await write("export");
  await openFile(page, path);
  const run = await page.evaluate(async () => {
    const results: string[] = [];
    const attempt = async (name: string, f: () => unknown) => {
      try {
        await f();
        if ((window as { ran?: string }).ran === name) results.push(name);
      } catch {
        // It was refused.
      }
    };
    const script = (text: string) => {
      const element = document.createElement("script");
      element.textContent = text;
      document.head.append(element);
    };
    await attempt("inline", () => script("window.ran = 'inline'"));
    await attempt("blob", async () => {
      const url = URL.createObjectURL(
        new Blob(["window.ran = 'blob'"], { type: "text/javascript" }),
      );
      await import(url);
    });
    await attempt("network", async () => {
      await fetch("http://127.0.0.1:9/");
      (window as { ran?: string }).ran = "network";
    });
    return results;
  });
  expect(run).toEqual([]);
});
