import { describe, expect, it } from "vitest";
import { checkTriangles, smoothNormals } from "./triangles";

const quad = new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);

describe("checkTriangles", () => {
  it("returns valid ones without a copy", () => {
    const faces = new Uint32Array([0, 1, 2, 0, 2, 3]);
    const out = checkTriangles(quad, faces);
    expect(out.vertices).toBe(quad);
    expect(out.faces).toBe(faces);
    expect(out.problem).toBeNull();
  });

  it("leaves out faces with invalid indices, and keeps the others in order", () => {
    const faces = new Uint32Array([0, 1, 2, 0, 1, 4, 0xffffffff, 0, 1, 0, 2, 3]);
    const out = checkTriangles(quad, faces);
    expect([...out.faces]).toEqual([0, 1, 2, 0, 2, 3]);
    expect(out.problem).toContain("2 of 4 faces");
    expect([...faces]).toEqual([0, 1, 2, 0, 1, 4, 0xffffffff, 0, 1, 0, 2, 3]);
  });

  it("leaves out faces at vertices that are not finite", () => {
    const vertices = quad.slice();
    vertices[10] = Number.NaN;
    vertices[3] = Number.POSITIVE_INFINITY;
    const out = checkTriangles(vertices, new Uint32Array([0, 2, 2, 0, 2, 3, 1, 2, 0]));
    expect([...out.faces]).toEqual([0, 2, 2]);
    expect(out.vertices.every(Number.isFinite)).toBe(true);
    expect(out.problem).toContain("not finite");
    expect(vertices[10]).toBeNaN();
  });

  it("rejects invalid arrays", () => {
    for (const [v, f] of [
      [null, new Uint32Array()],
      [quad, "faces"],
      [quad.subarray(1), new Uint32Array()],
      [quad, new Uint32Array([1, 2])],
    ]) {
      const out = checkTriangles(v, f);
      expect(out.faces.length).toBe(0);
      expect(out.problem).not.toBeNull();
    }
    expect(checkTriangles(new Float32Array(), new Uint32Array()).problem).toBeNull();
  });
});

describe("smoothNormals", () => {
  it("is the mean of the adjacent faces, normalized", () => {
    // A roof: two squares at a right angle, ridge along y.
    const v = new Float32Array([0, 0, 0, 0, 1, 0, 1, 0, -1, 1, 1, -1, -1, 0, -1, -1, 1, -1]);
    const f = new Uint32Array([0, 2, 1, 2, 3, 1, 0, 1, 4, 4, 1, 5]);
    const n = smoothNormals(v, f);
    expect(n[0]).toBeCloseTo(0, 6);
    expect(n[1]).toBeCloseTo(0, 6);
    expect(Math.abs(n[2]!)).toBeCloseTo(1, 6);
    for (let i = 0; i < n.length; i += 3) {
      expect(Math.hypot(n[i]!, n[i + 1]!, n[i + 2]!)).toBeCloseTo(1, 6);
    }
  });

  it("gives isolated and degenerate vertices a normal", () => {
    const n = smoothNormals(new Float32Array(9), new Uint32Array([0, 0, 0]));
    expect([...n]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });
});
