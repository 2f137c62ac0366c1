import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { bundleReport } from "./scripts/bundleReport";
import { withoutAssets } from "./scripts/withoutAssets";

// The page is embedded in a Go binary and may be mounted under any path, hence the relative base. It may
// be served with a Content-Security-Policy of `script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'`:
// nothing is inlined into the HTML, and workers are files.
export default defineConfig({
  base: "./",
  plugins: [
    withoutAssets("loaders/DRACOLoader.js"),
    bundleReport(join(import.meta.dirname, ".cache", "bundle.json")),
  ],
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      onLog(level, log, report) {
        // React's libraries mark their files for server components, of which there are none here.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log);
      },
    },
  },
  worker: { format: "es" },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
    // A test that needs a page says so itself: `// @vitest-environment jsdom`.
    environment: "node",
    // Two cores are shared with the Go tests.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
