/** Lights, shadows, fog and environment maps: colors of a white ball over a white floor. */
import { expect, look, open, type Page, test } from "./harness";

/** In a window of 800 by 300 the ball is at (400, 150), with a radius of 24. */
const SPOTS = {
  top: { x: 397, y: 129, width: 6, height: 4 },
  right: { x: 416, y: 147, width: 4, height: 6 },
  left: { x: 380, y: 147, width: 4, height: 6 },
  bottom: { x: 397, y: 168, width: 6, height: 4 },
  shadow: { x: 394, y: 196, width: 12, height: 4 },
  sky: { x: 30, y: 30, width: 20, height: 20 },
  earth: { x: 390, y: 280, width: 20, height: 15 },
};

type Spot = keyof typeof SPOTS;

test.use({ viewport: { width: 800, height: 300 } });

async function color(page: Page, spot: Spot): Promise<[number, number, number]> {
  return (await look(page, SPOTS[spot])).mean;
}

const red = async (page: Page, spot: Spot) => (await color(page, spot))[0];

async function openBare(page: Page, server: { url: string }): Promise<void> {
  await open(page, server);
  await page.addStyleTag({ content: ".vg-panel { visibility: hidden }" });
}

/** Waits until one spot is brighter (in red) than another by at least `by`. */
async function brighter(page: Page, more: Spot, less: Spot, by = 60): Promise<void> {
  await expect
    .poll(async () => (await red(page, more)) - (await red(page, less)), {
      message: `${more} over ${less}`,
    })
    .toBeGreaterThan(by);
}

async function dark(page: Page): Promise<void> {
  for (const spot of ["top", "bottom", "shadow"] as const) {
    await expect.poll(async () => Math.max(...(await color(page, spot)))).toBeLessThan(3);
  }
}

interface WithTree {
  world: { tree: { get(path: string): { errorText?: string } | undefined } };
}

/** The error of a node in the scene tree. */
function mark(page: Page, name: string): Promise<string> {
  return page.evaluate((path) => {
    const scene = window.viserPage?.scene as unknown as WithTree;
    return scene.world.tree.get(path)?.errorText ?? "";
  }, name);
}

function textures(page: Page): Promise<number> {
  return page.evaluate(() => window.viserPage!.scene!.stats().textures);
}

test("each light illuminates the expected areas", async ({ page, startServer }) => {
  const server = await startServer("lights");
  await openBare(page, server);
  await dark(page);
  for (const [kind, more, less] of [
    ["directional", "right", "left"],
    ["above", "top", "bottom"],
    ["point", "top", "bottom"],
    ["spot", "top", "bottom"],
    ["aside", "right", "left"],
    ["rect", "top", "bottom"],
  ] as const) {
    await server.command(`light ${kind}`);
    await brighter(page, more, less);
    await server.command("light none");
    await dark(page);
  }
  await server.command("light ambient");
  await expect.poll(() => red(page, "bottom")).toBeGreaterThan(80);
  expect(Math.abs((await red(page, "top")) - (await red(page, "bottom")))).toBeLessThan(3);
  await server.command("light hemisphere");
  await brighter(page, "top", "bottom");
  expect((await color(page, "bottom"))[2]).toBeGreaterThan((await color(page, "top"))[2] + 60);
});

test("a directional, a point and a spot light cast shadows if enabled, and free the maps", async ({
  page,
  startServer,
}) => {
  const server = await startServer("lights");
  await openBare(page, server);
  await dark(page);
  const before = await textures(page);
  for (const kind of ["above", "point", "spot"]) {
    await server.command(`light ${kind}`);
    await expect.poll(() => red(page, "shadow"), { message: `${kind} alone` }).toBeGreaterThan(80);
    await server.command(`cast ${kind}`);
    await expect.poll(() => red(page, "shadow"), { message: `${kind}'s shadow` }).toBeLessThan(3);
    expect(await textures(page)).toBeGreaterThan(before);
    await server.command("light none");
    await dark(page);
    await expect.poll(() => textures(page)).toBe(before);
  }
});

test("a directional light without a direction is marked, and the others work", async ({
  page,
  startServer,
}) => {
  const server = await startServer("lights");
  await openBare(page, server);
  await server.command("light nowhere");
  await expect.poll(() => mark(page, "/light")).toContain("no direction");
  await server.command("light directional");
  await expect.poll(() => mark(page, "/light")).toBe("");
  await server.command("fog on");
  await expect.poll(() => red(page, "top")).toBeGreaterThan(200);
});

test("fog hides distant objects, and is removed", async ({ page, startServer }) => {
  const server = await startServer("lights");
  await openBare(page, server);
  await dark(page);
  await server.command("fog on");
  await expect.poll(() => red(page, "top")).toBeGreaterThan(200);
  expect(await red(page, "earth")).toBeLessThan(10);
  await server.command("fog off");
  await dark(page);
});

test("environment maps light the scene, are its background, and leave nothing behind", async ({
  page,
  startServer,
  shoot,
}) => {
  const server = await startServer("lights");
  await openBare(page, server);
  await dark(page);
  const sky = await color(page, "sky");
  // Resources that three.js creates once for all environment maps.
  await server.command("panorama night");
  await expect.poll(() => color(page, "sky")).not.toEqual(sky);
  await server.command("panorama none");
  await expect.poll(() => color(page, "sky")).toEqual(sky);
  const before = await textures(page);

  await server.command("panorama radiance");
  await expect.poll(async () => (await color(page, "sky"))[1]).toBeLessThan(60);
  await expect.poll(() => red(page, "sky")).toBeGreaterThan(230);
  await brighter(page, "top", "bottom", 5);
  await server.command("panorama upside down");
  await expect.poll(() => red(page, "sky")).toBeLessThan(215);

  await server.command("panorama city");
  await expect.poll(async () => (await color(page, "top"))[2]).toBeGreaterThan(100);
  await shoot("panorama-city");

  await server.command("panorama broken");
  await expect
    .poll(() => page.evaluate(() => window.viserPage?.scene?.tree.root().error ?? ""))
    .toContain("without a gain map");
  await dark(page);

  await server.command("panorama none");
  await expect.poll(() => color(page, "sky")).toEqual(sky);
  expect(await textures(page)).toBe(before);
});
