/**
 * What a browser has to do for a scene: our page and viser's own one, on the same server, in the same run. Counts and
 * time of the main thread, without the drawing itself: the calls that draw are counted and left out, because without
 * a graphics card nothing else would be measured. See bench/README.md.
 *
 *   node bench/pages/run.mjs SERVER STOCK_PAGE_DIR [SECONDS]
 */
import { spawn } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../client/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [binary, stockDir, seconds = "8"] = process.argv.slice(2);
const window_ = Number(seconds) * 1000;

/** The program of main.go. */
class Program {
  #answers = [];
  constructor(origin) {
    this.child = spawn(binary, [origin], { stdio: ["pipe", "pipe", "inherit"] });
    this.url = new Promise((resolve, reject) => {
      this.child.once("exit", (code) => reject(new Error(`the server left with ${code}`)));
      createInterface({ input: this.child.stdout }).on("line", (line) => {
        if (line.startsWith("URL ")) resolve(line.slice(4));
        else this.#answers.shift()?.(line);
      });
    });
  }
  async do(command) {
    const line = await new Promise((resolve) => {
      this.#answers.push(resolve);
      this.child.stdin.write(`${command}\n`);
    });
    if (line !== "OK") throw new Error(`${command}: ${line}`);
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

/** Runs in the page before its scripts: counts, and leaves out what draws. */
function probe() {
  const counts = { draws: 0, frames: 0, allocations: 0, subBytes: 0, objects: 0, longTasks: 0, longest: 0, lastLong: 0 };
  window.benchCounts = counts;
  const wrap = (target, pattern, make) => {
    for (const name of Object.getOwnPropertyNames(target)) {
      const { value } = Object.getOwnPropertyDescriptor(target, name);
      if (typeof value === "function" && pattern.test(name)) target[name] = make(value);
    }
  };
  const left = () => () => {
    counts.draws++;
  };
  const before = (count) => (original) =>
    function (...args) {
      count(args);
      return original.apply(this, args);
    };
  const gl = WebGL2RenderingContext.prototype;
  wrap(gl, /^draw(Arrays|Elements|RangeElements)/, left);
  wrap(gl, /^(bufferData|texImage[23]D|texStorage[23]D)$/, before(() => counts.allocations++));
  wrap(gl, /^bufferSubData$/, before(([, , data]) => (counts.subBytes += data.byteLength ?? 0)));
  wrap(gl, /^create(Buffer|Texture|Program|VertexArray)$/, before(() => counts.objects++));
  wrap(gl, /^delete(Buffer|Texture|Program|VertexArray)$/, before(([object]) => object && counts.objects--));
  const getExtension = gl.getExtension;
  const seen = new WeakSet();
  gl.getExtension = function (...args) {
    const extension = getExtension.apply(this, args);
    const prototype = extension && Object.getPrototypeOf(extension);
    if (args[0] === "WEBGL_multi_draw" && prototype && !seen.has(prototype)) {
      seen.add(prototype);
      wrap(prototype, /^multiDraw/, left);
    }
    return extension;
  };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
      counts.longTasks++;
      counts.longest = Math.max(counts.longest, task.duration);
      counts.lastLong = task.startTime + task.duration;
    }
  }).observe({ type: "longtask" });
  let drawn = 0;
  const count = () => {
    if (counts.draws !== drawn) counts.frames++;
    drawn = counts.draws;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}

class Tab {
  static async open(browser, url) {
    const tab = new Tab();
    tab.context = await browser.newContext({ viewport: { width: 640, height: 480 } });
    tab.page = await tab.context.newPage();
    await tab.page.addInitScript(probe);
    tab.cdp = await tab.context.newCDPSession(tab.page);
    await tab.cdp.send("Performance.enable");
    await tab.page.goto(url);
    await tab.page.locator("canvas").first().waitFor();
    await tab.quiet(1500);
    return tab;
  }

  async state() {
    const { metrics } = await this.cdp.send("Performance.getMetrics");
    const of = (name) => metrics.find((m) => m.name === name).value;
    const counts = await this.page.evaluate(() => ({ ...window.benchCounts, now: performance.now() }));
    return { ...counts, script: of("ScriptDuration") * 1000, task: of("TaskDuration") * 1000, heap: of("JSHeapUsedSize") / 2 ** 20 };
  }

  /** Waits until the main thread has had nothing long to do for so many ms; gives up after a minute. */
  async quiet(ms) {
    const end = Date.now() + 60_000;
    for (;;) {
      const s = await this.state();
      if (s.now - s.lastLong > ms || Date.now() > end) return s;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** What happens while the page is left alone. */
  async during(ms) {
    const a = await this.state();
    await new Promise((resolve) => setTimeout(resolve, ms));
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
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = await tab.quiet(1000);
  return {
    "ms until nothing long is left to do": Math.max(0, after.lastLong - empty.now),
    "longest task, ms": after.longTasks > empty.longTasks ? after.longest : 0,
    "GPU objects": after.objects - empty.objects,
  };
}

async function removing(program, tab, before) {
  await program.do("clear");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await tab.quiet(1000);
  return { "GPU objects left behind": (await tab.state()).objects - before };
}

const cases = [
  ["1,000 boxes at 30 Hz", async (program, tab) => {
    const { objects } = await tab.state();
    await adding(program, tab, "boxes 1000");
    await program.do("move 30");
    const row = pick(await tab.during(window_), ...moving);
    await program.do("still");
    return { ...row, ...(await removing(program, tab, objects)) };
  }],
  ["10,000 boxes", async (program, tab) => {
    const { objects } = await tab.state();
    const added = await adding(program, tab, "boxes 10000");
    const idle = await tab.during(2000);
    await program.do("move 60");
    const row = pick(await tab.during(window_), ...moving, "heap growth, MB");
    await program.do("still");
    return {
      ...added,
      "idle: frames drawn a second": idle["frames drawn a second"],
      "idle: main thread busy, %": idle["main thread busy, %"],
      ...Object.fromEntries(Object.entries(row).map(([key, value]) => [`moved at 60 Hz: ${key}`, value])),
      ...(await removing(program, tab, objects)),
    };
  }],
  ["1,000,000 points set at 10 Hz", async (program, tab) => {
    await program.do("cloud 1000000");
    await tab.quiet(1500);
    await program.do("points 10");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const row = pick(
      await tab.during(window_), "frames drawn a second", "main thread busy, %", "long tasks", "buffers and textures given memory", "MB by bufferSubData a second", "heap growth, MB",
    );
    await program.do("clear");
    return row;
  }],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
  ],
});
const stock = await serve(stockDir);
const program = new Program(new URL(stock.url).origin);
const ours = await program.url;
const pages = {
  "viser-go": ours,
  "viser 1.1.1": `${stock.url}?websocket=${encodeURIComponent(ours.replace(/^http/, "ws"))}`,
};

console.log("| case | what | viser-go | viser 1.1.1 | ratio |\n|---|---|---|---|---|");
const text = (x) => (x === undefined ? "" : Number.isInteger(x) || x >= 100 ? x.toFixed(0) : x.toFixed(2));
for (const [name, run] of cases) {
  const results = {};
  for (const [page, url] of Object.entries(pages)) {
    const tab = await Tab.open(browser, url);
    try {
      await program.do("here");
      results[page] = await run(program, tab);
    } finally {
      await program.do("clear");
      await tab.close();
      await program.do("gone");
    }
  }
  const [a, b] = Object.values(results);
  for (const key of Object.keys(a)) {
    const ratio = a[key] > 0 && b[key] > 0 ? `${(b[key] / a[key]).toFixed(1)} x` : "";
    console.log(`| ${name} | ${key} | ${text(a[key])} | ${text(b[key])} | ${ratio} |`);
  }
}
await browser.close();
stock.close();
program.child.stdin.end();
