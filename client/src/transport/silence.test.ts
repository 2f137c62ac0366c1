// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PONG_TIMEOUT_MS, SILENCE_AFTER_MESSAGE_MS, SILENCE_MS, SilenceWatch } from "./silence";

describe("the watch for a silent connection", () => {
  let waiting: boolean;
  let asked: number;
  let dead: number;
  let watch: SilenceWatch;
  beforeEach(() => {
    vi.useFakeTimers();
    waiting = false;
    asked = dead = 0;
    watch = new SilenceWatch({
      waiting: () => waiting,
      ask: () => asked++,
      onDead: () => dead++,
    });
    watch.received();
    watch.start();
  });
  afterEach(() => {
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it("asks after a silence, and reports when nothing comes", () => {
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(asked).toBe(0);
    vi.advanceTimersByTime(1);
    expect(asked).toBe(1);
    vi.advanceTimersByTime(PONG_TIMEOUT_MS - 1);
    expect(dead).toBe(0);
    vi.advanceTimersByTime(1);
    expect(dead).toBe(1);
    vi.advanceTimersByTime(10 * SILENCE_MS);
    expect([asked, dead]).toEqual([1, 1]);
  });

  it("does not ask while something is received", () => {
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(SILENCE_MS / 2);
      watch.received();
    }
    expect([asked, dead]).toEqual([0, 0]);
  });

  it("goes on after a response", () => {
    for (let i = 1; i <= 3; i++) {
      while (asked < i) vi.advanceTimersByTime(1000);
      watch.received();
      vi.advanceTimersByTime(PONG_TIMEOUT_MS);
      expect(dead).toBe(0);
    }
  });

  it("asks sooner while a message is not confirmed, also one sent in the middle of the wait", () => {
    vi.advanceTimersByTime(SILENCE_MS - 1000);
    watch.received();
    waiting = true;
    vi.advanceTimersByTime(SILENCE_AFTER_MESSAGE_MS + 1000);
    expect(asked).toBe(1);
  });

  it("does nothing after it was stopped, not even while it waits for a response", () => {
    vi.advanceTimersByTime(SILENCE_MS);
    watch.stop();
    vi.advanceTimersByTime(10 * SILENCE_MS);
    expect([asked, dead]).toEqual([1, 0]);
  });
});
