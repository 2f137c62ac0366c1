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
  // One page at a time: WebGL is drawn in software, on all cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // The machine that CI runs on is at times too busy for a page's own timers. What passes only at the second try
  // is named at the end of CI's output: it is a fault to mend, but no reason to throw away other work.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  reporter: [["list"]],
  expect: {
    timeout: 20_000,
    // Another machine rounds edges differently; a wrong color or a missing thing is far above this.
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
      ],
    },
  },
});
