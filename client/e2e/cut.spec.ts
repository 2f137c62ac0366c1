/** Planes and boxes that cut the scene open: of the program, and of the page's user. */
import { caughtUp, expect, open, type Page, rest, test } from "./harness";
import { colorsAt } from "./picture";

test.use({ viewport: { width: 800, height: 400 } });

const KINDS = ["box", "ball", "mesh", "glb", "batch", "cloud", "lines", "splats", "image"];
KINDS.push("spline", "arrow", "glass");
/** Pixels of a scene unit at the origin's distance. */
const UNIT = 200 / (6 * Math.tan((75 * Math.PI) / 360));

const at = (kind: string, z: number): [x: number, y: number] => [
  400 + (KINDS.indexOf(kind) - (KINDS.length - 1) / 2) * UNIT,
  200 - z * UNIT,
];

/** The kinds that are drawn at a height. */
async function drawnAt(page: Page, z: number): Promise<string[]> {
  const colors = await colorsAt(
    page,
    KINDS.map((kind) => at(kind, z)),
  );
  return KINDS.filter((_, i) => colors[i]![0]! > 1.5 * colors[i]![2]!);
}

test("a plane and a box of the program cut all kinds of nodes", async ({
  page,
  startServer,
  shoot,
}) => {
  const server = await startServer("cut");
  await open(page, server);
  const after = async (...commands: string[]) => {
    for (const command of commands) await server.command(command);
    await caughtUp(page, server);
    await rest(page);
  };
  const stats = () => page.evaluate(() => window.viserPage!.scene!.stats());

  await rest(page);
  await shoot("cut-none");
  expect(await drawnAt(page, 0.25)).toEqual(KINDS);
  expect(await drawnAt(page, -0.25)).toEqual(KINDS);
  /** Of a frame in which shadows are not drawn again. */
  const drawCalls = async () => {
    await page.evaluate(() => window.viserPage!.scene!.redraw());
    await rest(page);
    return (await stats()).drawCalls;
  };
  const before = await drawCalls();
  const labels = () =>
    page.evaluate(() => {
      const scene = window.viserPage!.scene as unknown as {
        world: { labels: { all: Set<{ shown: boolean; spec: { text: string } }> } };
      };
      return [...scene.world.labels.all].filter((l) => l.shown).map((l) => l.spec.text);
    });

  await after("cut");
  await shoot("cut-plane");
  expect(await drawnAt(page, 0.25)).toEqual([]);
  expect(await drawnAt(page, -0.25)).toEqual(KINDS);
  expect(await labels()).toEqual(["low"]);

  await test.step("a plane that moves compiles nothing again", async () => {
    const { programs } = await stats();
    await after("raise");
    expect(await drawnAt(page, 0.15)).toEqual(KINDS);
    expect(await drawnAt(page, 0.35)).toEqual([]);
    await after("lower", "flip");
    expect(await drawnAt(page, 0.25)).toEqual(KINDS);
    expect(await drawnAt(page, -0.25)).toEqual([]);
    expect((await stats()).programs).toBe(programs);
    await after("flip");
  });

  await test.step("it cuts the nodes that it names", async () => {
    for (const kind of ["box", "splats"]) {
      await after(`only ${kind}`);
      expect(await drawnAt(page, 0.25)).toEqual(KINDS.filter((k) => k !== kind));
    }
    await after("only");
    expect(await drawnAt(page, 0.25)).toEqual([]);
  });

  await test.step("what is cut away is not clicked", async () => {
    await after("clicks");
    for (const kind of ["cloud", "box"]) {
      const from = server.events.length;
      await page.mouse.click(...at(kind, 0.25));
      await page.mouse.click(...at(kind, -0.25));
      await server.event(/^clicked/, from);
      await page.mouse.click(...at("lines", -0.25));
      await server.event(/^clicked lines/, from);
      expect(server.events.slice(from).filter((e) => e.startsWith("clicked"))).toEqual([
        `clicked ${kind}`,
        "clicked lines",
      ]);
    }
    await page.mouse.move(5, 395);
  });

  await test.step("a box keeps its inside, or its outside", async () => {
    await after("slab");
    await shoot("cut-box");
    expect(await drawnAt(page, 0.25)).toEqual([]);
    expect(await drawnAt(page, 0)).toEqual(KINDS);
    await after("hole");
    expect(await drawnAt(page, 0.25)).toEqual(KINDS);
    expect(await drawnAt(page, 0)).toEqual([]);
  });

  await test.step("closed bodies are filled", async () => {
    const blue = async () => {
      const colors = await colorsAt(
        page,
        KINDS.map((kind) => at(kind, 0.1)),
      );
      return KINDS.filter((_, i) => colors[i]![2]! > 2 * colors[i]![0]!);
    };
    await after("uncut", "cut", "cap");
    await shoot("cut-cap");
    expect(await blue()).toEqual(["box", "ball", "mesh", "batch", "arrow"]);
    await after("open");
    expect(await blue()).toEqual([]);
  });

  await test.step("without cuts all is as before", async () => {
    await after("hide");
    expect(await drawnAt(page, 0.25)).toEqual(KINDS);
    expect(await drawCalls()).toBe(before);
    await after("show", "uncut");
    expect(await drawnAt(page, 0.25)).toEqual(KINDS);
    expect(await labels()).toEqual(["high", "low"]);
  });
});
