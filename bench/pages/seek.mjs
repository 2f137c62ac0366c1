/**
 * What the page's worker does for a recording, in Node: opening it, and seeking to random times. Prints one JSON object:
 * milliseconds, and of seeks also the processor time. See bench/README.md.
 *
 *   node bench/pages/seek.mjs FILE NODES [SEEKS]
 */
import { mkdtempSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../client/", import.meta.url));
const require = createRequire(join(root, "package.json"));
const [file, nodes, seeks = "1000"] = process.argv.slice(2);

/** The worker's code without the worker. */
async function playback() {
  const { build } = await import(pathToFileURL(require.resolve("vite")).href);
  const outDir = mkdtempSync(join(root, "node_modules/.seek-"));
  try {
    await build({
      root,
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: true },
      build: { ssr: "src/playback/session.ts", outDir, target: "node20", rolldownOptions: { output: { entryFileNames: "session.mjs" } } },
    });
    return await import(pathToFileURL(join(outDir, "session.mjs")).href);
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** A server that serves ranges of the file, without a network. */
function serving(path) {
  const size = statSync(path).size;
  const handle = openSync(path);
  return async (_, { headers }) => {
    const [, from, to] = /(\d+)-(\d+)/.exec(headers.Range).map(Number);
    const bytes = new Uint8Array(Math.min(to + 1, size) - from);
    readSync(handle, bytes, 0, bytes.length, from);
    return new Response(bytes, { status: 206, headers: { "Content-Range": `bytes ${from}-${to}/${size}` } });
  };
}

const { Playback } = await playback();
// Writing the messages for the page is the worker's work as well; nobody reads them.
const { port1: page, port2 } = new MessageChannel();
let last = null; // the last batch
let opened = 0;
let shown = null;
let fail = null;
const worker = new Playback({
  source: { url: "http://127.0.0.1/x.viser" },
  playing: false,
  fetch: serving(file),
  now: () => performance.now(),
  post(message) {
    page.postMessage(message);
    if (message.kind === "open") opened++;
    if (message.kind === "batch") {
      last = message.batch.messages;
      queueMicrotask(() => worker.applied());
    }
    if (message.kind === "playback") shown?.(message.state);
    if (message.kind === "status" && message.status.kind === "closed") fail?.(new Error(message.status.detail));
  },
});

/** The state that is reported when the page has all of it. */
const reported = () =>
  new Promise((resolve, reject) => {
    shown = resolve;
    fail = reject;
  });

/** Milliseconds of all threads, those of the garbage collector included. */
function processor(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function quantile(list, q) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

/** Fails unless the page has been told to move all nodes. */
function check(time, state) {
  if (state.time !== time) throw new Error(`${state.time} s are shown instead of ${time} s`);
  const packed = last.at(-1);
  if (packed?.type !== "PackedPosesMessage" || packed.position_ids.length < 0.99 * Number(nodes)) {
    throw new Error(`at ${time} s not all nodes have moved`);
  }
}

let began = performance.now();
const start = process.cpuUsage();
const first = reported();
void worker.open();
const { to } = await first;
const open = performance.now() - began;
const openProcessor = processor(start);
if (opened !== 1 || last.length < Number(nodes)) throw new Error("the recording did not open as it should");

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
let time = 0;
const took = [];
const worked = [];
for (let i = 0; i < Number(seeks); i++) {
  // All nodes have moved since the last one.
  const from = time;
  do time = random() * to;
  while (Math.abs(time - from) < to / 100);
  // The command is reported at once, with the time that is not shown yet.
  worker.command({ do: "pause" });
  last = null;
  await new Promise((resolve) => setImmediate(resolve));
  began = performance.now();
  const before = process.cpuUsage();
  worker.command({ do: "seek", time });
  while (last === null) {
    const state = await reported();
    if (last !== null) check(time, state);
  }
  took.push(performance.now() - began);
  worked.push(processor(before));
}
page.close();
port2.close();
console.log(
  JSON.stringify({
    open,
    openProcessor,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    processor50: quantile(worked, 0.5),
    processor99: quantile(worked, 0.99),
  }),
);
