/**
 * One frame from the server:
 *
 *   u64 LE  length of the msgpack document
 *   u64 LE  length N of its zstd form
 *   N bytes zstd
 *   zeros up to a multiple of 8, counted from the frame's start
 *   array 0, zeros up to a multiple of 8, array 1, …
 *
 * The document is {messages: […], timestampSec, binaryBufferLengths: […]}, and with viser-go.v1 a cursor. An array in a message is a map
 * {__binary_index, dtype}, which is replaced here by a typed array on the frame's own memory.
 */
import { Decoder } from "@msgpack/msgpack";
import { PendingArray, wireArray } from "./arrays";
import { FrameError } from "./errors";
import type { ServerMessage } from "./messages.gen";
import { checkMsgpack } from "./msgpackCheck";
import type { Inflate } from "./zstd";

export interface Frame {
  messages: ServerMessage[];
  /** The server's clock; only differences are meaningful. */
  timestampSec: number;
  /** Buffers that the messages refer to: transfer them with the messages instead of copying. */
  memory: ArrayBuffer[];
  /** Size on the wire. */
  bytes: number;
  /** Number of entries that were not messages and were left out. */
  malformed: number;
  /** What the page has with this frame, if the server can continue sessions. */
  cursor?: string;
}

const HEADER_BYTES = 16;
/** Arrays lie outside of the document; what is inside are texts and files (GLB, images, downloads). */
const MAX_DOCUMENT_BYTES = 512 * 1024 * 1024;
/** Frames are cut by the server; a browser hands over up to 2 GiB as one buffer. */
const MAX_ARRAYS = 1_000_000;
/** Smaller documents are cheaper to copy to the page than to search for byte strings. */
const SMALL_DOCUMENT_BYTES = 16 * 1024;

const decoder = new Decoder();

/** Throws FrameError if the frame is not as above; other exceptions of the decoder are turned into it. */
export function decodeFrame(frame: ArrayBuffer, inflate: Inflate): Frame {
  const { compressed, length, tail } = splitFrame(frame);
  const document = inflate(compressed, length);
  checkMsgpack(document);
  const top = decodeDocument(document);
  const spans = arraySpans(frame, tail, top.binaryBufferLengths, fetchedBuffers(top.blobs));
  const entries = top.messages;
  if (!Array.isArray(entries)) throw new FrameError("it has no list of messages");

  const resolver = new Resolver(frame, spans);
  if (spans.length > 0 || length > SMALL_DOCUMENT_BYTES) {
    for (let i = 0; i < entries.length; i++) entries[i] = resolver.resolve(entries[i]);
  }
  const messages = entries.filter(isMessage);
  const memory: ArrayBuffer[] = [];
  if (resolver.usesFrame) memory.push(frame);
  if (resolver.usesDocument) memory.push(document.buffer);
  const time = top.timestampSec;
  const { cursor } = top;
  return {
    ...(typeof cursor === "string" && { cursor }),
    messages,
    timestampSec: typeof time === "number" ? time : 0,
    memory,
    bytes: frame.byteLength,
    malformed: entries.length - messages.length,
  };
}

function splitFrame(frame: ArrayBuffer): {
  compressed: Uint8Array;
  length: number;
  tail: number;
} {
  if (frame.byteLength < HEADER_BYTES) {
    throw new FrameError(`it has ${frame.byteLength} bytes, a header alone is ${HEADER_BYTES}`);
  }
  const view = new DataView(frame);
  const length = Number(view.getBigUint64(0, true));
  const compressedLength = Number(view.getBigUint64(8, true));
  if (compressedLength > frame.byteLength - HEADER_BYTES) {
    throw new FrameError("its header claims more bytes than it has");
  }
  if (length === 0 || length > MAX_DOCUMENT_BYTES) {
    throw new FrameError(`its header claims a document of ${length} bytes`);
  }
  return {
    compressed: new Uint8Array(frame, HEADER_BYTES, compressedLength),
    length,
    tail: HEADER_BYTES + compressedLength,
  };
}

function decodeDocument(document: Uint8Array): Record<string, unknown> {
  let top: unknown;
  try {
    top = decoder.decode(document);
  } catch (e) {
    throw new FrameError(`its msgpack cannot be decoded (${e instanceof Error ? e.message : e})`);
  }
  if (!isMap(top)) throw new FrameError("its msgpack is not a map");
  return top;
}

interface Span {
  offset: number;
  length: number;
  /** Set if the array is not in the frame, but has to be fetched. */
  fetched?: Fetched;
}

interface Fetched {
  id: string;
  passing: boolean;
}

const ARRAY_ID = /^[0-9a-f]{32}$/;

/** The buffers that are not in the frame, by their index. */
function fetchedBuffers(blobs: unknown): ReadonlyMap<number, Fetched> {
  const list = blobs ?? [];
  if (!Array.isArray(list)) throw new FrameError("its list of fetched arrays is unusable");
  return new Map(
    list.map((entry: unknown): [number, Fetched] => {
      const [index, id, passing] = Array.isArray(entry) ? entry : [];
      if (typeof index !== "number" || typeof id !== "string" || !ARRAY_ID.test(id)) {
        throw new FrameError("its list of fetched arrays is unusable");
      }
      return [index, { id, passing: passing === true }];
    }),
  );
}

function arraySpans(
  frame: ArrayBuffer,
  tail: number,
  lengths: unknown,
  fetched: ReadonlyMap<number, Fetched>,
): Span[] {
  // 1.0's frames have no such list, and then there is no tail either.
  const list = lengths ?? [];
  if (!Array.isArray(list) || list.length > MAX_ARRAYS) {
    throw new FrameError("its list of array lengths is unusable");
  }
  let end = tail;
  const spans = list.map((length: unknown, index): Span => {
    if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0) {
      throw new FrameError("an array's length is not a natural number");
    }
    const elsewhere = fetched.get(index);
    if (elsewhere) return { offset: 0, length, fetched: elsewhere };
    const offset = Math.ceil(end / 8) * 8;
    // An empty array may "begin" in the padding that the last one does not have.
    if (length > 0 && offset + length > frame.byteLength) {
      throw new FrameError("an array reaches past the end");
    }
    end = offset + length;
    return { offset, length };
  });
  if (frame.byteLength - end >= 8) {
    throw new FrameError(`${frame.byteLength - end} bytes belong to no array`);
  }
  return spans;
}

/** Replaces placeholders by typed arrays, and records which buffers the messages use. */
class Resolver {
  usesFrame = false;
  usesDocument = false;

  constructor(
    private readonly frame: ArrayBuffer,
    private readonly spans: readonly Span[],
  ) {}

  /** Nesting is bounded by checkMsgpack, and so is this recursion. */
  resolve(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Uint8Array) {
      this.usesDocument = true;
      return value;
    }
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const element: unknown = value[i];
        if (typeof element === "object") value[i] = this.resolve(element);
      }
      return value;
    }
    if (!isMap(value)) return value;
    if ("__binary_index" in value && "dtype" in value) return this.array(value);
    for (const key in value) {
      const member = value[key];
      if (typeof member === "object" && member !== null) value[key] = this.resolve(member);
    }
    return value;
  }

  private array(placeholder: Record<string, unknown>): unknown {
    const index = placeholder.__binary_index;
    const dtype = placeholder.dtype;
    const span = typeof index === "number" ? this.spans[index] : undefined;
    if (!span || typeof dtype !== "string") {
      throw new FrameError("a message points to an array that is not there");
    }
    if (span.fetched) {
      const { id, passing } = span.fetched;
      return new PendingArray(id, span.length, dtype, passing);
    }
    const array = wireArray(this.frame, span.offset, span.length, dtype);
    if (array.buffer === this.frame) this.usesFrame = true;
    return array;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof Date)
  );
}

function isMessage(entry: unknown): entry is ServerMessage {
  return isMap(entry) && typeof entry.type === "string";
}
