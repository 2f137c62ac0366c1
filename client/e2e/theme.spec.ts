/** Default colors of the scene in the light and the dark theme. */
import { caughtUp, expect, open, type Page, test } from "./harness";
import { expectSeen, settledShot } from "./picture";

test.use({ viewport: { width: 640, height: 480 } });

/** Brightness (0 to 255) of the background, and the largest difference to it, of the settled scene. */
async function contrast(page: Page): Promise<{ background: number; strongest: number }> {
  const png = await settledShot(page);
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const brightness = (i: number) => (data[i]! + data[i + 1]! + data[i + 2]!) / 3;
    const background = brightness(0);
    let strongest = 0;
    for (let i = 0; i < data.length; i += 4) {
      strongest = Math.max(strongest, Math.abs(brightness(i) - background));
    }
    return { background, strongest };
  }, png.toString("base64"));
}

test("default colors follow the theme, also when it changes", async ({ page, startServer }) => {
  const server = await startServer("theme");
  await open(page, server);
  const show = async (...commands: string[]) => {
    for (const command of commands) await server.command(command);
    await caughtUp(page, server);
    return contrast(page);
  };
  const light = await show("grid");
  expect(light.background).toBeGreaterThan(240);
  expect(light.strongest).toBeGreaterThan(80);
  const dark = await show("dark on");
  expect(dark.background).toBeLessThan(50);
  // Visible, but with less contrast than objects.
  expect(dark.strongest).toBeGreaterThan(30);
  expect(dark.strongest).toBeLessThan(80);
  // A color set by the program is kept.
  await show("green");
  await expectSeen(page, "green");

  const lines = await show("frustum");
  expect(lines.background + lines.strongest).toBeGreaterThan(180);
  const black = await show("dark off");
  expect(black.background - black.strongest).toBeLessThan(60);
});
