/**
 * What a browser has to do for a scene: our page and viser's own one, in the same run. See bench/README.md.
 *
 *   node bench/pages/run.mjs SERVER STOCK_PAGE_DIR PYTHON [SECONDS] [NAMES]
 */
import { execFile, spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { connect, createServer as createTCPServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch, median, others, probe, sleep } from "./probe.mjs";

const require = createRequire(new URL("../../client/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [binary, stockDir, python, seconds = "8", names = ""] = process.argv.slice(2);
const window_ = Number(seconds) * 1000;

/** The program of main.go, or that of server.py. */
class Program {
  #answers = [];
  #left = null;
  constructor(command, ...args) {
    this.child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.url = new Promise((resolve, reject) => {
      this.child.once("exit", (code, signal) => {
        this.#left = new Error(`the server left with ${code ?? signal}`);
        reject(this.#left);
        for (const answer of this.#answers) answer.reject(this.#left);
      });
      createInterface({ input: this.child.stdout }).on("line", (line) => {
        if (line.startsWith("URL ")) resolve(line.slice(4));
        else this.#answers.shift()?.resolve(line);
      });
    });
    this.child.stdin.on("error", () => {}); // it has left
  }
  /** Returns the result of a command. */
  async do(command) {
    if (this.#left) throw this.#left;
    const line = await new Promise((resolve, reject) => {
      this.#answers.push({ resolve, reject });
      this.child.stdin.write(`${command}\n`);
    });
    if (line !== "OK" && !line.startsWith("OK ")) throw new Error(`${command}: ${line}`);
    return line.slice(3);
  }
  async close() {
    this.child.stdin.end();
    if (!this.#left) await new Promise((resolve) => this.child.once("exit", resolve));
  }
}

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

/** Serves the stock page's files. */
async function serve(dir) {
  const server = createServer((request, response) => {
    const path = join(dir, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
    const file = existsSync(path) && statSync(path).isFile() ? path : join(dir, "index.html");
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** A proxy that counts the bytes that a page is sent. */
async function countingProxy(url) {
  const { hostname, port } = new URL(url);
  const proxy = { bytes: 0, last: Date.now() };
  const server = createTCPServer((client) => {
    const upstream = connect(Number(port), hostname);
    upstream.on("data", (data) => {
      proxy.bytes += data.length;
      proxy.last = Date.now();
    });
    client.pipe(upstream);
    upstream.pipe(client);
    for (const [a, b] of [[client, upstream], [upstream, client]]) {
      a.on("error", () => b.destroy());
      a.on("close", () => b.destroy());
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.url = `http://127.0.0.1:${server.address().port}/`;
  proxy.close = () => server.close();
  return proxy;
}

class Tab {
  static async open(context, url, drawing = false) {
    const tab = new Tab();
    tab.context = context;
    tab.page = await tab.context.newPage();
    await tab.page.addInitScript(probe, drawing);
    tab.cdp = await tab.context.newCDPSession(tab.page);
    await tab.cdp.send("Performance.enable");
    await tab.page.goto(url);
    await tab.page.locator("canvas").first().waitFor();
    await tab.quiet(1500);
    return tab;
  }

  /** When so many points of one frame were drawn next, in Unix milliseconds. */
  async visible(points, cause) {
    await this.page.evaluate((wanted) => Object.assign(window.benchCounts, { wanted, visible: 0 }), points);
    const result = await cause();
    const at = await this.page.waitForFunction(() => window.benchCounts.visible, null, { timeout: 60_000, polling: 50 });
    return { at: await at.jsonValue(), result };
  }

  async state() {
    const { metrics } = await this.cdp.send("Performance.getMetrics");
    const of = (name) => metrics.find((m) => m.name === name).value;
    const counts = await this.page.evaluate(() => ({ ...window.benchCounts, now: performance.now() }));
    return { ...counts, script: of("ScriptDuration") * 1000, task: of("TaskDuration") * 1000, heap: of("JSHeapUsedSize") / 2 ** 20 };
  }

  /** Waits until the main thread has had nothing long to do for so many ms; gives up in the end: viser's page may be minutes behind. */
  async quiet(ms) {
    const end = Date.now() + 20_000;
    for (;;) {
      const s = await this.state();
      const quiet = s.now - s.lastLong > ms;
      if (quiet || Date.now() > end) return { ...s, quiet };
      await sleep(100);
    }
  }

  /** What happens while the page is left alone. */
  async during(ms) {
    const a = await this.state();
    await sleep(ms);
    const b = await this.state();
    const d = (key) => b[key] - a[key];
    const frames = Math.max(1, d("frames"));
    return {
      "frames drawn a second": (1000 * d("frames")) / d("now"),
      "script, ms a frame": d("script") / frames,
      "main thread, ms a frame": d("task") / frames,
      "main thread busy, %": (100 * d("task")) / d("now"),
      "draw calls a frame": d("draws") / frames,
      "long tasks": d("longTasks"),
      "buffers and textures given memory": d("allocations"),
      "MB by bufferSubData a second": d("subBytes") / 2 ** 20 / (d("now") / 1000),
      "heap growth, MB": d("heap"),
    };
  }

  close() {
    return this.context.close();
  }
}

const pick = (row, ...keys) => Object.fromEntries(keys.map((key) => [key, row[key]]));
const moving = ["frames drawn a second", "script, ms a frame", "main thread, ms a frame", "main thread busy, %", "draw calls a frame", "long tasks"];

/** Adds, and says how long the page is not to be used. */
async function adding(program, tab, what) {
  const empty = await tab.state();
  await program.do(what);
  await sleep(300);
  const after = await tab.quiet(1000);
  return {
    "ms until nothing long is left to do": Math.max(0, after.lastLong - empty.now),
    "longest task, ms": after.longTasks > empty.longTasks ? after.longest : 0,
    "GPU objects": after.objects - empty.objects,
  };
}

async function removing(program, tab, before) {
  await program.do("clear");
  await sleep(1500);
  const { quiet, objects } = await tab.quiet(1000);
  return { "GPU objects left behind": quiet ? objects - before : undefined };
}

/**
 * Each measures with a program and a page, and has targets for ours: at most, or at most so much of viser's. One that is
 * `alone` is of our page only.
 */
const cases = [
  { name: "1,000 boxes at 30 Hz", run: async (program, tab) => {
    const { objects } = await tab.state();
    await adding(program, tab, "boxes 1000");
    await program.do("move 30");
    const row = pick(await tab.during(window_), ...moving);
    await program.do("still");
    return { ...row, ...(await removing(program, tab, objects)) };
  } },
  { name: "10,000 boxes", run: async (program, tab) => {
    const { objects } = await tab.state();
    const added = await adding(program, tab, "boxes 10000");
    const idle = await tab.during(2000);
    await program.do("move 60");
    // Not longer: what viser's page then has not processed keeps it busy for many times as long.
    const row = pick(await tab.during(Math.min(window_, 4000)), ...moving, "heap growth, MB");
    await program.do("still");
    return {
      ...added,
      "idle: frames drawn a second": idle["frames drawn a second"],
      "idle: main thread busy, %": idle["main thread busy, %"],
      ...Object.fromEntries(Object.entries(row).map(([key, value]) => [`moved at 60 Hz: ${key}`, value])),
      ...(await removing(program, tab, objects)),
    };
  } },
  { name: "10,000 selected boxes at 60 Hz", alone: true, atMost: { "script, ms a frame": 8 }, run: async (program, tab) => {
    const { objects } = await tab.state();
    await adding(program, tab, "boxes 10000");
    await program.do("select");
    await program.do("move 60");
    const row = pick(await tab.during(Math.min(window_, 4000)), ...moving);
    await program.do("still");
    return { ...row, ...(await removing(program, tab, objects)) };
  } },
  { name: "10,000 selected boxes at 60 Hz in four views", alone: true, atMost: { "script, ms a frame": 8 }, run: async (program, tab) => {
    await adding(program, tab, "boxes 10000");
    await program.do("select");
    await program.do("divide");
    await tab.page.locator(".viser-view").nth(3).waitFor();
    await tab.quiet(1000);
    const idle = await tab.during(2000);
    await program.do("move 60");
    const row = pick(await tab.during(Math.min(window_, 4000)), ...moving);
    await program.do("still");
    return { ...row, "idle: frames drawn a second": idle["frames drawn a second"] };
  } },
  { name: "focus on one of 10,000 boxes", alone: true, atMost: { "script, mean, ms": 5 }, run: async (program, tab) => {
    await adding(program, tab, "boxes 10000");
    const took = await tab.page.evaluate(focusAtRandom, 200);
    return { "script, mean, ms": took.reduce((a, b) => a + b) / took.length, "script, p99, ms": took.sort((a, b) => a - b)[197] };
  } },
  { name: "1,000,000 points by number, range changed at 30 Hz", alone: true, atMost: { "script, ms a frame": 4, "buffers and textures given memory": 0, "MB by bufferSubData a second": 0.01 }, run: async (program, tab) => {
    await adding(program, tab, "numbers 1000000");
    await program.do("range 30");
    await sleep(1000);
    const row = pick(await tab.during(Math.min(window_, 4000)), ...moving, "buffers and textures given memory", "MB by bufferSubData a second");
    await program.do("still");
    return row;
  } },
  { name: "1,000,000 points set at 10 Hz", atMost: { "long tasks": 0 }, run: async (program, tab) => {
    await program.do("cloud 1000000");
    await tab.quiet(1500);
    await program.do("points 10");
    await sleep(1000);
    const row = pick(
      await tab.during(window_), "frames drawn a second", "main thread busy, %", "long tasks", "buffers and textures given memory", "MB by bufferSubData a second", "heap growth, MB",
    );
    await program.do("clear");
    return row;
  } },
  { name: "1,000,000 points", own: true, drawing: true, ofViser: { "call to visible, ms": 0.4 }, run: async (program, tab) => ({
    "call to visible, ms": await appearing(program, tab),
  }) },
  { name: "1,000,000 points, without the drawing", own: true, run: async (program, tab) => ({
    "call to draw call, ms": await appearing(program, tab),
  }) },
  { name: "Render 640x480", own: true, drawing: true, ofViser: { "JPEG, p50, ms": 0.5, "PNG, p50, ms": 0.5 }, run: async (program) => {
    await program.do("boxes 100");
    const row = {};
    for (const format of ["jpeg", "png"]) {
      await program.do(`render ${format} 3`);
      row[`${format.toUpperCase()}, p50, ms`] = median(JSON.parse(await program.do(`render ${format} 20`)));
    }
    return row;
  } },
  { name: "reload with 200 MB of arrays", own: true, keeps: true, atMost: { "bytes received again, %": 1 }, run: async (program, tab, proxy) => {
    const points = Number(await program.do("clouds 200"));
    const shown = () => tab.page.waitForFunction((n) => window.benchCounts.points >= n, points, { timeout: 90_000, polling: 100 });
    await shown();
    while (Date.now() - proxy.last < 2000) await sleep(100);
    const first = proxy.bytes;
    if (first < 9 * points) throw new Error(`${first} bytes were received of ${points} points`);
    await tab.page.reload();
    await shown();
    while (Date.now() - proxy.last < 2000) await sleep(100);
    const again = proxy.bytes - first;
    return { "MB received at first": first / 1e6, "MB received again": again / 1e6, "bytes received again, %": (100 * again) / first };
  } },
  { name: "1,000,000 splats", alone: true, keeps: true, atMost: { "degree 3: MB received": 60 }, run: async (program, tab, proxy) => {
    const row = {};
    for (const [what, command] of [["the first", "splats 1000"], ["degree 0", "splats 1000000"], ["degree 3", "shining 1000000"]]) {
      const [bytes, before] = [proxy.bytes, await tab.state()];
      const added = await adding(program, tab, command);
      while (Date.now() - proxy.last < 2000) await sleep(100);
      const after = await tab.state();
      const all = { "MB received": (proxy.bytes - bytes) / 1e6, "main thread, ms": after.task - before.task, ...pick(added, "longest task, ms") };
      for (const [key, value] of Object.entries(all)) row[`${what}: ${key}`] = value;
      await program.do("clear");
      await tab.quiet(1000);
    }
    return row;
  } },
  { name: "recording of 1,000,000 poses", alone: true, atMost: { "worker: open, ms of processor": 1000, "worker: seek, p99, ms of processor": 50, "page: script, ms a seek": 16 }, run: async (program, { context }) => {
    const file = await program.do("record 1000");
    try {
      const [open, p99] = await seekingInNode(file);
      return { "worker: open, ms of processor": open, "worker: seek, p99, ms of processor": p99, ...(await seekingInPage(context, file)) };
    } finally {
      rmSync(dirname(file), { recursive: true, force: true });
    }
  } },
];

/** In a process of its own, whose processor time is that of the seeks. */
async function seekingInNode(file) {
  const script = fileURLToPath(new URL("seek.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, file, "1000"]);
  const { openProcessor, processor99 } = JSON.parse(stdout);
  return [openProcessor, processor99];
}

const SEEKS = 100;

async function seekingInPage(context, file) {
  const player = spawn(join(dirname(binary), "viser"), ["play", "--port", "0", file], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const url = await new Promise((resolve, reject) => {
      player.once("exit", (code) => reject(new Error(`viser play left with ${code}`)));
      createInterface({ input: player.stdout }).on("line", (line) => {
        const found = /http:\S+/.exec(line);
        if (found) resolve(found[0]);
      });
    });
    const tab = await Tab.open(context, url);
    await tab.page.waitForFunction(() => window.viserPage?.session?.timeline.get());
    await tab.page.evaluate(() => window.viserPage.session.timeline.pause());
    await tab.quiet(1000);
    const before = await tab.state();
    const shown = await tab.page.evaluate(seekRandomly, SEEKS);
    const after = await tab.state();
    const each = (key) => (after[key] - before[key]) / SEEKS;
    return { "page: script, ms a seek": each("script"), "page: main thread, ms a seek": each("task"), "page: until it is drawn, p50, ms": median(shown) };
  } finally {
    player.kill();
  }
}

/** Runs in the page: seeks, one after another, until each is drawn. */
async function seekRandomly(seeks) {
  const { timeline } = window.viserPage.session;
  const { to } = timeline.get();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const took = [];
  for (let i = 0; i < seeks; i++) {
    const time = (((i + 1) * 0.6180339887) % 1) * to;
    const began = performance.now();
    const { draws } = window.benchCounts;
    timeline.seek(time);
    while (window.benchCounts.draws === draws) {
      if (performance.now() - began > 10_000) throw new Error(`${time} s was not drawn`);
      await frame();
    }
    took.push(performance.now() - began);
    // At most one seek in 50 ms is passed on.
    for (let k = 0; k < 6; k++) await frame();
  }
  return took;
}

/** Runs in the page: focuses boxes, and says how long the script took for each. The first loads the code. */
async function focusAtRandom(times) {
  const { scene } = window.viserPage;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const took = [];
  for (let i = 0; i <= times; i++) {
    const before = scene.camera().look_at.join();
    const began = performance.now();
    // It has moved the camera when the promise is settled; other tasks do not run before.
    await scene.focusNode(`/boxes/${(i * 6151) % 10_000}`);
    if (i > 0) took.push(performance.now() - began);
    await frame();
    await frame();
    if (scene.camera().look_at.join() === before) throw new Error(`box ${i} was not focused`);
  }
  return took;
}

/** From the call that adds a cloud until it was drawn. */
async function appearing(program, tab) {
  const took = [];
  for (let i = 0; i < 5; i++) {
    const { at, result } = await tab.visible(1_000_000, () => program.do("cloud 1000000"));
    if (at <= Number(result)) throw new Error("the cloud was drawn before it was added");
    took.push(at - Number(result));
    await program.do("clear");
    await tab.quiet(1000);
  }
  return median(took);
}

/** Measures one case in one page: with a browser of its own that has a cache on disk, if the case needs one. */
async function measure(test, browser, program, url) {
  const dir = test.keeps ? mkdtempSync(join(tmpdir(), "viser-bench-")) : "";
  const proxy = test.keeps ? await countingProxy(url) : null;
  const context = test.keeps
    ? await chromium.launchPersistentContext(dir, launch)
    : await browser.newContext({ viewport: launch.viewport });
  try {
    const tab = await Tab.open(context, proxy ? `${proxy.url}${new URL(url).search}` : url, test.drawing);
    await program.do("here");
    return await test.run(program, tab, proxy);
  } finally {
    await program.do("clear");
    await context.close();
    await program.do("gone");
    proxy?.close();
    if (dir) rmSync(dir, { recursive: true, force: true });
  }
}

const load = await others();
const browser = await chromium.launch(launch);
const stock = await serve(stockDir);
const go = new Program(binary, new URL(stock.url).origin);
const real = new Program(python, fileURLToPath(new URL("server.py", import.meta.url)), "0");
const ours = await go.url;
const columns = {
  "viser-go": () => [go, ours],
  "viser 1.1.1": ({ own }) => (own ? [real, realURL] : [go, `${stock.url}?websocket=${encodeURIComponent(ours.replace(/^http/, "ws"))}`]),
};
const realURL = await real.url;

const missed = [];
const text = (x) => (x === undefined ? "" : Number.isInteger(x) || x >= 100 ? x.toFixed(0) : x.toFixed(2));

/** What is required of ours, and whether it is met. */
function verdict(test, key, a, b) {
  const limit = test.atMost?.[key] ?? (b > 0 ? test.ofViser?.[key] * b : Number.NaN);
  if (limit === undefined || Number.isNaN(limit)) return ["", ""];
  const target = test.atMost?.[key] === undefined ? `≤ ${test.ofViser[key]} of viser's` : `≤ ${limit}`;
  if (a <= limit) return [target, "met"];
  missed.push(`${test.name}: ${key}: ${text(a)}, want ${target}`);
  return [target, "MISSED"];
}

const wanted = cases.filter(({ name }) => names === "" || names.split("|").some((part) => name.includes(part)));
console.log("| case | what | viser-go | viser 1.1.1 | times better | target | |\n|---|---|---|---|---|---|---|");
for (const test of wanted) {
  const began = Date.now();
  const results = [];
  for (const column of Object.values(columns).slice(0, test.alone ? 1 : 2)) {
    const [program, url] = column(test);
    results.push(await measure(test, browser, program, url));
  }
  console.error(`${test.name}: ${Math.round((Date.now() - began) / 1000)} s`);
  const [a, b = {}] = results;
  for (const key of Object.keys(a)) {
    const ratio = a[key] > 0 && b[key] > 0 ? (b[key] / a[key]).toFixed(1) : "";
    console.log(`| ${[test.name, key, text(a[key]), text(b[key]), ratio, ...verdict(test, key, a[key], b[key])].join(" | ")} |`);
  }
}
await browser.close();
stock.close();
await Promise.all([go.close(), real.close()]);
console.log(`\nOthers used ${load} of the machine before, and ${await others()} after; above some percent, run it again.`);
for (const what of missed) console.log("MISSED:", what);
