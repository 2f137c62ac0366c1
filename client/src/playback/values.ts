/**
 * Values of messages in a recording: as in messages of a connection, but arrays are only named. They are loaded when
 * the page is to have them, so that a recording with many large arrays needs little memory.
 */
import type { Message } from "./message";

/** A pose, or another short list. */
export type Numbers = readonly number[];

/** Sizes of elements in bytes, by numpy's name; types of the same letter are one type to the page. */
const ELEMENTS: ReadonlyMap<string, { size: number; type: string }> = new Map([
  ["|u1", { size: 1, type: "u1" }],
  ["|b1", { size: 1, type: "u1" }],
  ["|i1", { size: 1, type: "i1" }],
  ["<u2", { size: 2, type: "u2" }],
  ["<f2", { size: 2, type: "u2" }],
  ["<i2", { size: 2, type: "i2" }],
  ["<u4", { size: 4, type: "u4" }],
  ["<i4", { size: 4, type: "i4" }],
  ["<f4", { size: 4, type: "f4" }],
  ["<u8", { size: 8, type: "u8" }],
  ["<i8", { size: 8, type: "i8" }],
  ["<f8", { size: 8, type: "f8" }],
]);

/** Whether arrays of these bytes and this type can be. */
export function isArrayType(dtype: string, bytes: number): boolean {
  const element = ELEMENTS.get(dtype);
  return element !== undefined && bytes % element.size === 0;
}

export abstract class ArrayValue {
  abstract readonly dtype: string;
  abstract readonly bytes: number;

  get length(): number {
    return this.bytes / ELEMENTS.get(this.dtype)!.size;
  }

  /** Types that are one to the page. */
  get elementType(): string {
    return ELEMENTS.get(this.dtype)!.type;
  }

  get elementBytes(): number {
    return ELEMENTS.get(this.dtype)!.size;
  }
}

/** An array of the recording, by its index, or by its bytes where they are in the message. */
export class StoredArray extends ArrayValue {
  constructor(
    readonly index: number,
    readonly dtype: string,
    readonly bytes: number,
    readonly data: Uint8Array<ArrayBuffer> | null = null,
  ) {
    super();
  }
}

export interface StoredPatch {
  readonly property: string;
  readonly index: number;
  readonly total: number;
  readonly ranges: readonly number[];
  readonly data: StoredArray;
}

/** An array of which a part has changed. */
export class PatchedArray extends ArrayValue {
  readonly dtype: string;
  readonly bytes: number;

  constructor(
    readonly base: ArrayValue,
    readonly patch: StoredPatch,
  ) {
    super();
    this.dtype = base.dtype;
    this.bytes = patch.total * base.elementBytes;
  }
}

/** The patches that lead from one array to another one, in order; null: there are no such. */
export function patchesBetween(before: unknown, after: unknown): StoredPatch[] | null {
  const patches: StoredPatch[] = [];
  let at = after;
  while (at instanceof PatchedArray) {
    if (at === before) break;
    patches.push(at.patch);
    at = at.base;
  }
  if (patches.length === 0 || !same(at, before)) return null;
  return patches.reverse();
}

/** Calls `visit` for each array in a value, those that others are made of included. */
export function eachStored(value: unknown, visit: (array: StoredArray) => void): void {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  if (value instanceof StoredArray) {
    visit(value);
    return;
  }
  for (let at = value; at instanceof PatchedArray; at = at.base) visit(at.patch.data);
  if (value instanceof PatchedArray) {
    eachStored(origin(value), visit);
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value) if (typeof element === "object") eachStored(element, visit);
    return;
  }
  for (const key in value) eachStored((value as Record<string, unknown>)[key], visit);
}

function origin(value: ArrayValue): ArrayValue {
  let at = value;
  while (at instanceof PatchedArray) at = at.base;
  return at;
}

export type Load = (array: StoredArray) => Uint8Array<ArrayBuffer>;

/** The bytes of an array, in memory of its own or in that of `load`, which is not to be written to. */
export function bytesOf(value: ArrayValue, load: Load): Uint8Array<ArrayBuffer> {
  const chain: StoredPatch[] = [];
  let at = value;
  for (; at instanceof PatchedArray; at = at.base) chain.push(at.patch);
  let bytes = load(at as StoredArray);
  if (chain.length === 0) return bytes;
  const size = value.elementBytes;
  let own = false;
  for (const patch of chain.reverse()) {
    if (!own || patch.total * size !== bytes.length) {
      const next = new Uint8Array(patch.total * size);
      next.set(bytes.subarray(0, next.length));
      bytes = next;
      own = true;
    }
    const data = load(patch.data);
    let taken = 0;
    for (let i = 0; i < patch.ranges.length; i += 2) {
      const n = patch.ranges[i + 1]! * size;
      bytes.set(data.subarray(taken, taken + n), patch.ranges[i]! * size);
      taken += n;
    }
  }
  return bytes;
}

/** A copy of a value in which arrays are replaced; parts without arrays are shared. */
export function withArrays(value: unknown, by: (array: ArrayValue) => unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (value instanceof ArrayValue) return by(value);
  if (Array.isArray(value)) {
    let copy: unknown[] | null = null;
    for (let i = 0; i < value.length; i++) {
      const next = withArrays(value[i], by);
      if (next === value[i]) continue;
      copy ??= [...value];
      copy[i] = next;
    }
    return copy ?? value;
  }
  let copy: Record<string, unknown> | null = null;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    const next = withArrays(member, by);
    if (next === member) continue;
    copy ??= { ...value };
    copy[key] = next;
  }
  return copy ?? value;
}

/** Whether two values are equal in depth. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof ArrayValue || b instanceof ArrayValue) return sameArray(a, b);
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return sameBytes(a, b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((x, i) => same(x, b[i]));
  }
  if (Array.isArray(b)) return false;
  return sameMap(a as Record<string, unknown>, b as Record<string, unknown>);
}

function sameMap(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let n = 0;
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !same(a[key], b[key])) return false;
    n++;
  }
  for (const _ in b) n--;
  return n === 0;
}

function sameArray(a: unknown, b: unknown): boolean {
  let x = a;
  let y = b;
  // Chains may be long.
  while (x instanceof PatchedArray && y instanceof PatchedArray) {
    if (x === y) return true;
    if (!same(x.patch, y.patch)) return false;
    x = x.base;
    y = y.base;
  }
  if (!(x instanceof StoredArray) || !(y instanceof StoredArray)) return false;
  if (x.dtype !== y.dtype || x.bytes !== y.bytes) return false;
  return x.data ? sameBytes(x.data, y.data) : !y.data && x.index === y.index;
}

function sameBytes(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The properties of a message; {} if it has none. */
export function propsOf(message: Message): Readonly<Record<string, unknown>> {
  return isRecord(message.props) ? message.props : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof ArrayValue) &&
    !(value instanceof Date)
  );
}
