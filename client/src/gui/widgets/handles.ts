import { type Ticks, tickOf, valueAt } from "./ticks";

/** The handles of a multi-slider, in steps as Ticks. */
export interface Handles {
  ticks: Ticks;
  /** Decimal places of the values. */
  places: number;
  /** Minimum distance of neighbors in steps. */
  apart: number;
  /** The first and the last handle do not move. */
  fixedEnds: boolean;
}

export function handlesOf(
  ticks: Ticks,
  places: number,
  minRange: number | null,
  fixedEnds: boolean,
): Handles {
  const apart = Math.max(0, Math.ceil((minRange ?? 0) / ticks.step - 1e-6));
  return { ticks, places, apart: Math.min(apart, ticks.count), fixedEnds };
}

export function isFixed(handles: Handles, values: readonly number[], i: number): boolean {
  return handles.fixedEnds && (i === 0 || i === values.length - 1);
}

/** The range of handle i: between its neighbors. */
export function rangeOf(
  handles: Handles,
  values: readonly number[],
  i: number,
): [low: number, high: number] {
  const { ticks, apart } = handles;
  const before = values[i - 1];
  const after = values[i + 1];
  const low = before === undefined ? 0 : tickOf(ticks, before) + apart;
  const high = after === undefined ? ticks.count : tickOf(ticks, after) - apart;
  return [low, high];
}

/** The values after handle i was moved towards a tick as far as its neighbors allow; null: unchanged. */
export function moved(
  handles: Handles,
  values: readonly number[],
  i: number,
  tick: number,
): number[] | null {
  const [low, high] = rangeOf(handles, values, i);
  const now = values[i];
  if (now === undefined || low > high || isFixed(handles, values, i)) return null;
  const next = valueAt(handles.ticks, Math.min(high, Math.max(low, tick)), handles.places);
  if (next === now) return null;
  return values.map((value, at) => (at === i ? next : value));
}

/** The handle that a press at a tick selects: the nearest that can move there. */
export function nearest(handles: Handles, values: readonly number[], tick: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  values.forEach((value, i) => {
    if (isFixed(handles, values, i)) return;
    const at = tickOf(handles.ticks, value);
    const distance = Math.abs(at - tick);
    // Of handles at the same position, the last one moves up and the first one down.
    if (distance < least || (distance === least && tick > at)) {
      best = i;
      least = distance;
    }
  });
  return best;
}

/** Of handles at the same position, the one that can move towards a tick. */
export function freeOf(
  handles: Handles,
  values: readonly number[],
  i: number,
  tick: number,
): number {
  const here = tickOf(handles.ticks, values[i] ?? handles.ticks.min);
  const same = (at: number) =>
    values[at] !== undefined &&
    tickOf(handles.ticks, values[at]) === here &&
    !isFixed(handles, values, at);
  const step = tick > here ? 1 : -1;
  let free = i;
  while (same(free + step)) free += step;
  return tick === here ? i : free;
}
