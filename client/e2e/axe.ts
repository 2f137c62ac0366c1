/** axe-core: what hinders people with screen readers, or without a mouse. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "./harness";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(source);
}

/** Nothing on the page is a serious or critical finding; loadAxe comes first. */
export async function nothingSerious(page: Page, when: string): Promise<void> {
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
