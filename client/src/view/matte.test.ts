import {
  AdditiveBlending,
  Mesh,
  MeshBasicMaterial,
  MeshPhysicalMaterial,
  Scene,
  ShaderMaterial,
  Texture,
} from "three";
import { describe, expect, it } from "vitest";
import { coversFully, matte, unmultiply } from "./matte";

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

describe("unmultiply", () => {
  it("takes the black out of covered shares", () => {
    const rgba = new Uint8Array([100, 50, 0, 128, 10, 20, 30, 255, 0, 0, 0, 0]);
    unmultiply(rgba);
    expect([...rgba]).toEqual([199, 100, 0, 128, 10, 20, 30, 255, 0, 0, 0, 0]);
  });
});

describe("coversFully", () => {
  const scene = (...meshes: Mesh[]) => new Scene().add(...meshes) as Scene;
  const opaque = new Mesh(undefined, new MeshBasicMaterial());

  it("holds for opaque materials", () => {
    const both = new Mesh(undefined, [new MeshBasicMaterial(), new MeshPhysicalMaterial()]);
    expect(coversFully(scene(opaque, both))).toBe(true);
  });

  it.each([
    ["transparent", new MeshBasicMaterial({ transparent: true })],
    ["smoothed by its alpha", new MeshBasicMaterial({ alphaToCoverage: true })],
    ["blended otherwise", new MeshBasicMaterial({ blending: AdditiveBlending })],
    ["glass", new MeshPhysicalMaterial({ transmission: 0.5 })],
    ["of a shader of our own", new ShaderMaterial()],
  ])("does not hold if one is %s", (_, material) => {
    expect(coversFully(scene(opaque, new Mesh(undefined, [material])))).toBe(false);
  });

  it("is about what is shown", () => {
    const hidden = new Mesh(undefined, new ShaderMaterial());
    hidden.visible = false;
    expect(coversFully(scene(opaque, hidden))).toBe(true);
    const behind = scene(opaque);
    behind.background = new Texture();
    expect(coversFully(behind)).toBe(false);
  });
});
