// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Placement as Order } from "../../protocol/messages.gen";
import { dockedAt, isCollapsed, MARGIN, MAX_PANELS, setWidth, windowOf } from "./arrangement";
import { LayoutStorage } from "./layoutStorage";
import { CONTROL_PANEL, PanelState } from "./panelState";

const position = (order: Order, counter: number, run_id = "r", uuid = CONTROL_PANEL) =>
  ({ type: "GuiSetPanelPositionMessage", uuid, position: order, counter, run_id }) as const;
const collapse = (collapsed: boolean, counter: number, run_id = "r", uuid = CONTROL_PANEL) =>
  ({ type: "GuiSetPanelCollapsedMessage", uuid, collapsed, counter, run_id }) as const;
const size = (axis: "Width" | "Height", pixels: unknown, counter: number) =>
  ({
    type: `GuiSetPanel${axis}Message`,
    uuid: CONTROL_PANEL,
    [axis.toLowerCase()]: pixels,
    counter,
    run_id: "r",
  }) as never;

let panel: PanelState;
beforeEach(() => {
  localStorage.clear();
  panel = new PanelState();
});
afterEach(() => vi.useRealTimers());

const now = () => panel.arrangement.get();
const main = () => windowOf(now(), CONTROL_PANEL)!;

test("applies each order once: a replay does not undo changes by the user", () => {
  panel.apply(collapse(true, 1));
  expect(panel.collapsed(CONTROL_PANEL)).toBe(true);
  panel.toggle(CONTROL_PANEL);
  panel.apply(collapse(true, 1));
  expect(panel.collapsed(CONTROL_PANEL)).toBe(false);
  panel.apply(collapse(true, 2));
  expect(panel.collapsed(CONTROL_PANEL)).toBe(true);
  // A restarted server counts from the start.
  panel.apply(collapse(false, 1, "other"));
  expect(panel.collapsed(CONTROL_PANEL)).toBe(false);
});

test("orders of each panel and axis are independent", () => {
  panel.add("p");
  panel.apply(collapse(true, 9));
  panel.apply(position({ kind: "edge", edge: "left" }, 2));
  panel.apply(position({ kind: "edge", edge: "right" }, 3, "r", "p"));
  expect(dockedAt(now(), CONTROL_PANEL)).toMatchObject({ side: "left" });
  expect(dockedAt(now(), "p")).toMatchObject({ side: "right" });
});

test("floats at the given position, from the opposite edge if negative, else at its default one", () => {
  panel.apply(position({ kind: "float", x: 100, y: 50 }, 1));
  expect(main().spot).toEqual({ side: "left", x: 100, edge: "top", y: 50 });
  panel.apply(position({ kind: "float", x: -15, y: -20 }, 2));
  expect(main().spot).toEqual({ side: "right", x: 15, edge: "bottom", y: 20 });
  panel.apply(position({ kind: "float", x: null, y: null }, 3));
  expect(main().spot).toEqual({ side: "right", x: MARGIN, edge: "top", y: MARGIN });
});

test("sizes are clamped, and invalid ones have no effect", () => {
  panel.apply(size("Width", 5, 1));
  expect(main().width).toBe(160);
  panel.apply(size("Width", 1e9, 2));
  expect(main().width).toBe(4000);
  panel.apply(size("Width", Number.NaN, 3));
  expect(main().width).toBeNull();
  panel.apply(size("Height", "tall", 4));
  expect(main().height).toBeNull();
  const before = now();
  panel.apply(position({ kind: "edge", edge: "left" }, 1, "r", "another panel"));
  panel.apply(position(null as unknown as Order, 5));
  panel.apply(position({ kind: "nonsense" } as unknown as Order, 6));
  expect(now()).toEqual(before);
});

test("panels dock above and below each other, and at the right edge for a floating neighbor", () => {
  for (const id of ["a", "b", "c"]) panel.add(id);
  const beside = (id: string, anchor: string, side: "above" | "below", n: number) =>
    panel.apply(position({ kind: "split", anchor_uuid: anchor, side }, n, "r", id));
  panel.apply(position({ kind: "edge", edge: "left" }, 1, "r", "a"));
  beside("b", "a", "below", 2);
  beside("c", "a", "above", 3);
  expect(now().left).toMatchObject([{ panels: ["c", "a", "b"], weights: [0.25, 0.25, 0.5] }]);
  // A cycle of anchors: each order by itself is valid.
  beside("a", "b", "below", 4);
  beside("b", "a", "below", 5);
  expect(now().left[0]?.panels).toEqual(["c", "a", "b"]);
  beside("b", CONTROL_PANEL, "below", 6);
  expect(dockedAt(now(), "b")).toMatchObject({ side: "right" });
  beside("b", "b", "below", 7);
  beside("b", "nobody", "below", 8);
  expect(dockedAt(now(), "b")).toMatchObject({ side: "right" });
});

test("a column is minimized as a whole", () => {
  panel.add("a");
  panel.add("b");
  panel.apply(position({ kind: "edge", edge: "left" }, 1, "r", "a"));
  panel.apply(position({ kind: "split", anchor_uuid: "a", side: "below" }, 2, "r", "b"));
  panel.apply(collapse(true, 3, "r", "b"));
  expect([isCollapsed(now(), "a"), isCollapsed(now(), "b")]).toEqual([true, true]);
  panel.remove("b");
  panel.remove("a");
  panel.remove("a");
  expect(now().left).toEqual([]);
});

test("the number of panels is limited", () => {
  for (let i = 0; i < 1000; i++) panel.add(`p${i}`);
  expect(now().windows).toHaveLength(MAX_PANELS);
});

test("changes by the user are kept after a reload, until the server sends a new order", () => {
  vi.useFakeTimers();
  // jsdom's own storage starts timers.
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
  const open = () => new PanelState(new LayoutStorage("ws://one", storage));
  panel = open();
  panel.add("p");
  panel.apply(position({ kind: "edge", edge: "left" }, 1, "r", "p"));
  panel.dock("p", "right");
  panel.arrangement.update((a) => setWidth(a, "p", 333));
  vi.advanceTimersByTime(1000);
  panel.dispose();

  panel = open();
  panel.add("p");
  panel.apply(position({ kind: "edge", edge: "left" }, 1, "r", "p"));
  expect(dockedAt(now(), "p")).toMatchObject({ side: "right" });
  expect(now().right[0]?.width).toBe(333);
  panel.apply(position({ kind: "edge", edge: "left" }, 2, "r", "p"));
  expect(dockedAt(now(), "p")).toMatchObject({ side: "left" });
  panel.keepOnly([]);
  expect(now().windows.map((w) => w.id)).toEqual([CONTROL_PANEL]);
  expect(vi.getTimerCount()).toBe(1);
  panel.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test("invalid stored layouts are ignored", () => {
  const key = "viser-go.layout s";
  const load = (text: string) => {
    localStorage.setItem(key, text);
    return new LayoutStorage("s", localStorage).load();
  };
  const w = { id: "a", spot: { side: "left", x: 0, edge: "top", y: 0 }, width: null, height: null };
  const good = { windows: [w], left: [], right: [] };
  expect(load(JSON.stringify({ arrangement: good, obeyed: [] }))).not.toBeNull();
  for (const bad of [
    "{",
    "7",
    "null",
    JSON.stringify({ arrangement: good }),
    JSON.stringify({ arrangement: good, obeyed: [["a", 7]] }),
    JSON.stringify({ arrangement: { ...good, windows: [{ ...w, spot: null }] }, obeyed: [] }),
    JSON.stringify({
      arrangement: { ...good, left: [{ panels: ["a"], weights: [0], width: null }] },
      obeyed: [],
    }),
    JSON.stringify({
      arrangement: { ...good, left: [{ panels: ["b"], weights: [1], width: null }] },
      obeyed: [],
    }),
  ]) {
    expect(load(bad)).toBeNull();
  }
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  } as unknown as Storage;
  const layoutStorage = new LayoutStorage("s", full);
  layoutStorage.save(() => ({ arrangement: good as never, obeyed: [] }));
  layoutStorage.dispose();
});
