/** Nodes that are colored by number, by their pixels, and the color bars. */

import { loadAxe, nothingSerious } from "./axe";
import { caughtUp, expect, idles, open, type Page, rest, test } from "./harness";

test.use({ viewport: { width: 1280, height: 600 } });

/** Pixels of a scene unit at the origin's distance. */
const UNIT = 300 / (4 * Math.tan((75 * Math.PI) / 360));
const X = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.4];
const RED = [220, 30, 30];
const GREEN = [30, 200, 30];
const BLUE = [40, 60, 230];
const GRAY = [128, 128, 128];

/** The colors at places in the scene's plane. */
async function pixels(page: Page, at: readonly (readonly [number, number])[]): Promise<number[][]> {
  const png = await page.screenshot({ scale: "css" });
  return page.evaluate(
    async ({ base64, places }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      return places.map(([x, y]) => [...context.getImageData(x!, y!, 1, 1).data.subarray(0, 3)]);
    },
    {
      base64: png.toString("base64"),
      places: at.map(([x, z]) => [Math.round(640 + x * UNIT), Math.round(300 - z * UNIT)]),
    },
  );
}

/** Lit surfaces and blended splats have the hue only. */
function expectLike(got: number[], want: number[], exact: boolean, what: string): void {
  const same = got.every((v, i) => Math.abs(v - want[i]!) <= 3);
  const [a, b] = [got, want].map((c) => c.indexOf(Math.max(...c)));
  const gray = Math.max(...got) - Math.min(...got) < 25;
  const like = want === GRAY ? gray : a === b && !gray;
  expect(exact ? same : like, `${what}: ${got} for ${want}`).toBe(true);
}

async function expectRows(page: Page, rows: readonly number[][]): Promise<void> {
  const got = await pixels(
    page,
    [-1, 0, 1].flatMap((z) => X.map((x) => [x, z] as const)),
  );
  for (const [i, color] of got.entries()) {
    const [column, row] = [i % X.length, Math.floor(i / X.length)];
    expectLike(color, rows[row]!, column < 2, `column ${column}, row ${row}`);
  }
}

test("numbers are colors on every kind, and a range uploads nothing", async ({
  page,
  startServer,
  gl,
  shoot,
}) => {
  const server = await startServer("scalars");
  await open(page, server);
  await page.addStyleTag({ content: ".viser-gui { opacity: 0; pointer-events: none; }" });
  await expect(page.getByRole("group", { name: "Colors: heat (K)" })).toBeVisible();
  await rest(page);
  await shoot("scalars");
  await expectRows(page, [RED, GREEN, BLUE]);
  await expect(page.getByRole("listitem")).toHaveText(["road", "4", "5"]);

  await test.step("the ends of the bar", async () => {
    const low = page.getByRole("slider", { name: "Number of the first color" });
    const high = page.getByRole("slider", { name: "Number of the last color" });
    await expect(low).toHaveAttribute("aria-valuetext", "0 K");
    const box = (await low.boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 400, y, { steps: 4 });
    await page.mouse.up();
    await expect(low).toHaveAttribute("aria-valuenow", "2.001");
    await rest(page);
    await expectRows(page, [RED, RED, RED]);
    await low.press("Home");
    await high.press("Home");
    await expect(high).toHaveAttribute("aria-valuenow", "0");
    await rest(page);
    await expectRows(page, [RED, BLUE, BLUE]);
    await high.press("ArrowRight");
    await expect(high).not.toHaveAttribute("aria-valuenow", "0");
    await high.press("Delete");
    await expect(high).toHaveAttribute("aria-valuenow", "2.001");
    await rest(page);
    await expectRows(page, [RED, GREEN, BLUE]);
  });

  await test.step("the number under the mouse", async () => {
    const told = page.getByRole("group", { name: "Colors: heat (K)" }).getByRole("status");
    for (const [i, x] of X.entries()) {
      const z = i % 3;
      await page.mouse.move(640 + x * UNIT, 300 - (z - 1) * UNIT, { steps: 2 });
      await expect(told, `column ${i}`).toHaveText(`${z} K`);
    }
    await page.mouse.move(640, 300 - 1.7 * UNIT);
    await expect(told).toHaveText("");
    await page.mouse.move(640 + 3.5 * UNIT, 300 + UNIT);
    await expect(page.getByRole("group", { name: "Colors: class" })).toContainText("road");
    await idles(gl, 300);
  });

  await test.step("of the program", async () => {
    await server.command("range");
    await caughtUp(page, server);
    await rest(page);
    await expectRows(page, [RED, RED, RED]);
    await server.command("nothing");
    await caughtUp(page, server);
    await rest(page);
    await expectRows(page, [GRAY, GRAY, GRAY]);
    await server.command("hide");
    await caughtUp(page, server);
    await rest(page);
    const [empty, ...hidden] = await pixels(page, [[0, 1.7], ...X.map((x) => [x, 0] as const)]);
    for (const [i, got] of hidden.entries()) expectLike(got, empty!, true, `hidden ${i}`);
    await server.command("clear");
    await caughtUp(page, server);
    await rest(page);
    const [own] = await pixels(page, [[X[0]!, 0]]);
    expectLike(own!, [90, 200, 255], true, "its own color");
    await expect(page.getByRole("group", { name: "Colors: heat (K)" })).toHaveCount(0);
  });

  await test.step("a hundred thousand points", async () => {
    await server.command("many");
    await caughtUp(page, server);
    const low = page.getByRole("slider", { name: "Number of the first color" });
    await expect(low).toBeVisible();
    await rest(page);
    const { uploaded } = await gl.during(() => low.press("PageUp"));
    // Only the splats, which are sorted with their colors: the points alone have 1.6 MB.
    expect(uploaded).toBeLessThan(20_000);
  });
});

test("color bars on a phone, by touch, and for everyone", async ({ browser, startServer }) => {
  const server = await startServer("scalars");
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem("viser-go.software-rendering-told", "1"));
  await open(page, server);
  const high = page.getByRole("slider", { name: "Number of the last color" });
  await expect(high).toBeVisible();
  const box = (await high.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  const cdp = await context.newCDPSession(page);
  const y = box.y + box.height / 2;
  const touch = (type: string, x: number) =>
    cdp.send("Input.dispatchTouchEvent", {
      type: type as "touchStart",
      touchPoints: type === "touchEnd" ? [] : [{ x, y }],
    });
  await touch("touchStart", box.x + 22);
  await touch("touchMove", box.x - 50);
  await touch("touchEnd", 0);
  await expect(high).not.toHaveAttribute("aria-valuenow", "2.001");
  await loadAxe(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await nothingSerious(page, `${colorScheme}, 390 pixels`);
  }
  await page.screenshot({ path: "test-results/scalars-phone.png" });
  await context.close();
});
