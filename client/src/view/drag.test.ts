import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buttonOf, listensToDrag, Segments } from "./drag";

describe("the segments of a drag", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function drag(wanted: readonly (string | null)[], held: "alt" | "shift" | null = null) {
    const sent: string[] = [];
    const segments = new Segments(
      held,
      (m) => wanted.includes(m),
      (phase, m) => sent.push(`${phase} ${m}`),
    );
    return { segments, sent };
  }

  it("starts at once, sends updates at most 20 times a second, and ends once", () => {
    const { segments, sent } = drag([null]);
    for (let ms = 0; ms < 1000; ms += 5) {
      segments.moved();
      vi.advanceTimersByTime(5);
    }
    segments.close();
    segments.close();
    vi.advanceTimersByTime(1000);
    expect(sent[0]).toBe("start null");
    expect(sent.at(-1)).toBe("end null");
    expect(sent.filter((t) => t === "end null").length).toBe(1);
    expect(sent.length - 2).toBeGreaterThanOrEqual(19);
    expect(sent.length - 2).toBeLessThanOrEqual(21);
  });

  it("ends with the old keys at once, and starts with the new ones after a delay", () => {
    const { segments, sent } = drag([null, "alt"]);
    segments.keys("alt");
    expect(sent).toEqual(["start null", "end null"]);
    segments.moved();
    vi.advanceTimersByTime(99);
    expect(sent.length).toBe(2);
    vi.advanceTimersByTime(1);
    expect(sent.at(-1)).toBe("start alt");
    segments.moved();
    expect(sent.at(-1)).toBe("update alt");
  });

  it("begins no segment for keys without a listener, and continues when they are released", () => {
    const { segments, sent } = drag([null]);
    segments.keys("shift");
    vi.advanceTimersByTime(500);
    segments.moved();
    expect(sent).toEqual(["start null", "end null"]);
    segments.keys(null);
    vi.advanceTimersByTime(100);
    expect(sent.at(-1)).toBe("start null");
  });

  it("begins no segment when the key is released just before the button", () => {
    const { segments, sent } = drag([null, "alt"], "alt");
    segments.keys(null);
    vi.advanceTimersByTime(60);
    segments.close();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual(["start alt", "end alt"]);
  });

  it("restarts the waiting time when the keys change again", () => {
    const { segments, sent } = drag([null, "alt", "shift"]);
    segments.keys("alt");
    vi.advanceTimersByTime(80);
    segments.keys("shift");
    vi.advanceTimersByTime(80);
    expect(sent).toEqual(["start null", "end null"]);
    vi.advanceTimersByTime(20);
    expect(sent.at(-1)).toBe("start shift");
  });
});

it("names the buttons, and requires exactly the keys of a binding", () => {
  expect([0, 1, 2, 3].map(buttonOf)).toEqual(["left", "middle", "right", null]);
  const bindings = [
    { button: "left" as const, modifier: null },
    { button: "right" as const, modifier: "alt" as const },
  ];
  expect(listensToDrag(bindings, "left", null)).toBe(true);
  expect(listensToDrag(bindings, "left", "alt")).toBe(false);
  expect(listensToDrag(bindings, "right", null)).toBe(false);
  expect(listensToDrag(bindings, "right", "alt")).toBe(true);
});
