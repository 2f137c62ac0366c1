/** Labels do not overlap each other, and stay inside the picture. */
import { caughtUp, expect, idles, open, settled, test } from "./harness";

test.use({ viewport: { width: 800, height: 400 } });

test("labels at one point are moved apart, and all stay inside the picture", async ({
  page,
  startServer,
  gl,
}) => {
  const server = await startServer("labels");
  await open(page, server);
  await caughtUp(page, server);
  await settled(gl);
  const clicked = async (x: number, y: number) => {
    const before = server.events.length;
    await page.mouse.click(x, y);
    return server.event(/^clicked/, before);
  };
  // One is below its anchor and the other above it.
  const pair = [await clicked(420, 210), await clicked(420, 185)];
  expect(pair.sort()).toEqual(["clicked /one", "clicked /two"]);
  // Left of its anchor, which is within the picture's last pixels.
  const [x, y] = [740, 200 + 200 / (4 * Math.tan((75 * Math.PI) / 360)) + 10];
  expect(await clicked(x, y)).toBe("clicked /edge");
  await settled(gl);
  await idles(gl, 1000);
});
