/**
 * Each exhibit of examples/gallery is compared with a reviewed picture, golden/NAME.png. After an intended change, run
 * `npx playwright test -c e2e/playwright.config.ts golden --update-snapshots`, and review the changed pictures.
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, open, test } from "./harness";
import { clientDir } from "./paths";
import { ALL_BUT_THE_SCENE } from "./picture";

test.use({ viewport: { width: 900, height: 500 } });

/** The center: the surroundings are the same for all exhibits. */
const clip = { x: 250, y: 110, width: 400, height: 280 };

const gallery = join(clientDir, ".cache", "gallery");

/** Builds the gallery, and lists its exhibits. */
function exhibits(): string[] {
  execFileSync("go", ["build", "-o", gallery, "../examples/gallery"], { cwd: clientDir });
  return execFileSync(gallery, ["-list"], { encoding: "utf8" }).trim().split("\n");
}

/** Runs `use` while the gallery shows one exhibit, or all (""). */
async function exhibited(name: string, use: (url: string) => Promise<void>): Promise<void> {
  const child = spawn(gallery, ["-addr", "127.0.0.1:0", "-still", "-only", name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (!url) continue;
      await use(url);
      return;
    }
    throw new Error(`the gallery left without showing ${name}`);
  } finally {
    child.kill("SIGINT");
    await exited;
  }
}

/**
 * How much of a picture may differ. `threshold` is how far a color may be off: at 0.1, axes of another red are noticed.
 * Pixels at edges count as equal if they may be antialiased.
 */
const SHAPES = { threshold: 0.1, maxDiffPixelRatio: 0.002 };

/** Text depends on the machine's fonts. */
const LETTERS = { threshold: 0.2, maxDiffPixelRatio: 0.04 };
const WITH_LETTERS = new Set(["label", "gui3d"]);

for (const name of exhibits()) {
  test(`${name} looks as its golden picture`, async ({ page }) => {
    await exhibited(name, async (url) => {
      await open(page, { url });
      await page.addStyleTag({ content: ALL_BUT_THE_SCENE });
      await expect(page).toHaveScreenshot(`${name}.png`, {
        clip,
        ...(WITH_LETTERS.has(name) ? LETTERS : SHAPES),
      });
    });
  });
}

test("the gallery has every kind of node", async ({ page }) => {
  const kinds = readFileSync(join(clientDir, "src/scene/nodes/index.ts"), "utf8");
  const known = [...kinds.matchAll(/^ {2}(\w+)Message: /gm)].map((found) => found[1]!);
  expect(known.length).toBeGreaterThan(25);
  await exhibited("", async (url) => {
    await open(page, { url });
    const shown = await page.evaluate(() => {
      const found = new Set<string>();
      const visit = (node: Shown): void => {
        found.add(node.kind);
        node.children.forEach(visit);
      };
      visit(window.viserPage!.scene!.tree.root() as unknown as Shown);
      return [...found];
    });
    expect(known.filter((kind) => !shown.includes(kind))).toEqual([]);
  });
});

interface Shown {
  kind: string;
  children: readonly Shown[];
}
