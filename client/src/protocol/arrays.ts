import { FrameError } from "./errors";

export type WireArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): WireArray;
}

// numpy's names. A half float stays as its bits: three.js uploads those as they are, and widening millions
// of points only to narrow them again would cost twice the memory.
const TYPES: ReadonlyMap<string, ArrayType> = new Map<string, ArrayType>([
  ["|u1", Uint8Array],
  ["|i1", Int8Array],
  ["|b1", Uint8Array],
  ["<u2", Uint16Array],
  ["<i2", Int16Array],
  ["<f2", Uint16Array],
  ["<u4", Uint32Array],
  ["<i4", Int32Array],
  ["<f4", Float32Array],
  ["<u8", BigUint64Array],
  ["<i8", BigInt64Array],
  ["<f8", Float64Array],
]);

/** A view on bytes offset…offset+length of the frame; a copy only where the sender did not align them. */
export function wireArray(
  frame: ArrayBuffer,
  offset: number,
  length: number,
  dtype: string,
): WireArray {
  const type = TYPES.get(dtype);
  if (!type) throw new FrameError(`array of unknown type ${JSON.stringify(dtype.slice(0, 16))}`);
  const size = type.BYTES_PER_ELEMENT;
  if (length % size !== 0) {
    throw new FrameError(`array of ${length} bytes is not a whole number of ${dtype}`);
  }
  if (length === 0) return new type(new ArrayBuffer(0), 0, 0);
  if (offset % size !== 0) return new type(frame.slice(offset, offset + length), 0, length / size);
  return new type(frame, offset, length / size);
}

/** An array of a message that is not in its frame. It is in the message until it has been fetched. */
export class PendingArray {
  constructor(
    readonly id: string,
    readonly bytes: number,
    readonly dtype: string,
    /** One of many values that follow each other soon. */
    readonly passing: boolean,
  ) {}
}

/** Marks a message that creates a node, without its properties, which are still being fetched. */
export interface Announcement {
  pending: true;
  /** The node replaces nothing: it has nothing of one that was at its name. */
  fresh: boolean;
}

export function announcementIn(message: object): Announcement | null {
  return "pending" in message && message.pending === true ? (message as Announcement) : null;
}

/** The pending arrays in a message, or in a part of one. */
export function pendingIn(value: unknown, found: PendingArray[] = []): PendingArray[] {
  if (value instanceof PendingArray) found.push(value);
  else if (Array.isArray(value)) for (const element of value) pendingIn(element, found);
  else if (isObject(value)) for (const key in value) pendingIn(value[key], found);
  return found;
}

/** Replaces arrays in a message; what `by` returns null for stays. Messages are as deep as frames may be. */
export function replaceArrays(
  value: unknown,
  by: (array: PendingArray | ArrayBufferView) => unknown,
): unknown {
  if (value instanceof PendingArray || ArrayBuffer.isView(value)) return by(value) ?? value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = replaceArrays(value[i], by);
  } else if (isObject(value)) {
    for (const key in value) value[key] = replaceArrays(value[key], by);
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}
