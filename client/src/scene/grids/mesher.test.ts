import { describe, expect, test } from "vitest";
import { pickCell } from "./cellPick";
import { type Cells, cellAt, meshCells } from "./mesher";

type Cell = readonly [number, number, number];

const SIZE = [0.5, 2, 1] as const;
const RED = new Uint8Array([255, 0, 0]);

function mesh(cells: readonly Cell[], colors: readonly number[] | Uint8Array = RED): Cells {
  const points = cells.flatMap((c) => c.map((v, k) => (v + 0.5) * SIZE[k]!));
  return meshCells(new Float32Array(points), SIZE, Uint8Array.from(colors));
}

/** The unit faces that the result covers, as text; each must be covered once. */
function covered({ faces, origin }: Cells): Map<string, number> {
  const out = new Map<string, number>();
  for (let i = 0; i < faces.count; i++) {
    const direction = faces.paints[4 * i + 3]!;
    const axis = direction >> 1;
    const [u, v] = [0, 1, 2].filter((k) => k !== axis) as [number, number];
    for (let a = 0; a < faces.spans[2 * i]!; a++) {
      for (let b = 0; b < faces.spans[2 * i + 1]!; b++) {
        const at = [0, 1, 2].map((k) => faces.corners[3 * i + k]! + origin[k]!);
        at[u]! += a;
        at[v]! += b;
        const key = `${at} ${direction}`;
        const color = faces.paints.slice(4 * i, 4 * i + 3).reduce((sum, c) => 256 * sum + c, 0);
        expect(out.has(key), `${key} is covered once`).toBe(false);
        out.set(key, color);
      }
    }
  }
  return out;
}

/** The same, by looking at each cell. */
function wanted(cells: readonly Cell[], colorOf: (i: number) => number): Map<string, number> {
  const last = new Map(cells.map((c, i) => [String(c), i]));
  const out = new Map<string, number>();
  for (const [key, i] of last) {
    const at = key.split(",").map(Number);
    for (let direction = 0; direction < 6; direction++) {
      const next = [...at];
      next[direction >> 1]! += direction % 2 === 1 ? 1 : -1;
      if (!last.has(String(next))) out.set(`${key} ${direction}`, colorOf(i));
    }
  }
  return out;
}

/** A small generator of random numbers. */
function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

describe("faces of voxels", () => {
  test("one cell, and no cells", () => {
    expect(mesh([[3, -2, 7]]).faces.count).toBe(6);
    expect(covered(mesh([[3, -2, 7]]))).toEqual(wanted([[3, -2, 7]], () => 0xff0000));
    const none = mesh([]);
    expect([none.faces.count, none.ids.length, none.bad]).toEqual([0, 0, 0]);
  });

  test("a block of one color is six faces", () => {
    const cells: Cell[] = [];
    for (let i = 0; i < 4 * 5 * 6; i++)
      cells.push([i % 4, Math.floor(i / 4) % 5, Math.floor(i / 20)]);
    const { faces, size } = mesh(cells.reverse());
    expect([faces.count, ...size]).toEqual([6, 4, 5, 6]);
    expect([...faces.spans].sort((a, b) => a - b)).toEqual([4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6]);
  });

  test("random cells, colors and repetitions: each open face once, none between cells", () => {
    for (let seed = 1; seed < 40; seed++) {
      const next = random(seed);
      const extent = 2 + next(6);
      const cells = Array.from(
        { length: 1 + next(200) },
        (): Cell => [next(extent) - 3, next(extent), next(extent) + 1000],
      );
      const colors = cells.flatMap(() => [next(2) * 255, 0, next(2)]);
      const each = cells.length > 1;
      const colorOf = (i: number) =>
        each ? (colors[3 * i]! << 16) | colors[3 * i + 2]! : (colors[0]! << 16) | colors[2]!;
      expect(covered(mesh(cells, colors))).toEqual(wanted(cells, colorOf));
    }
  });

  test("cells far from each other, and ones that are not finite", () => {
    const far = 1 << 21;
    const cells: Cell[] = [
      [far, far, far],
      [-far, -far, -far],
    ];
    expect(covered(mesh(cells))).toEqual(wanted(cells, () => 0xff0000));
    const broken = mesh([...cells, [Number.NaN, 0, 0], [0, Infinity, 0], [0, 0, 1e9]]);
    expect([broken.bad, broken.ids.length, broken.faces.count]).toEqual([3, 2, 12]);
    expect(mesh([[Number.NaN, 0, 0]]).faces.count).toBe(0);
  });
});

describe("voxels under a ray", () => {
  const brute = (cells: Cells, o: Cell, d: Cell) => {
    let best = Infinity;
    for (let i = 0; i < cells.ids.length; i++) {
      let [near, far] = [-Infinity, Infinity];
      for (let k = 0; k < 3; k++) {
        const low = cells.sorted[3 * i + k]!;
        const [a, b] = [(low - o[k]!) / d[k]!, (low + 1 - o[k]!) / d[k]!];
        near = Math.max(near, Math.min(a, b));
        far = Math.min(far, Math.max(a, b));
      }
      if (near <= far && far >= 0) best = Math.min(best, Math.max(0, near));
    }
    return best;
  };

  test("the first cell, as if each was tested", () => {
    const next = random(5);
    const cells = mesh(Array.from({ length: 150 }, (): Cell => [next(12), next(12), next(12)]));
    let hits = 0;
    for (let i = 0; i < 500; i++) {
      const o = [next(4000) / 100 - 14, next(4000) / 100 - 14, next(4000) / 100 - 14] as const;
      const d = [
        next(999) / 100 - 5.003,
        next(999) / 100 - 5.003,
        next(999) / 100 - 5.003,
      ] as const;
      const hit = pickCell(cells, o, d);
      const best = brute(cells, o, d);
      if (hit) hits++;
      expect(hit?.t ?? Infinity).toBeCloseTo(best, 6);
    }
    expect(hits).toBeGreaterThan(15);
  });

  test("of cells that are far apart", () => {
    const cells = mesh([
      [0, 0, 0],
      [1_000_000, 0, 0],
      [2_000_000, 5, 0],
    ]);
    const hit = pickCell(cells, [3_000_000, 0.5, 0.5], [-1, 0, 0]);
    expect(hit && cells.ids[hit.place]).toBe(1);
    expect(pickCell(cells, [3_000_000, 0.5, 0.5], [1, 0, 0])).toBeNull();
  });

  test("a cell is found by its coordinates", () => {
    const cells = mesh([
      [5, 6, 7],
      [5, 6, 8],
      [5, 6, 7],
    ]);
    expect(cells.ids[cellAt(cells.sorted, 0, 0, 0)]).toBe(2);
    expect(cells.ids[cellAt(cells.sorted, 0, 0, 1)]).toBe(1);
    expect(cellAt(cells.sorted, 1, 0, 0)).toBe(-1);
  });
});
