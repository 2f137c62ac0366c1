// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PendingArray } from "../protocol/arrays";
import type { Frame } from "../protocol/frame";
import type { ServerMessage } from "../protocol/messages.gen";
import { PendingArrays } from "./arrays";

type Loose = { type: string; [key: string]: unknown };

interface Request {
  path: string;
  signal: AbortSignal;
  respond(response: Response): void;
  fail(): void;
}

let requests: Request[];
let seen: Loose[];
let broken: string[];
let progress: [number, number];
let arrays: PendingArrays;

const idOf = (n: number) => n.toString(16).padStart(32, "0");
const pending = (n: number, passing = true) => new PendingArray(idOf(n), 8, "<f4", passing);
const bytes = (n: number) => new Response(new Float32Array([n, n]).buffer);

function send(...messages: Loose[]): Loose[] {
  const frame: Frame = {
    messages: messages as unknown as ServerMessage[],
    timestampSec: 0,
    memory: [],
    bytes: 0,
    malformed: 0,
  };
  const now = arrays.take(frame).messages as unknown as Loose[];
  seen.push(...now);
  return now;
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await vi.advanceTimersByTimeAsync(0);
}

/** The newest request for that array. */
const requestOf = (n: number) => requests.filter((r) => r.path === `blob/${idOf(n)}`).at(-1);

async function load(n: number): Promise<void> {
  requestOf(n)!.respond(bytes(n));
  await settle();
}

const node = { name: "/p", owner: "" };
const create = (points: unknown, id = 7) => ({
  ...node,
  id,
  type: "PointCloudMessage",
  props: { points, size: 1 },
});
const update = (points: unknown) => ({
  ...node,
  type: "SceneNodeUpdateMessage",
  updates: { points },
});
const patch = (property = "points") => ({
  ...node,
  type: "SceneNodePatchMessage",
  patches: [{ property, index: 0, total: 2, ranges: [0, 1], data: new Float32Array([5]) }],
});
const remove = { ...node, type: "RemoveSceneNodeMessage" };
const move = { ...node, type: "SetPositionMessage", position: [1, 2, 3] };
const slider = { type: "GuiUpdateMessage", uuid: "s", updates: { value: 1 } };
const types = () => seen.map((m) => m.type);
const pointsOf = (m: Loose | undefined) => {
  const { props, updates } = m as { props?: { points: unknown }; updates?: { points: unknown } };
  return Array.from((props ?? updates)!.points as Float32Array);
};

beforeEach(() => {
  vi.useFakeTimers();
  requests = [];
  seen = [];
  broken = [];
  progress = [0, 0];
  arrays = new PendingArrays({
    fetch: (path, signal) =>
      new Promise<Response>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        requests.push({ path, signal, respond: resolve, fail: () => reject(new Error("network")) });
      }),
    onReady: (frame) => seen.push(...(frame.messages as unknown as Loose[])),
    onBroken: (why) => broken.push(why),
    onProgress: (loaded, total) => {
      progress = [loaded, total];
    },
  });
});

afterEach(async () => {
  arrays.reset();
  await settle();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("messages with pending arrays", () => {
  it("let all others pass", async () => {
    send(create(pending(1)), slider, { ...move, name: "/q" }, { type: "ReplayDoneMessage" });
    expect(types()).toEqual(["GuiUpdateMessage", "SetPositionMessage", "ReplayDoneMessage"]);
    expect(progress).toEqual([0, 8]);
    await load(1);
    expect(types().at(-1)).toBe("PointCloudMessage");
    expect(pointsOf(seen.at(-1))).toEqual([1, 1]);
    expect(progress).toEqual([0, 0]);
  });

  it("keep later messages about a new node in order behind them", async () => {
    send(create(pending(1)), move);
    send(patch());
    expect(seen).toEqual([]);
    await load(1);
    expect(types()).toEqual(["PointCloudMessage", "SetPositionMessage", "SceneNodePatchMessage"]);
  });

  it("let the pose of a node pass that is there already", async () => {
    send(update(pending(1)));
    send(move, patch(), patch("colors"));
    expect(types()).toEqual(["SetPositionMessage"]);
    await load(1);
    expect(types().slice(1)).toEqual([
      "SceneNodeUpdateMessage",
      "SceneNodePatchMessage",
      "SceneNodePatchMessage",
    ]);
  });

  it("keep packed poses of new nodes", async () => {
    send(create(pending(1)), {
      type: "PackedPosesMessage",
      position_ids: new Uint32Array([3, 7]),
      positions: new Float32Array([0, 0, 0, 1, 2, 3]),
      wxyz_ids: new Uint32Array([]),
      wxyzs: new Float32Array([]),
    });
    await load(1);
    expect(types()).toEqual(["PackedPosesMessage", "PointCloudMessage", "PackedPosesMessage"]);
    const { position_ids, positions } = seen[2] as unknown as {
      position_ids: Uint32Array;
      positions: Float32Array;
    };
    expect([...position_ids, ...positions]).toEqual([7, 1, 2, 3]);
  });

  it("are canceled by the removal of the node", async () => {
    send(create(pending(1)), move);
    send(remove);
    expect(types()).toEqual(["RemoveSceneNodeMessage"]);
    expect(requestOf(1)!.signal.aborted).toBe(true);
    await settle();
    expect(types()).toEqual(["RemoveSceneNodeMessage"]);
    expect(broken).toEqual([]);
  });

  it("are replaced by the creation of another node of that name", async () => {
    send(create(pending(1)), move, patch());
    send(create(new Float32Array([9, 9])));
    expect(requestOf(1)!.signal.aborted).toBe(true);
    expect(types()).toEqual(["PointCloudMessage", "SetPositionMessage"]);
    expect(pointsOf(seen[0])).toEqual([9, 9]);
  });

  it("do not share buffers with the frame, which moves to the page", async () => {
    const frame = new Float32Array([1, 2, 3, 4]);
    send({ ...create(pending(1)), props: { points: pending(1), colors: frame.subarray(0, 2) } });
    structuredClone(frame, { transfer: [frame.buffer] });
    await load(1);
    expect([...(seen[0] as unknown as { props: { colors: Float32Array } }).props.colors]).toEqual([
      1, 2,
    ]);
  });
});

describe("newer values", () => {
  it("replace one that is pending, and are taken over by a creation", async () => {
    send(create(pending(1)));
    send(update(pending(2)), patch("colors"));
    expect(requestOf(1)!.signal.aborted).toBe(true);
    await load(2);
    expect(types()).toEqual(["PointCloudMessage", "SceneNodePatchMessage"]);
    expect(pointsOf(seen[0])).toEqual([2, 2]);
  });

  it("do not cancel what is on its way twice in a row", async () => {
    send(update(pending(1)));
    send(update(pending(2)));
    for (let n = 3; n < 10; n++) send(update(pending(n)));
    expect(requestOf(1)!.signal.aborted).toBe(true);
    expect(requestOf(2)!.signal.aborted).toBe(false);
    await load(2);
    expect(seen.map(pointsOf)).toEqual([[2, 2]]);
    await load(9);
    expect(seen.map(pointsOf)).toEqual([
      [2, 2],
      [9, 9],
    ]);
  });

  it("need not wait for one that the server has no more", async () => {
    send(create(pending(1)));
    send(update(pending(2)));
    send(update(pending(3)));
    requestOf(2)!.respond(new Response("", { status: 404 }));
    await settle();
    await load(3);
    expect(seen.map(pointsOf)).toEqual([[3, 3]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(broken).toEqual([]);
  });
});

describe("failures", () => {
  it("count after a second try", async () => {
    send(create(pending(1)));
    requestOf(1)!.fail();
    await settle();
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(requests).toHaveLength(2);
    requestOf(1)!.respond(new Response("", { status: 502 }));
    await settle();
    expect(broken).toEqual(["status 502"]);
  });

  it("include responses that are too short or too long", async () => {
    for (const [id, size] of [
      [1, 4],
      [2, 12],
    ] as const) {
      send({ ...create(pending(id)), name: `/${id}` });
      for (let i = 0; i < 2; i++) {
        requestOf(id)!.respond(new Response(new Uint8Array(size)));
        await settle();
        await vi.advanceTimersByTimeAsync(1000);
      }
    }
    expect(broken).toEqual(["too few bytes", "too many bytes"]);
  });

  it("include an array that is gone and not replaced", async () => {
    send(create(pending(1)));
    requestOf(1)!.respond(new Response("", { status: 404 }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(broken).toHaveLength(1);
    expect(requests).toHaveLength(1);
  });

  it("include a server that stops sending", async () => {
    send(create(pending(1)));
    await vi.advanceTimersByTimeAsync(45_000);
    expect(broken).toHaveLength(1);
  });
});

it("delays pictures until what was pending is there, or their time is over", async () => {
  const picture = (wait?: number) => ({
    type: "GetRenderRequestMessage",
    asset_wait_ms: wait,
    render_uuid: String(wait),
  });
  send(picture());
  send(create(pending(1)));
  send(picture(0), picture(50), picture(9000));
  expect(types()).toEqual(["GetRenderRequestMessage", "GetRenderRequestMessage"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(types()).toHaveLength(3);
  send({ ...create(pending(2)), name: "/later" });
  await load(1);
  expect(types().slice(3)).toEqual(["PointCloudMessage", "GetRenderRequestMessage"]);
});

it("fetches few at a time, the newest first, large ones in runs", async () => {
  for (let n = 1; n <= 5; n++) send({ ...create(pending(n)), name: `/${n}` });
  expect(requests.map((r) => r.path)).toEqual([1, 2, 3].map((n) => `blob/${idOf(n)}`));
  await load(2);
  expect(requests.at(-1)!.path).toBe(`blob/${idOf(5)}`);
  arrays.reset();
  await settle();
  requests = [];
  send(create(new PendingArray(idOf(9), 6 * 1024 * 1024, "|u1", false)));
  expect(requests[0]!.path).toBe(`blob/${idOf(9)}/0-4194304`);
  requests[0]!.respond(new Response(new Uint8Array(4194304)));
  await settle();
  expect(requests[1]!.path).toBe(`blob/${idOf(9)}/4194304-6291456`);
});

it("serves equal arrays of two nodes with one request, and own memory for each", async () => {
  send(create(pending(1)), { ...create(pending(1)), name: "/q" });
  await load(1);
  expect(requests).toHaveLength(1);
  const [a, b] = seen.map(
    (m) => (m as unknown as { props: { points: Float32Array } }).props.points,
  );
  expect(a!.buffer).not.toBe(b!.buffer);
});
