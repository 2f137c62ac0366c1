// Starts a program, opens its page, and takes its picture: one for each line of `pictures`. See make.sh.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, "../../client/package.json"));
const { chromium } = require("playwright-core");
const [bin, ...wanted] = process.argv.slice(2);

/** Controls inside the scene need a page that is wide enough to be no phone's. */
const exhibit = (name) => ({
  name,
  program: ["gallery", "-addr", "127.0.0.1:0", "-only", name],
  ...(name === "looking-volumes"
    ? { size: [720, 320], scale: 1 }
    : name === "gui3d"
      ? { size: [800, 560], scale: 0.75 }
      : { size: [400, 280], scale: 1.5 }),
  panel: false,
});
/** The command with a file of docs/pictures/files, or of examples. */
const view = (file, ...flags) => [
  "viser",
  "view",
  join(bin, "files", file),
  ...flags,
  "--port",
  "0",
];
/** Tools of the page, and where they are clicked. */
const MEASURED = [
  [
    "measure a distance",
    [
      [162, 285],
      [318, 285],
    ],
  ],
  [
    "measure an area",
    [
      [215, 320],
      [265, 320],
      [270, 365],
      [210, 365],
    ],
  ],
];
const wide = { size: [1280, 640], scale: 0.8 };
const pictures = [
  { name: "demo", program: ["viser", "demo", "--port", "0"], size: [1280, 800] },
  {
    name: "dark",
    program: ["viser", "demo", "--port", "0"],
    size: [1280, 800],
    query: "darkMode",
  },
  {
    name: "phone",
    program: ["viser", "demo", "--port", "0"],
    size: [390, 844],
  },
  {
    name: "tools",
    program: ["gallery", "-addr", "127.0.0.1:0", "-only", "solids"],
    size: [1200, 860],
    tools: "box",
  },
  {
    name: "slow",
    program: ["viser", "demo", "--port", "0"],
    size: [1000, 860],
    prepare: async (page) => {
      await page.getByRole("button", { name: "Scene and tools" }).click();
      await page.getByText("Why is it slow?").click();
      await page.getByText("Heaviest nodes").waitFor();
      await page
        .locator("details", { hasText: "Why is it slow?" })
        .evaluate((e) => e.scrollIntoView({ block: "end" }));
    },
  },
  {
    name: "reconnecting",
    program: ["viser", "demo", "--port", "0"],
    size: [1000, 400],
    prepare: async (_page, child) => child.kill("SIGKILL"),
  },
  {
    name: "relay",
    program: ["table", "-addr", "127.0.0.1:0"],
    relayed: true,
    size: [1000, 620],
    prepare: async (page, child) => {
      child.kill("SIGKILL");
      await page.getByText("The program is away").waitFor();
    },
  },
  {
    name: "gallery",
    program: ["gallery", "-addr", "127.0.0.1:0"],
    size: [1280, 800],
    panel: false,
  },
  { name: "gui", program: ["gui", "-addr", "127.0.0.1:0"], size: [900, 760] },
  { name: "panels", program: ["panels", "-addr", "127.0.0.1:0"], size: [1280, 800] },
  { name: "widgets", program: ["widgets", "-addr", "127.0.0.1:0"], size: [900, 1100] },
  { name: "plots", program: ["plots", "-addr", "127.0.0.1:0"], size: [900, 760] },
  { name: "upload", program: ["upload", "-addr", "127.0.0.1:0"], size: [900, 400] },
  { name: "table", program: ["table", "-addr", "127.0.0.1:0"], size: [900, 760] },
  {
    name: "looking-scalars",
    program: ["gallery", "-addr", "127.0.0.1:0", "-only", "scalars"],
    size: [800, 480],
    panel: false,
  },
  {
    name: "looking-palette",
    program: ["viser", "demo", "--port", "0"],
    size: [1000, 620],
    prepare: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search commands" }).fill("view");
      await page.getByRole("option", { name: /View from above/ }).waitFor();
    },
  },
  {
    name: "looking-selection",
    program: ["viser", "demo", "--port", "0"],
    size: [1000, 620],
    prepare: (page) =>
      page.evaluate(() => window.viserPage.scene.select(["/bunny", "/points", "/camera"])),
  },
  {
    name: "looking-views",
    program: ["viser", "demo", "--port", "0"],
    size: [1000, 620],
    panel: false,
    prepare: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search commands" }).fill("four views");
      await page.keyboard.press("Enter");
      await page.getByRole("separator").first().waitFor();
      await page.waitForTimeout(1000); // drawn
    },
  },
  {
    name: "looking-measure",
    program: view("several/jar.obj"),
    size: [800, 480],
    prepare: async (page) => {
      const tool = async (name) => {
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox", { name: "Search commands" }).fill(name);
        await page.keyboard.press("Enter");
        await page.locator(".viser-measure-card").waitFor();
        await page.waitForTimeout(300); // the palette has gone
      };
      for (const [name, points] of MEASURED) {
        await tool(name);
        for (const at of points) await page.mouse.click(...at);
      }
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "looking-picture",
    program: ["viser", "demo", "--port", "0"],
    size: [1000, 620],
    prepare: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search commands" }).fill("save a picture");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Save a picture" }).waitFor();
    },
  },
  {
    name: "embed",
    program: ["embed", "-addr", "127.0.0.1:0"],
    size: [900, 620],
    open: async (page, url) => {
      await page.goto(url);
      await page.getByText(/^[1-9].* of 8/).waitFor(); // the recording plays
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "To 2.5 s" }).click();
    },
  },
  {
    name: "playback",
    program: ["embed", "-addr", "127.0.0.1:0"],
    size: [1000, 560],
    open: async (page, url) => {
      await page.goto(url);
      const player = new URL(await page.locator("iframe").getAttribute("src"));
      player.searchParams.delete("controlOrigin");
      await page.goto(player.href);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("slider", { name: "Time" }).press("Home");
      for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
      const rail = await page.locator(".vg-rail").boundingBox();
      await page.mouse.move(rail.x + rail.width * 0.7, rail.y);
    },
  },
  {
    name: "past",
    program: ["rewind", "-addr", "127.0.0.1:0", "-live"],
    size: [1000, 560],
    prepare: async (page) => {
      await page.waitForTimeout(12_000); // that there is a past
      const rail = await page.locator(".vg-rail").boundingBox();
      await page.mouse.click(rail.x + rail.width * 0.4, rail.y);
      await page.mouse.move(rail.x + rail.width * 0.7, rail.y);
    },
  },
  { name: "files-mesh", program: view("several/jar.obj"), ...wide },
  { name: "files-cloud", program: view("survey/survey.las", "--color-by", "intensity"), ...wide },
  {
    name: "looking-plain",
    program: view("survey/survey.las"),
    size: [640, 480],
    panel: false,
  },
  {
    name: "looking-looks",
    program: view("survey/survey.las"),
    size: [640, 480],
    panel: false,
    query: "looks=eye_dome,adaptive_points",
  },
  { name: "files-splats", program: view("splats/bunny.spz", "--up=-y"), ...wide },
  {
    name: "files-robot",
    program: view("several/arm.urdf"),
    ...wide,
    prepare: async (page) => {
      for (const [joint, value] of [
        ["shoulder", "-0.5"],
        ["elbow", "-1.1"],
        ["grip", "0.05"],
      ]) {
        const number = page.getByRole("spinbutton", { name: joint });
        await number.fill(value);
        await number.press("Enter");
        await number.blur();
      }
    },
  },
  {
    name: "files-colmap",
    program: view("garden"),
    ...wide,
    prepare: async (page) => {
      await page.mouse.move(560, 320);
      for (let i = 0; i < 2; i++) await page.mouse.wheel(0, -100);
      await page.mouse.move(20, 20);
    },
  },
  { name: "files-several", program: view("several", "--grid", "--color-by", "along"), ...wide },
  { name: "client", program: ["clients", "-addr", "127.0.0.1:0"], size: [1000, 640] },
];

/** The names of the gallery's exhibits, as the gallery lists them. */
async function exhibits() {
  const child = spawn(join(bin, "gallery"), ["-list"], { stdio: ["ignore", "pipe", "inherit"] });
  const names = [];
  for await (const line of createInterface({ input: child.stdout })) names.push(line.trim());
  return names;
}

async function start([program, ...args]) {
  const child = spawn(join(bin, program), args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { child, url };
  }
  throw new Error(`${program} says no address`);
}

async function open(page, url) {
  await page.goto(url);
  await page.waitForFunction(() => {
    const state = window.viserPage?.session.connection.get();
    return state?.kind === "live" && state.replaying === false;
  });
}

async function take(browser, p) {
  const { child, url: own } = await start(p.program);
  const relay = p.relayed && (await start(["viser", "relay", own, "--port", "0"]));
  const url = relay ? relay.url : own;
  const page = await browser.newPage({
    viewport: { width: p.size[0], height: p.size[1] },
    deviceScaleFactor: p.scale ?? 1,
  });
  // The notice about drawing in software, of this machine's browser, counts as told.
  await page.addInitScript(() => localStorage.setItem("viser-go.software-rendering-told", "1"));
  try {
    await (p.open ?? open)(page, p.query ? `${url}?${p.query}` : url);
    if (p.tools) {
      // A program without controls shows them at once.
      const closed = page.getByRole("button", { name: "Scene and tools" });
      if (await closed.isVisible()) await closed.click();
      await page.getByRole("searchbox", { name: "Find nodes" }).fill(p.tools);
      await page.getByRole("treeitem", { name: /^box/ }).locator(".vg-tree-pencil").click();
    }
    await p.prepare?.(page, child);
    if (p.panel === false) {
      await page.addStyleTag({
        content: "#gui, .viser-gui, .viser-corner, .viser-gizmo { display: none !important }",
      });
    }
    await page.waitForTimeout(3000); // pictures inside the scene, and labels, come a little later
    await page.screenshot({ path: join(here, `${p.name}.png`) });
    console.log(`${p.name}.png`);
  } finally {
    await page.close();
    child.kill("SIGINT");
    if (relay) relay.child.kill("SIGINT");
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
  ],
});
try {
  for (const p of [...pictures, ...(await exhibits()).map(exhibit)]) {
    if (wanted.length === 0 || wanted.includes(p.name)) await take(browser, p);
  }
} finally {
  await browser.close();
}
