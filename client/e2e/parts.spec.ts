/** Partial updates of arrays by a Go program: uploads, appearance and freed resources. */
import { caughtUp, expect, open, type Page, rest, test } from "./harness";
import { expectSeen, find } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("parts");
  await open(page, server);
});

/** Pixels of a scene unit at the camera's distance; the sheet is 3 by 1 units, its middle that of the picture. */
const UNIT = 200 / (4 * Math.tan((75 * Math.PI) / 360));

const frames = (page: Page) => page.evaluate(() => window.viserPage!.scene!.stats().frames);

/** Runs a command, and waits until it is drawn. */
async function shown(page: Page, command: string): Promise<void> {
  const before = await frames(page);
  await server.command(command);
  await caughtUp(page, server);
  await expect.poll(() => frames(page)).toBeGreaterThan(before);
  await rest(page);
}

for (const [precision, bytes] of [
  ["float32", 12],
  ["float16", 8],
] as const) {
  test(`only the changed part of a million points is uploaded (${precision})`, async ({
    page,
    gl,
  }) => {
    await shown(page, `new ${precision}`);
    const paint = await gl.during(() => shown(page, "paint 0 100000"), 0);
    expect(paint.allocations).toBe(0);
    expect(paint.uploaded).toBe(100_000 * 4);
    // The lower tenth of the sheet.
    const green = await find(page, "green");
    expect(Math.abs(green.width - 3 * UNIT)).toBeLessThan(4);
    expect(Math.abs(green.height - 0.1 * UNIT)).toBeLessThan(4);
    const lift = await gl.during(() => shown(page, "lift 0 50000"), 0);
    expect(lift.allocations).toBe(0);
    expect(lift.uploaded).toBe(50_000 * bytes);
    const apart = await find(page, "green");
    expect(Math.abs(apart.height - 1.25 * UNIT)).toBeLessThan(4);
  });
}

test("a million points replaced ten times per second keep their buffers", async ({ page, gl }) => {
  test.setTimeout(120_000);
  await shown(page, "new float32");
  const whole = await gl.during(() => shown(page, "whole 10 0"), 0);
  expect(whole.allocations).toBe(0);
  // At most once each; a slow machine skips some.
  expect(whole.uploaded % 16_000_000).toBe(0);
  expect(whole.uploaded).toBeGreaterThanOrEqual(16_000_000);
  expect(whole.uploaded).toBeLessThanOrEqual(160_000_000);
});

test("appended points rarely allocate memory, and truncation never does", async ({ page, gl }) => {
  await shown(page, "new float32");
  const first = await gl.during(() => shown(page, "append 1 1000"), 0);
  expect(first.allocations).toBeLessThanOrEqual(4);
  await expectSeen(page, "red");
  const more = await gl.during(() => shown(page, "append 10 1000"), 0);
  expect(more.allocations).toBe(0);
  expect(more.uploaded).toBe(10_000 * 16);
  const less = await gl.during(() => shown(page, "keep 1000000 0"), 0);
  expect([less.allocations, less.uploaded]).toEqual([0, 0]);
  await expectSeen(page, "red", false);
});

test("partial updates do not leak memory", async ({ page }) => {
  test.setTimeout(120_000);
  const cdp = await page.context().newCDPSession(page);
  const memory = async (): Promise<number> => {
    await cdp.send("HeapProfiler.collectGarbage");
    const use = (await cdp.send("Runtime.getHeapUsage")) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    return use.usedSize + (use.backingStorageSize ?? 0);
  };
  await shown(page, "new float16");
  await shown(page, "sweep 10 10000");
  const before = await memory();
  await shown(page, "sweep 60 10000");
  const after = await memory();
  expect(after - before).toBeLessThan(2_000_000);
  await expectSeen(page, "green");
});

test("instances are moved, colored and appended partially", async ({ page }) => {
  await shown(page, "batch");
  const row = await find(page, "red");
  expect(Math.abs(row.width - 2.2 * UNIT)).toBeLessThan(6);
  await shown(page, "rise 2 2");
  expect(Math.abs((await find(page, "red")).height - 1.2 * UNIT)).toBeLessThan(6);
  await shown(page, "tint 0 1");
  expect((await find(page, "green")).width).toBeLessThan(0.3 * UNIT);
  await shown(page, "more 2 0");
  expect(Math.abs((await find(page, "red")).width - 2.6 * UNIT)).toBeLessThan(6);
});

test("an invalid patch marks the node, until the array is sent as a whole", async ({ page }) => {
  await shown(page, "batch");
  const mark = () =>
    page.evaluate(
      () => window.viserPage!.scene!.tree.root().children.find((n) => n.name === "batch")?.error,
    );
  for (const patch of [
    { property: "batched_positions", total: 18, ranges: [99, 3], data: new Array(3).fill(0) },
    { property: "batched_positions", total: 1e9, ranges: [0, 3], data: new Array(3).fill(0) },
    { property: "side", total: 3, ranges: [0, 3], data: new Array(3).fill(0) },
    { property: "__proto__", total: 3, ranges: [0, 3], data: new Array(3).fill(0) },
  ]) {
    await page.evaluate(({ data, ...rest }) => {
      const patches = [{ ...rest, index: 0, data: new Float32Array(data) }];
      const message = { type: "SceneNodePatchMessage", name: "/batch", owner: "", patches };
      window.viserPage!.scene!.apply([message as never]);
    }, patch);
    await expect.poll(mark).toContain(patch.property);
  }
  await expectSeen(page, "red");
  await shown(page, "rise 2 2");
  expect(Math.abs((await find(page, "red")).height - 1.2 * UNIT)).toBeLessThan(6);
});
