import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox, SEND_INTERVAL_MS } from "./outbox";

let sent: [string, unknown][];
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  outbox = new Outbox((uuid, value) => sent.push([uuid, value]));
});
afterEach(() => {
  outbox.dispose();
  vi.useRealTimers();
});

test("the first value is sent at once, then one per interval, and always the last one", () => {
  for (let i = 1; i <= 100; i++) {
    outbox.push("a", i);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(SEND_INTERVAL_MS);
  expect(sent[0]).toEqual(["a", 1]);
  expect(sent.at(-1)).toEqual(["a", 100]);
  // A second of values is 20 intervals.
  expect(sent.length).toBeGreaterThanOrEqual(20);
  expect(sent.length).toBeLessThanOrEqual(22);
  expect(vi.getTimerCount()).toBe(0);
});

test("widgets do not wait for each other", () => {
  outbox.push("a", 1);
  outbox.push("b", 2);
  expect(sent).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
});

test("flush sends a pending value once", () => {
  outbox.push("a", 1);
  outbox.push("a", 2);
  expect(outbox.waiting("a")).toBe(true);
  outbox.flush("a");
  expect(sent).toEqual([
    ["a", 1],
    ["a", 2],
  ]);
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(2);
  expect(outbox.waiting("a")).toBe(false);
});

test("while paused, only the newest value of each widget is kept, and sent on resume", () => {
  outbox.pause();
  outbox.push("a", 1);
  outbox.push("a", 2);
  outbox.push("b", 3);
  vi.advanceTimersByTime(10_000);
  outbox.flushAll();
  expect(sent).toEqual([]);
  outbox.resume();
  expect(sent).toEqual([
    ["a", 2],
    ["b", 3],
  ]);
});

test("a pending value is kept when the connection is lost", () => {
  outbox.push("a", 1);
  outbox.push("a", 2);
  outbox.pause();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([["a", 1]]);
  outbox.resume();
  expect(sent.at(-1)).toEqual(["a", 2]);
});

test("dropped values are not sent", () => {
  outbox.push("a", 1);
  outbox.push("a", 2);
  outbox.forget("a");
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([["a", 1]]);
});
