import { describe, expect, it } from "vitest";
import type { ConnectionState, NodeDetails, ServerMessage, TreeNode } from "../../contract";
import { Cell } from "../../shared/observable";
import { drawCost, type Measures, rowsOf, size } from "./advice";
import {
  byKind,
  CONTROLS,
  heaviest,
  POSES,
  Received,
  sizeOf,
  watchFetches,
  weigh,
  weighScene,
} from "./weights";

const GOOD: Measures = {
  framesPerSecond: 60,
  frameMs: 3,
  late: 0,
  updatesPerSecond: 60,
  bytesPerSecond: 1e6,
  arrays: null,
  extended: true,
  roundTripMs: 5,
  elsewhere: false,
  droppedPerSecond: 0,
  pendingBytes: 0,
  software: false,
  drawCalls: 100,
  triangles: 1e6,
  pixelRatio: 2,
  heaviest: null,
};

function advised(change: Partial<Measures>): string[] {
  return rowsOf({ ...GOOD, ...change })
    .filter((row) => row.advice !== null)
    .map((row) => row.label);
}

function adviceOf(label: string, change: Partial<Measures>): string | null {
  return rowsOf({ ...GOOD, ...change }).find((row) => row.label === label)?.advice ?? null;
}

describe("advice", () => {
  it("is not given for a page that does well", () => {
    expect(advised({})).toEqual([]);
    expect(advised({ roundTripMs: null, droppedPerSecond: null })).toEqual([]);
  });

  it("explains what cannot be known", () => {
    const missing = (change: Partial<Measures>) =>
      rowsOf({ ...GOOD, ...change }).flatMap((row) =>
        row.missing ? [[row.label, row.missing]] : [],
      );
    expect(missing({})).toEqual([]);
    const nothing = { roundTripMs: null, droppedPerSecond: null };
    expect(missing({ ...nothing, extended: false, elsewhere: true })).toEqual([
      ["Dropped steps", "A Python server of viser does not report it."],
      ["Round trip", "A Python server of viser has no response for it."],
    ]);
    expect(missing({ ...nothing, elsewhere: true })).toEqual([
      ["Dropped steps", "The server has not reported it yet."],
      ["Round trip", "This page comes from another server: the browser does not let it measure."],
    ]);
    expect(missing(nothing).at(-1)?.[1]).toBe("The server has not responded yet.");
  });

  it.each([
    ["Drawing", { software: true }],
    ["Frames late", { late: 0.3 }],
    ["Draw calls", { drawCalls: 5000 }],
    ["Triangles", { triangles: 5e7 }],
    ["Received", { bytesPerSecond: 5e7 }],
    ["Received", { arrays: { loaded: 20e6, total: 45e6 } }],
    ["Waiting to be shown", { pendingBytes: 1e7 }],
    ["Round trip", { roundTripMs: 400 }],
    ["Dropped steps", { droppedPerSecond: 20 }],
  ] as const)("is given for %s alone", (label, change) => {
    expect(advised(change)).toEqual([label]);
  });

  it("for late frames names the cause", () => {
    expect(adviceOf("Frames late", { late: 0.3 })).toContain("Sharpness");
    expect(adviceOf("Frames late", { late: 0.3, pixelRatio: 1 })).toContain("close other pages");
    expect(adviceOf("Frames late", { late: 0.3, frameMs: 40 })).toContain("script");
    expect(adviceOf("Frames late", { late: 0.3, frameMs: 40, software: true })).toContain("above");
    expect(advised({ late: 0.3, frameMs: 40 })).toEqual(["Frames late", "Script per frame"]);
  });

  it("for long scripts depends on what is drawn", () => {
    expect(adviceOf("Script per frame", { frameMs: 40, drawCalls: 1000 })).toContain("batched");
    expect(adviceOf("Script per frame", { frameMs: 40, drawCalls: 2 })).toContain("processor");
    expect(advised({ frameMs: 40, framesPerSecond: 0 })).toEqual([]);
    expect(advised({ frameMs: 40, software: true })).toEqual(["Drawing"]);
  });

  it("while arrays are under way is about the network", () => {
    const arrays = { loaded: 20e6, total: 45e6 };
    expect(adviceOf("Received", { arrays })).toMatch(/^25.0 MB of .*network/);
    expect(adviceOf("Received", { arrays, bytesPerSecond: 5e7 })).not.toContain("network");
  });

  it("for much data names the node that causes it", () => {
    const heavy = { path: "/cloud", kind: "PointCloud", bytes: 1, points: 0, triangles: 0 };
    const much = { bytesPerSecond: 3e7 };
    expect(
      adviceOf("Received", { ...much, heaviest: { ...heavy, bytesPerSecond: 2e7 } }),
    ).toContain("/cloud");
    expect(
      adviceOf("Received", { ...much, heaviest: { ...heavy, bytesPerSecond: 1e3 } }),
    ).not.toContain("/cloud");
  });
});

function node(path: string, kind: string, props: Record<string, unknown>): NodeDetails {
  return {
    path,
    kind,
    owner: "",
    props,
    edited: new Set(),
    position: [0, 0, 0],
    wxyz: [1, 0, 0, 0],
    error: undefined,
  };
}

const cloud = node("/cloud", "PointCloudMessage", { points: new Float32Array(300) });
const mesh = node("/mesh", "Mesh", { faces: new Uint32Array(30), vertices: new Float32Array(90) });
const batch = node("/batch", "BatchedMeshes", {
  faces: new Uint32Array(30),
  batched_wxyzs: new Float32Array(400),
});

describe("weights", () => {
  it("count arrays exactly", () => {
    expect(sizeOf(new Float32Array(10))).toBe(40);
    expect(sizeOf(["abc", null, true, 1.5])).toBeGreaterThan(8);
  });

  it("are points, triangles and instances", () => {
    expect(weigh(cloud)).toMatchObject({ points: 100, triangles: 0 });
    expect(weigh(cloud).kind).toBe("PointCloud");
    expect(weigh(mesh)).toMatchObject({ points: 0, triangles: 10 });
    expect(weigh(batch)).toMatchObject({ triangles: 1000 });
    expect(weigh(cloud).bytes).toBeGreaterThanOrEqual(1200);
    expect(drawCost(weigh(batch))).toBe("1,000 triangles");
    expect(drawCost(weigh(cloud))).toBe("100 points");
  });

  it("of a scene are limited", () => {
    const all = new Map([cloud, mesh, batch].map((n) => [n.path, n]));
    const leaf = (n: NodeDetails): TreeNode => ({
      name: n.path.slice(1),
      path: n.path,
      kind: n.kind,
      visible: true,
      override: null,
      children: [],
    });
    const root: TreeNode = {
      name: "",
      path: "",
      kind: "",
      visible: true,
      override: null,
      children: [...all.values()].map(leaf),
    };
    const scene = {
      tree: { root: () => root, subscribe: () => () => {} },
      node: (path: string) => all.get(path) ?? null,
    };
    expect(weighScene(scene, 100).map((w) => w.path)).toEqual(["/cloud", "/mesh", "/batch"]);
    expect(weighScene(scene, 2)).toHaveLength(2);
    expect(byKind(weighScene(scene, 100))[0]?.[0]).toBe("BatchedMeshes");
  });

  it("count arrays that are fetched as they arrive, and not again with their message", () => {
    const state = new Cell<ConnectionState>({ kind: "live", detail: "" });
    let received = new Received();
    const stop = watchFetches(state, () => received);
    const arrive = (loaded: number) =>
      state.set({ kind: "live", detail: "", arrays: { count: 1, loaded, total: 400_000 } });
    const props = { points: new Float32Array(100_000) };
    const message = { type: "PointCloudMessage", name: "/c", props } as unknown as ServerMessage;
    arrive(100_000);
    arrive(300_000);
    expect(received.bytes).toBe(300_000);
    received = received.next();
    received.add([message]);
    // The last piece, whose arrival was not reported.
    expect(received.bytes).toBeGreaterThanOrEqual(100_000);
    expect(received.bytes).toBeLessThan(101_000);
    expect(received.byName.get("/c")).toBeGreaterThan(400_000);
    // What was canceled is not taken off what comes later.
    arrive(350_000);
    state.set({ kind: "live", detail: "" });
    received = received.next();
    received.add([message]);
    expect(received.bytes).toBeGreaterThan(400_000);
    stop();
  });

  it("are sorted by what is received, then by size", () => {
    const received = new Received();
    received.add([
      { type: "SetPositionMessage", name: "/mesh", position: [0, 0, 0] },
      { type: "GuiUpdateMessage", uuid: "a", updates: {} },
      { type: "PackedPosesMessage" },
    ] as unknown as ServerMessage[]);
    expect([...received.byName.keys()]).toEqual(["/mesh", CONTROLS, POSES]);
    expect(received.steps).toBe(1);
    expect(received.dropped(5)).toBeNull();
    const merged = (n: number) =>
      received.add([{ type: "ClientStatsMessage", windows_merged: n } as ServerMessage]);
    merged(100);
    expect(received.dropped(5)).toBeNull();
    merged(110);
    expect(received.dropped(5)).toBe(2);
    expect(received.steps).toBe(1);
    const sorted = heaviest([cloud, mesh, batch].map(weigh), received, 2);
    expect(sorted.map((w) => w.path)).toEqual(["/mesh", "/batch", "/cloud"]);
    expect(sorted[0]?.bytesPerSecond).toBe((received.byName.get("/mesh") ?? 0) / 2);
  });

  it("are shown with a unit", () => {
    expect([size(12), size(12_300), size(12_300_000)]).toEqual(["12 B", "12.3 kB", "12.3 MB"]);
  });
});
