/**
 * What "viser view" and a robot take with a page: until the first picture of a million points, and a share of a core.
 * See bench/README.md.
 *
 *   node bench/files/page.mjs BIN_DIR PYTHON DIR
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launch, median, probe, sleep } from "../pages/probe.mjs";

const require = createRequire(new URL("../../client/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [bin, python, dir] = process.argv.slice(2);
const POINTS = 1_000_000;
const PICTURES = 7;
const ROBOT_SECONDS = 10;

/** A program that prints the URL of its page. */
class Program {
  constructor(command, ...args) {
    this.began = Date.now();
    this.lines = [];
    this.child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.ended = new Promise((resolve) => this.child.once("close", resolve));
    this.url = new Promise((resolve, reject) => {
      this.child.once("exit", (code, signal) => reject(new Error(`${command} left with ${code ?? signal}`)));
      createInterface({ input: this.child.stdout }).on("line", (line) => {
        this.lines.push(line);
        const found = /http:\S+/.exec(line);
        if (!found) return;
        this.listens ??= Date.now();
        resolve(found[0]);
      });
    });
  }

  /** Its processor time, in seconds. */
  used() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, "utf8").split(") ").pop().split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async end(signal) {
    if (signal) this.child.kill(signal);
    else this.child.stdin.end();
    await this.ended;
  }
}

async function open(browser, drawing) {
  const context = await browser.newContext({ viewport: launch.viewport });
  const page = await context.newPage();
  await page.addInitScript(probe, drawing);
  return { context, page };
}

/** From the start of the program to the picture, in a browser that runs already, as that of a person does. */
async function firstPicture(browser, drawing) {
  const { context, page } = await open(browser, drawing);
  await page.addInitScript((wanted) => Object.assign(window.benchCounts, { wanted }), POINTS);
  const program = new Program(join(bin, "viser"), "view", "--port", "0", join(dir, "million.ply"));
  try {
    await page.goto(await program.url);
    const at = await (await page.waitForFunction(() => window.benchCounts.visible, null, { timeout: 60_000, polling: 20 })).jsonValue();
    return { all: at - program.began, listens: program.listens - program.began, used: 1000 * program.used() };
  } finally {
    await context.close();
    await program.end("SIGINT");
  }
}

async function pictures(browser, drawing) {
  const all = [];
  for (let i = 0; i < PICTURES; i++) all.push(await firstPicture(browser, drawing));
  return (key) => median(all.map((one) => one[key]));
}

/** The share of a core of a program that moves the joints of a robot, and the frames that its page draws a second. */
async function robot(browser, command, ...args) {
  const program = new Program(command, ...args, join(dir, "chain.urdf"));
  const { context, page } = await open(browser, false);
  try {
    await page.goto(await program.url);
    await page.waitForFunction(() => window.benchCounts.frames > 30, null, { timeout: 60_000 });
    await sleep(2000);
    const frames = await page.evaluate(() => window.benchCounts.frames);
    const [before, began] = [program.used(), Date.now()];
    await sleep(1000 * ROBOT_SECONDS);
    const seconds = (Date.now() - began) / 1000;
    const share = (100 * (program.used() - before)) / seconds;
    const drawn = ((await page.evaluate(() => window.benchCounts.frames)) - frames) / seconds;
    await program.end();
    const steps = Number(/STEPS (.*)/.exec(program.lines.join("\n"))?.[1]);
    if (!(steps > 0) || !(drawn > 1)) throw new Error(`${command}: ${steps} steps a second, ${drawn} frames`);
    return { share, steps, drawn };
  } finally {
    await context.close();
    program.child.kill();
  }
}

const missed = [];
function row(what, value, unit, most) {
  const verdict = most === undefined ? "" : value <= most ? "met" : "MISSED";
  if (verdict === "MISSED") missed.push(`${what}: ${value.toFixed(1)} ${unit}, want ≤ ${most}`);
  console.log(`| ${what} | ${value.toFixed(unit === "ms" ? 0 : 1)} ${unit} | ${most === undefined ? "" : `≤ ${most} ${unit}`} | ${verdict} |`);
}

const browser = await chromium.launch(launch);
console.log("\n| with a page | | target | |\n|---|---|---|---|");
const drawn = await pictures(browser, true);
const name = '"viser view" of a PLY file of 1 M points: ';
row(`${name}start to first picture, drawn in software`, drawn("all"), "ms", 1500);
row(`${name}start to listening`, drawn("listens"), "ms");
row(`${name}processor time of the program until then`, drawn("used"), "ms");
row(`${name}start to the draw call, without the drawing`, (await pictures(browser, false))("all"), "ms");
for (const [reader, most, ...command] of [
  ["viser-go", 2, join(bin, "files"), "robot"],
  ["viser 1.1.1", undefined, python, fileURLToPath(new URL("robot.py", import.meta.url))],
]) {
  const { share, steps, drawn } = await robot(browser, ...command);
  row(`robot of 30 links at 60 Hz, ${reader}: ${steps.toFixed(0)} steps and ${drawn.toFixed(0)} frames a second; of a core`, share, "%", most);
}
await browser.close();
for (const what of missed) console.log("MISSED:", what);
