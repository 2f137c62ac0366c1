/** axe finds no serious issues in plots, uploads, tables, logs and multi-selects. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, open, test } from "./harness";

test.use({ viewport: { width: 1000, height: 900 } });

const READY = {
  extensionWidgets: ".vg-log [data-line]",
  plots: ".js-plotly-plot .bars",
  uploads: ".vg-upload",
};

for (const [scenario, ready] of Object.entries(READY)) {
  for (const theme of ["", "?darkMode"]) {
    test(`${scenario} ${theme}: no serious issues`, async ({ page, startServer }) => {
      await open(page, await startServer(scenario), theme);
      await expect(page.locator(ready).first()).toBeAttached();
      await loadAxe(page);
      await nothingSerious(page, scenario);
    });
  }
}
