// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Frame } from "../protocol/frame";
import type { ArrayPatch, ServerMessage } from "../protocol/messages.gen";
import { patched } from "../protocol/patch";
import { Backlog } from "./backlog";

type Loose = { type: string; [key: string]: unknown };

function merged(...messages: Loose[]): Loose[] {
  const backlog = new Backlog();
  for (const m of messages) {
    const memory: ArrayBuffer[] = [];
    backlog.push({
      messages: [m] as unknown as ServerMessage[],
      timestampSec: 0,
      memory,
      bytes: 100,
      malformed: 0,
    } satisfies Frame);
  }
  return backlog.take().messages as unknown as Loose[];
}

const patch = (
  total: number,
  ranges: number[],
  data: number[],
  property = "points",
): ArrayPatch => ({
  property,
  index: 0,
  total,
  ranges,
  data: new Float32Array(data),
});
const message = (...patches: ArrayPatch[]): Loose => ({
  type: "SceneNodePatchMessage",
  name: "/p",
  owner: "",
  patches,
});
const update = (updates: object): Loose => ({
  type: "SceneNodeUpdateMessage",
  name: "/p",
  owner: "",
  updates,
});
const create: Loose = { type: "PointCloudMessage", name: "/p", owner: "", props: {} };

function apply(start: number[], patches: readonly ArrayPatch[]): number[] {
  let array: unknown = new Float32Array(start);
  for (const p of patches) {
    const result = patched(array, p);
    if ("problem" in result) throw new Error(result.problem);
    array = result.array;
  }
  return [...(array as Float32Array)];
}

describe("patches in the backlog", () => {
  it("are joined, with the newest numbers", () => {
    const out = merged(
      message(patch(4, [0, 2], [1, 2])),
      message(patch(4, [1, 1], [9]), patch(2, [0, 1], [5], "colors")),
      message(patch(6, [4, 2], [7, 8])),
    );
    expect(out).toEqual([
      message(patch(2, [0, 1], [5], "colors")),
      message(patch(6, [0, 2, 4, 2], [1, 9, 7, 8])),
    ]);
  });

  it("are dropped when the whole array is sent, or the node is recreated", () => {
    const p = () => message(patch(4, [0, 2], [1, 2]));
    expect(merged(p(), update({ points: 1 }))).toEqual([update({ points: 1 })]);
    expect(merged(p(), create)).toEqual([create]);
    expect(merged(p(), update({ point_size: 1 }))).toHaveLength(2);
  });

  it("are not moved past a message with the whole array", () => {
    const last = message(patch(4, [3, 1], [2]));
    expect(merged(message(patch(4, [0, 1], [1])), update({ points: 1 }), last)).toEqual([
      update({ points: 1 }),
      last,
    ]);
  });

  it("are unchanged if they cannot be joined", () => {
    const odd = message({ ...patch(4, [0, 2], [1]), ranges: [0, 2, 1] });
    const none = message({ ...patch(4, [0, 1], [1]), data: new Uint8Array([1]) as never });
    expect(merged(odd, none, message(patch(4, [0, 1], [1])))).toHaveLength(3);
    expect(merged({ ...odd, patches: null }, { ...odd, patches: [null] }, odd)).toHaveLength(3);
  });

  it("have the same result as one by one", () => {
    let seed = 1;
    const random = (n: number) => {
      seed = (seed * 16807) % 2147483647;
      return seed % n;
    };
    for (let round = 0; round < 200; round++) {
      const start = Array.from({ length: random(10) }, (_, i) => 100 + i);
      let length = start.length;
      const patches = Array.from({ length: 2 + random(4) }, (_, k) => {
        const ranges: number[] = [];
        let end = 0;
        while (random(3) > 0) {
          const from = end + random(Math.max(1, length - end));
          if (from > Math.max(length, end)) break;
          const n = 1 + random(3);
          ranges.push(from, n);
          end = from + n;
        }
        length =
          random(4) === 0 ? end + random(1 + Math.max(0, length - end)) : Math.max(length, end);
        const sum = ranges.reduce((s, n, i) => s + (i % 2) * n, 0);
        return patch(
          length,
          ranges,
          Array.from({ length: sum }, (_, i) => 1000 * k + i),
        );
      });
      const one = merged(...patches.map((p) => message(p)));
      expect(one).toHaveLength(1);
      expect(apply(start, one[0]!.patches as ArrayPatch[])).toEqual(apply(start, patches));
    }
  });
});
