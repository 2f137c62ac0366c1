import { FloatType, HalfFloatType, UnsignedByteType } from "three";
import { expect, test } from "vitest";
import { halfValues } from "../numbers";
import { textureOf, thin } from "./volumeTexture";

test("a grid that fits is used as it is", () => {
  const numbers = new Uint8Array(24);
  expect(thin(numbers, [2, 3, 4], 4)).toEqual({ numbers, size: [2, 3, 4], every: [1, 1, 1] });
  expect(thin(numbers, [2, 3, 4], 4).numbers).toBe(numbers);
});

test("of a grid that is too large, evenly spaced numbers are used", () => {
  const numbers = Float32Array.from({ length: 5 * 2 * 3 }, (_, i) => i);
  const thinned = thin(numbers, [5, 2, 3], 3);
  expect([thinned.size, thinned.every]).toEqual([
    [3, 2, 3],
    [2, 1, 1],
  ]);
  expect([...thinned.numbers.subarray(0, 6)]).toEqual([0, 2, 4, 5, 7, 9]);
  const small = thin(numbers, [5, 2, 3], 99, 4 * 9);
  expect(small.size.reduce((a, b) => a * b)).toBeLessThanOrEqual(9);
});

test("the type of a texture is that of the numbers, and it is reused", () => {
  const of = (numbers: Uint8Array | Uint16Array | Float32Array) =>
    ({ numbers, size: [2, 1, 1], every: [1, 1, 1] }) as Parameters<typeof textureOf>[1];
  expect(textureOf(null, of(new Uint8Array(2)), true).type).toBe(UnsignedByteType);
  expect(textureOf(null, of(new Uint16Array(2)), true).type).toBe(HalfFloatType);
  const floats = textureOf(null, of(new Float32Array(2)), true);
  expect(floats.type).toBe(FloatType);
  expect(textureOf(floats, of(new Float32Array([1, 2])), true)).toBe(floats);
  expect(textureOf(floats, of(new Uint8Array(2)), true)).not.toBe(floats);
});

test("without interpolated floats, halves are used", () => {
  const given = [0, 1, -1.5, 65504, 1e-7, 2.7, 1e6, Number.NaN, 0.1];
  const numbers = new Float32Array(given);
  const texture = textureOf(null, { numbers, size: [9, 1, 1], every: [1, 1, 1] }, false);
  expect(texture.type).toBe(HalfFloatType);
  const data = texture.image.data as unknown as Uint16Array;
  const back = Array.from(data, (bits) => halfValues()[bits]!);
  for (const [i, v] of given.entries()) {
    if (Number.isNaN(v)) expect(back[i]).toBeNaN();
    else if (v === 1e6) expect(back[i]).toBe(Infinity);
    else expect(Math.abs(back[i]! - v)).toBeLessThanOrEqual(Math.max(Math.abs(v) / 1024, 6e-8));
  }
});
