import { expect, test } from "vitest";
import {
  add,
  dock,
  EMPTY,
  float,
  MARGIN,
  moveSplit,
  type Spot,
  setCollapsed,
  split,
} from "./arrangement";
import { collapsesTo, dropAt, plan, STRIP, spotAt } from "./geometry";

const page = { width: 1000, height: 600 };
const USUAL = 320;
const home: Spot = { side: "right", x: MARGIN, edge: "top", y: MARGIN };
const ids = ["m", "a", "b", "c"];
const start = ids.reduce((a, id) => add(a, id, home), EMPTY);
const all = new Set(ids);

test("docked panels share their column, and floating ones are placed in the remaining area", () => {
  const docked = split(dock(dock(start, "a", "left"), "c", "right"), "b", "a", "below");
  const { boxes, inset, columns } = plan(docked, all, page, USUAL);
  expect(inset).toEqual({ left: 320, right: 320 });
  expect(boxes.get("a")).toMatchObject({
    left: 0,
    top: 0,
    width: 320,
    height: 300,
    docked: "left",
  });
  expect(boxes.get("b")).toMatchObject({ left: 0, top: 300, height: 300 });
  expect(boxes.get("c")).toMatchObject({ left: 680, height: 600 });
  expect(boxes.get("m")).toMatchObject({ left: 1000 - 320 - MARGIN - 320, docked: null });
  expect(columns).toHaveLength(2);
});

test("a later column is further inward, a minimized one is a strip, and a hidden panel takes no space", () => {
  const two = dock(dock(start, "a", "left"), "b", "left");
  expect(plan(two, all, page, 200).boxes.get("b")?.left).toBe(200);
  const strip = plan(setCollapsed(two, "a", true), all, page, 200);
  expect(strip.boxes.get("b")?.left).toBe(STRIP);
  expect(strip.boxes.get("a")?.away).toBe(true);
  const hidden = plan(two, new Set(["m", "b"]), page, 200);
  expect(hidden.inset.left).toBe(200);
  expect(hidden.boxes.has("a")).toBe(false);
});

test("a part of the scene always stays visible", () => {
  const wide = dock(dock(dock(start, "a", "left"), "b", "left"), "c", "right");
  const { inset } = plan(wide, all, { width: 700, height: 400 }, 400);
  expect(700 - inset.left - inset.right).toBeGreaterThanOrEqual(158);
});

test("a floating panel stays on the page, however small that is", () => {
  const away = float(start, "a", { side: "left", x: 5000, edge: "top", y: 5000 });
  expect(plan(away, all, page, USUAL).boxes.get("a")).toMatchObject({ left: 680, top: 552 });
  const low = float(start, "a", { side: "left", x: 10, edge: "bottom", y: 20 });
  expect(plan(low, all, page, USUAL).boxes.get("a")).toMatchObject({ top: null, bottom: 20 });
  expect(plan(away, all, { width: 100, height: 20 }, USUAL).boxes.get("a")).toMatchObject({
    left: 0,
    top: 0,
    width: 160,
  });
});

test("a panel is anchored to the nearer side", () => {
  const none = { left: 0, right: 0 };
  expect(spotAt(100, 40, 300, page, none)).toEqual({ side: "left", x: 100, edge: "top", y: 40 });
  expect(spotAt(650, 40, 300, page, none)).toEqual({ side: "right", x: 50, edge: "top", y: 40 });
  expect(spotAt(-80, -20, 300, page, none)).toMatchObject({ side: "left", x: 0, y: 0 });
  expect(spotAt(420, 0, 300, page, { left: 400, right: 0 })).toMatchObject({ side: "left", x: 20 });
});

test("a panel dropped near an edge docks there, over a docked one above or below it", () => {
  const docked = dock(start, "a", "left");
  const p = plan(docked, all, page, USUAL);
  const at = (x: number, y: number, id = "m") => dropAt(id, x, y, p, page, USUAL);
  expect(at(5, 300)).toMatchObject({ kind: "edge", side: "left", light: { left: 320 } });
  expect(at(310, 300)).toMatchObject({ kind: "edge", side: "left" });
  expect(at(995, 300)).toMatchObject({ kind: "edge", side: "right", light: { left: 680 } });
  expect(at(150, 100)).toMatchObject({ kind: "split", anchor: "a", where: "above" });
  expect(at(150, 500)).toMatchObject({ kind: "split", anchor: "a", where: "below" });
  expect(at(150, 500, "a")).toBeNull();
  expect(at(600, 300)).toBeNull();
});

test("the divider between two panels moves, and keeps a minimum of both", () => {
  const column = split(dock(start, "a", "left"), "b", "a", "below");
  const heights = (a: typeof column) =>
    plan(a, all, page, USUAL).columns[0]!.rows.map((r) => r.height);
  expect(heights(moveSplit(column, "left", 0, 0, 0.25))).toEqual([450, 150]);
  expect(heights(moveSplit(column, "left", 0, 0, 9))).toEqual([540, 60]);
  expect(moveSplit(column, "left", 0, 1, 0.1)).toBe(column);
  expect(moveSplit(column, "right", 3, 0, 0.1)).toBe(column);
});

test("a panel collapses to its heading, to the side where it is docked, or as a sheet to the bottom", () => {
  const low: Spot = { side: "left", x: 10, edge: "bottom", y: 20 };
  const mixed = float(dock(dock(start, "a", "left"), "b", "right"), "c", low);
  const { boxes } = plan(mixed, all, page, USUAL);
  const to = ["m", "a", "b", "c"].map((id) => collapsesTo(boxes.get(id)!));
  expect(to).toEqual(["up", "left", "right", "down"]);
  expect(collapsesTo(null)).toBe("down");
});
