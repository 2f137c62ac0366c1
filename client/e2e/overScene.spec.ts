/** What stands over the scene can be read, whatever the scene shows. */
import { expect, look, test, visit } from "./harness";
import { type Peer, RawServer } from "./rawServer";

const replay = (peer: Peer) => peer.messages({ type: "ReplayDoneMessage" });

let server: RawServer;
test.beforeEach(async () => {
  server = await RawServer.start(replay);
});
test.afterEach(async () => {
  await server.stop();
});

/** Dense dots of two colors in place of the scene. */
const dots = (a: string, b: string) => `
  .viser-scene canvas { visibility: hidden; }
  .viser-scene { background: repeating-conic-gradient(${a} 0 25%, ${b} 0 50%) 0 0 / 6px 6px; }
  .vg-panel { visibility: hidden; }`;

for (const [theme, query, scene] of [
  ["light", "", dots("#000", "#00a")],
  ["dark", "?darkMode", dots("#fff", "#ff0")],
] as const) {
  test(`the compass and the logo have a backing: ${theme}`, async ({ page, shoot }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, server, query);
    await page.addStyleTag({ content: scene });
    await shoot(`over-scene-${theme}`);
    for (const part of [".viser-gizmo", ".viser-logo"]) {
      // The ring in which the backing shows, but not the part's own colors: those are made invisible.
      const hidden = await page.addStyleTag({
        content: ".viser-gizmo > * { visibility: hidden; } .viser-logo { object-position: 99px; }",
      });
      const { x, y, width, height } = (await page.locator(part).boundingBox())!;
      const inset = { x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 };
      const { mean } = await look(page, inset);
      await hidden.evaluate((style) => (style as Element).remove());
      const brightness = (mean[0] + mean[1] + mean[2]) / 3;
      if (theme === "light") expect(brightness, part).toBeGreaterThan(190);
      else expect(brightness, part).toBeLessThan(80);
    }
  });
}
