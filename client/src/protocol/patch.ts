/**
 * Partial updates of arrays, see docs/wire.md. An array that was updated once gets its own memory,
 * with spare capacity; from then on the cost of a change depends on its size, not on that of the array. A changed
 * array is a new view, on the same memory if it fits: an older view sees the new numbers.
 */
import type { WireArray } from "./arrays";
import type { ArrayPatch } from "./messages.gen";

/** Buffers allocated here, which may be written to. */
const own = new WeakSet<ArrayBufferLike>();

/** Growth factor of the capacity. */
const GROWTH = 1.5;

export type Patched = { array: WireArray } | { problem: string };

/** The patched array; or the reason why the patch is invalid: nothing has changed then. */
export function patched(old: unknown, patch: ArrayPatch): Patched {
  if (!isArray(old)) return { problem: `"${patch.property}" is not an array that can be changed` };
  const { data, ranges, total } = patch;
  if (!isArray(data) || data.constructor !== old.constructor) {
    return { problem: `"${patch.property}" has elements of another type than its change` };
  }
  if (!fits(old.length, data.length, ranges, total)) {
    return { problem: `a change of "${patch.property}" does not fit` };
  }
  const array = writable(old, total);
  let taken = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const next = taken + ranges[i + 1]!;
    (array as Float32Array).set((data as Float32Array).subarray(taken, next), ranges[i]!);
    taken = next;
  }
  return { array };
}

/** The array including the spare capacity behind its end. */
export function withCapacity<T extends Float32Array | Uint16Array>(array: T): T {
  if (!own.has(array.buffer)) return array;
  return new (array.constructor as new (b: ArrayBufferLike) => T)(array.buffer);
}

function fits(length: number, given: number, ranges: unknown, total: unknown): boolean {
  if (!Array.isArray(ranges) || ranges.length % 2 !== 0 || !isCount(total)) return false;
  let end = 0;
  let sum = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const [from, n] = [ranges[i], ranges[i + 1]];
    if (!isCount(from) || !isCount(n) || from < end || from > Math.max(length, end)) return false;
    end = from + n;
    sum += n;
  }
  // Without gaps or excess data, so that an array cannot grow by more than what was sent.
  return sum === given && end <= total && total <= Math.max(length, end);
}

function isCount(x: unknown): x is number {
  return Number.isSafeInteger(x) && (x as number) >= 0;
}

function writable(old: WireArray, total: number): WireArray {
  const size = old.BYTES_PER_ELEMENT;
  if (own.has(old.buffer) && total * size <= old.buffer.byteLength) {
    return view(old, old.buffer as ArrayBuffer, total);
  }
  const capacity =
    total > old.length ? Math.ceil(Math.max(total, old.length * GROWTH)) : old.length;
  const buffer = new ArrayBuffer(capacity * size);
  own.add(buffer);
  view(old, buffer, old.length).set(old as Float32Array as never);
  return view(old, buffer, total);
}

function view(like: WireArray, buffer: ArrayBuffer, length: number): Float32Array {
  const type = like.constructor as new (b: ArrayBuffer, offset: number, n: number) => Float32Array;
  return new type(buffer, 0, length);
}

function isArray(x: unknown): x is WireArray {
  return ArrayBuffer.isView(x) && !(x instanceof DataView);
}

/**
 * The patched properties, and the problems of invalid patches. A property may be a list of arrays, of which a
 * patch names one.
 */
export function patchProps(
  props: Readonly<Record<string, unknown>>,
  patches: unknown,
): { props: Record<string, unknown>; problems: string[] } {
  const out = { ...props };
  const problems: string[] = [];
  for (const patch of Array.isArray(patches) ? (patches as ArrayPatch[]) : []) {
    const old = out[patch.property];
    const list = Array.isArray(old);
    const result = patched(list ? old[patch.index] : old, patch);
    if ("problem" in result) problems.push(result.problem);
    else if (!list) out[patch.property] = result.array;
    else out[patch.property] = old.map((a, i) => (i === patch.index ? result.array : a));
  }
  return { props: out, problems };
}
