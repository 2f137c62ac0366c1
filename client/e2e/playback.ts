/** A page that plays a recording, and what it shows, as data. */
import { expect, type Page } from "./harness";
import type { TestServer } from "./server";

/** A page of the recording, with that query; it plays as soon as it is open. */
export async function openRecording(page: Page, url: string, query = ""): Promise<void> {
  await page.goto(`${url}?playbackPath=files/run.viser${query}`);
  await untilPlayable(page);
}

export async function untilPlayable(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const session = window.viserPage?.session;
    const state = session?.connection.get();
    return state?.kind === "live" && state.replaying === false && session?.timeline.get() !== null;
  });
}

/** The same, standing still at the beginning. */
export async function openPaused(page: Page, url: string, query = "", name = "run"): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${url}?playbackPath=files/${name}.viser${query}`);
  await untilPlayable(page);
  await expect(page.getByRole("slider", { name: "Time" })).toBeVisible();
}

export function timeline(page: Page) {
  return page.evaluate(() => window.viserPage!.session.timeline.get());
}

/** Records that many steps, and ends the recording. */
export async function recorded(server: TestServer, steps: number): Promise<void> {
  for (let k = 0; k < steps; k++) await server.command("step");
  await server.command("close");
}

export async function seek(page: Page, time: number): Promise<void> {
  await page.evaluate((t) => window.viserPage!.session.timeline.seek(t), time);
}

export async function expectTime(page: Page, time: number): Promise<void> {
  await expect.poll(async () => (await timeline(page))?.time).toBeCloseTo(time, 2);
}

/** All nodes with their properties, and all controls with their values, as text. */
export function digest(page: Page): Promise<string> {
  return page.evaluate(() => {
    const scene = window.viserPage!.scene!;
    const lines: string[] = [];
    // A recording has poses in steps of a millionth.
    const round = (x: number) => Number(x.toFixed(4)) + 0;
    const plain = (_: string, value: unknown): unknown =>
      ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
    const visit = (node: ReturnType<typeof scene.tree.root>): void => {
      const details = scene.node(node.path);
      const pose = details && [...details.position, ...details.wxyz].map(round);
      const props = details?.props ?? {};
      const sorted = Object.fromEntries(Object.entries(props).sort(([a], [b]) => (a < b ? -1 : 1)));
      lines.push(
        `${node.path} ${node.kind} ${node.visible} ${pose} ${JSON.stringify(sorted, plain)}`,
      );
      for (const child of node.children) visit(child);
    };
    visit(scene.tree.root());
    for (const row of document.querySelectorAll(".vg-panel .vg-row")) {
      const values = [...row.querySelectorAll("input")].map((input) =>
        input.type === "checkbox" ? input.checked : input.value,
      );
      lines.push(`${row.querySelector(".vg-label")?.textContent}: ${values}`);
    }
    return lines.sort().join("\n");
  });
}
