/** Accessibility checks with axe-core. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, timersRun } from "./harness";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(source);
}

/** Waits until no element fades in or out: a half-transparent one has too little contrast. */
async function faded(page: Page): Promise<void> {
  await timersRun(page);
  await page.evaluate(async () => {
    const ends = (a: Animation) => a.effect?.getComputedTiming().endTime !== Infinity;
    const running = () =>
      document.getAnimations().filter((a) => a.playState === "running" && ends(a));
    for (let now = running(); now.length > 0; now = running()) {
      await Promise.allSettled(now.map((a) => a.finished));
    }
  });
}

/** Expects no serious or critical findings on the page; call loadAxe first. */
export async function nothingSerious(page: Page, when: string): Promise<void> {
  await faded(page);
  const findings = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (root: Document) => Promise<{ violations: Finding[] }> };
    };
    const { violations } = await axe.run(document);
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
  });
  const serious = findings.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious, when).toEqual([]);
}
