import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TimelineState } from "../contract";
import { PageTimeline, SeekPacer, type TimelineCommand, toMessage } from "./timeline";

const at = (time: number, change: Partial<TimelineState> = {}): TimelineState => ({
  mode: "recording",
  from: 0,
  to: 10,
  time,
  playing: false,
  speed: 1,
  loop: false,
  program: false,
  following: false,
  buffering: false,
  notes: [],
  ...change,
});

let given: TimelineCommand[];
let timeline: PageTimeline;
beforeEach(() => {
  vi.useFakeTimers();
  given = [];
  timeline = new PageTimeline((command) => void given.push(command));
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a page's place in time", () => {
  it("shows the time that it goes to at once, and no older report", () => {
    timeline.report(at(1));
    timeline.seek(5);
    expect(given).toEqual([{ do: "seek", time: 5 }]);
    expect(timeline.get()?.time).toBe(5);
    timeline.report(at(1, { buffering: true }));
    expect(timeline.get()).toMatchObject({ time: 5, buffering: true });
    timeline.report(at(5));
    timeline.report(at(2));
    expect(timeline.get()?.time).toBe(2);
  });

  it("takes a report that comes late for the truth", () => {
    timeline.report(at(1));
    timeline.seek(5);
    vi.advanceTimersByTime(1500);
    timeline.report(at(1));
    expect(timeline.get()?.time).toBe(1);
  });

  it("goes on from there while it plays", () => {
    timeline.report(at(8, { playing: true }));
    timeline.seek(3);
    timeline.report(at(8.1, { playing: true }));
    expect(timeline.get()?.time).toBe(3);
    timeline.report(at(3.1, { playing: true }));
    expect(timeline.get()?.time).toBe(3.1);
    timeline.report(at(9, { playing: true }));
    expect(timeline.get()?.time).toBe(9);
  });

  it("shows a time within the range, and ignores what is no time", () => {
    timeline.seek(3);
    expect(given).toEqual([]);
    timeline.report(at(1));
    timeline.seek(99);
    expect(timeline.get()?.time).toBe(10);
    timeline.seek(-1);
    expect(timeline.get()?.time).toBe(0);
    timeline.seek(Number.NaN);
    expect(given).toEqual([
      { do: "seek", time: 99 },
      { do: "seek", time: -1 },
    ]);
  });

  it("knows the range of now when it goes somewhere", () => {
    const live = new PageTimeline(
      (command) => void given.push(command),
      () => live.report(at(15, { to: 20 })),
    );
    live.report(at(10));
    live.seek(15);
    expect(live.get()?.time).toBe(15);
  });

  it("passes on the other commands", () => {
    timeline.report(at(1));
    timeline.play();
    timeline.pause();
    timeline.setSpeed(2);
    timeline.setLoop(true);
    timeline.step(-1);
    timeline.follow();
    expect(given.map((c) => c.do)).toEqual(["play", "pause", "speed", "loop", "step", "follow"]);
    timeline.report(null);
    expect(timeline.get()).toBeNull();
  });
});

describe("commands to a server", () => {
  it("are messages with one number", () => {
    const type = "TimelineControlMessage";
    expect(toMessage({ do: "seek", time: 2.5 })).toEqual({ type, command: "seek", value: 2.5 });
    expect(toMessage({ do: "speed", value: 2 })).toEqual({ type, command: "speed", value: 2 });
    expect(toMessage({ do: "loop", on: true })).toEqual({ type, command: "loop", value: 1 });
    expect(toMessage({ do: "step", direction: -1 })).toEqual({ type, command: "step", value: -1 });
    expect(toMessage({ do: "follow" })).toEqual({ type, command: "follow", value: 0 });
  });

  it("are no more seeks than a server needs, and end with the last one", () => {
    const sent: TimelineCommand[] = [];
    const pacer = new SeekPacer((command) => void sent.push(command));
    const times = () => sent.splice(0).map((c) => (c.do === "seek" ? c.time : c.do));
    for (let t = 0; t < 10; t++) pacer.take({ do: "seek", time: t });
    expect(times()).toEqual([0]);
    vi.advanceTimersByTime(50);
    expect(times()).toEqual([9]);
    pacer.take({ do: "seek", time: 10 });
    pacer.take({ do: "play" });
    expect(times()).toEqual([10, "play"]);
    vi.advanceTimersByTime(1000);
    expect(times()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    pacer.take({ do: "seek", time: 11 });
    pacer.take({ do: "seek", time: 12 });
    pacer.dispose();
    vi.advanceTimersByTime(1000);
    expect(times()).toEqual([11]);
  });
});
