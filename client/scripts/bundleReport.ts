import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "vite";

/** A file of the build, and the files that it loads. */
export interface ReportedFile {
  file: string;
  isEntry: boolean;
  /** Loaded with it: modules, styles. */
  with: string[];
  /** Loaded with import(). */
  later: string[];
  /** Workers and other files that its code refers to. */
  names: string[];
}

/** Writes what loads what, for scripts/size.mjs. */
export function bundleReport(path: string): Plugin {
  return {
    name: "bundle-report",
    apply: "build",
    generateBundle(_, bundle) {
      const assets = Object.values(bundle).filter((output) => output.type === "asset");
      const report = Object.values(bundle).map((output): ReportedFile => {
        if (output.type === "asset") {
          return { file: output.fileName, isEntry: false, with: [], later: [], names: [] };
        }
        return {
          file: output.fileName,
          isEntry: output.isEntry,
          with: [...output.imports, ...(output.viteMetadata?.importedCss ?? [])],
          later: output.dynamicImports,
          names: assets
            .map((asset) => asset.fileName)
            .filter((name) => !name.endsWith(".css") && output.code.includes(base(name))),
        };
      });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(report, null, 1));
    },
  };
}

function base(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
