import { expect, test } from "vitest";
import { clamp, digits, format, list, num, str } from "./read";

test("numbers are formatted with at most their decimal places", () => {
  expect(format(3.146, 2)).toBe("3.15");
  expect(format(3, 2)).toBe("3");
  expect(format(1200, 0)).toBe("1200");
  expect(format(-0.0000001, 2)).toBe("-1e-7");
  expect(format(0.001, 2)).toBe("0.001");
  expect(format(0.1 + 0.2 - 0.3, 1)).toBe("0");
  expect(format(1e300, 3)).toBe("1e+300");
  expect(format(-0, 3)).toBe("0");
  expect(format(0.4, 0)).toBe("0");
});

test("values that do not match the schema are replaced by valid ones", () => {
  expect(num("7", 1)).toBe(1);
  expect(num(Number.NaN, 1)).toBe(1);
  expect(num(Number.POSITIVE_INFINITY, 1)).toBe(1);
  expect(str({ toString: () => "no" })).toBe("");
  expect(str(5)).toBe("5");
  expect(list(new Uint8Array([1, 2]))).toEqual([1, 2]);
  expect(list({ length: 3 })).toEqual([]);
  expect(digits(-3)).toBe(0);
  expect(digits(1e9)).toBe(20);
  expect(clamp(5, null, 3)).toBe(3);
});
