/** A server that crashes and restarts. */
import { expect, open, type Page, settled, test, untilReplayed } from "./harness";
import { expectSeen } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 900, height: 600 } });

const banner = (page: Page) => page.locator(".viser-connection");

/** All that the page shows of the program. */
const inventory = (page: Page) =>
  page.evaluate(() => {
    const scene = window.viserPage!.scene!;
    const paths: string[] = [];
    const walk = (node: ReturnType<typeof scene.tree.root>): void => {
      paths.push(`${node.path} ${node.kind}`);
      for (const child of node.children) walk(child);
    };
    walk(scene.tree.root());
    const { nodes, geometries, textures } = scene.stats();
    const widgets = [...document.querySelectorAll(".vg-body .vg-label, .vg-body button")]
      .map((e) => e.textContent)
      .join("|");
    return { paths: paths.sort(), nodes, geometries, textures, widgets };
  });

let server: TestServer;
test.beforeEach(async ({ page, startServer, problems }) => {
  problems.allow(/WebSocket connection|ERR_CONNECTION|net::ERR/);
  server = await startServer("everything");
  await open(page, server);
});

test("after a crash the page shows it, and reconnects with everything once", async ({
  page,
  startServer,
}) => {
  await expectSeen(page, "red");
  const before = await inventory(page);
  await server.stop("SIGKILL");
  await expect(banner(page)).toBeVisible();
  await expect(banner(page)).toContainText(/lost|cannot be reached/);
  await expect(banner(page)).toContainText(/Trying again/);
  await expect(page.getByRole("button", { name: "Connection: Reconnecting" })).toBeVisible();
  // The old scene stays visible meanwhile.
  await expectSeen(page, "red");
  await expectSeen(page, "green");
  expect(await inventory(page)).toEqual(before);

  const next = await startServer("everything", server.port);
  await next.event(/^connect 0$/);
  await untilReplayed(page);
  await expect(banner(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Connection: Connected" })).toBeVisible();
  expect(await inventory(page)).toEqual(before);
  await expectSeen(page, "red");

  // Messages in both directions work with the new server.
  await page.mouse.click(450, 300);
  await next.event(/^click \/group\/box/);
  await page.getByRole("checkbox", { name: "Checkbox" }).click();
  await next.event(/^checkbox true by 0$/);
  await next.command("color 0 0 255");
  await expectSeen(page, "blue");
});

test("nodes and widgets that the next program does not have are removed", async ({
  page,
  startServer,
}) => {
  await server.command("many 50");
  await expectSeen(page, "blue");
  await server.stop();
  await expect(banner(page)).toBeVisible();
  const next = await startServer("client", server.port);
  await next.event(/^connect 0$/);
  await expectSeen(page, "green", false);
  await expectSeen(page, "blue", false);
  await expectSeen(page, "red");
  await expect(page.getByRole("slider")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Shared" })).toBeVisible();
  expect((await inventory(page)).paths.filter((p) => /group|many/.test(p))).toEqual([]);
});

test("the camera keeps the user's pose", async ({ page, gl, startServer }) => {
  interface View {
    position: number[];
  }
  await page.mouse.move(200, 400);
  await page.mouse.down();
  await page.mouse.move(320, 380, { steps: 5 });
  await page.mouse.up();
  const position = async (of: TestServer) => (await of.ask<View>("camera")).position;
  await expect.poll(async () => (await position(server))[0]).toBeLessThan(-0.5);
  await settled(gl); // the view comes to rest after the pointer
  const before = await position(server);
  await server.stop("SIGKILL");
  await expect(banner(page)).toBeVisible();
  const next = await startServer("everything", server.port);
  await next.event(/^connect 0$/);
  await untilReplayed(page);
  const after = await position(next);
  expect(after).toEqual(before.map((x) => expect.closeTo(x, 3)));
});
