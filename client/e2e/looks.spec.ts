/** Meshes with colors, normals and a texture of their vertices: by their pixels. */

import { Beside } from "../src/testing/frame";
import { caughtUp, expect, look, open, type Page, rest, test } from "./harness";
import { expectPatch, expectSeen, find } from "./picture";
import { RawServer } from "./rawServer";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

/** Pixels of a scene unit at the origin's distance. */
const UNIT = 200 / (4 * Math.tan((75 * Math.PI) / 360));
const at = (x: number, z: number) => [400 + x * UNIT, 200 - z * UNIT] as const;

async function pixel(page: Page, x: number, z: number): Promise<number[]> {
  const [left, top] = at(x, z);
  return (await look(page, { x: left - 1, y: top - 1, width: 3, height: 3 })).mean;
}

test.describe("of a Go program", () => {
  let server: TestServer;
  test.beforeEach(async ({ page, startServer }) => {
    server = await startServer("looks");
    await open(page, server);
  });

  async function shown(page: Page, what: string, x = 0, z = 0): Promise<number[]> {
    await server.command(`show ${what}`);
    await caughtUp(page, server);
    await rest(page); // textures are loaded asynchronously
    return pixel(page, x, z);
  }

  function expectNear(got: number[], want: number[], within: number): void {
    for (const [i, w] of want.entries()) expect(Math.abs(got[i]! - w)).toBeLessThanOrEqual(within);
  }

  test("a color looks the same as a mesh color, vertex colors and a texture", async ({ page }) => {
    for (const how of ["none", "flat", "toon", "half"]) {
      await server.command(`with ${how}`);
      const plain = await shown(page, "plain");
      // Not the page's background, and not black.
      expect(plain[0]! - plain[2]!).toBeGreaterThan(40);
      expectNear(await shown(page, "colors"), plain, 1);
      expectNear(await shown(page, "texture"), plain, 3);
    }
  });

  test("colors are blended between the vertices, and replaced live", async ({ page, shoot }) => {
    await server.command("show blended");
    await expectSeen(page, "red");
    await expectSeen(page, "blue");
    const [red, blue] = [await find(page, "red"), await find(page, "blue")];
    expect(red.top + red.height / 2).toBeLessThan(200);
    expect(blue.top + blue.height / 2).toBeGreaterThan(200);
    await shoot("looks-blended");
    await server.command("recolor");
    await expectPatch(page, "blue", { left: at(-1, 0)[0], top: at(0, 1)[1], width: 2 * UNIT }, 3);
    await server.command("bare");
    await expectPatch(page, "green", { left: at(-1, 0)[0], width: 2 * UNIT }, 3);
    await server.command("show blended");
    await server.command("fewer");
    await expectSeen(page, "red", false);
  });

  test("a texture has the right orientation, and its transparent parts are transparent", async ({
    page,
    shoot,
  }) => {
    await server.command("show corners");
    // A third of its width, and half of its height.
    await expectPatch(
      page,
      "red",
      { left: at(-1, 0)[0], top: at(0, 1)[1], width: (2 / 3) * UNIT, height: UNIT },
      3,
    );
    await expectPatch(page, "blue", { left: at(1 / 3, 0)[0], top: at(0, 0)[1], height: UNIT }, 3);
    await shoot("looks-texture");
    await server.command("show clear texture");
    await expectPatch(page, "red", { top: at(0, 1)[1], height: UNIT, width: 2 * UNIT }, 3);
  });

  test("normals change the shading, unless they equal the triangles'", async ({ page }) => {
    const plain = await shown(page, "plain");
    expectNear(await shown(page, "normals of its own"), plain, 1);
    const away = await shown(page, "normals away");
    expect(Math.abs(away[0]! - plain[0]!)).toBeGreaterThan(15);
  });

  test("transparent triangles are sorted back to front as the camera turns", async ({ page }) => {
    // The near square is blue, from the first side.
    const near = await shown(page, "near over far");
    expect(near[2]! - near[0]!).toBeGreaterThan(80);
    await expectSeen(page, "blue");
    // Around to the other side: half a turn is a drag over the canvas' height.
    for (let i = 0; i < 2; i++) {
      await page.mouse.move(150, 200);
      await page.mouse.down();
      await page.mouse.move(250, 200, { steps: 4 });
      await page.mouse.up();
    }
    await expect
      .poll(async () => (await pixel(page, 0, 0))[0]! - (await pixel(page, 0, 0))[2]!)
      .toBeGreaterThan(80);
  });

  test("wireframes have vertex colors too", async ({ page }) => {
    await server.command("with wireframe");
    await server.command("show blended");
    await expectSeen(page, "blue");
    const { width, height } = await find(page, "blue");
    expect(width * height).toBeGreaterThan(100);
  });
});

test("invalid arrays are marked on the node, and the mesh is drawn without them", async ({
  page,
}) => {
  const floats = (...v: number[]) => new Beside(new Float32Array(v));
  const mesh = (name: string, extra: object) => ({
    type: "MeshMessage",
    name,
    owner: "",
    virtual: false,
    props: {
      vertices: floats(-1, 0, -1, 1, 0, -1, 0, 0, 1),
      faces: new Beside(new Uint32Array([0, 1, 2])),
      color: [0, 200, 0],
      wireframe: false,
      opacity: null,
      flat_shading: false,
      side: "double",
      material: "standard",
      scale: 1,
      cast_shadow: true,
      receive_shadow: true,
      ...extra,
    },
  });
  const uvs = floats(0, 0, 1, 0, 1, 1);
  const server = await RawServer.start((peer) =>
    peer.messages(
      mesh("/colors", { vertex_colors: new Beside(new Uint8Array(7)) }),
      mesh("/normals", { normals: floats(0, 0, 1) }),
      mesh("/zeros", { normals: new Beside(new Float32Array(9)) }),
      mesh("/uvs", { uvs: floats(1, 2, 3), texture: new Uint8Array([1]) }),
      mesh("/nowhere", { texture: new Uint8Array([0x89, 0x50]) }),
      mesh("/broken", { uvs, texture: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]) }),
      mesh("/text", { vertex_colors: "red", normals: 7, uvs: "no", texture: "none" }),
      { type: "ReplayDoneMessage" },
    ),
  );
  try {
    await page.goto(server.url);
    const error = (name: string) =>
      page.evaluate((n) => {
        const tree = window.viserPage?.scene?.tree.root();
        return tree?.children.find((c) => c.path === n)?.error ?? "none";
      }, name);
    await expect.poll(() => error("/colors")).toContain("its colors must be one for each vertex");
    await expect.poll(() => error("/normals")).toContain("its normals must be three numbers");
    await expect.poll(() => error("/zeros")).toContain("3 of its normals have no direction");
    await expect.poll(() => error("/uvs")).toContain("its uvs must be");
    await expect.poll(() => error("/nowhere")).toContain("its uvs must be");
    await expect.poll(() => error("/broken")).toContain("can't be decoded");
    await expect.poll(() => error("/text")).toContain("its colors");
    await expectSeen(page, "green");
  } finally {
    await server.stop();
  }
});
