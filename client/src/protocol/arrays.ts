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
