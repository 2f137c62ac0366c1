import { describe, expect, it } from "vitest";
import type { Rect } from "./label";
import { type Candidate, type Placed, Placement } from "./placement";

const WIDTH = 400;
const HEIGHT = 300;
/** Below and to the right of its anchor. */
const BOX: Rect = [0, -20, 60, 20];

function at(key: string, x: number, y: number, depth = 1, box = BOX): Candidate<string> {
  return { key, x, y, depth, box };
}

function rectOf({ x, y, box }: Candidate<string>, { shiftX, shiftY }: Placed): Rect {
  return [x + box[0] + shiftX, y + box[1] + shiftY, box[2], box[3]];
}

function overlaps(a: Rect, b: Rect): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

/** Places them, and checks that no two that are not faded overlap. */
function place(placement: Placement<string>, candidates: Candidate<string>[]): Placed[] {
  const placed = placement.place(candidates, WIDTH, HEIGHT);
  const rects = placed.flatMap((p, i) => (p.position < 0 ? [] : [rectOf(candidates[i]!, p)]));
  for (const [i, a] of rects.entries()) {
    for (const b of rects.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
  }
  return placed;
}

describe("Placement", () => {
  it("keeps labels without overlap at their anchors", () => {
    const placed = place(new Placement(), [at("a", 50, 100), at("b", 200, 100)]);
    expect(placed).toEqual([
      { position: 0, shiftX: 0, shiftY: 0 },
      { position: 0, shiftX: 0, shiftY: 0 },
    ]);
  });

  it("moves the farther of two new labels", () => {
    const [a, b] = place(new Placement(), [at("a", 100, 100, 5), at("b", 110, 105, 2)]);
    expect(b!.position).toBe(0);
    expect(a!.position).toBeGreaterThan(0);
  });

  it("fades labels without a free position, and keeps them at their anchors", () => {
    const crowd = Array.from({ length: 40 }, (_, i) => at(`${i}`, 200, 150, i));
    const placed = place(new Placement(), crowd);
    expect(placed[0]!.position).toBe(0);
    const faded = placed.filter(({ position }) => position < 0);
    expect(faded.length).toBeGreaterThan(20);
    for (const { shiftX, shiftY } of faded) expect([shiftX, shiftY]).toEqual([0, 0]);
    expect(placed.filter(({ position }) => position > 0).length).toBeGreaterThan(3);
  });

  it("keeps the positions when the order of depths changes", () => {
    const placement = new Placement<string>();
    const before = place(placement, [at("a", 100, 100, 5), at("b", 110, 105, 2)]);
    const after = place(placement, [at("a", 100, 100, 2), at("b", 110, 105, 5)]);
    expect(after).toEqual(before);
  });

  it("does not flicker while labels move back and forth by less than the clearance", () => {
    const placement = new Placement<string>();
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const jitter = 1.5 * Math.sin(i);
      const placed = place(placement, [at("a", 100, 100, 2), at("b", 160 + jitter, 100, 3)]);
      if (i > 10) seen.add(placed.map(({ position }) => position).join());
    }
    expect(seen.size).toBe(1);
  });

  it("returns to the anchor when there is enough clearance", () => {
    const placement = new Placement<string>();
    const first = place(placement, [at("a", 100, 100, 1), at("b", 110, 100, 2)]);
    expect(first[1]!.position).toBeGreaterThan(0);
    expect(place(placement, [at("a", 47, 100), at("b", 110, 100, 2)])[1]!.position).toBeGreaterThan(
      0,
    );
    expect(place(placement, [at("a", 40, 100), at("b", 110, 100, 2)])[1]!.position).toBe(0);
  });

  it("keeps labels inside the picture while their anchors are", () => {
    for (const [x, y] of [
      [0, 0],
      [399, 299],
      [399, 0],
      [0, 299],
      [200, 5],
    ] as const) {
      const candidate = at("a", x, y);
      const [left, bottom, w, h] = rectOf(candidate, place(new Placement(), [candidate])[0]!);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeGreaterThanOrEqual(0);
      expect(left + w).toBeLessThanOrEqual(WIDTH);
      expect(bottom + h).toBeLessThanOrEqual(HEIGHT);
    }
  });

  it("lets a label leave the picture with its anchor, without a jump", () => {
    const placement = new Placement<string>();
    let last: number | null = null;
    for (let x = 380; x < 480; x++) {
      const candidate = at("a", x, 100);
      const [left] = rectOf(candidate, place(placement, [candidate])[0]!);
      if (last !== null) expect(Math.abs(left - last)).toBeLessThanOrEqual(1);
      last = left;
    }
    expect(last).toBeGreaterThan(WIDTH);
  });

  it("shows the start of labels larger than the picture", () => {
    const wide = at("a", 200, 100, 1, [-300, -10, 600, 20]);
    expect(rectOf(wide, place(new Placement(), [wide])[0]!)[0]).toBe(2);
    const tall = at("b", 200, 100, 1, [-10, -250, 20, 500]);
    const [, bottom, , h] = rectOf(tall, place(new Placement(), [tall])[0]!);
    expect(bottom + h).toBe(HEIGHT - 2);
  });

  it("avoids overlaps of many labels while the camera turns", () => {
    const placement = new Placement<string>();
    let changes = 0;
    let last: Placed[] = [];
    for (let step = 0; step < 60; step++) {
      const candidates = Array.from({ length: 300 }, (_, i) => {
        const angle = i * 2.4 + step * 0.002;
        const radius = 6 * Math.sqrt(i);
        const [x, y] = [200 + radius * Math.cos(angle), 150 + radius * Math.sin(angle)];
        return at(`${i}`, x, y, 10 + Math.sin(angle));
      });
      const placed = place(placement, candidates);
      changes += placed.filter((p, i) => last[i] && last[i].position !== p.position).length;
      last = placed;
    }
    // Of 18,000 positions.
    expect(changes).toBeLessThan(400);
  });
});
