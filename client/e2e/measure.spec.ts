/** Measuring: by mouse, keyboard and touch; what stays, what is copied, and what the program is told. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, idles, open, type Page, rest, runAction, test, visit } from "./harness";
import type { TestServer } from "./server";

test.use({
  viewport: { width: 1000, height: 600 },
  permissions: ["clipboard-read", "clipboard-write"],
});

let server: TestServer;
test.beforeEach(async ({ startServer }) => {
  server = await startServer("measure");
});

/** Where a point of the plane at that y is on the page, the camera being at y = -6. */
function at(x: number, z: number, y = -1): [number, number] {
  const unit = 300 / ((y + 6) * Math.tan((75 * Math.PI) / 360));
  return [500 + x * unit, 300 - z * unit];
}

/** A bit inside: exactly at the corner nothing may be hit. */
const CORNERS: [number, number][] = [
  [-0.98, 0.98],
  [0.98, 0.98],
  [0.98, -0.98],
  [-0.98, -0.98],
];

const labels = (page: Page) => page.locator(".viser-measure-label:visible span");
const card = (page: Page) => page.locator(".viser-measure-card");
const clickAt = (page: Page, ...point: Parameters<typeof at>) => page.mouse.click(...at(...point));

async function bare(page: Page, query = ""): Promise<void> {
  await visit(page, server, query);
  await page.addStyleTag({ content: ".vg-panel { display: none }" });
}

test("a corner is met from beside the body, and a pointer at the first point measures nothing", async ({
  page,
}) => {
  await bare(page);
  await page.keyboard.press("m");
  await expect(card(page)).toContainText("Click the first point.");
  const [x, y] = at(-1, 1);
  await page.mouse.click(x - 5, y - 5);
  await expect(card(page)).toContainText("Click the second point.");
  await page.mouse.move(x + 4, y + 4);
  await expect(card(page).locator("output")).toContainText(/^0 m/);
  await page.mouse.move(x - 30, y - 30);
  await expect(card(page).locator("output")).toHaveText("");
  await page.mouse.click(x - 30, y - 30);
  await expect(card(page)).toContainText("Nothing is there.");
});

test("a distance snaps to corners, stays, and is told", async ({ page, gl, shoot }) => {
  await bare(page);
  await server.command("listen");
  await page.keyboard.press("m");
  await expect(card(page)).toContainText("Click the first point.");
  // Some pixels beside the corners; the program's click gets nothing.
  const [x, y] = at(-1, 1);
  await page.mouse.click(x + 4, y + 4);
  await expect(card(page)).toContainText("Click the second point.");
  const [x2, y2] = at(1, 1);
  await page.mouse.move(x2 - 5, y2 + 3);
  await expect(card(page).locator("output")).toContainText("2 m (Δx 2 m");
  await rest(page);
  await idles(gl, 300);
  await page.mouse.click(x2 - 5, y2 + 3);
  const told = await server.event(/^measured distance/);
  expect(told).toBe("measured distance 2 [/box /box] [[-1,-1,1],[1,-1,1]]");
  await expect(labels(page)).toHaveText(["2 m"]);
  await shoot("measure");

  // What stays is in saved pictures, and moves with the camera; Escape ends the tool only.
  expect(
    await page.evaluate(() => window.viserPage!.scene!.overlays.get().map((o) => o.label)),
  ).toContain("Measurements");
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  const before = await labels(page).first().boundingBox();
  await page.mouse.move(500, 300);
  await page.mouse.wheel(0, 400);
  await expect.poll(async () => (await labels(page).first().boundingBox())!.y).not.toBe(before!.y);
  await clickAt(page, 0, 0);
  await server.event(/^clicked/);
  expect(server.events.filter((e) => e === "clicked")).toHaveLength(1);

  await runAction(page, "Copy the measurements as text");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Distance: 2 m");
  await runAction(page, "Copy the measurements as JSON");
  const [copied] = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toEqual({
    ...{ kind: "distance", nodes: ["/box", "/box"], value: 2, unit: "m" },
    points: [
      [-1, -1, 1],
      [1, -1, 1],
    ],
  });
  await page.getByRole("button", { name: "Remove the measurement: Distance 2 m" }).click();
  await expect(labels(page)).toHaveCount(0);
});

test("angles, lengths, areas, surfaces and coordinates", async ({ page }) => {
  await bare(page);
  await server.command("listen");
  await runAction(page, "Measure an angle");
  await expect(card(page)).toBeVisible();
  for (const corner of CORNERS.slice(0, 3)) await clickAt(page, ...corner);
  await server.event(/^measured angle 1\.5708/);
  await expect(labels(page)).toHaveText(["90°"]);

  await runAction(page, "Measure a length along points");
  for (const corner of CORNERS.slice(0, 3)) await clickAt(page, ...corner);
  await page.keyboard.press("Backspace");
  await clickAt(page, 0.98, -0.98);
  await page.keyboard.press("Enter");
  await server.event(/^measured polyline 4 /);

  await runAction(page, "Measure an area");
  for (const corner of CORNERS) await clickAt(page, ...corner);
  // The second click of a double click is no corner.
  await page.mouse.dblclick(...at(-0.98, -0.98));
  await server.event(/^measured area 4 /);

  await runAction(page, "Measure the distance to a surface");
  await clickAt(page, 2, 0, 0);
  await clickAt(page, 0.5, 0.5);
  await server.event(/^measured surface 1 \[\/cloud \/box\] \[\[2,0,0\],\[1,/);
  await clickAt(page, 2, 0, 0);
  await clickAt(page, 2, 0, 0);
  await expect(card(page)).toContainText("That has no surface.");

  await runAction(page, "Read coordinates");
  await clickAt(page, 2, 0, 0);
  await expect(labels(page).last()).toHaveText("2, 0, 0 m");
  await page.evaluate(() => window.viserPage!.scene!.select(["/turned"]));
  await runAction(page, "Measure in the frame of the selected node");
  await expect(labels(page).last()).toHaveText("-2, 0, 2 m");
  // The node goes: its frame does too.
  await server.command("remove /turned");
  await expect(labels(page).last()).toHaveText("2, 0, 0 m");
  await runAction(page, "Remove all measurements");
  await expect(labels(page)).toHaveCount(0);
});

test("without snapping, with the keyboard only, in parallel rays", async ({ page }) => {
  await bare(page);
  await server.command("listen");
  await page.keyboard.press("5");
  await runAction(page, "Snap to vertices and points");
  await runAction(page, "Measure a distance");
  await expect(card(page)).toBeVisible();
  await page.keyboard.press(" ");
  await expect(page.locator(".viser-measure-cross")).toBeVisible();
  await expect(card(page)).toContainText("Click the second point.");
  await page.keyboard.press("Backspace");
  await expect(card(page)).toContainText("Click the first point.");
  await page.keyboard.press(" ");
  // In the orthographic picture, a unit is as long as at the look-at point.
  await page.mouse.click(...at(0.5, 0, 0));
  await server.event(/^measured distance 0\.5 /);
  await page.keyboard.press("m");
  await expect(card(page)).toHaveCount(0);
});

test("points are dragged, also far from the origin, and a node may go meanwhile", async ({
  page,
}) => {
  await bare(page);
  await server.command("far");
  await server.command("listen");
  // Once the page has the new initial camera.
  const goThere = () =>
    page.evaluate(() => {
      window.viserPage!.scene!.resetView();
      return window.viserPage!.scene!.camera().position[0];
    });
  await expect.poll(goThere).toBeGreaterThan(9e5);
  await rest(page);
  await page.keyboard.press("m");
  await expect(card(page)).toBeVisible();
  await clickAt(page, -0.98, 0.98);
  await clickAt(page, 0.98, 0.98);
  await server.event(
    /^measured distance 2 \[\/box \/box\] \[\[999999,999999,1\],\[1000001,999999,1\]\]/,
  );
  await page.keyboard.press("Escape");
  await page.mouse.move(...at(1, 1));
  await page.mouse.down();
  await page.mouse.move(...at(0, 0), { steps: 3 });
  await page.mouse.move(...at(0.98, -0.98), { steps: 3 });
  await page.mouse.up();
  await server.event(/^measured distance 2\.82843 /);
  await expect(labels(page)).toHaveText(["2.8284 m"]);
  await page.keyboard.press("m");
  await clickAt(page, -0.98, 0.98);
  await server.command("remove /box");
  await clickAt(page, 2, 0, 0);
  await server.event(/^measured distance [0-9.]+ \[- \/cloud\]/);
});

for (const look of ["light", "dark"]) {
  test(`axe finds nothing, and fingers work: ${look}`, async ({ browser, problems }) => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const phone = viewport.width < 500;
      const context = await browser.newContext({ viewport, hasTouch: phone, isMobile: phone });
      const page = await context.newPage();
      problems.watch(page);
      await open(page, server, look === "dark" ? "?darkMode" : "");
      await page.evaluate(() => window.viserPage!.scene!.lookAlong(1, -1));
      await rest(page);
      await runAction(page, "Measure a length");
      await expect(card(page)).toBeVisible();
      const middle: [number, number] = [
        viewport.width / 2,
        viewport.height / 2 - (phone ? 150 : 0),
      ];
      for (const dx of [-20, 20]) {
        const point: [number, number] = [middle[0] + dx, viewport.height / 2];
        if (phone) await page.touchscreen.tap(...point);
        else await page.mouse.click(...point);
      }
      await loadAxe(page);
      await nothingSerious(page, `${look} ${viewport.width}`);
      await page.screenshot({ path: `test-results/measure-${look}-${viewport.width}.png` });
      if (phone) {
        const box = await page.getByRole("button", { name: "Finish" }).boundingBox();
        expect(box!.height).toBeGreaterThanOrEqual(44);
        await page.getByRole("button", { name: "Done" }).tap();
        await expect(card(page)).toHaveCount(0);
      }
      await context.close();
    }
  });
}
