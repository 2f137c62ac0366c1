import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TimelineState } from "../contract";
import type { TimelineMessage } from "../protocol/messages.gen";
import { LiveClock } from "./liveClock";

const message = (change: Partial<TimelineMessage> = {}): TimelineMessage => ({
  type: "TimelineMessage",
  enabled: true,
  from: 0,
  to: 20,
  time: 10,
  playing: false,
  speed: 1,
  loop: false,
  following: false,
  program: false,
  span: 30,
  ...change,
});

let reports: (TimelineState | null)[];
let clock: LiveClock;
beforeEach(() => {
  vi.useFakeTimers();
  reports = [];
  clock = new LiveClock((state) => void reports.push(state));
});
afterEach(() => {
  clock.dispose();
  vi.useRealTimers();
});
const last = () => reports.at(-1);

describe("a page on its server's timeline", () => {
  it("needs no timer while it follows", () => {
    clock.take(message({ following: true, playing: true, time: 20 }));
    expect(vi.getTimerCount()).toBe(0);
    expect(reports).toHaveLength(1);
    vi.advanceTimersByTime(5000);
    clock.refresh();
    expect(last()).toMatchObject({ mode: "live", from: 0, to: 25, time: 25, following: true });
    vi.advanceTimersByTime(10_000);
    clock.refresh();
    expect(last()).toMatchObject({ from: 5, to: 35, time: 35 });
  });

  it("stands still while it is paused, until its time is forgotten", () => {
    clock.take(message());
    vi.advanceTimersByTime(12_000);
    expect(reports).toHaveLength(13);
    expect(last()).toMatchObject({ from: 2, to: 32, time: 10 });
    vi.advanceTimersByTime(12_000);
    expect(last()).toMatchObject({ from: 14, to: 44, time: 14 });
  });

  it("goes on ten times a second while it plays", () => {
    clock.take(message({ playing: true, speed: 4 }));
    vi.advanceTimersByTime(1000);
    expect(reports).toHaveLength(11);
    expect(last()).toMatchObject({ to: 21, time: 14 });
    vi.advanceTimersByTime(60_000);
    expect(last()).toMatchObject({ time: 81, to: 81 });
  });

  it("begins again at the end if it loops", () => {
    clock.take(message({ playing: true, loop: true, program: true, speed: 2 }));
    vi.advanceTimersByTime(6000);
    expect(last()).toMatchObject({ from: 0, to: 20, time: 2 });
  });

  it("has no time of its own where the program has", () => {
    clock.take(message({ program: true }));
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    clock.refresh();
    expect(last()).toMatchObject({ from: 0, to: 20, time: 10 });
  });

  it("keeps all if only memory bounds it", () => {
    clock.take(message({ span: 0 }));
    vi.advanceTimersByTime(600_000);
    expect(last()).toMatchObject({ from: 0, to: 620 });
  });

  it("ends with the timeline", () => {
    clock.take(message({ playing: true }));
    clock.take(message({ enabled: false }));
    expect(last()).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
    clock.take(message({ playing: true }));
    clock.take(null);
    expect(last()).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });
});
