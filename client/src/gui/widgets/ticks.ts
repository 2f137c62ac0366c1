import { clamp } from "../store/read";

/**
 * The values that a slider can take, counted from 0: tick 0 is the minimum, the last one the maximum, wherever
 * the steps end. Between them lie the values start + n * step.
 */
export interface Ticks {
  min: number;
  max: number;
  step: number;
  /** Number of the last tick. */
  count: number;
  /** From where steps are counted. */
  start: number;
  /** Steps from the start to tick 0, rounded down: tick i is start + (before + i) * step. */
  before: number;
}

/** A difference of less than this part of a step is an error of rounding. */
const TINY = 1e-6;
/** A range has at most so many steps; a smaller step is made larger. */
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

/** More decimal places than this nobody wrote: it is a computed number such as pi. */
const MAX_WRITTEN_PLACES = 7;

/**
 * A range around zero has zero among its values, whatever its minimum. Others count from their minimum, as the
 * stock page does when it is dragged (1 to 7 in steps of 2 are the odd numbers), if that gives plain numbers.
 */
function startOf(low: number, high: number): number {
  const aroundZero = low < 0 && high > 0;
  return aroundZero || decimals(low) > MAX_WRITTEN_PLACES ? 0 : low;
}

/** Where a value lies among the ticks; between two of them it is no whole number. */
export function positionOf(ticks: Ticks, value: number): number {
  const { min, max, count } = ticks;
  if (value <= min) return 0;
  if (value >= max) return count;
  const steps = (x: number) => (x - ticks.start) / ticks.step - ticks.before;
  const at = steps(value);
  // The first and the last tick may be nearer to their neighbors than a step.
  const below = Math.min(Math.floor(at), count - 1);
  const from = below === 0 ? steps(min) : below;
  const to = below === count - 1 ? steps(max) : below + 1;
  return below + clamp((at - from) / (to - from), 0, 1);
}

/** The part of the way from the minimum to the maximum, 0 to 1, at which a value is drawn. */
export function fractionOf(ticks: Ticks, value: number): number {
  return ticks.count > 0 ? positionOf(ticks, value) / ticks.count : 0;
}

/** The tick that is nearest to a value. */
export function tickOf(ticks: Ticks, value: number): number {
  return Math.round(positionOf(ticks, value));
}

/** The tick that a number of steps from a value leads to: from between two, the first step goes to the next one. */
export function tickAfter(ticks: Ticks, value: number, steps: number): number {
  const at = positionOf(ticks, value);
  const from = steps > 0 ? Math.floor(at + TINY) : Math.ceil(at - TINY);
  return clamp(from + steps, 0, ticks.count);
}

export function valueAt(ticks: Ticks, tick: number, places: number): number {
  if (tick <= 0) return ticks.min;
  if (tick >= ticks.count) return ticks.max;
  // Steps of 0.1 do not add up in binary; the places of the step itself are always kept.
  const needed = Math.max(places, decimals(ticks.step), decimals(ticks.start));
  const value = ticks.start + (ticks.before + tick) * ticks.step;
  return Number(value.toFixed(Math.min(needed, 20))) || 0;
}

/** Decimal places that a number is written with. */
export function decimals(x: number): number {
  const [mantissa = "", exponent = "0"] = x.toString().split("e");
  const fraction = mantissa.split(".")[1]?.length ?? 0;
  return clamp(fraction - Number(exponent), 0, 20);
}
