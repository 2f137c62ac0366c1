// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { ArrayPatch } from "./messages.gen";
import { patched, patchProps, withCapacity } from "./patch";

const patch = (total: number, ranges: number[], data: ArrayPatch["data"]): ArrayPatch => ({
  property: "points",
  index: 0,
  total,
  ranges,
  data,
});
const floats = (...xs: number[]) => new Float32Array(xs);

function array(old: unknown, p: ArrayPatch): Float32Array {
  const result = patched(old, p);
  if ("problem" in result) throw new Error(result.problem);
  return result.array as Float32Array;
}

describe("patched", () => {
  it("sets ranges, appends and truncates", () => {
    expect([...array(floats(1, 2, 3, 4), patch(4, [0, 1, 2, 2], floats(7, 8, 9)))]).toEqual([
      7, 2, 8, 9,
    ]);
    expect([...array(floats(1, 2), patch(4, [1, 3], floats(7, 8, 9)))]).toEqual([1, 7, 8, 9]);
    expect([...array(floats(1, 2), patch(1, [], floats()))]).toEqual([1]);
    expect([...array(floats(), patch(2, [0, 2], floats(1, 2)))]).toEqual([1, 2]);
  });

  it("does not modify its arguments", () => {
    const old = floats(1, 2, 3);
    array(old, patch(3, [0, 1], floats(9)));
    expect([...old]).toEqual([1, 2, 3]);
  });

  it("copies nothing once it owns the memory, and little when it grows", () => {
    let a = array(new Float32Array(100), patch(100, [0, 1], floats(1)));
    const first = a.buffer;
    a = array(a, patch(100, [5, 1], floats(2)));
    expect(a.buffer).toBe(first);
    const buffers = new Set<ArrayBufferLike>();
    for (let n = 100; n < 10_000; n++) {
      a = array(a, patch(n + 1, [n, 1], floats(n)));
      buffers.add(a.buffer);
    }
    expect(buffers.size).toBeLessThan(15);
    expect(a[9999]).toBe(9999);
    expect(withCapacity(a).length).toBeGreaterThanOrEqual(a.length);
    expect(withCapacity(a).buffer).toBe(a.buffer);
    const own = floats(1, 2);
    expect(withCapacity(own)).toBe(own);
  });

  it.each([
    ["no array", undefined, patch(1, [0, 1], floats(1))],
    ["a list", [1, 2], patch(2, [0, 1], floats(1))],
    ["another type", new Uint8Array(3), patch(3, [0, 1], floats(1))],
    ["a gap", floats(1), patch(3, [2, 1], floats(1))],
    ["a total without elements", floats(1), patch(3, [0, 1], floats(1))],
    ["a range beyond the total", floats(1, 2, 3), patch(2, [2, 1], floats(1))],
    ["ranges out of order", floats(1, 2, 3), patch(3, [1, 1, 0, 1], floats(1, 2))],
    ["ranges that overlap", floats(1, 2, 3), patch(3, [0, 2, 1, 1], floats(1, 2, 3))],
    ["too few elements", floats(1, 2, 3), patch(3, [0, 2], floats(1))],
    ["too many elements", floats(1, 2, 3), patch(3, [0, 1], floats(1, 2))],
    ["half a range", floats(1, 2, 3), patch(3, [0], floats())],
    ["a fraction", floats(1, 2, 3), patch(3, [0.5, 1], floats(1))],
    ["a negative offset", floats(1, 2, 3), patch(3, [-1, 1], floats(1))],
    ["no number", floats(1, 2, 3), patch(3, ["0" as never, 1], floats(1))],
    ["no ranges", floats(1, 2, 3), patch(3, null as never, floats())],
    ["no data", floats(1, 2, 3), patch(3, [0, 1], null as never)],
    ["an infinite total", floats(1, 2, 3), patch(Number.POSITIVE_INFINITY, [0, 1], floats(1))],
  ])("rejects %s", (_, old, p) => {
    expect(patched(old, p)).toHaveProperty("problem");
    if (old instanceof Float32Array) expect([...old]).toEqual([1, 2, 3].slice(0, old.length));
  });
});

describe("patchProps", () => {
  it("updates the named arrays, also in a list", () => {
    const props = { points: floats(1, 2), data: [floats(1), floats(2)], size: 1 };
    const { props: out, problems } = patchProps(props, [
      patch(2, [1, 1], floats(9)),
      { ...patch(2, [1, 1], floats(8)), property: "data", index: 1 },
    ]);
    expect(out).toEqual({ points: floats(1, 9), data: [floats(1), floats(2, 8)], size: 1 });
    expect(problems).toEqual([]);
    expect(props.points).toEqual(floats(1, 2));
  });

  it("reports invalid patches, and applies the rest", () => {
    const { props, problems } = patchProps({ points: floats(1) }, [
      { ...patch(1, [0, 1], floats(1)), property: "nothing" },
      { ...patch(1, [0, 1], floats(1)), property: "points", index: 3 },
    ]);
    expect(problems).toHaveLength(1);
    expect(props.points).toEqual(floats(1));
    expect(patchProps({ a: 1 }, null).props).toEqual({ a: 1 });
  });
});
