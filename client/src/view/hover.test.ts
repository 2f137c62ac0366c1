import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Hover, type HoverDeps } from "./hover";

/** A hover over a world whose searches take that long, and find what `under` says. */
function hovering(searchMs: number) {
  const place = (name: string) => ({ name, shown: true, visual: { outline: () => name } });
  const nodes = { a: place("a"), b: place("b") };
  const state = { under: "a" as "a" | "b" | null, searches: 0, outlined: null as unknown };
  const deps = {
    canvas: { style: { cursor: "" } },
    world: {
      pressable: new Set([nodes.a, nodes.b]),
      gizmos: new Set(),
      flushNodes: () => {},
      pick: () => {
        state.searches++;
        vi.advanceTimersByTime(searchMs);
        return state.under && { place: nodes[state.under], hit: { instance: null } };
      },
    },
    aim: { threeRay: () => null, eye: () => null },
    outline: { show: (what: unknown) => (state.outlined = what) },
    requestRender: () => {},
    dragged: () => null,
    pressed: () => false,
  };
  const hover = new Hover(deps as unknown as HoverDeps);
  hover.restAt({ clientX: 0, clientY: 0 });
  return { hover, state };
}

beforeEach(() => vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

test("quick searches are made for each frame", () => {
  const { hover, state } = hovering(0);
  hover.refresh();
  state.under = "b";
  hover.refresh();
  expect(state.outlined).toBe("b");
  expect(vi.getTimerCount()).toBe(0);
});

test("after a slow search the next one waits, and comes without a further frame", () => {
  const { hover, state } = hovering(10);
  hover.refresh();
  state.under = null;
  hover.refresh();
  hover.refresh();
  expect([state.searches, state.outlined]).toEqual([1, "a"]);
  vi.advanceTimersByTime(299);
  expect(state.outlined).toBe("a");
  vi.advanceTimersByTime(1);
  expect([state.searches, state.outlined]).toEqual([2, null]);
  expect(vi.getTimerCount()).toBe(0);
});

test("no search comes after the pointer has left", () => {
  const { hover, state } = hovering(10);
  hover.refresh();
  hover.refresh();
  hover.leave();
  vi.advanceTimersByTime(1000);
  expect([state.searches, state.outlined, vi.getTimerCount()]).toEqual([1, null, 0]);
});
