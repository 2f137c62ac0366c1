/** Moving about: keys, the palette, double clicks, sides, projections, through cameras, along with nodes, on foot. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, open, type Page, rest, test } from "./harness";
import { find } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1000, height: 600 } });

interface View {
  position: [number, number, number];
  lookAt: [number, number, number];
  up: [number, number, number];
  fov: number;
}

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  server = await startServer("moving");
  await open(page, server);
});

const camera = () => server.ask<View>("camera");
const lookAt = () => expect.poll(async () => (await camera()).lookAt.map(rounded));
const rounded = (x: number) => Math.round(x * 10) / 10 + 0;

/** From what it looks at to the camera, of length 1. */
async function side(): Promise<number[]> {
  const { position: p, lookAt: l } = await camera();
  const d = p.map((x, i) => x - l[i]!);
  return d.map((x) => rounded(x / Math.hypot(...d)));
}

const away = async () => {
  const { position: p, lookAt: l } = await camera();
  return Math.hypot(...p.map((x, i) => x - l[i]!));
};

/** Pixels of the page where a point of the plane y = 0 is at first. */
const UNIT = 300 / (10 * Math.tan((75 * Math.PI) / 360));
const at = (x: number, z = 0) => [500 + x * UNIT, 300 - z * UNIT] as const;

async function palette(page: Page, query: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(query);
}

test("keys are the scene's while the pointer is over it, also after a button was clicked", async ({
  page,
}) => {
  await page.getByRole("button", { name: "Close the panel" }).click();
  await page.keyboard.press("7");
  expect(await side()).toEqual([0, -1, 0]);
  await page.mouse.move(...at(4));
  await page.keyboard.press("7");
  await expect.poll(side).toEqual([0, 0, 1]);
  // A button that was reached by the keyboard has its keys itself.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("1");
  expect(await side()).toEqual([0, 0, 1]);
});

test("double clicks and keys focus nodes, fit everything, and look from the sides", async ({
  page,
}) => {
  await page.mouse.dblclick(...at(4));
  await lookAt().toEqual([4, 0, 0]);
  expect(await side()).toEqual([0, -1, 0]);
  // The ball around the node fills the height.
  const radius = Math.hypot(1, 1, 3) / 2;
  expect(await away()).toBeCloseTo((1.05 * radius) / Math.sin((75 * Math.PI) / 360), 2);

  await page.keyboard.press("Home");
  await lookAt().toEqual([0.7, 1, 0]);
  await page.keyboard.press("3");
  await expect.poll(side).toEqual([1, 0, 0]);
  await page.keyboard.press("Control+1");
  await expect.poll(side).toEqual([0, 1, 0]);
  await page.keyboard.press("7");
  await expect.poll(side).toEqual([0, 0, 1]);
  await page.keyboard.press("1");
  await expect.poll(side).toEqual([0, -1, 0]);

  // A program that takes the clicks takes both of a double click.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("reset view");
  await page.keyboard.press("Enter");
  await lookAt().toEqual([0, 0, 0]);
  await rest(page);
  await page.mouse.dblclick(...at(-4));
  await server.event(/^clicked/);
  // What is selected comes before what is under the pointer.
  await page.keyboard.press("Escape");
  await page.mouse.move(...at(0));
  await page.keyboard.press("f");
  await expect.poll(away).toBeLessThan(2);
  await lookAt().toEqual([0, 0, 0]);
  await server.command("move 0 0 500000");
  await page.mouse.move(...at(-6, 4));
  await page.keyboard.press("f");
  await lookAt().toEqual([0, 0, 500000]);
  // Nothing goes on when all is done.
  await rest(page);
});

test("parallel rays show and hit at the look-at point what the perspective does", async ({
  page,
}) => {
  const before = await find(page, "red");
  await page.mouse.move(...at(0, 4));
  await page.keyboard.press("5");
  await expect.poll(() => server.command("projection")).toBe("orthographic");
  await rest(page);
  const after = await find(page, "red");
  // From the ball at -4.5 to the box at 4.5: in the perspective the near face of the box reaches farther.
  expect(after.width).toBeLessThan(before.width);
  expect(after.width / UNIT).toBeCloseTo(9, 1);
  await page.mouse.click(...at(-4.4));
  await server.event(/^clicked/);
  await page.keyboard.press("Escape");
  await page.mouse.move(...at(4));
  await page.keyboard.press("f");
  await lookAt().toEqual([4, 0, 0]);
  await server.command("projection perspective");
  await expect.poll(() => server.command("projection")).toBe("perspective");
  await page.keyboard.press("Home");
  await lookAt().toEqual([0.7, 1, 0]);
});

test("the palette finds actions by letters and nodes by name, and all keys are listed", async ({
  page,
}) => {
  await palette(page, "vfa");
  await expect(page.getByRole("option").first()).toHaveText(/View from above/);
  await page.keyboard.press("Enter");
  await expect.poll(side).toEqual([0, 0, 1]);
  await palette(page, "tall");
  await page.keyboard.press("Enter");
  await lookAt().toEqual([4, 0, 0]);
  await palette(page, "orthographic");
  await page.keyboard.press("Enter");
  await palette(page, "orthographic");
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-checked", "true");
  await page.keyboard.type("xyz");
  await expect(page.getByText("Nothing is called")).toBeVisible();
  await loadAxe(page);
  await nothingSerious(page, "an empty palette");
  await page.keyboard.press("Escape");
  await palette(page, "follow the node");
  await page.keyboard.press("Backspace");
  // Failures are told.
  await server.command("remove");
  await page.keyboard.press("Escape");
  await page.mouse.click(...at(-6, 4));

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys and gestures" });
  await expect(keys).toContainText("view from above");
  await nothingSerious(page, "the list of keys");
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Commands" }).click();
  await page.getByRole("button", { name: "Keys and gestures" }).click();
  await expect(keys).toContainText("command palette");
  await nothingSerious(page, "the list of keys on a phone");
  await page.keyboard.press("Escape");
});

test("through a camera, along with a node, and back", async ({ page }) => {
  const first = await camera();
  await palette(page, "/eye");
  await page.keyboard.press("Enter");
  // The middle of its pyramid.
  await lookAt().toEqual([5.7, 2, 1]);
  const before = await camera();
  await palette(page, "look through");
  await page.keyboard.press("Enter");
  await expect.poll(side).toEqual([1, 0, 0]);
  expect((await camera()).position.map(rounded)).toEqual([6, 2, 1]);
  expect((await camera()).fov).toBeCloseTo(0.8, 5);
  await server.command("move 7 2 1");
  await expect.poll(async () => (await camera()).position.map(rounded)).toEqual([7, 2, 1]);
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await camera()).fov).toBeCloseTo(first.fov, 5);
  expect((await camera()).position.map(rounded)).toEqual(before.position.map(rounded));

  await palette(page, "/cube");
  await page.keyboard.press("Enter");
  await lookAt().toEqual([7, 2, 1]);
  await page.mouse.move(...at(-8, 4));
  await palette(page, "keep its place");
  await page.keyboard.press("Enter");
  await lookAt().toEqual([7, 2, 1]);
  await server.command("move 1 2 3");
  await lookAt().toEqual([1, 2, 3]);
  await page.keyboard.press("Escape");
  await rest(page);
  await server.command("move 0 0 0");
  await rest(page);
  await lookAt().toEqual([1, 2, 3]);

  await palette(page, "turn with");
  await page.keyboard.press("Enter");
  await lookAt().toEqual([0, 0, 0]);
  const [x, y, z] = (await side()) as [number, number, number];
  await server.command("turn");
  const turned = [x * Math.cos(1) - y * Math.sin(1), x * Math.sin(1) + y * Math.cos(1), z];
  await expect.poll(side).toEqual(turned.map((v) => expect.closeTo(v, 0.7)));
  await server.command("remove");
  await rest(page);
  await palette(page, "turn with");
  await page.keyboard.press("Enter");
  await expect(page.getByText("did not work")).toBeVisible();
});

test("the program lets the camera follow a node", async ({ page }) => {
  await server.command("follow");
  await server.command("move 1 2 3");
  await lookAt().toEqual([1, 2, 3]);
  await server.command("unfollow");
  await rest(page);
  await server.command("move 0 0 0");
  await rest(page);
  await lookAt().toEqual([1, 2, 3]);
  await server.command("follow turn");
  await lookAt().toEqual([0, 0, 0]);
  // A node that is removed is followed no longer.
  await server.command("remove");
  await server.command("follow");
  await rest(page);
});

test("walking without a lock of the pointer looks around by a drag, and stays on its level", async ({
  page,
}) => {
  await page.evaluate(() => {
    Element.prototype.requestPointerLock = () => Promise.reject(new Error("denied"));
  });
  await palette(page, "walk");
  await page.keyboard.press("Enter");
  await expect(page.getByText("W A S D walk")).toBeVisible();
  await page.mouse.move(500, 300);
  await page.mouse.down();
  await page.mouse.move(500, 340);
  await page.mouse.up();
  await expect.poll(async () => (await camera()).lookAt[2]).toBeLessThan(-0.5);
  const { position } = await camera();
  await page.keyboard.down("w");
  await expect.poll(async () => (await camera()).position[1]).toBeGreaterThan(-9.5);
  await page.keyboard.up("w");
  await rest(page);
  expect((await camera()).position[2]).toBeCloseTo(position[2], 3);
  await page.keyboard.press("Escape");
  await expect(page.getByText("W A S D walk")).toHaveCount(0);
});

test.describe("with a touch screen", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a double tap focuses, and a pad walks", async ({ page }) => {
    const red = await find(page, "red");
    const tap = () => page.touchscreen.tap(red.left + red.width / 2, red.top + red.height / 2);
    await tap();
    await tap();
    await expect.poll(away).toBeLessThan(5);
    await page.getByRole("button", { name: "Commands" }).tap();
    await page.keyboard.type("walk");
    await page.getByRole("option", { name: /Walk/ }).tap();
    const end = page.getByRole("button", { name: "End" });
    expect((await end.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await end.tap();
    await expect(end).toHaveCount(0);
  });
});
