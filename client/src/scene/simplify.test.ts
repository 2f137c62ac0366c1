import { expect, test } from "vitest";
import { simplifiedIndex } from "./simplify";

/** A flat square of n by n cells, two triangles each. */
function sheet(n: number): { position: Float32Array; index: Uint32Array } {
  const position: number[] = [];
  for (let y = 0; y <= n; y++) for (let x = 0; x <= n; x++) position.push(x / n, y / n, 0);
  const index: number[] = [];
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const a = y * (n + 1) + x;
      index.push(a, a + 1, a + n + 2, a, a + n + 2, a + n + 1);
    }
  }
  return { position: new Float32Array(position), index: new Uint32Array(index) };
}

test.each([0.5, 0.1, 0.02])("keeps at most %d of the triangles, and the extent", (ratio) => {
  const { position, index } = sheet(40);
  const fewer = simplifiedIndex(position, index, ratio);
  expect(fewer.length).toBeGreaterThan(0);
  expect(fewer.length % 3).toBe(0);
  expect(fewer.length).toBeLessThanOrEqual(index.length * ratio);
  const xs = [...fewer].map((v) => position[3 * v]!);
  expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.6);
});

test("all and none", () => {
  const { position, index } = sheet(4);
  expect(simplifiedIndex(position, index, 1)).toBe(index);
  expect(simplifiedIndex(position, index, 0)).toHaveLength(0);
  expect(simplifiedIndex(position, index, Number.NaN)).toHaveLength(0);
});

test("meshes without extent are unchanged", () => {
  const index = new Uint32Array([0, 1, 2]);
  expect(simplifiedIndex(new Float32Array(9), index, 0.5)).toBe(index);
});
