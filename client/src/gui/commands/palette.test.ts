// @vitest-environment jsdom
import { expect, test } from "vitest";
import { type Action, Actions } from "../../shared/actions";
import { FakeScene, treeNode } from "../testing/render";
import { Commands } from "./commands";
import { PaletteEntries } from "./paletteEntries";
import { rank, search, wordsOf } from "./paletteSearch";

const order = (names: readonly string[], query: string): readonly string[] =>
  search(names, (name) => rank(name.toLowerCase(), "", wordsOf(query)), 10).map((f) => f.item);

test("names are found by words, parts of words and first letters, in this order", () => {
  const names = ["Refit", "Fit view", "Fog volume", "Show the fit", "Find and view"];
  expect(order(names, "fit")).toEqual(["Fit view", "Show the fit", "Refit"]);
  expect(order(names, "fv")).toEqual(["Fog volume", "Fit view", "Find and view"]);
  expect(order(names, "fiv")).toEqual(["Fit view", "Find and view"]);
  expect(order(names, "view f")).toEqual(["Fit view", "Find and view"]);
  expect(order(names, "fx")).toEqual([]);
  expect(order(names, "tif")).toEqual([]);
});

test("other names are found by the beginnings of their words, before scattered letters", () => {
  const found = (query: string) =>
    search(
      [
        ["snap to points", ""],
        ["view from above", "top plan"],
      ],
      ([name, also]) => rank(name!, "", wordsOf(query), also),
      10,
    ).map(({ item }) => item[0]);
  expect(found("top")).toEqual(["view from above", "snap to points"]);
  expect(found("lan")).toEqual([]);
});

test("a hostile name and query take no time", () => {
  const name = "a ".repeat(5000);
  expect(rank(name, "", [`${"a".repeat(4000)}z`])).toBeNull();
});

function sources() {
  const actions = new Actions();
  const commands = new Commands(() => {});
  const scene = new FakeScene();
  const entries = new PaletteEntries({ actions, commands, scene: scene.view, hideNodes: false });
  return { actions, commands, scene, entries };
}

const action = (id: string, given: Partial<Action> = {}): Action => ({
  id,
  label: id,
  section: "View",
  run: () => {},
  ...given,
});

test("the palette lists the program's commands, then available actions by section", () => {
  const { actions, commands, entries } = sources();
  const hidden = action("never", { available: () => false });
  actions.add(action("page", { section: "Page" }), action("view", { on: () => true }), hidden);
  commands.register("c", { label: "Run", hotkey: "R", description: "the view" });
  const list = (query: string) =>
    entries.groups(query).map((g) => [g.section, ...g.entries.map((e) => e.label)]);
  expect(list("")).toEqual([
    ["Program", "Run"],
    ["View", "view"],
    ["Page", "page"],
  ]);
  expect(entries.groups("")[1]!.entries[0]!.on).toBe(true);
  expect(list("view")).toEqual([
    ["View", "view"],
    ["Program", "Run"],
  ]);
  commands.readOnly = true;
  expect(list("")).toEqual([
    ["View", "view"],
    ["Page", "page"],
  ]);
  commands.dispose();
});

test("nodes are found by name once something is typed, and chosen ones are focused", async () => {
  const { scene, entries, commands } = sources();
  const children = Array.from({ length: 10_000 }, (_, i) => treeNode(`/robot/link${i}`));
  scene.root = treeNode("", { kind: "", children: [treeNode("/robot", { children })] });
  expect(entries.groups("")).toEqual([]);
  const [nodes] = entries.groups("link777");
  expect(nodes!.section).toBe("Nodes");
  expect(nodes!.entries.map((e) => e.label).slice(0, 2)).toEqual([
    "/robot/link777",
    "/robot/link7770",
  ]);
  expect(entries.groups("link")[0]!.entries).toHaveLength(50);
  nodes!.entries[0]!.run();
  expect(scene.calls.at(-1)).toBe("focus /robot/link777");
  expect(scene.view.selection.get()).toEqual(["/robot/link777"]);
  commands.dispose();
});
