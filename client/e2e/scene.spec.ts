/** The scene of a Go program on a page: nodes, clicks, the tree, and drawing cost. */
import { caughtUp, expect, idles, look, open, type Page, rest, test } from "./harness";
import { expectPatch, expectSeen, find, sceneShot } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("scene");
  await open(page, server);
});

const stats = (page: Page) => page.evaluate(() => window.viserPage!.scene!.stats());
const cursor = (page: Page) => page.evaluate(() => document.querySelector("canvas")!.style.cursor);
const camera = () => server.ask<{ position: number[]; lookAt: number[]; up: number[] }>("camera");
/** The middle of the box: at (0, 0, 0), as the camera looks there. */
const BOX = [400, 200] as const;
const NOTHING = [200, 330] as const;

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 5 });
  await page.mouse.up();
}

test("a node receives clicks, by modifier keys", async ({ page }) => {
  await page.mouse.click(...NOTHING);
  await page.mouse.click(...BOX);
  expect(await server.event(/click/)).toMatch(/^click \/group\/box 0\.50\d 0\.50\d by 0$/);
  await page.keyboard.down("Shift");
  await page.mouse.click(...BOX);
  await page.keyboard.up("Shift");
  await server.event(/^shift-click \/group\/box/);
  // A drag is not a click.
  await drag(page, BOX, [450, 200]);
  await page.mouse.click(...NOTHING);
  await server.command("visible false");
  await expectSeen(page, "red", false);
  await page.mouse.click(...BOX);
  await server.command("scene-click");
  await caughtUp(page, server);
  await page.mouse.click(...NOTHING);
  await server.event(/^scene-click/);
  expect(server.events.filter((e) => /click/.test(e))).toHaveLength(3);
});

test("the cursor shows what can be clicked", async ({ page }) => {
  await page.mouse.move(...NOTHING);
  expect(await cursor(page)).toBe("");
  await page.mouse.move(...BOX);
  await expect.poll(() => cursor(page)).toBe("pointer");
  // The box above has no callback.
  await page.mouse.move(400, 115);
  await expect.poll(() => cursor(page)).toBe("");
  await page.mouse.move(...BOX);
  await expect.poll(() => cursor(page)).toBe("pointer");
  await server.command("remove /group/box");
  await expect.poll(() => cursor(page)).toBe("");
});

test("a click in the scene includes its ray", async ({ page }) => {
  await server.command("scene-click");
  await caughtUp(page, server);
  const slope = Math.tan((75 * Math.PI) / 360) / 200; // of a pixel
  for (const [x, y] of [BOX, NOTHING] as const) {
    const before = server.events.length;
    await page.mouse.click(x, y);
    const words = await server.event(/^scene-click/, before);
    const [sx, sy, ox, oy, oz, dx, dy, dz] = words.match(/-?[\d.]+/g)!.map(Number);
    expect(
      [sx! * 800 - x, sy! * 400 - y].every((d) => Math.abs(d) < 1.5),
      words,
    ).toBe(true);
    expect(Math.hypot(ox!, oy! + 6, oz!), words).toBeLessThan(0.01);
    expect(dx! / dy!, words).toBeCloseTo((x - 400) * slope, 1);
    expect(dz! / dy!, words).toBeCloseTo((200 - y) * slope, 1);
    expect(Math.hypot(dx!, dy!, dz!)).toBeCloseTo(1, 2);
  }
  await server.command("no-pointer");
  await caughtUp(page, server);
  const before = server.events.length;
  await page.mouse.click(...NOTHING);
  await page.mouse.click(...BOX); // the node still receives it, after the other one
  await server.event(/^click/, before);
  expect(server.events.slice(before).filter((e) => e.startsWith("scene-click"))).toEqual([]);
});

test("a rectangle is selected with a rubber band, and the camera does not move", async ({
  page,
}) => {
  const band = page.locator(".viser-rubber-band");
  await server.command("rect-select");
  const before = await camera();
  await caughtUp(page, server);
  await page.mouse.move(100, 80);
  await page.mouse.down();
  await page.mouse.move(110, 90, { steps: 2 });
  await expect(band).toBeVisible();
  await page.mouse.move(300, 280, { steps: 4 });
  const box = (await band.boundingBox())!;
  expect([box.x, box.y, box.width, box.height].map(Math.round)).toEqual([100, 80, 200, 200]);
  await page.mouse.up();
  await expect(band).toHaveCount(0);
  const [x0, y0, x1, y1] = (await server.event(/^rect/)).match(/[\d.]+/g)!.map(Number);
  const wanted = [100 / 800, 80 / 400, 300 / 800, 280 / 400];
  expect([x0, y0, x1, y1].every((v, i) => Math.abs(v! - wanted[i]!) < 0.005)).toBe(true);
  expect((await camera()).position).toEqual(before.position);

  await server.command("no-pointer");
  await caughtUp(page, server);
  await drag(page, [100, 300], [200, 300]);
  await expect.poll(async () => (await camera()).position[0]).toBeLessThan(-0.2);
  await expect(band).toHaveCount(0);
  expect(server.events.filter((e) => e.startsWith("rect"))).toHaveLength(1);
});

test("nodes are hidden, shown, changed, replaced, moved with parents, and removed", async ({
  page,
}) => {
  await expectSeen(page, "red");
  await expectSeen(page, "green");
  await server.command("visible false");
  await expectSeen(page, "red", false);
  await expectSeen(page, "green");
  await server.command("visible true");
  await expectSeen(page, "red");
  await server.command("color 0 0 255");
  await expectSeen(page, "blue");
  await server.command("color 255 0 0");
  await expectSeen(page, "blue", false);

  // A frame becomes the parent of both boxes and moves them 1 to the right: 200 / tan(37.5°) / distance pixels.
  const { left } = await find(page, "red");
  await server.command("move-group 1");
  await expectPatch(page, "red", { left: left + 200 / 0.7673 / 5.25 }, 4);
  await server.command("move-group 0");
  await expectPatch(page, "red", { left });

  await server.command("replace");
  await expectSeen(page, "blue");
  await expectSeen(page, "red", false);
  await server.command("remove /group/box");
  await expectSeen(page, "blue", false);
  await expectSeen(page, "green");
  await server.command("remove /group"); // including its descendants
  await expectSeen(page, "green", false);
});

test("hiding the root hides everything; Reset removes everything", async ({ page }) => {
  await server.command("axes true");
  await server.command("global false");
  await expectSeen(page, "red", false);
  await expectSeen(page, "green", false);
  await server.command("global true");
  await expectSeen(page, "red");
  await expectSeen(page, "green");
  await server.command("axes false");
  await server.command("reset");
  await expectSeen(page, "red", false);
  await expectSeen(page, "green", false);
});

test("the world's axes can be shown: x red, y green, z blue", async ({ page }) => {
  await server.command("remove /group");
  await expectSeen(page, "red", false);
  await expectSeen(page, "blue", false);
  await server.command("set-camera position 0 -1.5 0");
  await server.command("axes true");
  await expectSeen(page, "red");
  await expectSeen(page, "blue");
  // Seen along y: x to the right of the middle, z above it.
  const x = await find(page, "red");
  const z = await find(page, "blue");
  expect(x.left + x.width / 2).toBeGreaterThan(402);
  expect(z.top + z.height / 2).toBeLessThan(198);
  await server.command("axes false");
  await expectSeen(page, "red", false);
});

test("the up direction can be changed", async ({ page }) => {
  const middle = async (hue: "red" | "green" | "blue") => {
    const { left, top, width, height } = await find(page, hue);
    return [left + width / 2 - 400, top + height / 2 - 200] as const;
  };
  const below = async (hue: "red" | "green" | "blue") => (await middle(hue))[1];
  await server.command("cloud 1000"); // a row of points at y = -2
  await expectSeen(page, "blue");
  // z is up, seen along y: the green box is above the red one.
  expect(await below("green")).toBeLessThan(-40);
  await server.command("up y");
  // The camera stays horizontal, the world is rotated: y is up, the green box beside the red one.
  await expect.poll(async () => (await camera()).up.map(Math.round)).toEqual([0, 1, 0]);
  const { position } = await camera();
  expect([Math.abs(position[1]!) < 1e-3, Math.hypot(...position).toFixed(3)]).toEqual([
    true,
    "6.000",
  ]);
  await expect.poll(() => below("blue")).toBeGreaterThan(40);
  const [beside, level] = await middle("green");
  expect([Math.abs(beside) > 40, Math.abs(level) < 4]).toEqual([true, true]);
  await server.command("up z");
  await expect.poll(() => below("green")).toBeLessThan(-40);
});

test("the tree lists the nodes, and hides them on this page only", async ({
  page,
  anotherPage,
}) => {
  // Wide enough for the tools to be shown by default.
  await page.setViewportSize({ width: 900, height: 500 });
  const line = (name: string | RegExp) => page.getByRole("treeitem", { name });
  await expect(line(/^group/)).toBeVisible();
  await expect(line(/^box/)).toBeVisible();
  await expect(line(/^top/)).toBeVisible();
  await line(/^box/).locator(".vg-tree-eye").click();
  await expectSeen(page, "red", false);
  await expectSeen(page, "green");
  await expect(line(/^box.*hidden/)).toBeVisible();
  // With the keyboard: one row up is the group, which includes its descendants.
  const tree = page.getByRole("tree", { name: "Scene tree" });
  await line(/^box/).locator(".vg-tree-name").click();
  await tree.press("ArrowUp");
  await tree.press("Space");
  await expectSeen(page, "green", false);
  await tree.press("Space");
  await expectSeen(page, "green");
  await tree.press("ArrowDown");
  await tree.press("Space");
  await expectSeen(page, "red");

  await line(/^box/).locator(".vg-tree-eye").click();
  await expectSeen(page, "red", false);
  const second = await anotherPage();
  await second.setViewportSize({ width: 800, height: 400 });
  await open(second, server);
  await expectSeen(second, "red");
  await second.close();

  await server.command("remove /group/top");
  await expect(line(/^top/)).toHaveCount(0);
});

test.describe("cost", () => {
  test("2000 boxes added one by one: few draw calls, and one frame per move", async ({ page }) => {
    await server.command("many 2000");
    await expect.poll(async () => (await stats(page)).nodes).toBeGreaterThan(2000);
    const place = await find(page, "blue");
    expect(place.pixels).toBeGreaterThan(2000);
    expect((await stats(page)).drawCalls).toBeLessThanOrEqual(50);
    let frames = await rest(page);

    await page.evaluate(() => {
      const scene = window.viserPage!.scene!;
      const moves: string[] = [];
      Object.assign(window, { moves });
      const apply = scene.apply;
      scene.apply = (messages) => {
        for (const m of messages) {
          const { type, position_ids: ids } = m as { type: string; position_ids?: Uint32Array };
          moves.push(`${type} ${ids?.length}`);
        }
        apply.call(scene, messages);
      };
    });
    for (let i = 0; i < 10; i++) {
      await server.command("move-many 0.1");
      await expect.poll(async () => (await stats(page)).frames).toBeGreaterThan(frames);
      frames++;
    }
    expect(await rest(page)).toBe(frames);
    expect(await page.evaluate(() => (window as unknown as { moves: string[] }).moves)).toEqual(
      Array(10).fill("PackedPosesMessage 2000"),
    );
    // They have moved up by 1 in total, 4 away from the camera.
    await expectPatch(page, "blue", { top: place.top - 200 / 0.7673 / 4 }, 4);
  });

  test("an idle page draws no frame, and requests none", async ({ page, gl }) => {
    await server.command("many 500");
    await server.command("cloud 1000");
    await expect.poll(async () => (await stats(page)).nodes).toBeGreaterThan(500);
    await page.mouse.move(...BOX); // on a node that can be clicked
    await rest(page);
    await idles(gl, 2000);
    // Checks that changes are counted.
    const busy = await gl.during(() => server.command("color 0 0 255"));
    expect(busy.draws).toBeGreaterThan(0);
    expect(busy.animationFrames).toBeGreaterThan(0);
    const ticking = await gl.during(() => page.evaluate(() => void setTimeout(() => {})));
    expect(ticking.timers).toBe(1);
  });

  test("removed nodes are freed on the GPU too", async ({ page }) => {
    const empty = await stats(page);
    // Twice, since shader programs may be kept.
    const fill = async (cloud: number) => {
      await server.command("many 300");
      await server.command(`cloud ${cloud}`);
      await expectSeen(page, "blue");
      expect((await stats(page)).geometries).toBeGreaterThan(empty.geometries);
      await server.command("remove-many");
      await server.command("remove /cloud");
      await expectSeen(page, "blue", false);
      await rest(page);
      const { geometries, textures, programs, nodes } = await stats(page);
      return { geometries, textures, programs, nodes };
    };
    const first = await fill(5000);
    expect(first).toMatchObject({
      geometries: empty.geometries,
      textures: empty.textures,
      nodes: empty.nodes,
    });
    expect(await fill(7000)).toEqual(first);
  });

  test("100,000 points are updated in place, without new buffers", async ({ page, gl }) => {
    const made = await gl.during(async () => {
      await server.command("cloud 100000");
      await expectSeen(page, "blue");
    });
    expect(made.allocations).toBeGreaterThan(0);
    // The first change may allocate buffers that the next ones reuse.
    await server.command("move-cloud 0.1");
    await rest(page);
    const before = await find(page, "blue");
    const counts = await gl.during(async () => {
      for (let i = 2; i <= 6; i++) {
        const { frames } = await stats(page);
        await server.command(`move-cloud ${i * 0.1}`);
        await expect.poll(async () => (await stats(page)).frames).toBeGreaterThan(frames);
      }
      await rest(page);
    });
    expect(counts.allocations).toBe(0);
    // Five times 100,000 points of three half floats; colors and the rest are small.
    expect(counts.uploaded).toBeGreaterThanOrEqual(5 * 100_000 * 6);
    expect(counts.uploaded).toBeLessThan(5 * 100_000 * 20);
    await expectPatch(page, "blue", { left: before.left + (0.5 * 200) / 0.7673 / 4 }, 4);
  });
});

test.describe("every kind of node", () => {
  test("is drawn, and leaves nothing behind", async ({ page, startServer }) => {
    server = await startServer("kinds");
    await open(page, server);
    const empty = (await sceneShot(page)).toString("base64");
    const colored = ["frame", "grid", "mesh", "box", "icosphere", "cylinder", "lines", "frustum"];
    for (const kind of colored) {
      await server.command(`show ${kind}`);
      await expect
        .poll(async () => (await find(page, "green")).pixels, { message: kind })
        .toBeGreaterThan(100);
      await server.command("remove");
      await expect
        .poll(async () => (await sceneShot(page)).toString("base64") === empty, { message: kind })
        .toBe(true);
    }
    await server.command("show label");
    await expect.poll(async () => (await sceneShot(page)).toString("base64") === empty).toBe(false);
    await server.command("remove");
    await expect.poll(async () => (await sceneShot(page)).toString("base64") === empty).toBe(true);
  });

  test("points have five shapes, two shadings and two precisions", async ({
    page,
    startServer,
  }) => {
    server = await startServer("kinds");
    await open(page, server);
    await server.event(/^connect/);
    const show = async (points: Record<string, string>) => {
      await server.command(
        `points ${JSON.stringify({ Shape: "square", Shading: "flat", Precision: "float16", ...points })}`,
      );
      await rest(page);
      return find(page, "green");
    };
    const square = await show({ Shape: "square" });
    // As in viser, the size is half the width.
    const side = ((2 * 0.75) / 4 / 0.7673) * 200;
    expect(Math.abs(square.width - side)).toBeLessThan(4);
    expect(Math.abs(square.pixels - side * side)).toBeLessThan(side * 4);
    // The share of the square that each shape fills.
    const shares: [string, number, number][] = [
      ["diamond", 0.45, 0.55],
      ["circle", 0.75, 0.82],
      ["rounded", 0.83, 0.99],
      ["sparkle", 0.1, 0.45],
    ];
    for (const [shape, least, most] of shares) {
      const { pixels } = await show({ Shape: shape });
      expect(pixels / square.pixels, shape).toBeGreaterThan(least);
      expect(pixels / square.pixels, shape).toBeLessThan(most);
    }
    expect(await show({ Precision: "float32" })).toEqual(square);
    const shades = async () => (await look(page, { x: 380, y: 180, width: 40, height: 40 })).colors;
    expect(await shades()).toBe(1);
    await show({ Shading: "gradient", Shape: "circle" });
    expect(await shades()).toBeGreaterThan(3);
  });
});
