import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataUtils } from "three";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { decodeExr } from "./exr";

const folder = join(import.meta.dirname, "..", "testing", "exr");
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const pass = () => {};

// The decoder warns of what it does not know.
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));

/** What OpenEXR reads, as light that can be shown. */
function expected(name: string): number[] {
  const rows: (number | string)[][] = JSON.parse(
    readFileSync(join(folder, `${name}.json`), "utf8"),
  );
  const light = (x: number | string) =>
    typeof x === "string" ? (x === "inf" ? 65504 : 0) : Math.min(65504, Math.max(0, x));
  return rows.flatMap((p) => [...p.map(light), 1]);
}

test.each(["zip", "piz", "float"])("%s is as OpenEXR reads it", (name) => {
  const { data, width, height } = decodeExr(read(`${name}.exr`), pass);
  expect([width, height, data.length]).toEqual([16, 8, 16 * 8 * 4]);
  const want = expected(name);
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < width * 4; i++) {
      // The lowest row comes first.
      const got = DataUtils.fromHalfFloat(data[(height - 1 - row) * width * 4 + i]!);
      const wanted = want[row * width * 4 + i]!;
      expect(Math.abs(got - wanted), `row ${row}, ${i}`).toBeLessThanOrEqual(wanted / 1000);
    }
  }
});

describe("a damaged picture", () => {
  test("is refused before it is decoded, if its size is", () => {
    const bytes = read("zip.exr");
    const at = new TextDecoder("latin1").decode(bytes).indexOf("dataWindow\0box2i\0") + 21;
    new DataView(bytes.buffer).setInt32(at + 8, 2_000_000_000, true);
    const sizes: number[] = [];
    const refuse = (w: number, h: number) => {
      sizes.push(w, h);
      throw new Error("too large");
    };
    expect(() => decodeExr(bytes, refuse)).toThrow("too large");
    expect(sizes).toEqual([2_000_000_001, 8]);
  });

  test.each(["zip", "piz", "float"])("is an error or a picture, wherever %s is cut off", (name) => {
    const bytes = read(`${name}.exr`);
    let errors = 0;
    for (let n = 0; n < bytes.length; n++) {
      try {
        decodeExr(bytes.subarray(0, n), pass);
      } catch (e) {
        expect(e).toBeInstanceOf(Error);
        expect((e as Error).message).toMatch(/^the EXR picture /);
        errors++;
      }
    }
    expect(errors).toBeGreaterThan(bytes.length / 2);
  });

  test.each(["zip", "piz"])("is an error or a picture, whatever byte of %s is wrong", (name) => {
    const small = (w: number, h: number) => {
      if (w < 1 || h < 1 || w > 64 || h > 64) throw new Error("its size");
    };
    const bytes = read(`${name}.exr`);
    for (let i = 0; i < bytes.length; i++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const damaged = bytes.slice();
        damaged[i]! ^= flip;
        try {
          expect(decodeExr(damaged, small).data.length).toBeGreaterThan(0);
        } catch (e) {
          expect(e).toBeInstanceOf(Error);
        }
      }
    }
  });
});
