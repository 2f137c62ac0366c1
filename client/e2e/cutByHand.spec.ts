/** Cuts that the page's user makes, from the palette. */
import { loadAxe, nothingSerious } from "./axe";
import { expect, idles, open, type Page, rest, runAction, test } from "./harness";
import { colorsAt } from "./picture";

test.use({ viewport: { width: 800, height: 400 } });

const UNIT = 200 / (6 * Math.tan((75 * Math.PI) / 360));

/** Whether the box of the scenario is drawn at a height. */
async function drawn(page: Page, z: number): Promise<boolean> {
  const [color] = await colorsAt(page, [[400 - 5.5 * UNIT, 200 - z * UNIT]]);
  return color![0]! > 1.5 * color![2]!;
}

test("a plane is added, turned, flipped, switched off and removed", async ({
  page,
  startServer,
}) => {
  await open(page, await startServer("cut"));
  const halves = async () => {
    await rest(page);
    return [await drawn(page, 0.25), await drawn(page, -0.25)];
  };
  expect(await halves()).toEqual([true, true]);
  await runAction(page, "Cut with a plane");
  await runAction(page, "Plane along Z");
  await expect.poll(halves).toEqual([true, false]);
  await runAction(page, "Flip the cut");
  await expect.poll(halves).toEqual([false, true]);
  await runAction(page, "Turn the cut off or on");
  await expect.poll(halves).toEqual([true, true]);
  await runAction(page, "Turn the cut off or on");
  await expect.poll(halves).toEqual([false, true]);
  await runAction(page, "Remove the cut");
  await expect.poll(halves).toEqual([true, true]);
});

const halvesOf = async (page: Page) => {
  await rest(page);
  return [await drawn(page, 0.25), await drawn(page, -0.25)];
};
const card = (page: Page) => page.getByRole("group", { name: "Cut" });

test("cuts are moved with sliders, by the keyboard too", async ({ page, gl, startServer }) => {
  await open(page, await startServer("cut"));
  await runAction(page, "Cut with a plane");
  await card(page).getByRole("button", { name: "Plane along Z" }).click();
  const plane = card(page).getByRole("slider", { name: "Cut at Z" });
  await expect.poll(() => halvesOf(page)).toEqual([true, false]);
  await plane.press("Home");
  await expect.poll(() => halvesOf(page)).toEqual([true, true]);
  await plane.press("End");
  await expect.poll(() => halvesOf(page)).toEqual([false, false]);
  await card(page).getByRole("button", { name: "Flip" }).click();
  await expect.poll(() => halvesOf(page)).toEqual([true, true]);
  await idles(gl, 300);
  await card(page).getByRole("button", { name: "Remove" }).click();
  await expect(card(page)).toHaveCount(0);

  await runAction(page, "Cut with a box");
  const side = (name: string) => card(page).getByRole("slider", { name: `Cut at ${name}` });
  await expect(card(page).getByRole("slider")).toHaveCount(6);
  // It is around everything.
  await expect.poll(() => halvesOf(page)).toEqual([true, true]);
  // The node that is looked at is at the left end.
  await side("X from").press("End");
  await expect.poll(() => halvesOf(page)).toEqual([false, false]);
  await side("X from").press("Home");
  await side("X to").press("End");
  await expect.poll(() => halvesOf(page)).toEqual([true, true]);
  await side("Z to").press("Home");
  await expect.poll(() => halvesOf(page)).toEqual([false, false]);
  await side("Z to").press("End");
  await expect.poll(() => halvesOf(page)).toEqual([true, true]);
  // A second cut; the first is changed again. Escape leaves the cuts.
  await runAction(page, "Cut with a plane");
  await expect(card(page).getByRole("slider")).toHaveCount(1);
  await runAction(page, "Change another cut");
  await expect(card(page).getByRole("slider")).toHaveCount(6);
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await runAction(page, "Move the cut");
  await expect(card(page)).toBeVisible();
});

const grip = (page: Page) => page.locator(".viser-cut-grip:not([style*=none]) circle");

/** Drags a grip by so many pixels. */
async function drag(page: Page, index: number, x: number, y: number): Promise<void> {
  const box = (await grip(page).nth(index).boundingBox())!;
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(cx, cy);
  await page.mouse.down();
  await page.mouse.move(cx + x / 2, cy + y / 2);
  await page.mouse.move(cx + x, cy + y);
  await page.mouse.up();
}

test("cuts are dragged by their handles", async ({ page, gl, startServer }) => {
  await open(page, await startServer("cut"));
  const camera = () => page.evaluate(() => location.href);
  const before = await camera();
  await runAction(page, "Cut with a plane");
  await card(page).getByRole("button", { name: "Plane along Z" }).click();
  await expect(grip(page)).toHaveCount(1);
  const slider = card(page).getByRole("slider", { name: "Cut at Z" });
  const from = Number(await slider.inputValue());
  await drag(page, 0, 0, -UNIT / 4);
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(from + 0.25, 1);
  await drag(page, 0, 0, UNIT / 2);
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(from - 0.25, 1);
  await idles(gl, 300);
  await page.screenshot({ path: "test-results/cutByHand-plane.png" });

  await card(page).getByRole("button", { name: "Remove" }).click();
  await expect(grip(page)).toHaveCount(0);
  await runAction(page, "Cut with a box");
  // Those along the view have no length in it.
  await expect(grip(page)).toHaveCount(4);
  const right = card(page).getByRole("slider", { name: "Cut at X to" });
  const end = Number(await right.inputValue());
  await drag(page, 1, -UNIT, 0);
  await expect.poll(async () => Number(await right.inputValue())).toBeCloseTo(end - 1, 0);
  await page.screenshot({ path: "test-results/cutByHand-box.png" });
  // The drags were not for the camera.
  expect(await camera()).toBe(before);
  await page.keyboard.press("Escape");
  await expect(grip(page)).toHaveCount(0);
});

test("a plane faces the camera, and moves along the view", async ({ page, startServer }) => {
  await open(
    page,
    await startServer("cut"),
    "?initialCameraPosition=4,-4,4&initialCameraLookAt=0,0,0",
  );
  await runAction(page, "Cut with a plane");
  await card(page).getByRole("button", { name: "Plane facing the camera" }).click();
  const slider = card(page).getByRole("slider", { name: "Cut at depth" });
  // It would be dragged towards the camera.
  await expect(grip(page)).toHaveCount(0);
  const middle = Number(await slider.inputValue());
  await slider.press("ArrowRight");
  expect(Number(await slider.inputValue())).toBeGreaterThan(middle);
  await expect(card(page).getByRole("button", { name: "Plane along X" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
});

test("a link has the cuts, and garbage in it has no effect", async ({ page, startServer }) => {
  const server = await startServer("cut");
  const query = [
    "plane,0,0,0,0,0,1/kinds/box",
    "plane,0,0,0,0,0,0",
    "box,1,2",
    "<script>",
    "",
    ...Array(20).fill("box,0,0,0,100,100,100"),
  ].map((cut) => `cut=${encodeURIComponent(cut)}`);
  await open(page, server, `?${query.join("&")}`);
  await expect.poll(() => halvesOf(page)).toEqual([true, false]);
  await expect(card(page)).toHaveCount(0);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await runAction(page, "Flip the cut");
  await runAction(page, "Copy a link to this view");
  const copied = async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    return text.startsWith("http") ? new URL(text).searchParams.getAll("cut") : [];
  };
  await expect.poll(async () => (await copied()).length).toBe(8);
  const cuts = await copied();
  expect(cuts[0]).toBe("plane,0,0,0,0,0,1/kinds/box");
  expect(cuts[7]).toBe("box,0,0,0,100,100,100,flip");
});

test("there are at most eight cuts", async ({ page, startServer }) => {
  await open(page, await startServer("cut"));
  for (let i = 0; i < 8; i++) await runAction(page, "Cut with a box");
  await runAction(page, "Cut with a box");
  await expect(page.getByText("There are 8 cuts, which is the most.")).toBeVisible();
});

for (const look of ["light", "dark"]) {
  test(`axe finds nothing about the card, and fingers work: ${look}`, async ({
    browser,
    problems,
    startServer,
  }) => {
    const server = await startServer("cut");
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const phone = viewport.width < 500;
      const context = await browser.newContext({ viewport, hasTouch: phone, isMobile: phone });
      const page = await context.newPage();
      problems.watch(page);
      await open(page, server, look === "dark" ? "?darkMode" : "");
      await runAction(page, "Cut with a box");
      await expect(card(page)).toBeVisible();
      await loadAxe(page);
      await nothingSerious(page, `${look} ${viewport.width}`);
      await page.screenshot({ path: `test-results/cutByHand-${look}-${viewport.width}.png` });
      if (phone) await card(page).getByRole("button", { name: "Done" }).tap();
      else await card(page).getByRole("button", { name: "Done" }).click();
      await expect(card(page)).toHaveCount(0);
      await context.close();
    }
  });
}
