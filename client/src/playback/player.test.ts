/** What a page asks a recording to do. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PlaybackCommand } from "../transport/rpc";
import { type Entry, ourFile } from "./testing/files";
import { Page } from "./testing/page";

const TIMES = [0.5, 1, 1, 2.25, 3, 3.5];
const entries: Entry[] = [
  {
    time: 0,
    message: { type: "FrameMessage", name: "/f", owner: "", virtual: false, props: {} },
  },
  ...TIMES.map((time, i): Entry => {
    const message = { type: "SetPositionMessage", name: "/f", position: [i + 1, 0, 0], owner: "" };
    return { time, message };
  }),
];
const DURATION = 4;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function opened(playing = false): Promise<Page> {
  const { bytes } = ourFile(entries, { duration: DURATION, chunkEntries: 2, keyframeChunks: 2 });
  const page = new Page({ source: { data: bytes.slice().buffer }, playing });
  await page.opened();
  return page;
}

const command = (page: Page, what: PlaybackCommand): void => page.playback.command(what);

/** The x of the node, which counts its moves. */
const moves = (page: Page): number => page.state.variants("/f")[0]?.position?.[0] ?? 0;

const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(1000 * seconds);

test("plays to the end, stops there, and begins anew", async () => {
  const page = await opened();
  command(page, { do: "play" });
  await pass(2);
  expect(moves(page)).toBe(3);
  await pass(3);
  expect(page.timeline).toMatchObject({ playing: false, time: DURATION });
  expect(moves(page)).toBe(6);
  command(page, { do: "play" });
  await pass(0.75);
  expect(page.timeline!.playing).toBe(true);
  expect(moves(page)).toBe(1);
});

test("begins to play at once if it is to", async () => {
  const page = await opened(true);
  await pass(1.5);
  expect(moves(page)).toBe(3);
});

test("a loop goes on at the beginning, until it is turned off", async () => {
  const page = await opened();
  command(page, { do: "loop", on: true });
  command(page, { do: "play" });
  await pass(DURATION + 0.75);
  expect(page.timeline).toMatchObject({ playing: true, loop: true });
  expect(moves(page)).toBe(1);
  await pass(DURATION);
  expect(moves(page)).toBe(1);
  command(page, { do: "loop", on: false });
  await pass(DURATION);
  expect(page.timeline).toMatchObject({ playing: false, loop: false, time: DURATION });
});

test("steps from change to change, both ways, and no further", async () => {
  const page = await opened();
  command(page, { do: "play" });
  const step = async (direction: 1 | -1): Promise<[number, number]> => {
    command(page, { do: "step", direction });
    await page.settled();
    return [page.timeline!.time, moves(page)];
  };
  const forward: [number, number][] = [
    [0.5, 1],
    [1, 3],
    [2.25, 4],
    [3, 5],
    [3.5, 6],
    [4, 6],
    [4, 6],
  ];
  for (const want of forward) expect(await step(1)).toEqual(want);
  expect(page.timeline!.playing).toBe(false);
  for (const want of [...forward.slice(0, 5).reverse(), [0, 0], [0, 0]]) {
    expect(await step(-1)).toEqual(want);
  }
});

test("counts all steps that are made at once, from where a seek before them goes", async () => {
  const page = await opened();
  command(page, { do: "step", direction: 1 });
  command(page, { do: "seek", time: 0.7 });
  for (const direction of [1, 1, 1, -1] as const) command(page, { do: "step", direction });
  await page.settled();
  expect([page.timeline!.time, moves(page)]).toEqual([2.25, 4]);
  command(page, { do: "step", direction: -1 });
  command(page, { do: "seek", time: 3.2 });
  await page.settled();
  expect([page.timeline!.time, moves(page)]).toEqual([3.2, 5]);
});

test("a step does not take back that playing begins anew at the end", async () => {
  let anew = 0;
  for (let ticks = 0; ticks < 12; ticks++) {
    const page = await opened();
    command(page, { do: "seek", time: DURATION });
    await page.settled();
    command(page, { do: "step", direction: -1 });
    for (let i = 0; i < ticks; i++) await Promise.resolve();
    command(page, { do: "play" });
    const fromStart = page.timeline!.time === 0;
    if (fromStart) anew++;
    await pass(0.25);
    expect(page.timeline!.time < 1, `after ${ticks} ticks`).toBe(fromStart);
  }
  expect(anew).toBeGreaterThan(2);
});

describe("the speed", () => {
  test.each([
    [0.1, 0.1],
    [0.5, 0.5],
    [2, 2],
    [100, 16],
    [0, 0.1],
    [-1, 0.1],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
  ])("%d is %d", async (value, speed) => {
    const page = await opened();
    command(page, { do: "speed", value });
    expect(page.timeline!.speed).toBe(speed);
    command(page, { do: "play" });
    await pass(2 / speed);
    command(page, { do: "pause" });
    // A frame at the highest speed is 0.27 s.
    expect(page.timeline!.time).toBeGreaterThan(1.7);
    expect(page.timeline!.time).toBeLessThan(2.3);
  });

  test("may change while it plays, without a jump", async () => {
    const page = await opened();
    command(page, { do: "play" });
    await pass(1);
    command(page, { do: "speed", value: 0.5 });
    await pass(1);
    expect(page.timeline!.time).toBeCloseTo(1.5, 1);
  });
});

test("times outside of it are its ends, and what is no time is nothing", async () => {
  const page = await opened();
  await page.seek(99);
  expect(page.timeline!.time).toBe(DURATION);
  await page.seek(-1);
  expect(page.timeline!.time).toBe(0);
  await page.seek(1);
  command(page, { do: "seek", time: Number.NaN });
  await page.nextTurn();
  expect(page.timeline!.time).toBe(1);
});

describe("a page that is slow", () => {
  test("has at most two batches before it while it plays, and misses nothing", async () => {
    const page = await opened();
    page.slow = true;
    command(page, { do: "play" });
    await pass(3.2);
    expect(page.held).toBe(2);
    expect(moves(page)).toBe(3);
    const before = page.batches;
    page.release();
    await pass(0.1);
    expect(page.batches).toBe(before + 1);
    expect(moves(page)).toBe(5);
    await pass(1);
    expect(moves(page)).toBe(6);
  });

  test("is sent the newest of the times that it asked for", async () => {
    const page = await opened();
    await page.seek(0);
    page.slow = true;
    command(page, { do: "seek", time: 0.6 });
    await page.nextTurn();
    const before = page.batches;
    for (const time of [1, 2.5, 3.2, 1.1, 3.6]) command(page, { do: "seek", time });
    await page.nextTurn();
    expect(page.batches).toBe(before);
    page.release();
    await page.nextTurn();
    expect(page.batches).toBe(before + 1);
    expect(moves(page)).toBe(6);
    page.release();
  });
});

test("nothing is played while the page is not visible", async () => {
  const page = await opened();
  command(page, { do: "play" });
  await pass(0.75);
  page.playback.setVisible(false);
  await pass(100);
  expect(moves(page)).toBe(1);
  page.playback.setVisible(true);
  await pass(0.75);
  expect(moves(page)).toBe(3);
  expect(page.timeline!.playing).toBe(true);
});

test("a failure is told, and opening it again goes on at the same time", async () => {
  const { bytes } = ourFile(entries, { duration: DURATION, chunkEntries: 2, keyframeChunks: 2 });
  let gone = false;
  const fetch = async (): Promise<Response> =>
    gone ? new Response("", { status: 404 }) : new Response(bytes.slice());
  const page = new Page({ source: { url: "http://127.0.0.1/x.viser" }, fetch });
  await page.opened();
  await page.seek(2.5);
  gone = true;
  page.playback.retry();
  await page.nextTurn();
  expect(page.status.kind).toBe("live");

  const never = new Page({ source: { url: "http://127.0.0.1/x.viser" }, fetch });
  await never.opened();
  expect(never.status).toMatchObject({
    kind: "closed",
    detail: expect.stringMatching(/not there/),
  });
  gone = false;
  never.playback.retry();
  await never.until(() => never.timeline !== null);
  expect(never.status.kind).toBe("live");
});
