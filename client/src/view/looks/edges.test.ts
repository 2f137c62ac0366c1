import { BoxGeometry, CylinderGeometry, PlaneGeometry, SphereGeometry } from "three";
import { expect, test } from "vitest";
import { featureEdges, type Triangles } from "./edges";

function of(geometry: BoxGeometry): Triangles {
  return {
    positions: geometry.getAttribute("position").array,
    index: geometry.getIndex()!.array,
  };
}

const count = (t: Triangles) => featureEdges(t).length / 2;

test("a box has twelve edges, and no diagonals", () => {
  expect(count(of(new BoxGeometry(1, 2, 3, 2, 1, 1)))).toBe(12 + 4);
  const pairs = featureEdges(of(new BoxGeometry(1, 2, 3)));
  const p = new BoxGeometry(1, 2, 3).getAttribute("position");
  for (let i = 0; i < pairs.length; i += 2) {
    const [a, b] = [pairs[i]!, pairs[i + 1]!];
    const along = [p.getX(a) - p.getX(b), p.getY(a) - p.getY(b), p.getZ(a) - p.getZ(b)];
    expect(along.filter((x) => x !== 0)).toHaveLength(1);
  }
});

test("round surfaces have none, but the rims of a cylinder", () => {
  expect(count(of(new SphereGeometry(1, 24, 24) as unknown as BoxGeometry))).toBe(0);
  expect(count(of(new CylinderGeometry(1, 1, 1, 24) as unknown as BoxGeometry))).toBe(48);
});

test("the boundary of an open mesh is an edge", () => {
  expect(count(of(new PlaneGeometry(1, 1, 3, 2) as unknown as BoxGeometry))).toBe(10);
});

test("without an index, vertices at the same place count as one", () => {
  const flat = new BoxGeometry(1, 1, 1).toNonIndexed().getAttribute("position").array;
  expect(count({ positions: flat, index: null })).toBe(12);
});

test("zeros of both signs are the same place", () => {
  const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, -0, 0, -0, 0, 0, 0, -1, 0];
  expect(count({ positions, index: null })).toBe(4);
});

test("an edge of three triangles is kept once two of them make an angle", () => {
  const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, -1, 0];
  const index = [0, 1, 2, 1, 0, 3, 1, 0, 4];
  expect(count({ positions, index })).toBe(6 + 1);
});

test("what is no triangle has no edges", () => {
  const none = { positions: [0, 0, 0, 1, 0, 0, 0, 1, 0], index: [0, 1, 9] };
  expect(count(none)).toBe(0);
  expect(count({ positions: [0, 0, 0, 1, 0, 0, 2, 0, 0], index: null })).toBe(0);
  expect(count({ positions: [0, 0, 0, Number.NaN, 0, 0, 2, 1, 0], index: null })).toBe(0);
  expect(count({ positions: [], index: null })).toBe(0);
  expect(count({ positions: [0, 0], index: [0] })).toBe(0);
});

test("a mesh of many triangles", () => {
  const n = 150;
  const grid = of(new PlaneGeometry(1, 1, n, n) as unknown as BoxGeometry);
  expect(count(grid)).toBe(4 * n);
});
