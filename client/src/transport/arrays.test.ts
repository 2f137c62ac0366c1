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
/** Of the frame that was passed on last. */
let memory: ArrayBuffer[];
let broken: string[];
let progress: [count: number, loaded: number, total: number];
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
const packed = {
  type: "PackedPosesMessage",
  position_ids: new Uint32Array([3, 7]),
  positions: new Float32Array([0, 0, 0, 1, 2, 3]),
  wxyz_ids: new Uint32Array([]),
  wxyzs: new Float32Array([]),
};
const poses = (messages: Loose[]) =>
  messages.flatMap((m) => [...((m as unknown as typeof packed).position_ids ?? [])]);
const slider = { type: "GuiUpdateMessage", uuid: "s", updates: { value: 1 } };
const shown = () => seen.filter((m) => !("pending" in m));
const types = () => shown().map((m) => m.type);
const pointsOf = (m: Loose | undefined) => {
  const { props, updates } = m as { props?: { points: unknown }; updates?: { points: unknown } };
  return Array.from((props ?? updates)!.points as Float32Array);
};

beforeEach(() => {
  vi.useFakeTimers();
  requests = [];
  seen = [];
  memory = [];
  broken = [];
  progress = [0, 0, 0];
  arrays = new PendingArrays({
    fetch: (path, signal) =>
      new Promise<Response>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        requests.push({ path, signal, respond: resolve, fail: () => reject(new Error("network")) });
      }),
    onReady: (frame) => {
      memory = frame.memory;
      seen.push(...(frame.messages as unknown as Loose[]));
    },
    onBroken: (why) => broken.push(why),
    onProgress: ({ count, loaded, total }) => {
      progress = [count, loaded, total];
    },
  });
});

afterEach(async () => {
  arrays.reset(false);
  await settle();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("messages with pending arrays", () => {
  it("let all others pass", async () => {
    send(create(pending(1)), slider, { ...move, name: "/q" }, { type: "ReplayDoneMessage" });
    expect(types()).toEqual(["GuiUpdateMessage", "SetPositionMessage", "ReplayDoneMessage"]);
    expect(progress).toEqual([1, 0, 8]);
    await load(1);
    expect(types().at(-1)).toBe("PointCloudMessage");
    expect(pointsOf(seen.at(-1))).toEqual([1, 1]);
    expect(progress).toEqual([0, 0, 0]);
  });

  it("keep later messages about properties in order behind them", async () => {
    const bone = { ...node, type: "SetBonePositionMessage", bone_index: 0, position: [0, 0, 0] };
    send(create(pending(1)), bone);
    send(patch());
    expect(types()).toEqual([]);
    await load(1);
    expect(types()).toEqual([
      "PointCloudMessage",
      "SetBonePositionMessage",
      "SceneNodePatchMessage",
    ]);
  });

  it("are announced, and poses pass", () => {
    send(create(pending(1)), move);
    expect(seen).toEqual([{ ...create(pending(1)), props: {}, pending: true, fresh: false }, move]);
    expect(poses(send(packed))).toEqual([3, 7]);
  });

  it("are announced in place of the removal before them in one step", async () => {
    send(create(new Float32Array([9, 9])));
    seen = [];
    send({ ...remove, name: "/q" }, remove, create(pending(1)), move);
    expect(seen).toMatchObject([
      { type: "RemoveSceneNodeMessage", name: "/q" },
      { type: "PointCloudMessage", pending: true, fresh: true },
      { type: "SetPositionMessage" },
    ]);
    // In the next step it is another node that is removed.
    send(remove);
    send(create(pending(2)));
    expect(seen.slice(3)).toMatchObject([
      { type: "RemoveSceneNodeMessage" },
      { pending: true, fresh: false },
    ]);
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

  it("are canceled by the removal of the node", async () => {
    send(create(pending(1)));
    send(remove);
    expect(types()).toEqual(["RemoveSceneNodeMessage"]);
    expect(requestOf(1)!.signal.aborted).toBe(true);
    await settle();
    expect(types()).toEqual(["RemoveSceneNodeMessage"]);
    expect(broken).toEqual([]);
  });

  it("are replaced by the creation of another node of that name", async () => {
    send(create(pending(1)), patch());
    send(create(new Float32Array([9, 9])));
    expect(requestOf(1)!.signal.aborted).toBe(true);
    expect(types()).toEqual(["PointCloudMessage"]);
    expect(pointsOf(shown()[0])).toEqual([9, 9]);
  });

  it("do not share buffers with the frame, which moves to the page", async () => {
    const frame = new Float32Array([1, 2, 3, 4]);
    send({ ...create(pending(1)), props: { points: pending(1), colors: frame.subarray(0, 2) } });
    structuredClone(frame, { transfer: [frame.buffer] });
    await load(1);
    expect([
      ...(shown()[0] as unknown as { props: { colors: Float32Array } }).props.colors,
    ]).toEqual([1, 2]);
  });
});

describe("newer values", () => {
  it("replace one that is pending, and are taken over by a creation", async () => {
    send(create(pending(1)));
    send(update(pending(2)), patch("colors"));
    expect(requestOf(1)!.signal.aborted).toBe(true);
    await load(2);
    expect(types()).toEqual(["PointCloudMessage", "SceneNodePatchMessage"]);
    expect(pointsOf(shown()[0])).toEqual([2, 2]);
  });

  it("do not cancel what is on its way twice in a row", async () => {
    send(update(pending(1)));
    send(update(pending(2)));
    for (let n = 3; n < 10; n++) send(update(pending(n)));
    expect(requestOf(1)!.signal.aborted).toBe(true);
    expect(requestOf(2)!.signal.aborted).toBe(false);
    await load(2);
    expect(shown().map(pointsOf)).toEqual([[2, 2]]);
    await load(9);
    expect(shown().map(pointsOf)).toEqual([
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
    expect(shown().map(pointsOf)).toEqual([[3, 3]]);
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

  it("include the array of another server", async () => {
    send(create(pending(1)));
    for (let i = 0; i < 2; i++) {
      requestOf(1)!.respond(new Response(new Uint8Array(8), { headers: { etag: `"${idOf(2)}"` } }));
      await settle();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(broken).toEqual(["another array"]);
    arrays.reset(false);
    send(create(pending(3)));
    requestOf(3)!.respond(
      new Response(new Float32Array([3, 3]).buffer, { headers: { etag: `W/"${idOf(3)}"` } }),
    );
    await settle();
    expect(types()).toEqual(["PointCloudMessage"]);
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
    await vi.advanceTimersByTimeAsync(9_999);
    expect(broken).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(broken).toEqual(["no byte arrived in time"]);
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
  arrays.reset(false);
  await settle();
  requests = [];
  send(create(new PendingArray(idOf(9), 6 * 1024 * 1024, "|u1", false)));
  expect(requests.map((r) => r.path)).toEqual([
    `blob/${idOf(9)}/0-4194304`,
    `blob/${idOf(9)}/4194304-6291456`,
  ]);
  requests[1]!.respond(new Response(new Uint8Array(2097152).fill(2)));
  await settle();
  requests[0]!.respond(new Response(new Uint8Array(4194304).fill(1)));
  await settle();
  const { points } = (seen.at(-1) as unknown as { props: { points: Uint8Array } }).props;
  expect([points[4194303], points[4194304], points.length]).toEqual([1, 2, 6291456]);
});

describe("arrays that several messages have", () => {
  const propsOf = (m: Loose | undefined) =>
    (m as unknown as { props: { points: Float32Array; colors: Float32Array } }).props;

  it("are fetched once, and are one in the page's memory", async () => {
    send(create(pending(1)), { ...create(pending(1)), name: "/q" });
    await load(1);
    expect(requests).toHaveLength(1);
    const [a, b] = shown().map((m) => propsOf(m).points);
    expect(a!.buffer).toBe(b!.buffer);
    expect(memory).toEqual([a!.buffer]);
  });

  it("are copied for messages that wait for another one", async () => {
    send(create(pending(1)), {
      ...create(pending(1)),
      name: "/q",
      props: { points: pending(1), colors: pending(2) },
    });
    await load(1);
    expect(types()).toEqual(["PointCloudMessage"]);
    structuredClone(memory, { transfer: memory });
    await load(2);
    expect(requests).toHaveLength(2);
    const { points, colors } = propsOf(shown()[1]);
    expect([...points, ...colors]).toEqual([1, 1, 2, 2]);
  });

  it("need no request while another message waits with them", async () => {
    send({ ...create(pending(1)), props: { points: pending(1), colors: pending(2) } });
    await load(1);
    expect(send({ ...create(pending(1)), name: "/q" })).toHaveLength(2);
    expect(requests).toHaveLength(2);
    expect([...propsOf(shown()[0]).points]).toEqual([1, 1]);
  });
});

it("counts what has arrived until nothing is being fetched", async () => {
  send(create(pending(1)), { ...create(pending(2)), name: "/q" });
  expect(progress).toEqual([2, 0, 16]);
  await load(1);
  expect(progress).toEqual([1, 8, 16]);
  send(remove, { ...remove, name: "/q" });
  expect(progress).toEqual([0, 0, 0]);
  send(create(pending(3)));
  expect(progress).toEqual([1, 0, 8]);
});

it("keeps what is on its way if values come ten times as fast, and shows the last", async () => {
  send(create(pending(1)));
  for (let n = 2; n <= 11; n++) send(update(pending(n)));
  await settle();
  expect(requests.filter((r) => !r.signal.aborted)).toHaveLength(2);
  expect(requestOf(1)!.signal.aborted).toBe(true);
  await load(2);
  expect(shown().map(pointsOf)).toEqual([[2, 2]]);
  await load(11);
  expect(shown().map(pointsOf)).toEqual([
    [2, 2],
    [11, 11],
  ]);
});

it("does not mix properties of two values", async () => {
  const both = (points: number, colors: number) => ({
    ...update(pending(points)),
    updates: { points: pending(points), colors: pending(colors) },
  });
  send(both(1, 2));
  send(both(3, 4));
  await load(3);
  send(both(5, 6));
  await load(4);
  await load(5);
  await load(6);
  const values = shown().map((m) => {
    const { points, colors } = (m as unknown as { updates: Record<string, Float32Array> }).updates;
    return [points![0], colors![0]];
  });
  expect(values).toEqual([
    [3, 4],
    [5, 6],
  ]);
});

describe("when the whole state is sent again", () => {
  const picture = { type: "GetRenderRequestMessage", asset_wait_ms: 9000, render_uuid: "p" };

  it("pictures of the same session wait for it", async () => {
    send(create(pending(1)), picture);
    arrays.reset(true);
    expect(send(create(new Float32Array([1, 1])))).toHaveLength(1);
    send({ type: "ReplayDoneMessage" });
    expect(types()).toEqual(["PointCloudMessage", "ReplayDoneMessage", "GetRenderRequestMessage"]);
  });

  it("pictures of another session are forgotten", () => {
    send(create(pending(1)), picture);
    arrays.reset(false);
    send({ type: "ReplayDoneMessage" });
    expect(types()).toEqual(["ReplayDoneMessage"]);
  });
});
