import { CatmullRomCurve3, CubicBezierCurve3, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { catmullRom, cubicBezier, MAX_SEGMENTS } from "./curves";

const zigzag = new Float32Array([0, 0, 0, 1, 2, 0, 2, 0, 1, 3, 2, 0]);
const places = [
  new Vector3(0, 0, 0),
  new Vector3(1, 2, 0),
  new Vector3(2, 0, 1),
  new Vector3(3, 2, 0),
];

/** The points of a chain of segments, each of which must start at the end of the last one. */
function corners(pieces: Float32Array): number[][] {
  const out = [[...pieces.subarray(0, 3)]];
  for (let i = 0; i < pieces.length; i += 6) {
    expect([...pieces.subarray(i, i + 3)]).toEqual(out.at(-1));
    out.push([...pieces.subarray(i + 3, i + 6)]);
  }
  return out;
}

function expectEqual(got: number[][], want: Vector3[]): void {
  expect(got.length).toBe(want.length);
  got.forEach((p, i) => {
    want[i]!.toArray().forEach((v, k) => {
      expect(p[k]).toBeCloseTo(v, 5);
    });
  });
}

describe("catmullRom", () => {
  it.each([
    ["centripetal", false, 0.5],
    ["chordal", true, 0.5],
    ["catmullrom", false, 0],
    ["catmullrom", true, 1],
  ] as const)("is three.js's curve: %s, closed %s, tension %s", (kind, closed, tension) => {
    const want = new CatmullRomCurve3(places, closed, kind, tension).getPoints(17);
    expectEqual(corners(catmullRom(zigzag, kind, tension, closed, 17)), want);
  });

  it("returns to its start when closed, and passes all points when not", () => {
    const closed = corners(catmullRom(zigzag, "centripetal", 0.5, true, null));
    expect(closed.at(-1)).toEqual(closed[0]);
    const open = corners(catmullRom(zigzag, "centripetal", 0.5, false, null));
    for (const p of places) {
      const nearest = Math.min(...open.map((c) => p.distanceTo(new Vector3(...c))));
      expect(nearest).toBeLessThan(1e-5);
    }
  });

  it("draws nothing for fewer than two points, and something for equal ones", () => {
    for (const closed of [true, false]) {
      expect(catmullRom(new Float32Array(), "chordal", 0.5, closed, null).length).toBe(0);
      expect(catmullRom(new Float32Array(3), "chordal", 0.5, closed, 5).length).toBe(0);
      const same = catmullRom(new Float32Array(9), "chordal", 0.5, closed, 5);
      expect([...same]).toEqual(new Array(30).fill(0));
    }
  });

  it("limits the number of segments", () => {
    expect(catmullRom(zigzag, "chordal", 0.5, false, 1e9).length).toBe(MAX_SEGMENTS * 6);
    expect(catmullRom(new Float32Array(30_000), "chordal", 0.5, false, null).length).toBe(9999 * 6);
  });
});

describe("cubicBezier", () => {
  const points = zigzag.subarray(0, 9);
  const controls = new Float32Array([0, 1, 0, 1, 1, 0, 1, 3, 0, 2, 1, 1]);

  it("is a chain of three.js's curves", () => {
    const got = corners(cubicBezier(points, controls, 6));
    const [a, b, c] = places as [Vector3, Vector3, Vector3];
    const first = new CubicBezierCurve3(a, new Vector3(0, 1, 0), new Vector3(1, 1, 0), b);
    const second = new CubicBezierCurve3(b, new Vector3(1, 3, 0), new Vector3(2, 1, 1), c);
    expectEqual(got, [...first.getPoints(6), ...second.getPoints(6).slice(1)]);
  });

  it("draws nothing for one point or none", () => {
    expect(cubicBezier(new Float32Array(), new Float32Array(), null).length).toBe(0);
    expect(cubicBezier(new Float32Array(3), new Float32Array(), 3).length).toBe(0);
  });
});
