/**
 * The first script of an exported page, which is one file: unpacks the rest of it and starts the page. The parts and
 * the recording are text in elements that are not run; see docs/architecture.md. It imports nothing, so that its build
 * is one script.
 */
type Exports = Record<string, unknown>;
type Require = (name: string) => Exports;
type Module = (require: Require, exports: Exports, module: { exports: Exports }) => void;

export interface Standalone {
  /** The modules of the parts that have run, by file name. */
  readonly modules: Record<string, Module>;
  /** The sources of workers, by file name. */
  readonly files: Record<string, string>;
  /** The name of the module to start with. */
  main: string;
  style: string;
  /** Runs a part that is not run at the start; false if the file does not have it. */
  run(part: string): Promise<boolean>;
}

declare global {
  interface Window {
    viserStandalone?: Standalone;
    /** The address of a worker, by file name. */
    viserFile?: (name: string) => string;
    __VISER_EMBED_DATA__?: string | ArrayBuffer;
    __VISER_EMBED_CONFIG__?: unknown;
  }
}

const page: Standalone = { modules: {}, files: {}, main: "", style: "", run: runLater };
window.viserStandalone = page;
window.viserFile = workerAddress;

const loaded = new Map<string, { exports: Exports }>();

function require(name: string): Exports {
  const known = loaded.get(name);
  if (known) return known.exports;
  const run = page.modules[name];
  if (!run) throw new Error(`this file was exported without ${name}`);
  const module = { exports: {} };
  loaded.set(name, module);
  run(require, module.exports, module);
  return module.exports;
}

function workerAddress(name: string): string {
  const source = page.files[name];
  if (source === undefined) throw new Error(`this file was exported without ${name}`);
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}

/** The elements of a kind: a part that is run at the start ("part") or later, the recording, the settings. */
function blocks(kind: string): HTMLScriptElement[] {
  return [...document.querySelectorAll<HTMLScriptElement>(`script[data-viser="${kind}"]`)];
}

type FromBase64 = { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as FromBase64).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const latin = atob(text);
  const bytes = new Uint8Array(latin.length);
  for (let i = 0; i < latin.length; i++) bytes[i] = latin.charCodeAt(i);
  return bytes;
}

async function runLater(name: string): Promise<boolean> {
  const block = blocks("later").find(({ dataset }) => dataset.name === name);
  if (block) await runBlock(block);
  return block !== undefined;
}

/** Runs a part as a script, which the page's policy allows by its hash. */
async function runBlock(block: HTMLScriptElement): Promise<void> {
  const packed = new Blob([bytesOf(block.text)]).stream();
  const source = packed.pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.text = await new Response(source).text();
  document.head.append(script);
  script.remove();
  block.remove();
}

/** The recording in one buffer. The blocks are decoded one by one, as one string could not hold a large one. */
function recording(): ArrayBuffer | null {
  const all = blocks("recording");
  if (all.length === 0) return null;
  const sizes = all.map((block) => {
    const chars = [...block.childNodes].reduce((n, node) => n + (node as Text).length, 0);
    const padding = (block.lastChild as Text | null)?.data.match(/=*$/)?.[0].length ?? 0;
    return (chars / 4) * 3 - padding;
  });
  const bytes = new Uint8Array(sizes.reduce((a, b) => a + b, 0));
  let at = 0;
  for (const block of all) {
    const part = bytesOf(block.text);
    bytes.set(part, at);
    at += part.length;
    block.remove();
  }
  return bytes.buffer;
}

async function start(): Promise<void> {
  if (typeof DecompressionStream === "undefined") throw new Error("this browser is too old");
  const [config] = blocks("config");
  if (config) window.__VISER_EMBED_CONFIG__ = JSON.parse(config.text);
  const data = recording();
  if (data) window.__VISER_EMBED_DATA__ = data;
  for (const block of blocks("part")) await runBlock(block);
  const style = document.createElement("style");
  style.textContent = page.style;
  document.head.append(style);
  require(page.main);
}

function showProblem(e: unknown): void {
  const text = document.createElement("p");
  const why = e instanceof Error ? e.message : String(e);
  text.textContent = `This page could not start: ${why}`;
  console.error("viser:", e);
  document.getElementById("starting")?.replaceChildren(text);
}

start().catch(showProblem);
