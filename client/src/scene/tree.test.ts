import { beforeEach, describe, expect, it } from "vitest";
import type { DragBinding, FrameMessage } from "../protocol/messages.gen";
import type { Place, TreeHost } from "./place";
import { MAX_DEPTH, SceneTree } from "./tree";
import { TreeModel } from "./treeModel";

const click: DragBinding[] = [{ button: "left", modifier: null }];

function frame(name: string, more: Partial<FrameMessage> = {}): FrameMessage {
  return {
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
  };
}

class Recorder implements TreeHost<string> {
  readonly log: string[] = [];
  model: TreeModel | null = null;
  replaced(p: Place<string>): void {
    const v = p.effective;
    this.log.push(
      `replaced ${p.path} ${v ? `${v.owner || "*"}${v.virtual ? " virtual" : ""}` : "-"}`,
    );
  }
  propsChanged(p: Place<string>, names: readonly string[] | null): void {
    this.log.push(`props ${p.path} ${names?.join(",") ?? "all"}`);
  }
  arrayChanged(p: Place<string>, name: string, ranges: readonly number[]): void {
    this.log.push(`array ${p.path} ${name} ${ranges}`);
  }
  moved(p: Place<string>): void {
    this.log.push(`moved ${p.path}`);
  }
  shownChanged(p: Place<string>): void {
    this.log.push(`shown ${p.path} ${p.shown}`);
  }
  bindingsChanged(p: Place<string>): void {
    this.log.push(`bindings ${p.path} ${p.effective?.clicks.length ?? 0}`);
  }
  treeChanged(p: Place<string>): void {
    this.model?.changed(p as Place);
  }
  take(): string[] {
    return this.log.splice(0);
  }
}

let host: Recorder;
let tree: SceneTree<string>;

beforeEach(() => {
  host = new Recorder();
  tree = new SceneTree(host);
});

const world = (path: string): number[] => {
  tree.propagate();
  const w = tree.get(path)!.world;
  return [w.px, w.py, w.pz].map((v) => Math.round(v * 1e6) / 1e6 + 0);
};

describe("names", () => {
  it("creates ancestors, and removes them when they are empty", () => {
    tree.create(frame("/a/b/c"));
    expect([...tree.all()].map((p) => p.path)).toEqual(["", "/a", "/a/b", "/a/b/c"]);
    expect(tree.size).toBe(3);
    tree.remove("/a/b/c", "");
    expect(tree.size).toBe(0);
  });

  it("does not cascade a removal: children keep their poses", () => {
    tree.create(frame("/a"));
    tree.setPosition("/a", "", [1, 0, 0]);
    tree.create(frame("/a/b"));
    tree.setPosition("/a/b", "", [0, 1, 0]);
    tree.remove("/a", "");
    expect(world("/a/b")).toEqual([1, 1, 0]);
    expect(tree.get("/a")!.effective).toBeNull();
    // The parent may be created later, or again.
    tree.create(frame("/a"));
    tree.setPosition("/a", "", [5, 0, 0]);
    expect(world("/a/b")).toEqual([5, 1, 0]);
  });

  it("accepts names with spaces, doubled slashes, no slash and Unicode", () => {
    for (const name of ["/a b", "//x", "plain", "/名前/🌍", "/"]) {
      tree.create(frame(name));
      expect(tree.get(name)!.effective).not.toBeNull();
      tree.remove(name, "");
    }
    expect(tree.size).toBe(0);
  });

  it("rejects names that are too deep, with an error", () => {
    tree.create(frame("/a".repeat(MAX_DEPTH)));
    expect(tree.size).toBe(MAX_DEPTH);
    expect(tree.root.errorText).toBeUndefined();
    tree.create(frame("/b".repeat(MAX_DEPTH + 1)));
    expect(tree.size).toBe(MAX_DEPTH);
    expect(tree.root.errorText).toContain("levels");
  });

  it("ignores messages about unknown names and owners", () => {
    tree.setPosition("/nobody", "", [1, 2, 3]);
    tree.remove("/nobody", "");
    tree.update("/nobody", "", { a: 1 });
    tree.create(frame("/a"));
    tree.setPosition("/a", "7", [1, 2, 3]);
    tree.remove("/a", "7");
    expect(world("/a")).toEqual([0, 0, 0]);
  });
});

describe("variants", () => {
  const order = ["real client", "real broadcast", "virtual client", "virtual broadcast"] as const;
  const messages = {
    "real client": frame("/n", { owner: "3" }),
    "real broadcast": frame("/n"),
    "virtual client": frame("/n", { owner: "4", virtual: true }),
    "virtual broadcast": frame("/n", { virtual: true }),
  };

  it.each([
    [0, 1],
    [0, 2],
    [1, 2],
    [0, 3],
  ])("prefers %i to %i in any order of creation", (a, b) => {
    for (const [first, second] of [
      [a, b],
      [b, a],
    ] as const) {
      const t = new SceneTree(host);
      t.create(messages[order[first]!]);
      t.create(messages[order[second]!]);
      const e = t.get("/n")!.effective!;
      expect([e.owner, e.virtual]).toEqual([
        messages[order[a]!].owner,
        messages[order[a]!].virtual,
      ]);
    }
  });

  it("keeps each owner's pose, props and visibility apart", () => {
    tree.create(frame("/n"));
    tree.setPosition("/n", "", [1, 0, 0]);
    tree.create(frame("/n", { owner: "3" }));
    expect(world("/n")).toEqual([0, 0, 0]);
    tree.setPosition("/n", "3", [0, 0, 3]);
    tree.setPosition("/n", "", [2, 0, 0]);
    tree.setVisible("/n", "", false);
    tree.update("/n", "", { axes_length: 9 });
    expect(world("/n")).toEqual([0, 0, 3]);
    expect(tree.get("/n")!.shown).toBe(true);
    expect(tree.get("/n")!.effective!.props.axes_length).toBe(1);
    tree.remove("/n", "3");
    expect(world("/n")).toEqual([2, 0, 0]);
    expect(tree.get("/n")!.shown).toBe(false);
    expect(tree.get("/n")!.effective!.props.axes_length).toBe(9);
  });

  it("lets a virtual node inherit the pose when the real one is removed", () => {
    tree.create(frame("/n"));
    tree.setPosition("/n", "", [1, 2, 3]);
    tree.create(frame("/n", { owner: "3", virtual: true }));
    tree.create(frame("/n/child", { owner: "3" }));
    tree.remove("/n", "");
    expect(tree.get("/n")!.effective!.virtual).toBe(true);
    expect(world("/n/child")).toEqual([1, 2, 3]);
  });

  it("replaces a node, but keeps pose, visibility and bindings", () => {
    tree.create(frame("/n"));
    tree.setPosition("/n", "", [1, 2, 3]);
    tree.setVisible("/n", "", false);
    tree.setClickBindings("/n", "", click);
    host.take();
    tree.create(frame("/n"));
    expect(host.take()).toEqual(["props /n all"]);
    tree.create({ ...frame("/n"), type: "LabelMessage", props: { text: "x" } } as never);
    expect(host.take()).toEqual(["replaced /n *", "bindings /n 1"]);
    expect(world("/n")).toEqual([1, 2, 3]);
    expect(tree.get("/n")!.shown).toBe(false);
  });
});

describe("visibility", () => {
  it("is inherited; the page's user has precedence over the server", () => {
    tree.create(frame("/a"));
    tree.create(frame("/a/b"));
    host.take();
    tree.setVisible("/a", "", false);
    expect(host.take()).toEqual(["shown /a false", "shown /a/b false"]);
    tree.setOverride("/a", true);
    expect(host.take()).toEqual(["shown /a true", "shown /a/b true"]);
    tree.setOverride("/a", null);
    tree.setVisible("", "", false);
    tree.setVisible("/a", "", true);
    expect(tree.get("/a/b")!.shown).toBe(false);
    tree.setVisible("", "", true);
    expect(tree.get("/a/b")!.shown).toBe(true);
  });

  it("hides a later child of a hidden node", () => {
    tree.create(frame("/a"));
    tree.setVisible("/a", "", false);
    tree.create(frame("/a/b"));
    expect(tree.get("/a/b")!.shown).toBe(false);
  });
});

describe("poses", () => {
  it("updates each moved place once, including its children, and nothing else", () => {
    for (const n of ["/a", "/a/b", "/a/b/c", "/x"]) tree.create(frame(n));
    tree.propagate();
    host.take();
    tree.setPosition("/a/b", "", [1, 0, 0]);
    tree.setPosition("/a", "", [1, 0, 0]);
    tree.setOrientation("/a/b/c", "", [0, 1, 0, 0]);
    tree.propagate();
    expect(host.take()).toEqual(["moved /a", "moved /a/b", "moved /a/b/c"]);
    tree.propagate();
    expect(host.take()).toEqual([]);
  });

  it("applies packed poses by id, skips unknown ids and short arrays", () => {
    tree.create(frame("/a", { id: 11 }));
    tree.create(frame("/b", { id: 12 }));
    tree.poses.setAll(
      new Uint32Array([12, 99, 11, 11]),
      new Float32Array([1, 2, 3, 9, 9, 9, 4, 5, 6]),
      new Uint32Array([11]),
      new Float32Array([0, 0, 0, 2]),
    );
    expect(world("/b")).toEqual([1, 2, 3]);
    expect(world("/a")).toEqual([4, 5, 6]);
    expect(tree.get("/a")!.world.qz).toBe(1);
    // An id belongs to one variant only, and is removed with it.
    tree.create(frame("/a", { id: 13 }));
    tree.remove("/b", "");
    tree.poses.setAll([11, 12, 13], [0, 0, 0, 0, 0, 0, 7, 7, 7], [], []);
    expect(world("/a")).toEqual([7, 7, 7]);
  });

  it("marks a node with an invalid pose, keeps the last valid one, and clears the mark", () => {
    tree.create(frame("/a"));
    tree.setPosition("/a", "", [1, 2, 3]);
    tree.setPosition("/a", "", [Number.NaN, 0, 0]);
    tree.setOrientation("/a", "", [0, 0, 0, 0]);
    expect(world("/a")).toEqual([1, 2, 3]);
    expect(tree.get("/a")!.errorText).toMatch(/position.*orientation/);
    tree.setPosition("/a", "", [4, 5, 6]);
    tree.setOrientation("/a", "", [1, 0, 0, 0]);
    expect(tree.get("/a")!.errorText).toBeUndefined();
  });

  it("rotates everything with the root", () => {
    tree.create(frame("/a"));
    tree.setPosition("/a", "", [0, 0, 1]);
    tree.setOrientation("", "5", [Math.SQRT1_2, -Math.SQRT1_2, 0, 0]);
    expect(world("/a")).toEqual([0, 1, 0]);
  });
});

describe("replay", () => {
  it("removes what was not sent again, and only at the end", () => {
    tree.create(frame("/old"));
    tree.create(frame("/kept"));
    tree.create(frame("/kept", { owner: "1" }));
    tree.replayStart();
    tree.create(frame("/kept"));
    tree.create(frame("/new"));
    expect(tree.get("/old")!.effective).not.toBeNull();
    expect(tree.get("/kept")!.effective!.owner).toBe("1");
    tree.replayDone();
    expect(tree.get("/old")).toBeUndefined();
    expect(tree.get("/kept")!.variants.map((v) => v.owner)).toEqual([""]);
    expect(tree.get("/new")!.effective).not.toBeNull();
  });

  it("keeps the pose until replayDone, then resets what was not received again", () => {
    for (const n of ["/moved", "/still"]) {
      tree.create(frame(n));
      tree.setPosition(n, "", [1, 1, 1]);
      tree.setVisible(n, "", false);
      tree.setClickBindings(n, "", click);
    }
    tree.setOrientation("", "", [0, 1, 0, 0]);
    tree.replayStart();
    tree.setOrientation("", "", [1, 0, 0, 0]);
    for (const n of ["/moved", "/still"]) tree.create(frame(n));
    tree.setPosition("/moved", "", [2, 2, 2]);
    tree.setVisible("/moved", "", false);
    tree.setClickBindings("/moved", "", click);
    expect(world("/still")).toEqual([1, 1, 1]);
    tree.replayDone();
    expect(world("/still")).toEqual([0, 0, 0]);
    expect(tree.get("/still")!.shown).toBe(true);
    expect(tree.get("/still")!.effective!.clicks).toEqual([]);
    expect(world("/moved")).toEqual([2, 2, 2]);
    expect(tree.get("/moved")!.shown).toBe(false);
    expect(tree.get("/moved")!.effective!.clicks).toEqual(click);
  });

  it("resets a root that was not received again", () => {
    tree.setOrientation("", "", [0, 1, 0, 0]);
    tree.setVisible("", "", false);
    tree.create(frame("/a"));
    tree.setPosition("/a", "", [0, 1, 0]);
    tree.replayStart();
    tree.create(frame("/a"));
    tree.setPosition("/a", "", [0, 1, 0]);
    tree.replayDone();
    expect(world("/a")).toEqual([0, 1, 0]);
    expect(tree.get("/a")!.shown).toBe(true);
  });
});

describe("announced nodes", () => {
  const coming = (name: string, more: Partial<FrameMessage> = {}) => ({
    ...frame(name, more),
    props: {} as never,
  });

  it("have their pose and visibility for children at once, and draw nothing", () => {
    tree.announce(coming("/n", { id: 5 }), false);
    tree.create(frame("/n/child"));
    tree.poses.setAll([5], [1, 2, 3], [], []);
    tree.setVisible("/n", "", false);
    expect(world("/n/child")).toEqual([1, 2, 3]);
    expect(tree.get("/n/child")!.shown).toBe(false);
    expect(tree.details("/n")!.kind).toBe("");
    expect(new TreeModel(tree as SceneTree, () => {}).root().children[0]!.kind).toBe("");
    host.take();
    tree.create(frame("/n", { id: 5 }));
    expect(host.take()).toEqual(["replaced /n *", "bindings /n 0"]);
    expect(tree.details("/n")!.kind).toBe("FrameMessage");
    tree.poses.setAll([5], [4, 0, 0], [], []);
    expect(world("/n/child")).toEqual([4, 0, 0]);
    expect(tree.get("/n")!.shown).toBe(false);
  });

  it("leave the node before them as it is until they are created", () => {
    tree.create(frame("/n", { id: 5 }));
    tree.setPosition("/n", "", [1, 0, 0]);
    host.take();
    tree.announce(coming("/n", { id: 6 }), false);
    tree.poses.setAll([5, 6], [9, 9, 9, 0, 2, 0], [], []);
    tree.setVisible("/n", "", false);
    tree.setClickBindings("/n", "", click);
    expect(world("/n")).toEqual([1, 0, 0]);
    expect(host.take().filter((line) => !line.startsWith("moved"))).toEqual([]);
    tree.create(frame("/n", { id: 6 }));
    expect(host.take()).toEqual(["shown /n false", "bindings /n 1", "props /n all"]);
    expect(world("/n")).toEqual([0, 2, 0]);
  });

  it("begin with the pose of the name, unless they are fresh", () => {
    for (const [fresh, want] of [
      [false, [1, 0, 0]],
      [true, [0, 0, 0]],
    ] as const) {
      tree.create(frame("/n"));
      tree.setPosition("/n", "", [1, 0, 0]);
      tree.announce(coming("/n"), fresh);
      tree.create({ ...frame("/n"), type: "LabelMessage", props: { text: "x" } } as never);
      expect(world("/n")).toEqual(want);
    }
  });

  it("are superseded by the next announcement, and removed with the node before them", () => {
    tree.create(frame("/n"));
    for (let i = 1; i <= 10; i++) {
      tree.announce(coming("/n", { id: i }), false);
      tree.poses.setAll([i - 1, i], [-1, 0, 0, i, 0, 0], [], []);
    }
    tree.create(frame("/n", { id: 10 }));
    expect(world("/n")).toEqual([10, 0, 0]);
    tree.announce(coming("/n", { id: 11 }), false);
    tree.remove("/n", "");
    tree.poses.setAll([11], [3, 3, 3], [], []);
    expect(tree.size).toBe(0);
  });

  it("give way to a node of another owner until they are created", () => {
    tree.create(frame("/n"));
    tree.setPosition("/n", "", [1, 0, 0]);
    tree.announce(coming("/n", { owner: "3" }), false);
    tree.setPosition("/n", "3", [3, 0, 0]);
    expect(world("/n")).toEqual([1, 0, 0]);
    tree.remove("/n", "");
    expect(world("/n")).toEqual([3, 0, 0]);
    tree.create(frame("/n"));
    tree.create(frame("/n", { owner: "3" }));
    expect(world("/n")).toEqual([3, 0, 0]);
  });

  it("take the place of the virtual node of missing parents", () => {
    tree.create(frame("/n", { virtual: true }));
    tree.create(frame("/n/child"));
    tree.announce(coming("/n"), false);
    tree.setPosition("/n", "", [1, 0, 0]);
    expect(world("/n/child")).toEqual([1, 0, 0]);
  });

  it("keep what a replay has not sent yet", () => {
    tree.create(frame("/n", { id: 5 }));
    tree.create(frame("/gone"));
    tree.setPosition("/n", "", [1, 0, 0]);
    tree.announce(coming("/n", { id: 6 }), false);
    host.take();
    // Another server, with ids of its own.
    tree.replayStart();
    tree.announce(coming("/n", { id: 7 }), false);
    tree.create(frame("/other", { id: 6 }));
    tree.poses.setAll([5, 6], [8, 8, 8, 9, 9, 9], [], []);
    tree.replayDone();
    expect([...tree.all()].map((p) => p.path)).toEqual(["", "/n", "/other"]);
    expect(tree.details("/n")!.kind).toBe("FrameMessage");
    expect(world("/n")).toEqual([1, 0, 0]);
    expect(world("/other")).toEqual([9, 9, 9]);
    // Its pose was not sent again: it has the default one.
    tree.create(frame("/n", { id: 7 }));
    expect(world("/n")).toEqual([0, 0, 0]);
  });

  it("are forgotten by a replay that does not announce them", () => {
    tree.announce(coming("/n"), false);
    tree.create(frame("/m"));
    tree.announce(coming("/m"), false);
    tree.replayStart();
    tree.create(frame("/m"));
    tree.setPosition("/m", "", [1, 0, 0]);
    tree.replayDone();
    expect([...tree.all()].map((p) => p.path)).toEqual(["", "/m"]);
    expect(world("/m")).toEqual([1, 0, 0]);
  });
});

describe("TreeModel", () => {
  it("replaces only the snapshots on the path to the root, and notifies once", () => {
    const scheduled: (() => void)[] = [];
    const model = new TreeModel(tree as SceneTree, (cb) => scheduled.push(cb));
    host.model = model;
    let told = 0;
    model.subscribe(() => told++);
    tree.create(frame("/a/b"));
    tree.create(frame("/c"));
    const before = model.root();
    expect(before.children.map((n) => [n.path, n.kind])).toEqual([
      ["/a", ""],
      ["/c", "Frame"],
    ]);
    tree.setVisible("/a/b", "", false);
    tree.setError(tree.get("/a/b")!, "x", "went wrong");
    const after = model.root();
    expect(after).not.toBe(before);
    expect(after.children[1]).toBe(before.children[1]);
    expect(after.children[0]!.children[0]).toMatchObject({
      name: "b",
      visible: false,
      override: null,
      error: "went wrong",
    });
    expect(scheduled.length).toBe(1);
    scheduled[0]!();
    expect(told).toBe(1);
    tree.remove("/a/b", "");
    expect(model.root().children.map((n) => n.path)).toEqual(["/c"]);
    expect(scheduled.length).toBe(2);
  });

  it("shows a virtual node without a kind", () => {
    const model = new TreeModel(tree as SceneTree, () => {});
    tree.create(frame("/a", { virtual: true }));
    expect(model.root().children[0]!.kind).toBe("");
  });
});

describe("partial updates of arrays", () => {
  const patch = (from: number, ...data: number[]) => ({
    property: "points",
    index: 0,
    total: 3,
    ranges: [from, data.length],
    data: new Float32Array(data),
  });
  const points = () => [...(tree.get("/p")!.effective!.props.points as Float32Array)];
  const cloud = () => {
    const props = { points: new Float32Array(3) } as unknown as FrameMessage["props"];
    tree.create(frame("/p", { props }));
    host.take();
  };

  it("notify the host of the ranges, and do not modify the message", () => {
    cloud();
    const before = tree.get("/p")!.effective!.props.points as Float32Array;
    tree.patch("/p", "", [patch(1, 5), patch(0, 4)]);
    expect(points()).toEqual([4, 5, 0]);
    expect([...before]).toEqual([0, 0, 0]);
    expect(host.take()).toEqual(["array /p points 1,1", "array /p points 0,1"]);
    tree.patch("/nobody", "", [patch(1, 5)]);
    tree.patch("/p", "7", [patch(1, 5)]);
    expect(host.take()).toEqual([]);
  });

  it("mark the node if invalid, until the array is sent as a whole", () => {
    cloud();
    tree.patch("/p", "", [patch(3, 1), patch(0, 7)]);
    expect(tree.get("/p")!.errorText).toContain("points");
    expect(points()).toEqual([7, 0, 0]);
    tree.patch("/p", "", null as never);
    tree.update("/p", "", { points: new Float32Array(3) });
    expect(tree.get("/p")!.errorText).toBeUndefined();
  });

  it("apply to a node that is not effective, too", () => {
    cloud();
    tree.create(frame("/p", { owner: "1" }));
    host.take();
    tree.patch("/p", "", [patch(0, 9)]);
    expect(host.take()).toEqual([]);
    tree.remove("/p", "1");
    expect(points()).toEqual([9, 0, 0]);
  });
});

describe("an origin near the camera", () => {
  it("is subtracted in double precision from every pose", () => {
    tree.create(frame("/far"));
    tree.create(frame("/far/child"));
    tree.setPosition("/far", "", [1e7 + 0.25, -4e6, 3]);
    tree.setPosition("/far/child", "", [0, 0.125, 0]);
    tree.propagate();
    host.take();
    tree.setOrigin([1e7, -4e6, 0]);
    tree.propagate();
    expect(host.take()).toEqual(["moved ", "moved /far", "moved /far/child"]);
    const { px, py, pz } = tree.get("/far/child")!.world;
    expect([px, py, pz]).toEqual([0.25, 0.125, 3]);
  });
});
