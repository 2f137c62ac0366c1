import { join } from "node:path";
import { defineConfig } from "vite";
import { type Feature, standaloneParts } from "./scripts/standaloneParts";
import { withoutAssets } from "./scripts/withoutAssets";

/** What only some scenes need. Which do is decided in internal/standalone/parts.go. */
const features: Record<string, Feature> = {
  glb: { modules: ["src/scene/glb/load.ts"] },
  draco: { modules: ["src/scene/glb/draco.ts"], needs: "glb" },
  exr: { modules: ["src/scene/exr.ts"] },
  splats: { modules: ["src/scene/splats/layer.ts"], workers: ["splatSort.worker"] },
  grids: {
    modules: [
      "src/scene/grids/voxels.ts",
      "src/scene/grids/volume.ts",
      "src/view/volume/adjusting.ts",
    ],
    workers: ["mesher.worker"],
  },
  arealight: { modules: ["RectAreaLightUniformsLib.js"] },
  picks: { modules: ["three-mesh-bvh/src/index.js"], workers: ["bvh.worker"] },
  text: { modules: ["src/gui/safe/markdown.ts", "src/gui/safe/html.ts"] },
  formulas: { modules: ["src/gui/safe/tex.ts"], needs: "text" },
  color: { modules: ["src/gui/widgets/colorPicker.tsx"] },
  widgets: {
    modules: [
      "src/gui/widgets/table.tsx",
      "src/gui/widgets/log.tsx",
      "src/gui/widgets/multiSelect.tsx",
    ],
  },
  images: { modules: ["src/gui/imageView/imageView.tsx"] },
  uplot: { modules: ["src/gui/widgets/uplotChart.tsx"] },
};

// The second build of the page: scripts that `viser export` puts into one file with a recording. They are not modules,
// as those could load each other only from a server.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [withoutAssets("loaders/DRACOLoader.js"), standaloneParts(features, "connection")],
  resolve: {
    alias: [
      {
        find: /^\.\.\/plots\/plotlyLibrary$/,
        replacement: join(import.meta.dirname, "src", "standalone", "plotlyLibrary.ts"),
      },
    ],
  },
  experimental: {
    renderBuiltUrl: (name) => ({ runtime: `viserFile(${JSON.stringify(name)})` }),
  },
  build: {
    target: "es2022",
    outDir: "dist/standalone",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: "src/main.ts", boot: "src/standalone/boot.ts" },
      output: { format: "cjs" },
      onLog(level, log, report) {
        // Only workers' addresses have it; standaloneParts replaces it there.
        const expected = ["MODULE_LEVEL_DIRECTIVE", "EMPTY_IMPORT_META"];
        if (!expected.includes(log.code ?? "")) report(level, log);
      },
    },
  },
  worker: { format: "iife" },
});
