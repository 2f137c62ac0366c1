import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyGain, type GainMap, parseGainMap } from "./gainMap";

const presets = join(import.meta.dirname, "../../../hdri/presets");
const city = new Uint8Array(readFileSync(join(presets, "city.jpg")));

describe("parseGainMap", () => {
  it("finds both images and the parameters of the second", () => {
    const map = parseGainMap(city);
    expect(map.base.length + map.gain.length).toBe(city.length);
    expect([...map.gain.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(map.max[0]).toBeGreaterThan(2);
    expect(map.offsetBase).toEqual([1 / 64, 1 / 64, 1 / 64]);
  });

  it("rejects every truncated file, with a user-facing error", () => {
    for (let n = 0; n < city.length; n += n < 2000 ? 1 : 997) {
      let found: GainMap | null = null;
      try {
        found = parseGainMap(city.subarray(0, n));
      } catch (e) {
        expect((e as Error).message).toMatch(/gain map/);
      }
      // With both headers present, missing pixels are reported by the browser's decoder.
      if (found) expect(n).toBeGreaterThan(city.length / 2);
    }
  });

  it("rejects invalid numbers", () => {
    const text = Buffer.from(city).toString("latin1").replace('GainMapMax="', 'GainMapMax="x');
    const broken = new Uint8Array(Buffer.from(text, "latin1"));
    expect(() => parseGainMap(broken)).toThrow("GainMapMax of its gain map is not a number");
  });
});

describe("applyGain", () => {
  it("gives pixels brighter than white", () => {
    const rgb = (x: number): [number, number, number] => [x, x, x];
    const map: GainMap = {
      base: city,
      gain: city,
      min: rgb(0),
      max: rgb(3),
      gamma: rgb(1),
      offsetBase: rgb(0),
      offsetHdr: rgb(0),
    };
    const base = new Uint8ClampedArray([255, 255, 0, 255]);
    const gain = new Uint8ClampedArray([255, 0, 255, 255]);
    expect([...applyGain(map, base, gain)]).toEqual([8, 1, 0, 1]);
  });
});
