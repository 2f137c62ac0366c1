import { type Ticks, tickOf, valueAt } from "./ticks";

/** A slider of several handles, counted in steps as Ticks are. */
export interface Handles {
  ticks: Ticks;
  /** Decimal places of the values. */
  places: number;
  /** How many steps neighbors keep from each other. */
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

/** Where handle i may go: between its neighbors, if they leave room. */
export function roomOf(
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

/** The values after handle i was brought as near to a tick as its neighbors let it; null if it stays. */
export function moved(
  handles: Handles,
  values: readonly number[],
  i: number,
  tick: number,
): number[] | null {
  const [low, high] = roomOf(handles, values, i);
  const now = values[i];
  if (now === undefined || low > high || isFixed(handles, values, i)) return null;
  const next = valueAt(handles.ticks, Math.min(high, Math.max(low, tick)), handles.places);
  if (next === now) return null;
  return values.map((value, at) => (at === i ? next : value));
}

/** The handle that a press at a tick takes: the nearest that can move there. */
export function nearest(handles: Handles, values: readonly number[], tick: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  values.forEach((value, i) => {
    if (isFixed(handles, values, i)) return;
    const at = tickOf(handles.ticks, value);
    const distance = Math.abs(at - tick);
    // Of handles on one place, the last goes up and the first goes down.
    if (distance < least || (distance === least && tick > at)) {
      best = i;
      least = distance;
    }
  });
  return best;
}

/** Of handles that lie on one place, the one that can go towards a tick. */
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
