import { beforeEach, expect, it } from "vitest";
import type { FrameMessage } from "../protocol/messages.gen";
import type { TreeHost } from "./place";
import { SceneTree } from "./tree";
import { TreeModel } from "./treeModel";

const frame = (name: string, more: Partial<FrameMessage> = {}): FrameMessage => ({
  type: "FrameMessage",
  name,
  owner: "",
  virtual: false,
  props: {
    show_axes: true,
    axes_length: 1,
    axes_radius: 0.1,
    origin_radius: 0.2,
    origin_color: [1, 2, 3],
    scale: 1,
  },
  ...more,
});

let drawn: string[];
let tree: SceneTree;
let model: TreeModel;

beforeEach(() => {
  drawn = [];
  const host: TreeHost<unknown> = {
    replaced: () => {},
    propsChanged: (_, names) => drawn.push(names?.join() ?? "all"),
    arrayChanged: () => {},
    moved: () => {},
    shownChanged: () => {},
    bindingsChanged: () => {},
    treeChanged: (place) => model.changed(place),
  };
  tree = new SceneTree(host);
  model = new TreeModel(tree, () => {});
  tree.create(frame("/a", { id: 7 }));
  tree.setPosition("/a", "", [1, 2, 3]);
  drawn = [];
});

const edited = () => [...(tree.details("/a")?.edited ?? [])];
const prop = (name: string) => tree.details("/a")?.props[name];

it("changes a property on this page until the program sets that one again", () => {
  tree.edit("/a", { props: { axes_length: 5, show_axes: false, nonsense: 1 } });
  expect(drawn).toEqual(["axes_length,show_axes"]);
  expect([prop("axes_length"), prop("show_axes"), prop("nonsense")]).toEqual([5, false, undefined]);
  expect(edited()).toEqual(["axes_length", "show_axes"]);
  expect(model.root().children[0]!.edited).toBe(true);

  tree.update("/a", "", { axes_length: 2, scale: 3 });
  expect([prop("axes_length"), prop("show_axes"), prop("scale")]).toEqual([2, false, 3]);
  expect(edited()).toEqual(["show_axes"]);
  tree.update("/a", "", { show_axes: false });
  expect(edited()).toEqual([]);
  expect(model.root().children[0]!.edited).toBeUndefined();
});

it("reverts to the program's value, however often it was changed", () => {
  tree.edit("/a", { props: { axes_length: 5 }, position: [9, 9, 9] });
  tree.edit("/a", { props: { axes_length: 6, scale: 2 }, position: [8, 8, 8], wxyz: [0, 2, 0, 0] });
  expect(tree.details("/a")).toMatchObject({ position: [8, 8, 8], wxyz: [0, 1, 0, 0] });
  tree.unedit("/a", ["axes_length"]);
  expect([prop("axes_length"), prop("scale")]).toEqual([1, 2]);
  expect(edited()).toEqual(["scale", "#position", "#wxyz"]);
  tree.unedit("/a", null);
  expect(tree.details("/a")).toMatchObject({ position: [1, 2, 3], wxyz: [1, 0, 0, 0] });
  expect(prop("scale")).toBe(1);
  expect(edited()).toEqual([]);
});

it("ends when the program sets the pose, by name or packed", () => {
  tree.edit("/a", { position: [9, 9, 9], wxyz: [0, 1, 0, 0] });
  tree.setPosition("/a", "", [4, 5, 6]);
  expect(edited()).toEqual(["#wxyz"]);
  expect(tree.details("/a")!.position).toEqual([4, 5, 6]);
  tree.poses.setAll([], [], [7], [0, 0, 1, 0]);
  expect(edited()).toEqual([]);
  tree.edit("/a", { position: [9, 9, 9] });
  tree.poses.setAll([7], [1, 1, 1], [], []);
  expect(tree.details("/a")).toMatchObject({ position: [1, 1, 1], wxyz: [0, 0, 1, 0] });
});

it("ends when the program creates the node again, and at a reconnection", () => {
  tree.edit("/a", { props: { axes_length: 5 }, position: [9, 9, 9] });
  tree.create(frame("/a"));
  expect(prop("axes_length")).toBe(1);
  expect(tree.details("/a")!.position).toEqual([1, 2, 3]);
  expect(edited()).toEqual([]);

  tree.edit("/a", { props: { axes_length: 5 } });
  tree.replayStart();
  expect(prop("axes_length")).toBe(5);
  tree.create(frame("/a"));
  tree.replayDone();
  expect([prop("axes_length"), edited()]).toEqual([1, []]);
});

it("rejects invalid poses, and unknown nodes", () => {
  tree.edit("/a", { position: [Number.NaN, 0, 0], wxyz: [0, 0, 0, 0] });
  expect(edited()).toEqual([]);
  expect(tree.details("/a")).toMatchObject({ position: [1, 2, 3], wxyz: [1, 0, 0, 0] });
  tree.edit("/b", { position: [1, 1, 1] });
  tree.unedit("/b", null);
  expect(tree.details("/b")).toBeNull();
  expect(tree.details("")).toBeNull();
});

it("belongs to its node: a node of another owner at the same name has its own values", () => {
  tree.edit("/a", { props: { axes_length: 5 } });
  tree.create(frame("/a", { owner: "3" }));
  expect([prop("axes_length"), edited()]).toEqual([1, []]);
  tree.remove("/a", "3");
  expect([prop("axes_length"), edited()]).toEqual([5, ["axes_length"]]);
});
