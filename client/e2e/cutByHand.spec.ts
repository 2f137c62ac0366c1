/** Cuts that the page's user makes, from the palette. */
import { expect, open, type Page, rest, runAction, test } from "./harness";
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
