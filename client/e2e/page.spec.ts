import { gzipSync } from "node:zlib";
import { expect, look, settled, test, visit } from "./harness";
import { type Peer, RawServer } from "./rawServer";

const BOX = {
  name: "/box",
  owner: "",
  virtual: false,
  props: {
    color: [220, 40, 40],
    dimensions: [2, 2, 2],
    wireframe: false,
    opacity: null,
    flat_shading: true,
    side: "front",
    material: "standard",
    cast_shadow: false,
    receive_shadow: false,
    scale: 1,
  },
  type: "BoxMessage",
};
// Wide enough for a panel beside the scene: a phone's sheet would move the middle.
test.use({ viewport: { width: 1000, height: 480 } });
const MIDDLE = { x: 460, y: 200, width: 80, height: 80 };

let server: RawServer;
test.beforeEach(async () => {
  server = await RawServer.start((peer: Peer) => peer.messages(BOX, { type: "ReplayDoneMessage" }));
});
test.afterEach(async () => {
  await server.stop();
});

test("a first visit loads at most 499 kB, gzipped", async ({ page }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => bodies.push(response.body()));
  await visit(page, server);
  await page.waitForTimeout(500);
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(499_000);
});

test("draws received changes, and no further frames", async ({ page, gl }) => {
  await visit(page, server);
  await expect
    .poll(async () => {
      const [r, g] = (await look(page, MIDDLE)).mean;
      return r - g;
    })
    .toBeGreaterThan(40);
  await settled(gl);
  const idle = await gl.during(() => page.waitForTimeout(1000));
  expect(idle.draws).toBe(0);
  expect(idle.calls).toBe(0);
});

test("shows a message if there is no WebGL 2", async ({ page, problems }) => {
  problems.allow(/WebGL/);
  await page.addInitScript(() => {
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string) {
      return kind.startsWith("webgl") ? null : getContext.call(this, kind as "2d");
    } as typeof getContext;
  });
  await page.goto(server.url);
  await expect(page.getByRole("alert")).toContainText("The browser refuses WebGL 2");
});

test("applies URL parameters: dark, no logo, a window of a given size", async ({ page }) => {
  await visit(page, server, "?darkMode&hideViserLogo&dummyWindowDimensions=400x300&showStats");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByAltText("Viser")).toHaveCount(0);
  await expect(page.getByText(/draw calls/)).toBeVisible();
  const frame = await page.locator(".viser-window").boundingBox();
  expect([frame?.width, frame?.height]).toEqual([400, 300]);
});
