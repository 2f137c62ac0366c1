import { expect, test } from "vitest";
import type { NodeProp } from "../../protocol/nodeProps.gen";
import {
  describeArray,
  describeData,
  fromAngles,
  parseLike,
  stepFor,
  titleOf,
  toAngles,
} from "./propertyValues";

const array = (more: Partial<NodeProp> = {}): NodeProp => ({
  key: "x",
  doc: "the x",
  kind: "array",
  ...more,
});

test("arrays are described by shape and type", () => {
  expect(describeArray(new Float32Array(3600), array({ row: [3] }))).toBe("1,200 × 3 float32");
  expect(describeArray(new Uint8Array(12), array({ row: [2, 3] }))).toBe("2 × 2 × 3 uint8");
  expect(describeArray(new Float32Array(4), array({ row: [3] }))).toBe("4 float32");
  expect(describeArray(new Uint16Array(6), array({ doc: "float16, as", row: [3] }))).toBe(
    "2 × 3 float16",
  );
  expect(describeArray(null, array())).toBe("none");
  expect(describeArray(new Uint8Array(2500), array({ kind: "bytes" }))).toBe("2.5 kB");
  expect(describeArray([1, 2], array())).toBe("[1,2]");
});

test("labels and other values", () => {
  expect([titleOf("cast_shadow"), titleOf("_format"), titleOf("_")]).toEqual([
    "Cast shadow",
    "Format",
    "_",
  ]);
  expect(describeData("x".repeat(1000)).length).toBe(201);
  const loop: unknown[] = [];
  loop.push(loop);
  expect(describeData(loop)).toBeTypeOf("string");
});

test("data is accepted only with the same structure", () => {
  const like = [
    [-1, 1],
    [-2, 2],
  ];
  expect(parseLike("[[0, 1], [2, 3]]", like)).toEqual({
    value: [
      [0, 1],
      [2, 3],
    ],
  });
  for (const text of ["", "[[0,1],[2]]", "[[0,1],[2,null]]", "[[0,1]]", '"auto"', "{}", "1"]) {
    expect(parseLike(text, like), text).toHaveProperty("wrong");
  }
  expect(parseLike('"off"', "auto")).toEqual({ value: "off" });
});

test("steps follow the number's magnitude", () => {
  expect([0, 1, 12, -500, 1e-9, 1e12, Number.NaN].map(stepFor)).toEqual([
    0.1, 0.1, 1, 10, 0.0001, 1000, 0.1,
  ]);
});

test("angles and quaternions are converted to each other", () => {
  const close = (a: readonly number[], b: readonly number[]) =>
    a.forEach((x, i) => {
      expect(x).toBeCloseTo(b[i]!, 9);
    });
  const h = Math.SQRT1_2;
  close(fromAngles([90, 0, 0]), [h, h, 0, 0]);
  close(fromAngles([0, 90, 0]), [h, 0, h, 0]);
  close(fromAngles([0, 0, 90]), [h, 0, 0, h]);
  // First about x: the z axis is rotated to -y, and a rotation about y does not change it.
  close(fromAngles([90, 90, 0]), [0.5, 0.5, 0.5, -0.5]);
  for (const angles of [
    [10, 20, 30],
    [-170, -80, 175],
    [0, 90, 0],
  ] as const) {
    close(fromAngles(toAngles(fromAngles([...angles]))), fromAngles([...angles]));
  }
  close(toAngles(fromAngles([10, 20, 30])), [10, 20, 30]);
});
