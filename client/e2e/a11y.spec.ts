/** What axe says of plots, uploads, tables, logs and choices of several. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, open, type Page, test } from "./harness";

test.use({ viewport: { width: 1000, height: 900 }, bypassCSP: true });

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string }[];
}

async function serious(page: Page): Promise<string[]> {
  const path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(path, "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (root: Document) => Promise<{ violations: Finding[] }> };
    };
    const { violations } = await axe.run(document);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
  });
}

const READY = {
  ours: ".vg-log [data-line]",
  plots: ".js-plotly-plot .bars",
  uploads: ".vg-upload",
};

for (const [scenario, ready] of Object.entries(READY)) {
  for (const theme of ["", "?darkMode"]) {
    test(`${scenario} ${theme}: nothing serious`, async ({ page, startServer }) => {
      await open(page, await startServer(scenario), theme);
      await expect(page.locator(ready).first()).toBeAttached();
      expect(await serious(page)).toEqual([]);
    });
  }
}
