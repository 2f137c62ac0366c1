import { BoxGeometry } from "three";
import { expect, test, vi } from "vitest";
import { EdgeCache } from "./edgeCache";

function make() {
  let redraws = 0;
  const clock = { ms: 0 };
  const cache = new EdgeCache(
    () => redraws++,
    // Each look at the clock takes a while: that is what finding takes.
    () => {
      clock.ms += 10;
      return clock.ms;
    },
  );
  cache.begin();
  return { cache, clock, redraws: () => redraws };
}

test("edges are found once, share the vertices, and go with the geometry", () => {
  const { cache } = make();
  const box = new BoxGeometry();
  const lines = cache.of(box)!;
  expect(lines.getIndex()!.count).toBe(24);
  expect(lines.getAttribute("position")).toBe(box.getAttribute("position"));
  expect(cache.of(box)).toBe(lines);
  const freed = vi.fn();
  lines.addEventListener("dispose", freed);
  box.dispose();
  expect(freed).toHaveBeenCalledOnce();
  // Freed without the vertices, which three.js would take away from the box.
  expect(Object.keys(lines.attributes)).toEqual([]);
  expect(cache.of(box)).not.toBe(lines);
});

test("a changed mesh is searched again, but not all the time", () => {
  const { cache, clock } = make();
  const box = new BoxGeometry();
  const first = cache.of(box);
  box.getAttribute("position").needsUpdate = true;
  expect(cache.of(box)).toBe(first);
  clock.ms += 1000;
  expect(cache.of(box)).not.toBe(first);
});

test("a frame finds only some, and the next one goes on", () => {
  const { cache, redraws } = make();
  const boxes = Array.from({ length: 4 }, () => new BoxGeometry());
  const found = () => boxes.filter((box) => cache.of(box)).length;
  expect(found()).toBe(3);
  expect(redraws()).toBeGreaterThan(0);
  cache.begin();
  expect(found()).toBe(4);
});
