import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FrameLoop, Throttle } from "./loop";

describe("FrameLoop", () => {
  let frames: ((ms: number) => void)[];
  let drawn: number[];
  let loop: FrameLoop;

  beforeEach(() => {
    frames = [];
    drawn = [];
    loop = new FrameLoop(
      (s) => drawn.push(s),
      (cb) => frames.push(cb),
      () => frames.splice(0),
    );
  });

  const tick = (ms: number) => {
    for (const f of frames.splice(0)) f(ms);
  };

  it("draws once for any number of requests, and not without one", () => {
    loop.request();
    loop.request();
    expect(frames.length).toBe(1);
    tick(1000);
    expect(drawn.length).toBe(1);
    expect(frames.length).toBe(0);
  });

  it("passes the time since the frame that requested it, within bounds, and 1/60 s after an idle time", () => {
    let more = true;
    loop = new FrameLoop(
      (s) => {
        drawn.push(s);
        if (more) loop.request();
      },
      (cb) => frames.push(cb),
      () => {},
    );
    loop.request();
    tick(1000);
    tick(1020);
    tick(1500);
    more = false;
    tick(1510);
    loop.request();
    tick(9000);
    expect(drawn).toEqual([1 / 60, expect.closeTo(0.02, 9), 0.1, expect.closeTo(0.01, 9), 1 / 60]);
  });

  it("draws nothing after dispose", () => {
    loop.request();
    loop.dispose();
    loop.request();
    tick(1);
    expect(drawn).toEqual([]);
  });
});

describe("Throttle", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("calls at once, then at most once per interval, and never drops the last call", () => {
    let n = 0;
    const t = new Throttle(20, () => n++);
    t.call();
    expect(n).toBe(1);
    for (let i = 0; i < 5; i++) t.call();
    expect(n).toBe(1);
    vi.advanceTimersByTime(20);
    expect(n).toBe(2);
    vi.advanceTimersByTime(100);
    expect(n).toBe(2);
    t.call();
    t.now();
    expect(n).toBe(4);
    t.call();
    t.stop();
    vi.advanceTimersByTime(100);
    expect(n).toBe(4);
  });
});
