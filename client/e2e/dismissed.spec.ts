/** A page that the program disconnects: Client.Disconnect. */
import { connectionState, expect, open, test, untilReplayed } from "./harness";

test("a page that was disconnected says why, and waits for its user", async ({
  page,
  startServer,
  shoot,
}) => {
  let sockets = 0;
  page.on("websocket", () => sockets++);
  const server = await startServer("dismissed");
  await open(page, server);
  await server.command("disconnect the demo is over");
  const banner = page.locator(".viser-connection");
  await expect(banner).toContainText("The program has disconnected this page (the demo is over).");
  await expect(banner).toBeVisible();
  await server.event(/^disconnect 0$/);
  await shoot("dismissed");

  // A lost connection would be tried again before the banner is shown.
  expect(sockets).toBe(1);
  expect(await connectionState(page)).toMatchObject({ kind: "closed" });

  const from = server.events.length;
  await banner.getByRole("button", { name: "Try now" }).click();
  await untilReplayed(page);
  await server.event(/^connect 1$/, from);
  await expect(banner).toBeHidden();
});
