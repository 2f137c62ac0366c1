// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Frame } from "../protocol/frame";
import type { PackedPosesMessage, ServerMessage } from "../protocol/messages.gen";
import { Backlog } from "./backlog";

type Loose = { type: string; [key: string]: unknown };

function frame(messages: Loose[], memory: ArrayBuffer[] = []): Frame {
  return {
    messages: messages as unknown as ServerMessage[],
    timestampSec: 0,
    memory,
    bytes: 100,
    malformed: 0,
  };
}

function merged(...frames: Loose[][]): unknown[] {
  const backlog = new Backlog();
  for (const messages of frames) backlog.push(frame(messages));
  return backlog.take().messages;
}

const position = (name: string, x: number, owner = ""): Loose => ({
  type: "SetPositionMessage",
  name,
  owner,
  position: [x, 0, 0],
});
const update = (name: string, updates: object): Loose => ({
  type: "SceneNodeUpdateMessage",
  name,
  owner: "",
  updates,
});
const packed = (ids: number[], values: number[], wxyz: number[] = []): Loose => ({
  type: "PackedPosesMessage",
  position_ids: new Uint32Array(ids),
  positions: new Float32Array(values.flatMap((v) => [v, v, v])),
  wxyz_ids: new Uint32Array(wxyz),
  wxyzs: new Float32Array(wxyz.flatMap((v) => [v, 0, 0, 0])),
});

describe("Backlog", () => {
  it("keeps order, and the last of what is set twice", () => {
    expect(
      merged(
        [position("/a", 1), { type: "Other" }],
        [position("/b", 1), position("/a", 2)],
        [{ type: "Other" }],
      ),
    ).toEqual([{ type: "Other" }, position("/b", 1), position("/a", 2), { type: "Other" }]);
  });

  it("does not change a single frame", () => {
    expect(merged([position("/a", 1), position("/a", 2)])).toHaveLength(2);
  });

  it("distinguishes owners, properties and kinds of message", () => {
    const all = [
      position("/a", 1),
      position("/a", 1, "3"),
      { type: "SetOrientationMessage", name: "/a", owner: "", wxyz: [1, 0, 0, 0] },
      update("/a", { x: 1 }),
      update("/a", { y: 1 }),
      update("/a", { x: 1, y: 1 }),
      { type: "GuiUpdateMessage", uuid: "/a", updates: { x: 1 } },
    ];
    expect(merged(all, [{ type: "Other" }])).toEqual([...all, { type: "Other" }]);
    expect(merged([update("/a", { y: 2, x: 2 })], [update("/a", { x: 1, y: 1 })])).toEqual([
      update("/a", { x: 1, y: 1 }),
    ]);
  });

  it("never drops creations, removals and events", () => {
    const things = [
      { type: "FrameMessage", name: "/a", owner: "" },
      { type: "RemoveSceneNodeMessage", name: "/a", owner: "" },
      { type: "FileTransferPart", transfer_uuid: "t", part_index: 0 },
      { type: "ReplayDoneMessage" },
    ];
    expect(merged(things, things)).toEqual([...things, ...things]);
  });

  it("removes from older packed poses the ids that newer ones contain", () => {
    const [older, newer] = merged(
      [packed([1, 2, 3], [10, 20, 30], [1, 2])],
      [packed([2], [21], [1])],
    ) as PackedPosesMessage[];
    expect(older?.position_ids).toEqual(new Uint32Array([1, 3]));
    expect(older?.positions).toEqual(new Float32Array([10, 10, 10, 30, 30, 30]));
    expect(older?.wxyz_ids).toEqual(new Uint32Array([2]));
    expect(older?.wxyzs).toEqual(new Float32Array([2, 0, 0, 0]));
    expect(newer).toEqual(packed([2], [21], [1]));
  });

  it("drops packed poses of which nothing is left", () => {
    expect(merged([packed([1, 2], [1, 2])], [packed([2, 1], [4, 3])])).toEqual([
      packed([2, 1], [4, 3]),
    ]);
  });

  it("keeps its size while poses arrive and none is processed", () => {
    const backlog = new Backlog();
    let most = 0;
    for (let n = 0; n < 2000; n++) {
      backlog.push(frame(Array.from({ length: 100 }, (_, i) => position(`/${i}`, n))));
      most = Math.max(most, backlog.bytes);
    }
    expect(most).toBeLessThan(2e6);
    expect(backlog.take().messages).toHaveLength(100);
    expect(backlog.empty).toBe(true);
    expect(backlog.bytes).toBe(0);
  });

  it("releases the memory of replaced arrays", () => {
    const backlog = new Backlog();
    for (let n = 0; n < 100; n++) {
      backlog.push(frame([update("/a", { points: n })], [new ArrayBuffer(4 * 1024 * 1024)]));
      expect(backlog.bytes).toBeLessThan(80 * 1024 * 1024);
    }
    const batch = backlog.take();
    expect(batch.messages).toEqual([update("/a", { points: 99 })]);
    expect(batch.memory).toHaveLength(1);
  });
});
