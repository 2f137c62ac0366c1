/** Large arrays over HTTP. */
import { caughtUp, expect, open, test } from "./harness";
import { find } from "./picture";

test.use({ viewport: { width: 800, height: 400 } });

const QUERY = "?fetchArrays";
const POINTS_AND_COLORS = 1_000_000 * (12 + 3);

test("a cloud is fetched, and changes in part", async ({ page, startServer }) => {
  const server = await startServer("parts");
  let fetched = 0;
  page.on("response", (response) => {
    if (response.url().includes("/blob/")) fetched += Number(response.headers()["content-length"]);
  });
  await open(page, server, QUERY);
  await server.command("new float32");
  await expect
    .poll(() => page.evaluate(() => window.viserPage!.scene!.node("/cloud")?.kind))
    .toBe("PointCloudMessage");
  expect(fetched).toBe(POINTS_AND_COLORS);
  await server.command("paint 0 500000");
  await caughtUp(page, server);
  await expect.poll(async () => (await find(page, "green")).pixels).toBeGreaterThan(1000);
});

test("a cloud is in the connection if it cannot be fetched", async ({
  page,
  problems,
  startServer,
}) => {
  problems.allow(/blob|502/);
  const server = await startServer("parts");
  await page.route("**/blob/**", (route) => route.fulfill({ status: 502, body: "no" }));
  await open(page, server, QUERY);
  await server.command("new float32");
  await expect
    .poll(() => page.evaluate(() => window.viserPage!.scene!.node("/cloud")?.kind))
    .toBe("PointCloudMessage");
  await server.command("paint 0 500000");
  await expect.poll(async () => (await find(page, "green")).pixels).toBeGreaterThan(1000);
});
