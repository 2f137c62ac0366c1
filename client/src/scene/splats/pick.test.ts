import { DataUtils, Matrix4, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { Ray } from "../visual";
import { pickSplat } from "./pick";

interface Splat {
  at: [number, number, number];
  cov: [number, number, number, number, number, number];
  alpha?: number;
}

function pack(...all: Splat[]): Uint32Array {
  const out = new Uint32Array(all.length * 8);
  const floats = new Float32Array(out.buffer);
  const halves = new Uint16Array(out.buffer);
  const bytes = new Uint8Array(out.buffer);
  all.forEach(({ at, cov, alpha = 1 }, i) => {
    floats.set(at, 8 * i);
    halves.set(cov.map(DataUtils.toHalfFloat), 16 * i + 8);
    bytes[32 * i + 31] = alpha * 255;
  });
  return out;
}

const BALL: Splat["cov"] = [0.01, 0, 0, 0.01, 0, 0.01];
const unmoved = new Matrix4();
const ahead = (x: number, y: number): Ray => ({ origin: [x, y, 10], direction: [0, 0, -1] });

describe("pickSplat", () => {
  it("finds the nearest splat with sufficient opacity", () => {
    const s = pack(
      { at: [0, 0, 0], cov: BALL },
      { at: [0, 0, 2], cov: BALL },
      { at: [0, 0, 5], cov: BALL, alpha: 0.1 },
      { at: [0, 0, 20], cov: BALL },
    );
    const hit = pickSplat(s, unmoved, ahead(0, 0));
    expect(hit?.instance).toBe(1);
    expect(hit?.distance).toBeCloseTo(8, 5);
    expect(pickSplat(s, unmoved, ahead(0.3, 0))).toBeNull();
  });

  it("uses the splat's shape", () => {
    // Long from lower left to upper right.
    const s = pack({ at: [0, 0, 0], cov: [1, 0.99, 0, 1, 0, 0.01] });
    expect(pickSplat(s, unmoved, ahead(1, 1))?.instance).toBe(0);
    expect(pickSplat(s, unmoved, ahead(1, -1))).toBeNull();
  });

  it("applies pose and scale, with distances in world units", () => {
    const s = pack({ at: [1, 0, 0], cov: BALL });
    const matrix = new Matrix4().makeScale(2, 3, 4).setPosition(new Vector3(0, 1, 1));
    const hit = pickSplat(s, matrix, ahead(2, 1.25));
    expect(hit?.instance).toBe(0);
    expect(hit?.distance).toBeCloseTo(9, 5);
    expect(pickSplat(s, matrix, ahead(1, 0))).toBeNull();
    expect(pickSplat(s, new Matrix4().makeScale(0, 0, 0), ahead(0, 0))).toBeNull();
  });

  it("enlarges small ones to half a pixel, and does not hit invalid ones", () => {
    const s = pack(
      { at: [0, 0, 0], cov: [0, 0, 0, 0, 0, 0] },
      { at: [Number.NaN, 0, 3], cov: BALL },
      { at: [0, 0, 4], cov: [Number.NaN, 0, 0, 1, 0, 1] },
    );
    expect(pickSplat(s, unmoved, ahead(0.01, 0))?.instance).toBe(0);
    expect(pickSplat(s, unmoved, ahead(0.1, 0))).toBeNull();
    expect(pickSplat(new Uint32Array(), unmoved, ahead(0, 0))).toBeNull();
  });
});
