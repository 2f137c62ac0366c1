/** The head of a chunk, with the messages that are not in the stream of upstream viser's client. */
import { Decoder } from "@msgpack/msgpack";
import { checkMsgpack } from "../protocol/msgpackCheck";
import { type Extra, skipValue } from "./entries";
import { IndexError } from "./errors";

const decoder = new Decoder();

export interface ChunkHead {
  from: number;
  to: number;
  /** Of the stream. */
  entries: number;
  /** Those besides the stream that are messages. */
  extras: Extra[];
  /** Entries of the stream that are not for us. */
  left: Set<number>;
  document: Uint8Array;
}

export function readChunkHead(document: Uint8Array): ChunkHead {
  checkMsgpack(document);
  const view = new DataView(document.buffer, document.byteOffset, document.byteLength);
  const head: ChunkHead = { from: 0, to: 0, entries: 0, extras: [], left: new Set(), document };
  const after = (at: number): number => skipValue(document, view, at);
  const decoded = (from: number, to: number): unknown =>
    decoder.decode(document.subarray(from, to));
  let at = 1;
  for (let fields = document[0]! & 0x0f; fields > 0; fields--) {
    const valueAt = after(at);
    const key = decoded(at, valueAt);
    at = after(valueAt);
    if (key !== "extras") {
      if (key === "from" || key === "to" || key === "entries") {
        head[key] = Number(decoded(valueAt, at));
      }
      continue;
    }
    const list = listHead(document, valueAt);
    let extraAt = list.end;
    for (let i = 0; i < list.length; i++) {
      extraAt = readExtra(head, extraAt, after, decoded);
    }
  }
  return head;
}

/** [position, time, kind, message] */
function readExtra(
  head: ChunkHead,
  at: number,
  after: (at: number) => number,
  decoded: (from: number, to: number) => unknown,
): number {
  if (head.document[at] !== 0x94) throw new IndexError("the head of a chunk is damaged");
  const time = after(at + 1);
  const kind = after(time);
  const start = after(kind);
  const end = after(start);
  const position = Number(decoded(at + 1, time));
  if (decoded(kind, start) === 0) {
    head.extras.push({ position, time: Number(decoded(time, kind)), start, end });
  } else head.left.add(position);
  return end;
}

/** The head of a msgpack list. */
export function listHead(bytes: Uint8Array, at: number): { length: number; end: number } {
  const head = bytes[at]!;
  if (head >= 0x90 && head < 0xa0) return { length: head & 0x0f, end: at + 1 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head === 0xdc && at + 3 <= bytes.length)
    return { length: view.getUint16(at + 1), end: at + 3 };
  if (head === 0xdd && at + 5 <= bytes.length)
    return { length: view.getUint32(at + 1), end: at + 5 };
  throw new IndexError("a list is missing where one should be");
}
