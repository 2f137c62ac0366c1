import { expect, test } from "vitest";
import type { Placement as Order } from "../../protocol/messages.gen";
import { placeAt } from "./panel";
import { CONTROL_PANEL, MARGIN, PanelState } from "./panel-state";

const position = (order: Order, counter: number, run_id = "r", uuid = CONTROL_PANEL) =>
  ({ type: "GuiSetPanelPositionMessage", uuid, position: order, counter, run_id }) as const;
const collapsed = (value: boolean, counter: number, run_id = "r") =>
  ({
    type: "GuiSetPanelCollapsedMessage",
    uuid: CONTROL_PANEL,
    collapsed: value,
    counter,
    run_id,
  }) as const;

test("obeys each order once: a replay does not undo what the user did", () => {
  const panel = new PanelState();
  panel.apply(collapsed(true, 1));
  expect(panel.collapsed.get()).toBe(true);
  panel.collapsed.set(false);
  panel.apply(collapsed(true, 1));
  expect(panel.collapsed.get()).toBe(false);
  panel.apply(collapsed(true, 2));
  expect(panel.collapsed.get()).toBe(true);
  // A server that has started again counts from the start.
  panel.apply(collapsed(false, 1, "other"));
  expect(panel.collapsed.get()).toBe(false);
});

test("each axis counts for itself", () => {
  const panel = new PanelState();
  panel.apply(collapsed(true, 9));
  panel.apply(position({ kind: "edge", edge: "left" }, 2));
  expect(panel.placement.get()).toMatchObject({ mode: "dock", side: "left" });
});

test("floats where it is told, and home where it is told nothing", () => {
  const panel = new PanelState();
  panel.apply(position({ kind: "float", x: 100, y: 50 }, 1));
  expect(panel.placement.get()).toEqual({ mode: "float", side: "left", x: 100, y: 50 });
  panel.apply(position({ kind: "float", x: null, y: null }, 2));
  expect(panel.placement.get()).toEqual({ mode: "float", side: "right", x: MARGIN, y: MARGIN });
});

test("sizes are kept within reason, and nothing else has an effect", () => {
  const panel = new PanelState();
  const size = (width: unknown, counter: number) =>
    panel.apply({
      type: "GuiSetPanelWidthMessage",
      uuid: CONTROL_PANEL,
      width: width as number,
      counter,
      run_id: "r",
    });
  size(5, 1);
  expect(panel.width.get()).toBe(160);
  size(1e9, 2);
  expect(panel.width.get()).toBe(4000);
  size(Number.NaN, 3);
  expect(panel.width.get()).toBeNull();
  const before = panel.placement.get();
  panel.apply(position({ kind: "edge", edge: "left" }, 1, "r", "another panel"));
  panel.apply(position({ kind: "split", anchor_uuid: "x", side: "above" }, 1));
  panel.apply(position(null as unknown as Order, 2));
  panel.apply(position({ kind: "nonsense" } as unknown as Order, 3));
  expect(panel.placement.get()).toEqual(before);
});

test("the nearer side holds it, and it stays on the page", () => {
  const page = { width: 1000, height: 600 };
  expect(placeAt(100, 40, 300, page)).toEqual({ mode: "float", side: "left", x: 100, y: 40 });
  expect(placeAt(650, 40, 300, page)).toEqual({ mode: "float", side: "right", x: 50, y: 40 });
  expect(placeAt(-80, -20, 300, page)).toMatchObject({ side: "left", x: 0, y: 0 });
  expect(placeAt(5000, 5000, 300, page)).toMatchObject({
    side: "right",
    x: 0,
    y: 600 - 4 * MARGIN,
  });
});
