import { clamp } from "../store/read";

/**
 * The values of a slider as ticks, from 0: tick 0 is the minimum, the last one the maximum, even if they are not on
 * a step. Between them are the values start + n * step.
 */
export interface Ticks {
  min: number;
  max: number;
  step: number;
  /** Index of the last tick. */
  count: number;
  /** Origin of the steps. */
  start: number;
  /** Steps from `start` to tick 0, rounded down: tick i is start + (before + i) * step. */
  before: number;
}

/** Tolerance for rounding errors, as a fraction of a step. */
const TINY = 1e-6;
/** Safety limit: maximum number of steps; a smaller step is increased. */
const MAX_COUNT = 1e9;

export function ticksOf(min: number, max: number, step: number): Ticks {
  const low = Math.min(min, max);
  const high = Math.max(min, max);
  const span = Math.min(high - low, Number.MAX_VALUE);
  const size = Math.max(step > 0 ? step : span / 100 || 1, span / MAX_COUNT);
  const start = startOf(low, high);
  const before = Math.floor((low - start) / size + TINY);
  const last = Math.ceil((high - start) / size - TINY);
  const count = low < high ? Math.max(1, last - before) : 0;
  return { min: low, max: high, step: size, count, start, before };
}

/** A number with more decimal places is taken for a computed one such as pi. */
const MAX_WRITTEN_PLACES = 7;

/**
 * A range around zero includes zero, whatever its minimum. Others count from their minimum, as in upstream viser when
 * dragged (1 to 7 in steps of 2 are the odd numbers), if that gives short decimal numbers.
 */
function startOf(low: number, high: number): number {
  const aroundZero = low < 0 && high > 0;
  return aroundZero || decimals(low) > MAX_WRITTEN_PLACES ? 0 : low;
}

/** The tick of a value; fractional between two ticks. */
export function positionOf(ticks: Ticks, value: number): number {
  const { min, max, count } = ticks;
  if (value <= min) return 0;
  if (value >= max) return count;
  const steps = (x: number) => (x - ticks.start) / ticks.step - ticks.before;
  const at = steps(value);
  // The first and last interval may be shorter than a step.
  const below = Math.min(Math.floor(at), count - 1);
  const from = below === 0 ? steps(min) : below;
  const to = below === count - 1 ? steps(max) : below + 1;
  return below + clamp((at - from) / (to - from), 0, 1);
}

/** The position of a value between minimum and maximum, 0 to 1. */
export function fractionOf(ticks: Ticks, value: number): number {
  return ticks.count > 0 ? positionOf(ticks, value) / ticks.count : 0;
}

/** The tick nearest to a value. */
export function tickOf(ticks: Ticks, value: number): number {
  return Math.round(positionOf(ticks, value));
}

/** The tick after a number of steps from a value: from between two ticks, the first step goes to the next one. */
export function tickAfter(ticks: Ticks, value: number, steps: number): number {
  const at = positionOf(ticks, value);
  const from = steps > 0 ? Math.floor(at + TINY) : Math.ceil(at - TINY);
  return clamp(from + steps, 0, ticks.count);
}

export function valueAt(ticks: Ticks, tick: number, places: number): number {
  if (tick <= 0) return ticks.min;
  if (tick >= ticks.count) return ticks.max;
  // Rounds away binary errors of sums; the decimal places of the step are always kept.
  const needed = Math.max(places, decimals(ticks.step), decimals(ticks.start));
  const value = ticks.start + (ticks.before + tick) * ticks.step;
  return Number(value.toFixed(Math.min(needed, 20))) || 0;
}

/** Number of decimal places of a number's shortest notation. */
export function decimals(x: number): number {
  const [mantissa = "", exponent = "0"] = x.toString().split("e");
  const fraction = mantissa.split(".")[1]?.length ?? 0;
  return clamp(fraction - Number(exponent), 0, 20);
}
