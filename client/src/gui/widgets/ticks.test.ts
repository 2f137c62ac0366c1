import { expect, test } from "vitest";
import { fractionOf, positionOf, tickAfter, tickOf, ticksOf, valueAt } from "./ticks";

const valuesOf = (min: number, max: number, step: number, places = 7) => {
  const ticks = ticksOf(min, max, step);
  return Array.from({ length: ticks.count + 1 }, (_, i) => valueAt(ticks, i, places));
};

test.each([
  ["a plain range", 0, 1, 0.3, [0, 0.3, 0.6, 0.9, 1]],
  ["steps of 0.1", 0, 0.5, 0.1, [0, 0.1, 0.2, 0.3, 0.4, 0.5]],
  ["odd numbers", 1, 7, 2, [1, 3, 5, 7]],
  ["a minimum of a half", 0.5, 3.2, 1, [0.5, 1.5, 2.5, 3.2]],
  ["around zero", -1.25, 1, 0.5, [-1.25, -1, -0.5, 0, 0.5, 1]],
  ["around zero, on the steps", -2, 2, 1, [-2, -1, 0, 1, 2]],
  ["less than a step on both sides", -0.2, 0.3, 1, [-0.2, 0, 0.3]],
  ["pi on both ends", -Math.PI, Math.PI, 1, [-Math.PI, -3, -2, -1, 0, 1, 2, 3, Math.PI]],
  ["from pi", Math.PI, 5, 0.5, [Math.PI, 3.5, 4, 4.5, 5]],
  ["less than a step", 0, 0.3, 1, [0, 0.3]],
  ["nothing", 3, 3, 1, [3]],
])("%s", (_, min, max, step, want) => {
  expect(valuesOf(min, max, step)).toEqual(want);
});

test("from -pi to pi in steps of 0.01, every value but the ends has two places", () => {
  const values = valuesOf(-Math.PI, Math.PI, 0.01);
  expect(values).toHaveLength(631);
  expect(values[315]).toBe(0);
  expect(values[316]).toBe(0.01);
  for (const x of values.slice(1, -1)) expect(x).toBe(Number(x.toFixed(2)));
});

test.each([
  [-Math.PI, Math.PI, 0.01],
  [-1.25, 1, 0.5],
  [0.5, 10.2, 1],
  [-1, 0, 1e-300],
  [-1e308, 1e308, 1],
  [0, 5e-324, 1],
])("ticks of %d to %d by %d have the positions of their values, from 0 to 1", (min, max, step) => {
  const ticks = ticksOf(min, max, step);
  const some = [0, 1, 2, Math.floor(ticks.count / 2), ticks.count - 1, ticks.count];
  for (const tick of some.filter((i) => i >= 0 && i <= ticks.count)) {
    const value = valueAt(ticks, tick, 2);
    expect(value).toBeGreaterThanOrEqual(min);
    expect(value).toBeLessThanOrEqual(max);
    expect(fractionOf(ticks, value)).toBeGreaterThanOrEqual(0);
    expect(fractionOf(ticks, value)).toBeLessThanOrEqual(1);
    if (ticks.count < 1000) expect(tickOf(ticks, value)).toBe(tick);
  }
});

test("a value between two ticks steps to the next one first", () => {
  const ticks = ticksOf(0, 1, 0.25);
  const go = (from: number, steps: number) => valueAt(ticks, tickAfter(ticks, from, steps), 2);
  expect(go(0.3, 1)).toBe(0.5);
  expect(go(0.3, -1)).toBe(0.25);
  expect(go(0.25, 1)).toBe(0.5);
  expect(go(0.25, -1)).toBe(0);
  expect(go(0.9, 5)).toBe(1);
  expect(go(0.1, -5)).toBe(0);
});

test("the first and the last tick are drawn in proportion as well", () => {
  const ticks = ticksOf(-Math.PI, Math.PI, 1);
  expect(positionOf(ticks, -3)).toBe(1);
  expect(fractionOf(ticks, 0)).toBe(0.5);
  expect(positionOf(ticks, Math.PI)).toBe(8);
});
