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
  // The node that is looked at is at the left end.
  await expect.poll(() => halvesOf(page)).toEqual([false, false]);
  await side("X from").press("Home");
  await side("Y from").press("Home");
  await side("Y to").press("End");
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
