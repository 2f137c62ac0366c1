import type { Plugin } from "vite";

/**
 * Replaces the addresses of files in modules whose path ends with that by "": otherwise those files would be part of the
 * build, even if nothing uses them.
 */
export function withoutAssets(module: string): Plugin {
  return {
    name: "without-assets",
    apply: "build",
    transform(code, id) {
      if (!id.endsWith(module)) return null;
      const without = code.replace(/new URL\([^)]*import\.meta\.url\s*\)\.toString\(\)/g, '""');
      if (without === code) throw new Error(`${module} has no addresses of files`);
      return { code: without, map: null };
    },
  };
}
