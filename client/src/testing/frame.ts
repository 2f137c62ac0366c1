/** Encodes frames as a server does, for tests. The zstd part is stored, not compressed. */
import { encode } from "@msgpack/msgpack";

const DTYPES: readonly [new (...args: never[]) => ArrayBufferView, string][] = [
  [Float32Array, "<f4"],
  [Float64Array, "<f8"],
  [Uint8Array, "|u1"],
  [Uint16Array, "<u2"],
  [Uint32Array, "<u4"],
];

/** A typed array that is sent outside of the document, as numpy arrays are; a bare Uint8Array is part of it. */
export class Beside {
  constructor(
    readonly array: ArrayBufferView,
    readonly dtype = DTYPES.find(([type]) => array instanceof type)?.[1],
  ) {}
}

export function encodeFrame(messages: readonly unknown[], timestampSec = 0): ArrayBuffer {
  const buffers: Uint8Array[] = [];
  const withoutArrays = placeholders(messages, buffers);
  return assemble(
    encode({
      messages: withoutArrays,
      timestampSec,
      binaryBufferLengths: buffers.map((b) => b.length),
    }),
    buffers,
  );
}

export function assemble(document: Uint8Array, buffers: readonly Uint8Array[] = []): ArrayBuffer {
  const stored = storeZstd(document);
  const header = new DataView(new ArrayBuffer(16));
  header.setBigUint64(0, BigInt(document.length), true);
  header.setBigUint64(8, BigInt(stored.length), true);
  const parts: Uint8Array[] = [new Uint8Array(header.buffer), stored];
  let length = 16 + stored.length;
  for (const buffer of buffers) {
    const padding = (8 - (length % 8)) % 8;
    parts.push(new Uint8Array(padding), buffer);
    length += padding + buffer.length;
  }
  return concat(parts);
}

/** A zstd stream of raw blocks: valid, and needs no compressor. */
export function storeZstd(content: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(9));
  header.setUint32(0, 0xfd2fb528, true);
  // Single segment, four bytes of content size, no checksum, no dictionary.
  header.setUint8(4, 0xa0);
  header.setUint32(5, content.length, true);
  const parts = [new Uint8Array(header.buffer)];
  const blockBytes = 128 * 1024;
  let start = 0;
  do {
    const block = content.subarray(start, start + blockBytes);
    start += blockBytes;
    const last = start >= content.length ? 1 : 0;
    const head = last | (block.length << 3);
    parts.push(
      new Uint8Array([head & 255, (head >> 8) & 255, (head >> 16) & 255]),
      block as Uint8Array<ArrayBuffer>,
    );
  } while (start < content.length);
  return new Uint8Array(concat(parts));
}

function placeholders(value: unknown, buffers: Uint8Array[]): unknown {
  if (value instanceof Beside) {
    const { array, dtype } = value;
    buffers.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return { __binary_index: buffers.length - 1, dtype };
  }
  if (Array.isArray(value)) return value.map((element) => placeholders(element, buffers));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, placeholders(member, buffers)]),
  );
}

function concat(parts: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}
