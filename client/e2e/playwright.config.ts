import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** A Chromium of the system: no browser is downloaded. */
function chromium(): string {
  const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(path)) throw new Error(`no Chromium at ${path}: set CHROMIUM to its path`);
  return path;
}

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  snapshotPathTemplate: "golden/{arg}{ext}",
  globalSetup: "./globalSetup.ts",
  // WebGL is drawn in software, on all cores: more at a time would be slower.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A flaky test is a fault, or shows one.
  retries: 0,
  timeout: 120_000,
  // scripts/failures.mjs reads the second one.
  reporter: [["list"], ["json", { outputFile: "../test-results/report.json" }]],
  expect: {
    timeout: 20_000,
    // Rounding at edges differs between machines; a wrong color or a missing object is far above this.
    toHaveScreenshot: { maxDiffPixelRatio: 0.01, threshold: 0.2, animations: "disabled" },
  },
  use: {
    viewport: { width: 640, height: 480 },
    trace: "off",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-gl=angle",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        // What is not WebGL is drawn without it: faster, and a page can't be many frames ahead of what is seen.
        "--disable-gpu-rasterization",
        "--disable-gpu-compositing",
      ],
    },
  },
});
