/** Gaussian splats: appearance, order, clicks and freed resources. */
import { join } from "node:path";
import { caughtUp, expect, idles, look, open, type Page, revisit, settled, test } from "./harness";
import { clientDir } from "./paths";
import { expectPatch, expectSeen, find, rimPixels, sceneShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("splats");
  await open(page, server);
});

/** Pixels of one unit in the plane y = 0, seen from 4 away with a field of view of 75 degrees. */
const UNIT = 200 / 4 / Math.tan((75 * Math.PI) / 360);
/** Distance from the center, in standard deviations, up to which the colors over white are recognized. */
const CLEAR = 1.25;

/** Where the clear part of an ellipse with those standard deviations is. */
function ellipse(x: number, z: number, across: number, up: number) {
  return {
    left: 400 + (x - across * CLEAR) * UNIT,
    top: 200 - (z + up * CLEAR) * UNIT,
    width: 2 * across * CLEAR * UNIT,
    height: 2 * up * CLEAR * UNIT,
  };
}

/** The test server's colors. */
const primary = (hue: "red" | "green") => (hue === "red" ? [220, 0, 0] : [0, 200, 0]);

const clickAt = (page: Page, x: number, z: number) =>
  page.mouse.click(400 + x * UNIT, 200 - z * UNIT);

test("centers, covariances and colors, and changes of each", async ({ page, shoot }) => {
  await server.command("row");
  await expectPatch(page, "red", ellipse(-1.5, 0, 0.3, 0.3), 6);
  await expectPatch(page, "green", ellipse(0, 0, 0.3, 0.3), 6);
  await expectPatch(page, "blue", ellipse(1.5, 0, 0.3, 0.3), 6);
  await shoot("splats-row");
  await server.command("row-long");
  await expectPatch(page, "green", ellipse(0, 0, 0.5, 0.1), 6);
  await server.command("row-move");
  await expectPatch(page, "red", { top: ellipse(-1.5, 1, 0.3, 0.3).top }, 8);
  await server.command("row-clear");
  await expectSeen(page, "green", false);
  await server.command("row-fewer");
  await expectSeen(page, "blue", false);
  await expectSeen(page, "red");
  await server.command("row-none");
  await expectSeen(page, "red", false);
  await server.command("row-more");
  await expectPatch(page, "blue", ellipse(1.5, 0, 0.3, 0.3), 6);
});

test("partial updates: a range, more, and fewer", async ({ page }) => {
  await server.command("row");
  await expectSeen(page, "green");
  await server.command("row-range");
  await expectSeen(page, "green", false);
  await server.command("row-append");
  await expectPatch(page, "green", ellipse(0, 1.2, 0.3, 0.3), 6);
  await clickAt(page, 0, 1.2);
  await server.event(/^\/row 3$/);
  await server.command("row-cut");
  await expectSeen(page, "green", false);
  await expectPatch(page, "red", ellipse(-1.5, 0, 0.3, 0.3), 6);
});

test("pose, scale and visibility of the node", async ({ page }) => {
  await server.command("row");
  await server.command("row-turn");
  await expectPatch(page, "red", ellipse(1.5, 0, 0.3, 0.3), 6);
  await server.command("row-scale");
  await expectPatch(page, "red", ellipse(0.75, 0, 0.15, 0.6), 6);
  await server.command("row-hide");
  await expectSeen(page, "red", false);
  await server.command("row-show");
  await expectSeen(page, "red");
  // A page that connects later shows the same.
  await page.reload();
  await expectPatch(page, "red", ellipse(0.75, 0, 0.15, 0.6), 6);
});

test("clicks on splats, and beside them", async ({ page }) => {
  await server.command("row");
  await expectSeen(page, "blue");
  for (const [i, x] of [-1.5, 0, 1.5].entries()) {
    await clickAt(page, x, 0.3);
    await server.event(new RegExp(`^/row ${i}$`));
  }
  await clickAt(page, 0.75, 0);
  await server.command("pair");
  await expectSeen(page, "red");
  await clickAt(page, 0, 0.4);
  await server.event(/^\/red/);
  expect(server.events.filter((e) => e.startsWith("/row"))).toHaveLength(3);
});

test("the rim is around the splat under the pointer, and follows it", async ({ page, shoot }) => {
  await server.command("row");
  await expectSeen(page, "blue");
  const around = (x: number) => ({ x: 400 + x * UNIT - 30, y: 0, width: 60, height: 400 });
  const rims = async () => {
    const all = [];
    for (const x of [-1.5, 0, 1.5]) all.push((await rimPixels(page, around(x))) > 40);
    return all;
  };
  expect(await rims()).toEqual([false, false, false]);
  await page.mouse.move(400, 200 - 0.3 * UNIT);
  await expect.poll(rims).toEqual([false, true, false]);
  await shoot("splats-rim");
  // Its middle is as clear as that of the others.
  const { mean } = await look(page, { x: 398, y: 198, width: 4, height: 4 });
  expect(Math.max(...primary("green").map((v, k) => Math.abs(v - mean[k]!)))).toBeLessThan(2);
  await server.command("row-move");
  await page.mouse.move(400 - 1.5 * UNIT, 200 - UNIT);
  await expect.poll(rims).toEqual([true, false, false]);
  // Away from under the pointer.
  await server.command("row-turn");
  await expect.poll(rims).toEqual([false, false, false]);
});

test("near splats occlude far ones, of several nodes and as they move", async ({ page }) => {
  await server.command("pair");
  await expectSeen(page, "red");
  const middle = () => look(page, { x: 398, y: 198, width: 4, height: 4 });
  expect((await middle()).mean).toEqual(primary("red"));
  await server.command("pair-swap");
  await expect.poll(async () => (await middle()).mean).toEqual(primary("green"));
});

test("a node between two splats of another", async ({ page, shoot }) => {
  await server.command("sandwich");
  // From the front red is first, from the back blue: green is never.
  await expectSeen(page, "red");
  const seenFrom = (Position: number[], WXYZ?: Record<string, number>) =>
    server.ask<{ Middle: number[] }>(
      `render ${JSON.stringify({ Format: "png", Width: 80, Height: 60, Position, WXYZ })}`,
    );
  const front = await seenFrom([0, -4, 0]);
  expect(front.Middle[0]).toBeGreaterThan(190);
  expect(front.Middle[1]).toBeLessThan(30);
  const round = { W: 0, X: 0, Y: -Math.SQRT1_2, Z: Math.SQRT1_2 };
  const back = await seenFrom([0, 6, 0], round);
  expect(back.Middle[2]).toBeGreaterThan(190);
  expect(back.Middle[1]).toBeLessThan(30);
  expect(back.Middle[3]).toBe(255);
  // The page keeps its own order.
  await expectSeen(page, "red");
  await shoot("splats-sandwich");
});

test("solids occlude splats behind them, and are visible through those in front", async ({
  page,
}) => {
  await server.command("pair");
  await server.command("box -1.5");
  await expectPatch(page, "blue", { width: UNIT * (4 / 2.45) }, 4);
  await server.command("box 2");
  await expect.poll(async () => (await find(page, "blue")).pixels).toBeLessThan(50);
});

test("a rendered picture equals what the page shows", async ({ page }) => {
  await server.command("quiet 400");
  await expect.poll(async () => (await find(page, "green")).pixels).toBeGreaterThan(500);
  const path = join(clientDir, "test-results", "splats-compare.png");
  await sceneShot(page, path);
  const whole = { Min: { X: 0, Y: 0 }, Max: { X: 800, Y: 400 } };
  const shot = { Width: 800, Height: 400, Format: "jpeg", Compare: path, Clip: whole };
  const same = await server.ask<{ Mean: number; Far: number }>(`render ${JSON.stringify(shot)}`);
  expect(same.Mean).toBeLessThan(1.5);
  expect(same.Far).toBeLessThan(0.005);
});

/** P_l^m at cosine c of the polar angle with sine s, with the phase (-1)^m. */
function legendre(l: number, m: number, c: number, s: number): number {
  let below = 1;
  for (let k = 1; k <= m; k++) below *= -(2 * k - 1) * s;
  if (l === m) return below;
  let p = (2 * m + 1) * c * below;
  for (let k = m + 2; k <= l; k++) {
    [below, p] = [p, ((2 * k - 1) * c * p - (k + m - 1) * below) / (k - m)];
  }
  return p;
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Real spherical harmonics of degrees 1 to `degree` in a direction, by order from -l to l. */
function harmonicsIn(degree: number, direction: number[]): number[] {
  const length = Math.hypot(...direction);
  const [x, y, z] = direction.map((v) => v / length) as [number, number, number];
  const [polar, azimuth] = [Math.hypot(x, y), Math.atan2(y, x)];
  const out: number[] = [];
  for (let l = 1; l <= degree; l++) {
    for (let order = -l; order <= l; order++) {
      const m = Math.abs(order);
      const norm = ((2 * l + 1) * factorial(l - m)) / (4 * Math.PI * factorial(l + m));
      const turn = order < 0 ? Math.sin(m * azimuth) : Math.cos(m * azimuth);
      out.push(Math.sqrt(order ? 2 * norm : norm) * legendre(l, m, z, polar) * turn);
    }
  }
  return out;
}

/** Coefficients that the page is sent without a rounding error. */
function coefficients(degree: number, seed: number): number[][] {
  const half = [0, 31, 15, 7][degree]!;
  let state = seed;
  const next = () => {
    state = (state * 16807) % 2147483647;
    return (0.25 * ((state % (2 * half + 1)) - half)) / half;
  };
  const all = Array.from({ length: (degree + 1) ** 2 - 1 }, () => [next(), next(), next()]);
  for (let l = 1; l <= degree; l++) all[l * l - 1]![0] = 0.25;
  return all;
}

/** The color of a gray splat in a direction. */
function shining(degree: number, harmonics: number[][], direction: number[]): number[] {
  const values = harmonicsIn(degree, direction);
  return [0, 1, 2].map((k) => {
    const sum = values.reduce((all, v, i) => all + v * harmonics[i]![k]!, 128 / 255);
    return 255 * Math.min(1, Math.max(0, sum));
  });
}

const distance = (a: number[], b: number[]) =>
  Math.max(...[0, 1, 2].map((k) => Math.abs(a[k]! - b[k]!)));

const away = (d: number[]) => d.map((v) => -v);

test("spherical harmonics: colors by the direction of view, also in pictures", async ({
  page,
  shoot,
}) => {
  const middle = () => look(page, { x: 398, y: 198, width: 4, height: 4 });
  const round = { W: 0, X: 0, Y: -Math.SQRT1_2, Z: Math.SQRT1_2 };
  const compare = async (what: string, front: number[], back: number[]) => {
    await expect.poll(async () => distance((await middle()).mean, front), what).toBeLessThan(2.5);
    for (const [Position, WXYZ, want] of [
      [[0, -4, 0], undefined, front],
      [[0, 4, 0], round, back],
    ] as const) {
      const shot = { Format: "png", Width: 80, Height: 60, Position, WXYZ };
      const picture = await server.ask<{ Middle: number[] }>(`render ${JSON.stringify(shot)}`);
      expect(
        distance(picture.Middle, want),
        `${what}: ${picture.Middle}, want ${want}`,
      ).toBeLessThan(2.5);
    }
  };
  for (const degree of [1, 2, 3]) {
    const Harmonics = coefficients(degree, degree);
    const show = (o: object) =>
      server.command(
        `shine ${JSON.stringify({ Degree: degree, Harmonics, WXYZ: { W: 1 }, Scale: [1, 1, 1], ...o })}`,
      );
    const seen = (direction: number[]) => shining(degree, Harmonics, direction);
    await show({});
    await compare(`degree ${degree}`, seen([0, 1, 0]), seen([0, -1, 0]));
    // An eighth of a turn about z, and stretched: y of the scene is along (x/2, y) of the node.
    const [c, s] = [Math.cos(Math.PI / 8), Math.sin(Math.PI / 8)];
    const turned = [Math.SQRT1_2 / 2, Math.SQRT1_2, 0];
    await show({ WXYZ: { W: c, Z: s }, Scale: [2, 1, 1] });
    await compare(`degree ${degree}, turned`, seen(turned), seen(away(turned)));
    // About x: y of the scene is -z of the node, to which something is added.
    const tilted = [0, Math.cos(1), -Math.sin(1)];
    await show({ WXYZ: { W: Math.cos(0.5), X: Math.sin(0.5) } });
    await compare(`degree ${degree}, tilted`, seen(tilted), seen(away(tilted)));
    // Far from the node's origin.
    await show({ WXYZ: { W: Math.cos(0.5), X: Math.sin(0.5) }, Offset: 1e6 });
    await compare(`degree ${degree}, far`, seen(tilted), seen(away(tilted)));
    await shoot(`splats-degree-${degree}`);
    // Other splats do not matter to it.
    await server.command("beside");
    await expectSeen(page, "blue");
    await compare(`degree ${degree}, beside others`, seen(tilted), seen(away(tilted)));
    await server.command("remove /beside");
  }
  const other = coefficients(3, 9);
  await server.command(`shine-part ${JSON.stringify(other)}`);
  const tilted = [0, Math.cos(1), -Math.sin(1)];
  await compare("in part", shining(3, other, tilted), shining(3, other, away(tilted)));
  await page.reload();
  await compare("later", shining(3, other, tilted), shining(3, other, away(tilted)));
  await server.command("shine-dull");
  await compare("none", [128, 128, 128], [128, 128, 128]);
});

test("idle splats cost nothing; the worker and the textures are freed with the last node", async ({
  page,
  gl,
}) => {
  const stats = () => page.evaluate(() => window.viserPage!.scene!.stats());
  // The page's first splats load and compile what stays.
  await server.command("quiet 10");
  await expect.poll(() => page.workers().filter((w) => /splat/.test(w.url())).length).toBe(1);
  await server.command("remove /many");
  await expect.poll(() => page.workers().filter((w) => /splat/.test(w.url())).length).toBe(0);
  await caughtUp(page, server);
  const before = await stats();

  await server.command("quiet 2000");
  await expect.poll(async () => (await find(page, "green")).pixels).toBeGreaterThan(500);
  await settled(gl);
  await idles(gl, 1000);
  // Two textures, and one geometry with its order.
  const during = await stats();
  expect(during.geometries - before.geometries).toBe(1);
  expect(during.textures - before.textures).toBe(2);

  await server.command("remove /many");
  await expect.poll(() => page.workers().filter((w) => /splat/.test(w.url())).length).toBe(0);
  await expect.poll(async () => (await stats()).geometries).toBe(before.geometries);
  expect((await stats()).textures).toBe(before.textures);
});

test("turning the camera sorts again; moving it along the view direction does not", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const counted = window as unknown as { sorts: number };
    counted.sorts = 0;
    const original = Worker.prototype.postMessage as (...args: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      if ((args[0] as { kind?: string }).kind === "sort") counted.sorts++;
      original.apply(this, args);
    };
  });
  await revisit(page, server);
  await server.command("quiet 500");
  await expectSeen(page, "green");
  const sorts = () => page.evaluate(() => (window as unknown as { sorts: number }).sorts);
  const frames = () => page.evaluate(() => window.viserPage!.scene!.stats().frames);
  const atRest = async () => {
    let last = -1;
    await expect(async () => {
      const was = last;
      last = await frames();
      expect(last).toBe(was);
    }).toPass({ intervals: [300] });
    return { sorts: await sorts(), frames: last };
  };
  const start = await atRest();
  expect(start.sorts).toBeGreaterThan(0);
  await page.mouse.move(400, 200);
  await page.mouse.wheel(0, -100);
  await expect.poll(frames).toBeGreaterThan(start.frames + 2);
  const nearer = await atRest();
  expect(nearer.sorts).toBe(start.sorts);
  await page.mouse.down();
  await page.mouse.move(500, 230, { steps: 5 });
  await page.mouse.up();
  await expect.poll(sorts).toBeGreaterThan(nearer.sorts);
  // One at a time: never more than frames.
  const turned = await atRest();
  expect(turned.sorts - nearer.sorts).toBeLessThanOrEqual(turned.frames - nearer.frames);
});
