import { describe, expect, it } from "vitest";
import { Ranges } from "./ranges";
import { Slab } from "./slab";
import { SPLAT_WORDS } from "./words";

/** Splats whose words are all `value`, at x, 0, 0. */
function splats(xs: number[], value = 0): Uint32Array {
  const out = new Uint32Array(xs.length * SPLAT_WORDS).fill(value);
  const floats = new Float32Array(out.buffer);
  xs.forEach((x, i) => {
    floats.set([x, 0, 0], i * SPLAT_WORDS);
  });
  return out;
}

/** As after the upload. */
function uploaded(slab: Slab): void {
  slab.texture.onUpdate?.(slab.texture);
  slab.texture.clearUpdateRanges();
}

describe("Ranges", () => {
  it("fills gaps first", () => {
    const r = new Ranges();
    const [a, b, c] = [r.take(10), r.take(5), r.take(3)];
    expect([a.start, b.start, c.start, r.end]).toEqual([0, 10, 15, 18]);
    r.give(b);
    expect(r.take(6).start).toBe(18);
    expect(r.take(5).start).toBe(10);
    r.give(c);
    r.give(c);
    expect(r.take(3).start).toBe(15);
    expect(r.take(0).count).toBe(0);
  });
});

describe("Slab", () => {
  it("keeps its contents when it grows", () => {
    const slab = new Slab(8);
    expect(slab.perRow).toBe(4);
    const a = slab.take(3)!;
    slab.write(a, splats([1, 2, 3], 5), 7);
    const before = slab.texture;
    slab.write(slab.take(6)!, splats([4, 5, 6, 7, 8, 9]), 8);
    expect(slab.texture).not.toBe(before);
    const data = slab.texture.image.data as unknown as Uint32Array;
    expect(data[SPLAT_WORDS + 7]).toBe(5);
    expect([0, 1, 2, 3, 4].map((i) => data[i * SPLAT_WORDS + 3])).toEqual([7, 7, 7, 8, 8]);
  });

  it("returns null when it is full, and continues to work", () => {
    const slab = new Slab(8);
    expect(slab.take(33)).toBeNull();
    expect(slab.take(32)).not.toBeNull();
  });

  it("returns the centers, and the number of invalid ones", () => {
    const slab = new Slab(8);
    const all = splats([1, Number.NaN, 3, 4]);
    all[2 * SPLAT_WORDS + 5] = 0x7c00_0000; // an infinity, as a half
    all[3 * SPLAT_WORDS + 6] = 0x0000_fe01; // none at all
    const { centers, bad } = slab.write(slab.take(4)!, all, 0);
    expect(bad).toBe(3);
    expect([0, 3, 6, 9].map((i) => centers[i])).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
  });

  it("uploads the changed rows, or all if most have changed", () => {
    const slab = new Slab(8);
    const ranges = [0, 1, 2, 3, 4, 5].map(() => slab.take(4)!);
    for (const r of ranges) slab.write(r, splats([0, 0, 0, 0]), 0);
    // Not uploaded yet: whole.
    expect(slab.texture.updateRanges).toEqual([]);
    uploaded(slab);
    slab.write(ranges[2]!, splats([0, 0, 0, 0]), 0);
    expect(slab.texture.updateRanges).toEqual([{ start: 64, count: 32 }]);
    slab.give(ranges[0]!);
    slab.give(ranges[1]!);
    slab.give(ranges[2]!);
    slab.give(ranges[3]!);
    slab.give(ranges[4]!);
    slab.write(slab.take(20)!, new Uint32Array(20 * SPLAT_WORDS), 0);
    expect(slab.texture.updateRanges).toEqual([]);
  });
});
