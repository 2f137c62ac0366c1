import { describe, expect, it } from "vitest";
import { matte } from "./capture";

/** The target's contents after a color with this alpha (not premultiplied) was drawn over a background. */
function over(rgba: readonly number[], background: number): number[] {
  const a = rgba[3]! / 255;
  return [...rgba.slice(0, 3).map((c) => Math.round(c * a + background * (1 - a))), 255];
}

describe("matte", () => {
  it.each([
    [[200, 100, 50, 255]],
    [[0, 0, 0, 0]],
    [[255, 255, 255, 128]],
    [[10, 200, 90, 64]],
    [[255, 0, 0, 200]],
  ])("restores color and alpha: %j", (rgba) => {
    const out = new Uint8Array(over(rgba, 0));
    matte(out, new Uint8Array(over(rgba, 255)));
    expect(Math.abs(out[3]! - rgba[3]!)).toBeLessThanOrEqual(1);
    // Colors of faint pixels are rounded to a few steps.
    const slack = rgba[3] === 0 ? 0 : Math.ceil(255 / rgba[3]!);
    for (let i = 0; i < 3; i++) expect(Math.abs(out[i]! - rgba[i]!)).toBeLessThanOrEqual(slack);
  });
});
