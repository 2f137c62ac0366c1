import { describe, expect, it } from "vitest";
import type { ClientMessage } from "../contract";
import type { CreateMessage, TreeHost } from "../scene/place";
import { SceneTree } from "../scene/tree";
import { hide, isolate, showAll } from "./select/hiding";
import { MAX_SELECTED, Selection } from "./selection";

const host: TreeHost<unknown> = {
  replaced: () => {},
  propsChanged: () => {},
  arrayChanged: () => {},
  moved: () => {},
  shownChanged: () => {},
  bindingsChanged: () => {},
  treeChanged: () => {},
};

function setUp(...names: string[]) {
  const tree = new SceneTree(host);
  const add = (name: string, owner = "", type = "BoxMessage") =>
    tree.create({ type, name, owner, virtual: false, props: {} } as unknown as CreateMessage);
  for (const name of names) add(name);
  const sent: ClientMessage[] = [];
  const selection = new Selection(tree, (m) => sent.push(m));
  const set = (revision: number, ...given: string[]) => {
    selection.set({ type: "SetSelectionMessage", names: given, revision });
    selection.settle(false);
  };
  return { tree, add, sent, selection, set, now: () => selection.paths.get() };
}

describe("the user's selection", () => {
  it("is replaced, added to and toggled, with the newest last", () => {
    const { selection, now } = setUp("/a", "/b", "/c");
    selection.select(["/a", "/none", "", "/a"], "set");
    expect(now()).toEqual(["/a"]);
    selection.select(["/c", "/b"], "add");
    selection.select(["/a"], "add");
    expect(now()).toEqual(["/c", "/b", "/a"]);
    selection.select(["/b"], "toggle");
    expect(now()).toEqual(["/c", "/a"]);
    selection.select(["/a", "/b"], "toggle");
    expect(now()).toEqual(["/c", "/a", "/b"]);
    selection.select([], "set");
    expect(now()).toEqual([]);
  });

  it("is told to the program only if it wants to know, and only if it is another", () => {
    const { selection, sent, add, set } = setUp("/a");
    add("/own", "3");
    selection.select(["/a"], "set");
    expect(sent).toEqual([]);
    selection.setReports(true);
    selection.select(["/a"], "set");
    expect(sent).toEqual([]);
    set(7, "/a");
    selection.select(["/own"], "add");
    expect(sent).toEqual([
      { type: "SelectionMessage", names: ["/a", "/own"], owners: ["", "3"], revision: 7 },
    ]);
    selection.readOnly = true;
    selection.select([], "set");
    selection.readOnly = false;
    selection.setReports(false);
    selection.select(["/a"], "set");
    expect(sent).toHaveLength(1);
  });

  it("has at most as many nodes as a server takes", () => {
    const names = Array.from({ length: MAX_SELECTED + 1 }, (_, i) => `/n${i}`);
    const { selection, now } = setUp(...names);
    selection.select(names, "set");
    expect(now()).toHaveLength(MAX_SELECTED);
  });

  it("is left by nodes that are removed, without a report", () => {
    const { selection, tree, sent, now } = setUp("/a", "/b");
    selection.setReports(true);
    selection.select(["/a", "/b"], "set");
    tree.remove("/b", "");
    selection.settle(true);
    expect(now()).toEqual(["/a"]);
    expect(sent).toHaveLength(1);
  });
});

describe("the program's selection", () => {
  it("is followed once, until it is another", () => {
    const { selection, set, now, sent } = setUp("/a", "/b");
    selection.setReports(true);
    set(1, "/b", "/none");
    expect(now()).toEqual(["/b"]);
    selection.select(["/a"], "set");
    set(1, "/b");
    expect(now()).toEqual(["/a"]);
    set(2, "/b");
    expect(now()).toEqual(["/b"]);
    set(3);
    expect(now()).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it("waits for its nodes while they are being sent", () => {
    const { selection, set, now, add } = setUp();
    selection.replayStart();
    set(1, "/late", "/never");
    add("/late");
    expect(now()).toEqual([]);
    selection.replayDone();
    expect(now()).toEqual(["/late"]);
    add("/never");
    selection.settle(true);
    expect(now()).toEqual(["/late"]);
  });

  it("survives a connection, unless another run of the program does not select", () => {
    const { selection, set, now } = setUp("/a", "/b");
    set(5, "/a");
    selection.replayStart();
    set(5, "/a");
    selection.replayDone();
    expect(now()).toEqual(["/a"]);
    selection.replayStart();
    selection.replayDone();
    expect(now()).toEqual([]);
    set(6, "/a");
    selection.select(["/b"], "set");
    selection.replayStart();
    selection.replayDone();
    expect(now()).toEqual(["/b"]);
  });

  it("does no harm if it is nonsense", () => {
    const { selection, now } = setUp("/a");
    for (const names of [null, "x", 3, [null, 5, {}, ["/a"], "\u0000"]]) {
      selection.set({ type: "SetSelectionMessage", names: names as string[], revision: 9 });
      selection.settle(false);
    }
    expect(now()).toEqual([]);
  });
});

describe("hiding on this page", () => {
  const shown = ({ tree }: ReturnType<typeof setUp>) =>
    [...tree.all()].filter((p) => p.path !== "" && p.shown).map((p) => p.path);

  it("hides what is selected, and shows all again", () => {
    const scene = setUp("/a", "/a/b", "/c");
    hide(scene.tree, ["/a", "/none"]);
    expect(shown(scene)).toEqual(["/c"]);
    showAll(scene.tree);
    expect(shown(scene)).toEqual(["/a", "/a/b", "/c"]);
  });

  it("isolates nodes with their descendants, and leaves the lights on", () => {
    const scene = setUp("/a", "/a/b", "/a/b/x", "/a/c", "/d", "/e");
    scene.add("/sun", "", "DirectionalLightMessage");
    scene.tree.setVisible("/a/b", "", false);
    scene.tree.setOverride("/e", true);
    isolate(scene.tree, ["/a/b"]);
    expect(shown(scene)).toEqual(["/a", "/a/b", "/a/b/x", "/sun"]);
    isolate(scene.tree, ["/d"]);
    expect(shown(scene)).toEqual(["/d", "/sun"]);
    showAll(scene.tree);
    expect(shown(scene)).toContain("/a/c");
    const before = shown(scene);
    isolate(scene.tree, ["/gone"]);
    expect(shown(scene)).toEqual(before);
  });
});
