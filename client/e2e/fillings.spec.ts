/** Closed bodies of which a slab is kept: they are filled where the ray enters it. */
import { expect, open, type Page, rest, runAction, test } from "./harness";
import { colorsAt } from "./picture";

test.use({ viewport: { width: 800, height: 400 } });

const FROM = 6;
const FOCAL = 200 / Math.tan((75 * Math.PI) / 360);

/** What is drawn at a place of the slab's front. */
async function colorAt(page: Page, x: number, z: number, y = -0.3): Promise<string> {
  const scale = FOCAL / (FROM + y);
  const [color] = await colorsAt(page, [[400 + x * scale, 200 - z * scale]]);
  const [r, g, b] = color as [number, number, number];
  if (Math.min(r, g, b) > 200) return "none";
  return r > Math.max(g, b) ? "red" : g > b ? "green" : "blue";
}

for (const projection of ["perspective", "orthographic"]) {
  test(`what is cut at both ends is filled, the inner body in the outer: ${projection}`, async ({
    page,
    startServer,
  }) => {
    const server = await startServer("fillings");
    const link = projection === "orthographic" ? "?initialCameraProjection=orthographic" : "";
    await open(page, server, link);
    const y = projection === "orthographic" ? 0 : -0.3;
    const seen = async () => {
      await rest(page);
      const at = (x: number, z: number) => colorAt(page, x, z, y);
      const ball = new Set<string>();
      for (let i = 0; i < 5; i++) ball.add(await at(-2 + 0.05 * (i - 2), 0.03 * i));
      // In the outer body: its own, the ball where it is cut, and where the ball is only behind; a mesh; what is behind.
      const places = [at(-2.6, 0), at(-2, 0.33), at(0.5, 0), at(2, 0)];
      return [[...ball].join(), ...(await Promise.all(places))];
    };
    await server.command("slab");
    await expect.poll(seen).toEqual(["blue", "red", "red", "green", "none"]);
    await page.screenshot({ path: `test-results/fillings-${projection}.png` });
    await server.command("uncut");
    await server.command("hole");
    await expect.poll(seen).toEqual(["red", "red", "red", "green", "none"]);
  });
}

test("a filling has the place of the cut for the pointer", async ({ page, startServer }) => {
  const server = await startServer("fillings");
  await open(page, server);
  await server.command("slab");
  await rest(page);
  await runAction(page, "Read coordinates");
  for (const [x, name] of [
    [-2.6, "box"],
    [0.5, "mesh"],
  ] as const) {
    const text = async () => {
      await page.mouse.move(400 + (x * FOCAL) / 5.7, 200 + Math.random());
      return page.locator(".viser-measure-card output").textContent();
    };
    const place = new RegExp(`^${String(x).slice(0, -1)}.*, -0\\.3, `);
    await expect.poll(text, name).toMatch(place);
  }
});

test("the ninth cut is marked: it cuts nothing", async ({ page, startServer }) => {
  const server = await startServer("fillings");
  await open(page, server);
  await server.command("many");
  const marked = () =>
    page.evaluate(() => {
      const many = window.viserPage!.scene!.tree.root().children.find((c) => c.path === "/many");
      return many?.children.filter((c) => c.error).map((c) => c.path);
    });
  await expect.poll(marked).toEqual(["/many/8"]);
});
