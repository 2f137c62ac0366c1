/** Looks: what each changes in the picture, who decides about it, and that colors are what the program has set. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadAxe, nothingSerious } from "./axe";
import {
  caughtUp,
  expect,
  idles,
  open,
  type Page,
  revisit,
  runAction,
  test,
  timersRun,
} from "./harness";
import { clientDir } from "./paths";
import { Pixels, sceneShot, settledShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

/** Pixels of a scene unit in the plane at that y; the camera is at y = -6. */
const unitAt = (y: number) => 200 / ((y + 6) * Math.tan((75 * Math.PI) / 360));
/** Half the side of the front of the boxes in "inside" and "label". */
const FRONT = unitAt(-1);

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("studio");
});

const shown = (page: Page) => page.evaluate(() => [...window.viserPage!.scene!.looks.get()]);

/** The scene when the page has drawn all that it knows. */
async function shot(page: Page): Promise<Buffer> {
  await caughtUp(page, server);
  await timersRun(page);
  return settledShot(page);
}

const picture = async (page: Page) => Pixels.of(page, await shot(page));

/** Opens the page with that scene. */
async function show(page: Page, scene: string, query = ""): Promise<void> {
  await server.command(`show ${scene}`);
  await open(page, server, query);
}

/** Sets the program's looks and waits until the page draws with them: the code of the first one is loaded. */
async function setLooks(page: Page, ...names: string[]): Promise<void> {
  const before = await shot(page);
  await server.command(`look ${names.join(" ")}`);
  await expect.poll(async () => (await shot(page)).equals(before)).toBe(false);
}

/** Switches a look by the palette. */
async function toggle(page: Page, label: string): Promise<void> {
  const before = await shown(page);
  await runAction(page, label);
  await expect.poll(() => shown(page)).not.toEqual(before);
}

/** The darkest pixel around one: a line is not exactly where it is computed to be. */
function darkest(p: Pixels, x: number, y: number): number {
  const near = [-2, -1, 0, 1].flatMap((dx) => [-2, -1, 0, 1].map((dy) => [dx, dy] as const));
  return Math.min(...near.map(([dx, dy]) => p.gray(Math.floor(x) + dx, Math.floor(y) + dy)));
}

/** Points along the sides of the front of a box. */
const SIDES = [-0.9, -0.6, 0.3, 0.7].flatMap((k) =>
  [
    [k, 1],
    [k, -1],
    [1, k],
    [-1, k],
  ].map(([x, z]) => [400 + x! * FRONT, 200 - z! * FRONT] as const),
);
/** In the front of a box, beside its diagonals. */
const INSIDE = [
  [400, 175],
  [375, 200],
  [425, 200],
] as const;

function expectSame(a: Pixels, b: Pixels, places: readonly (readonly [number, number])[]): void {
  for (const [x, y] of places) expect(b.at(x, y), `at ${x}, ${y}`).toEqual(a.at(x, y));
}

const everywhere = (left: number, top: number, right: number, bottom: number) => {
  const places: [number, number][] = [];
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) places.push([x, y]);
  return places;
};

const isPink = ([r, g, b]: number[]) => r! > g! + 80 && r! > b!;
const isBlue = ([r, g, b]: number[]) => b! > r! + 20 && b! > g! + 20;
const isRed = ([r, g, b]: number[]) => r! > g! + 50 && r! > b! + 50;

/** Whether the blue ball in the box of "inside" is seen, wherever the middle of the view is. */
async function coreSeen(page: Page): Promise<boolean> {
  const { width, height } = page.viewportSize()!;
  const p = await Pixels.of(page, await sceneShot(page));
  return everywhere(0, 0, width - 1, height - 1).filter((at) => isBlue(p.at(...at))).length > 200;
}

const expectCore = (page: Page, seen: boolean) =>
  expect.poll(() => coreSeen(page), { message: `the core is seen: ${seen}` }).toBe(seen);

interface Claim {
  label: string;
  name: string;
  scene: string;
  /** What the look changes, and what it leaves. */
  holds(plain: Pixels, looked: Pixels): void;
}

const CLAIMS: Claim[] = [
  {
    label: "Eye-dome lighting",
    name: "eye_dome",
    scene: "cloud",
    holds(plain, looked) {
      // The left half is nearer: the right one is dark beside it.
      for (const y of [170, 200, 230]) {
        const [before, after] = [plain, looked].map((p) => p.gray(401, y));
        expect(after!).toBeLessThan(0.5 * before!);
      }
      expectSame(plain, looked, everywhere(340, 180, 398, 220));
      expectSame(plain, looked, everywhere(405, 180, 440, 220));
    },
  },
  {
    label: "Adaptive point size",
    name: "adaptive_points",
    scene: "sparse",
    holds(plain, looked) {
      const near = everywhere(345, 150, 390, 250);
      const filled = (p: Pixels) => near.filter((at) => isRed(p.at(...at))).length / near.length;
      expect(filled(plain)).toBeLessThan(0.1);
      expect(filled(looked)).toBeGreaterThan(0.95);
    },
  },
  {
    label: "Studio light",
    name: "studio",
    scene: "corner",
    holds(plain, looked) {
      // The side of the box far above the floor, and close to it.
      const [above, close] = [plain.gray(410, 205), plain.gray(410, 242)];
      expect(Math.abs(above - close)).toBeLessThan(2);
      expect(looked.gray(410, 242)).toBeLessThan(0.92 * looked.gray(410, 205));
      // Light comes from all around, and the open floor gets more of it.
      expect(looked.gray(410, 262)).toBeGreaterThan(plain.gray(410, 262) + 2);
    },
  },
  {
    label: "Edges of meshes",
    name: "edges",
    scene: "inside",
    holds(plain, looked) {
      const face = plain.gray(...INSIDE[0]);
      for (const at of SIDES) {
        expect(darkest(plain, ...at)).toBeGreaterThan(0.95 * face);
        expect(darkest(looked, ...at), `${at}`).toBeLessThan(0.85 * face);
      }
      // Also where its two triangles meet.
      expectSame(plain, looked, everywhere(360, 160, 440, 240));
    },
  },
  {
    label: "Wireframe",
    name: "wireframe",
    scene: "inside",
    holds(plain, looked) {
      const face = plain.gray(...INSIDE[0]);
      for (const k of [-0.7, -0.4, 0.2, 0.6]) {
        const at = [400 + k * FRONT, 200 - k * FRONT] as const;
        expect(darkest(looked, ...at), `${at}`).toBeLessThan(0.85 * face);
      }
      for (const at of SIDES) expect(darkest(looked, ...at), `${at}`).toBeLessThan(0.9 * face);
      expectSame(plain, looked, INSIDE);
    },
  },
  {
    label: "Back faces",
    name: "back_faces",
    scene: "flipped",
    holds(plain, looked) {
      const back = everywhere(380, 180, 420, 220);
      expect(back.every((at) => isBlue(plain.at(...at)))).toBe(true);
      expect(back.every((at) => isPink(looked.at(...at)))).toBe(true);
      const x = Math.round(400 - 3 * unitAt(0));
      expect(plain.at(x, 200)[1]).toBeGreaterThan(100);
      expectSame(plain, looked, everywhere(x - 20, 180, x + 20, 220));
    },
  },
  {
    label: "X-ray",
    name: "x_ray",
    scene: "inside",
    holds(plain, looked) {
      const core = everywhere(390, 190, 410, 210);
      expect(core.some((at) => isBlue(plain.at(...at)))).toBe(false);
      expect(core.every((at) => isBlue(looked.at(...at)))).toBe(true);
      // Beside it the white background is seen through the box.
      expect(looked.gray(355, 160)).toBeGreaterThan(plain.gray(355, 160) + 40);
    },
  },
  {
    label: "Silhouettes",
    name: "silhouettes",
    scene: "label",
    holds(plain, looked) {
      for (const x of [370, 400, 440]) {
        expect(darkest(plain, x, 200 - FRONT)).toBeGreaterThan(70);
        expect(darkest(looked, x, 200 - FRONT)).toBeLessThan(40);
      }
      expectSame(plain, looked, everywhere(370, 155, 430, 245));
      // The wall behind it has no line.
      expectSame(plain, looked, everywhere(300, 100, 500, 140));
    },
  },
];

/** Switches each on and off; the page is loaded once for all of them. */
function changes(what: string, names: readonly string[]): void {
  test(`${what}: the picture changes as each says, is not drawn while idle, and returns`, async ({
    page,
    gl,
    shoot,
  }) => {
    await show(page, "nothing");
    for (const { label, name, scene, holds } of CLAIMS.filter((c) => names.includes(c.name))) {
      await test.step(label, async () => {
        await server.command(`show ${scene}`);
        const plain = await shot(page);
        await toggle(page, label);
        expect(await shown(page)).toEqual([name]);
        const looked = await shot(page);
        holds(await Pixels.of(page, plain), await Pixels.of(page, looked));
        await idles(gl, 300);
        await shoot(`studio-${name}`);
        await toggle(page, label);
        expect((await shot(page)).equals(plain), "as before").toBe(true);
      });
    }
  });
}

changes("clouds", ["eye_dome", "adaptive_points"]);
changes("lines", ["edges", "wireframe"]);
changes("glass and outlines", ["x_ray", "silhouettes"]);
changes("light and back sides", ["studio", "back_faces"]);

test("looks that read depths leave labels and splats as they are", async ({ page }) => {
  await show(page, "label");
  const plain = await picture(page);
  // Studio light takes the same way, and seconds to begin without a graphics card.
  await setLooks(page, "eye_dome", "silhouettes");
  const looked = await picture(page);
  const label = Math.round(400 + unitAt(-1.2));
  expect(plain.gray(label, 200)).toBeLessThan(60);
  expectSame(plain, looked, everywhere(label - 10, 195, label + 10, 205));
  const splat = [Math.floor(400 - unitAt(-1.2)), 200] as const;
  expect(isBlue(plain.at(...splat))).toBe(true);
  expectSame(plain, looked, [splat]);
});

test("choices are remembered until the program sets a look", async ({ page, gl }) => {
  await show(page, "inside");
  const plain = await shot(page);
  await toggle(page, "Edges of meshes");
  await toggle(page, "X-ray");
  const chosen = await shot(page);
  await revisit(page, server);
  expect(await shown(page)).toEqual(["edges", "x_ray"]);
  await expect.poll(async () => (await shot(page)).equals(chosen)).toBe(true);
  await idles(gl, 300);

  await setLooks(page, "wireframe");
  expect(await shown(page)).toEqual(["wireframe"]);
  // Also against the program's.
  await toggle(page, "Wireframe");
  await revisit(page, server);
  expect(await shown(page)).toEqual([]);
  expect((await shot(page)).equals(plain)).toBe(true);
});

test("the address names looks, and garbage in it or in the storage is ignored", async ({
  page,
}) => {
  await show(page, "inside");
  const plain = await shot(page);
  const garbage = ["", "%00,%FF%C3,%3Cscript%3E,__proto__,constructor,EDGES", ",".repeat(3000)];
  for (const names of garbage) {
    await open(page, server, `?looks=${names}`);
    expect(await shown(page)).toEqual([]);
    expect((await shot(page)).equals(plain), names).toBe(true);
  }
  await open(page, server, "?looks=nothing,x_ray,__proto__,x_ray");
  expect(await shown(page)).toEqual(["x_ray"]);
  await expectCore(page, true);

  for (const saved of ["{", '{"program":"","on":{"edges":"yes","__proto__":true}}']) {
    await page.evaluate((text) => localStorage.setItem("viser-go.looks", text), saved);
    await open(page, server);
    expect(await shown(page)).toEqual([]);
  }
  await toggle(page, "X-ray");
  await expectCore(page, true);
});

test("pictures for the program have its looks only", async ({ page }) => {
  const path = join(clientDir, "test-results", "studio-render.png");
  const compare = () =>
    server.ask<{ Mean: number; Far: number }>(
      `render ${JSON.stringify({
        ...{ Width: 800, Height: 400, Format: "jpeg", Compare: path },
        Clip: { Min: { X: 300, Y: 100 }, Max: { X: 500, Y: 300 } },
      })}`,
    );
  await show(page, "inside");
  await setLooks(page, "edges");
  await writeFile(path, await shot(page));
  const own = await compare();
  expect(own.Far).toBeLessThan(0.01);

  for (const label of ["X-ray", "Studio light", "Edges of meshes"]) {
    await toggle(page, label);
    const chosen = await shot(page);
    expect(await compare(), label).toEqual(own);
    expect((await shot(page)).equals(chosen), "the page stays as it is").toBe(true);
  }
  // That would be seen.
  await writeFile(path, await shot(page));
  expect((await compare()).Far).toBeGreaterThan(0.1);
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  const phone = width < 500;
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height }, hasTouch: phone, isMobile: phone });

    test("axe finds nothing about looks, and they are switched by hand", async ({
      page,
      shoot,
    }) => {
      const xray = page.getByRole("checkbox", { name: "X-ray" });
      const press = () => (phone ? xray.tap() : xray.click());
      for (const scheme of ["light", "dark"]) {
        await show(page, "inside", scheme === "dark" ? "?darkMode" : "");
        // Without controls of the program the tools are shown at first.
        await press();
        await expect(xray).toBeChecked();
        await expectCore(page, true);
        await loadAxe(page);
        await nothingSerious(page, `tools, ${scheme}`);
        await shoot(`studio-${scheme}-${width}`);

        await page.keyboard.press("Control+k");
        const search = page.getByRole("combobox", { name: "Search commands" });
        await search.fill("edges");
        await expect(page.getByRole("option", { name: /Edges of meshes/ })).toBeVisible();
        await nothingSerious(page, `palette, ${scheme}`);
        await page.keyboard.press("Escape");
        await expect(search).toHaveCount(0);
        await press();
        await expectCore(page, false);
      }
    });
  });
}

/** The colors at the 256 places of the scenes of tints. */
async function tints(page: Page): Promise<number[][]> {
  const p = await picture(page);
  return Array.from({ length: 256 }, (_, i) => {
    const x = 400 + ((i % 16) - 7.5) * 0.24 * unitAt(0);
    const y = 200 + (Math.floor(i / 16) - 7.5) * 0.24 * unitAt(0);
    return p.at(Math.floor(x), Math.floor(y));
  });
}

test("colors of what has no light are exact, with tone mapping and looks too", async ({ page }) => {
  const exact = Array.from({ length: 256 }, (_, i) => [i, 255 - i, (7 * i) % 256]);
  await show(page, "inside", "?looks=edges,wireframe,x_ray");
  await server.command("filmic");
  await expectCore(page, true);
  for (const kind of ["points", "lines", "PNG", "large PNG"]) {
    await server.command(`show tints ${kind}`);
    await expect.poll(() => tints(page), kind).toEqual(exact);
  }
  // Opaque images are sent as JPEGs by default, whose colors are near.
  await server.command("show tints image");
  const off = async () =>
    Math.max(
      ...(await tints(page)).flatMap((c, i) => c.map((v, k) => Math.abs(v - exact[i]![k]!))),
    );
  await expect.poll(off).toBeLessThanOrEqual(4);
});

test("a splat has its color in the middle, and fades as it should", async ({ page }) => {
  await show(page, "splats");
  const p = await picture(page);
  const colors = [
    [0, 0, 214],
    [40, 128, 1],
    [254, 3, 77],
    [100, 200, 33],
  ];
  for (const [i, color] of colors.entries()) {
    const side = 2 * i - 3;
    const center = 400 + side * unitAt(0);
    expect(p.at(Math.floor(center), 200)).toEqual(color);
    const x = Math.floor(center) + 10;
    // Its variance is 0.04, more beside the middle of a perspective; and 0.3 square pixels of blur.
    const variance = 0.04 * (1 + (side / 6) ** 2) * unitAt(0) ** 2 + 0.3;
    const alpha = Math.exp(-((x + 0.5 - center) ** 2) / 2 / variance);
    for (const [k, c] of p.at(x, 200).entries()) {
      expect(Math.abs(c - (color[k]! * alpha + 255 * (1 - alpha)))).toBeLessThan(3);
    }
  }
});
