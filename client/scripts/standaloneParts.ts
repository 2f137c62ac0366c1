import { createHash } from "node:crypto";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

type Chunk = Rolldown.OutputChunk;

export interface Feature {
  /** The modules that it is made of, by the ends of their paths. They are loaded with import(). */
  modules: readonly string[];
  /** The workers that it starts, by the beginnings of their files' names. */
  workers?: readonly string[];
  /** Another feature without which it is not included. */
  needs?: string;
}

/** What an exported page is put together from; read by internal/standalone. */
interface Manifest {
  /** The hash of each script, as a Content-Security-Policy has it, by file name without its endings. */
  parts: Record<string, string>;
  boot: string;
}

const CORE = "core";

/**
 * Writes a build with output.format "cjs" as scripts for a page that is one file: boot.js, which is in the page as it is,
 * and gzipped parts, which it unpacks. The part "core" is in every page, the others are for scenes that need them. The
 * worker of the name `leftOut` is in none.
 */
export function standaloneParts(features: Record<string, Feature>, leftOut: string): Plugin {
  return {
    name: "standalone-parts",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const outputs = Object.values(bundle);
        const chunks = outputs.filter((output) => output.type === "chunk");
        const assets = outputs.filter((output) => output.type === "asset");
        const entry = (name: string) => chunks.find((c) => c.isEntry && c.name === name)!;
        const boot = entry("boot");
        if (boot.imports.length > 0) throw new Error("standalone/boot.ts must import nothing");
        const parts = new Map([CORE, ...Object.keys(features)].map((name) => [name, ""]));
        const add = (part: string, code: string) => parts.set(part, `${parts.get(part)}${code}\n`);

        const unused = workerFile(leftOut, chunks);
        const placed = placeChunks(entry("main"), chunks, features);
        for (const chunk of chunks) {
          if (chunk === boot) continue;
          const name = JSON.stringify(`./${basename(chunk.fileName)}`);
          const code = `function(require,exports,module){"use strict";\n${withClassicWorkers(chunk.code)}}`;
          add(placed.get(chunk.fileName) ?? CORE, `viserStandalone.modules[${name}]=${code};`);
        }
        add(
          CORE,
          `viserStandalone.main=${JSON.stringify(`./${basename(entry("main").fileName)}`)};`,
        );
        for (const { fileName, source } of assets) {
          const text = JSON.stringify(String(source));
          const name = basename(fileName);
          if (name.endsWith(".css")) add(CORE, `viserStandalone.style=${text};`);
          else if (fileName !== unused) {
            const owner = Object.entries(features).find(([, { workers }]) =>
              workers?.some((begin) => name.startsWith(begin)),
            );
            add(owner?.[0] ?? CORE, `viserStandalone.files[${JSON.stringify(fileName)}]=${text};`);
          }
        }

        for (const output of outputs) delete bundle[output.fileName];
        const manifest: Manifest = { parts: {}, boot: hash(boot.code) };
        for (const [name, code] of parts) {
          manifest.parts[name] = hash(code);
          this.emitFile({
            type: "asset",
            fileName: `${name}.js.gz`,
            source: gzipSync(code, { level: 9 }),
          });
        }
        this.emitFile({ type: "asset", fileName: "boot.js", source: boot.code });
        const json = `${JSON.stringify(manifest, null, 1)}\n`;
        this.emitFile({ type: "asset", fileName: "manifest.json", source: json });
      },
    },
  };
}

/**
 * Workers are classic scripts: from a page without an origin, such as a file, Chromium does not start one that is a
 * module of a blob: address. The base of that absolute address is not used, but must be an address, too.
 */
function withClassicWorkers(code: string): string {
  const start =
    /(new URL\(viserFile\([^)]+\),)\s*[`'"]{2}\s*\+\s*\{\}\.url\),\s*\{\s*type:\s*[`'"]module[`'"]/g;
  const replaced = code.replace(start, "$1location.href),{type:`classic`");
  if (/new URL\(viserFile\([^)]+\),(?!location\.href\),\{type:`classic`)/.test(replaced)) {
    throw new Error("a worker is started in a way that scripts/standaloneParts.ts does not know");
  }
  return replaced;
}

/** The file of the worker that is started with that name. */
function workerFile(worker: string, chunks: readonly Chunk[]): string {
  const start = new RegExp(
    `viserFile\\([\`'"]([^)]+)[\`'"]\\)[^{}]*\\{\\}\\.url\\),\\{[^{}]*name:[\`'"]${worker}[\`'"]`,
  );
  for (const { code } of chunks) {
    const found = start.exec(code)?.[1];
    if (found !== undefined) return found;
  }
  throw new Error(`no worker ${worker}`);
}

function hash(script: string): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}

/** The feature that each chunk is for; those that are for none, or for several that do not need each other, are missing. */
function placeChunks(
  main: Chunk,
  chunks: readonly Chunk[],
  features: Record<string, Feature>,
): Map<string, string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const featureOf = (chunk: Chunk): string | undefined =>
    Object.entries(features).find(([, { modules }]) =>
      modules.some((end) => chunk.facadeModuleId?.endsWith(end)),
    )?.[0];
  const missing = Object.entries(features).filter(
    ([name]) => !chunks.some((chunk) => featureOf(chunk) === name),
  );
  if (missing.length > 0) throw new Error(`no chunk for ${missing.map(([name]) => name)}`);

  const users = new Map<string, Set<string>>();
  const visit = (chunk: Chunk, user: string): void => {
    const known = users.get(chunk.fileName) ?? new Set();
    if (known.has(user)) return;
    users.set(chunk.fileName, known.add(user));
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
      const next = byName.get(name);
      if (next) visit(next, featureOf(next) ?? user);
    }
  };
  visit(main, CORE);

  const placed = new Map<string, string>();
  for (const [name, all] of users) {
    const [only, ...others] = [...all].filter((user) => {
      const needs = features[user]?.needs;
      return needs === undefined || !all.has(needs);
    });
    if (only !== undefined && only !== CORE && others.length === 0) placed.set(name, only);
  }
  return placed;
}
