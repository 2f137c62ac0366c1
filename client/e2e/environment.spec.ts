/** Fog on all kinds, mirrored instances, and invalid environment maps. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { caughtUp, expect, look, open, type Page, test } from "./harness";
import { clientDir } from "./paths";
import { expectSeen, find } from "./picture";
import { RawServer } from "./rawServer";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

/** Pixels of a scene unit at the origin's distance. */
const UNIT = 200 / (4 * Math.tan((75 * Math.PI) / 360));

async function pixel(page: Page, x: number, z: number): Promise<number[]> {
  const clip = { x: 399 + x * UNIT, y: 199 - z * UNIT, width: 2, height: 2 };
  return (await look(page, clip)).mean;
}

test.describe("of a Go program", () => {
  let server: TestServer;
  test.beforeEach(async ({ page, startServer }) => {
    server = await startServer("environment");
    await open(page, server);
  });

  for (const kind of ["points", "lines", "spline", "arrows", "grid"]) {
    test(`fog covers ${kind} as it covers solids`, async ({ page }) => {
      await server.command(`show ${kind}`);
      await server.command("fog off");
      await expectSeen(page, "blue");
      await caughtUp(page, server);
      const clear = await pixel(page, 0, 0);
      await server.command("fog on");
      // At 4 of 1 to 6 it is three fifths of the way, smoothly: 0.648.
      const nearer = kind === "arrows" ? 0.4 : 0;
      const t = (3 - nearer) / 5;
      const share = t * t * (3 - 2 * t);
      const want = [200, 0, 0].map((fog, i) => clear[i]! * (1 - share) + fog * share);
      for (const i of [0, 1, 2]) {
        await expect
          .poll(async () => Math.abs((await pixel(page, 0, 0))[i]! - want[i]!), {
            message: `channel ${i}; want ${want}`,
          })
          .toBeLessThan(8);
      }
      await server.command("fog off");
      await expect.poll(async () => (await pixel(page, 0, 0))[0]!).toBeLessThan(clear[0]! + 2);
    });
  }

  test("fog does not affect labels, as in upstream viser", async ({ page }) => {
    await server.command("show label");
    await server.command("fog on");
    await caughtUp(page, server);
    await expect.poll(async () => (await pixel(page, 0, 0))[0]!).toBeLessThan(60);
  });

  test("an EXR picture is the background, upright, and lights the scene", async ({
    page,
    problems,
    shoot,
  }) => {
    await server.command("mirrored double");
    const picture = readFileSync(join(clientDir, "src", "testing", "exr", "piz.exr"));
    await server.command(`surroundings ${picture.toString("base64")}`);
    // Its green rises downwards; the page behind it is white.
    await expect.poll(async () => (await pixel(page, -2.8, 1.5))[1]!).toBeLessThan(235);
    await shoot("exr");
    expect((await pixel(page, -2.8, -1.5))[1]!).toBeGreaterThan(250);
    expect((await pixel(page, -2.8, -1.5))[0]!).toBeLessThan(250);
    problems.allow(/EXR/);
    await server.command(`surroundings ${picture.subarray(0, 400).toString("base64")}`);
    await expect.poll(async () => (await pixel(page, -2.8, 1.5))[1]!).toBeGreaterThan(250);
  });

  test("a mirrored instance shows its front faces, equally lit", async ({ page, shoot }) => {
    for (const side of ["front", "double", "back"]) {
      await server.command(`mirrored ${side}`);
      await caughtUp(page, server);
      if (side === "back") {
        await expectSeen(page, "green", false);
        continue;
      }
      await expectSeen(page, "green");
      await expect.poll(async () => (await find(page, "green")).width).toBeGreaterThan(4 * UNIT);
      const [a, b] = [await pixel(page, -1.2, 0), await pixel(page, 1.2, 0)];
      expect(Math.abs(a[1]! - b[1]!)).toBeLessThan(12);
      await shoot(`mirrored-${side}`);
    }
  });
});

test("an invalid environment map and background image are marked on the root", async ({ page }) => {
  const server = await RawServer.start((peer) =>
    peer.messages(
      {
        type: "EnvironmentMapMessage",
        hdri_data: new Uint8Array([1, 2, 3, 4]),
        background: true,
        background_blurriness: 0,
        background_intensity: 1,
        background_wxyz: [1, 0, 0, 0],
        environment_intensity: 1,
        environment_wxyz: [1, 0, 0, 0],
      },
      {
        type: "BackgroundImageMessage",
        format: "png",
        rgb_data: new Uint8Array([9, 9]),
        depth_data: null,
      },
      { type: "ReplayDoneMessage" },
    ),
  );
  try {
    await page.goto(server.url);
    const error = () => page.evaluate(() => window.viserPage?.scene?.tree.root().error ?? "");
    await expect.poll(error).toContain("the environment map can't be shown");
    await expect.poll(error).toContain("a part of the background image can't be shown");
    // The tree shows it to the user, in a row for the whole scene.
    await page.getByRole("button", { name: "Scene and tools" }).click();
    await expect(page.locator(".vg-tree-warning").first()).toBeVisible();
  } finally {
    await server.stop();
  }
});
