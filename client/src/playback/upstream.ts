/**
 * Recordings of upstream viser, 1.1 and before: one msgpack document, compressed as a whole. It is unpacked once, and
 * then read in chunks like ours.
 */
import { Decoder } from "@msgpack/msgpack";
import { listHead } from "./chunkHead";
import { Entries, type MakeMessage, skipValue } from "./entries";
import { RecordingError } from "./errors";
import type { State } from "./fold";
import { isSkippable, OUTER_BYTES } from "./layout";
import { oldMessageMaker } from "./old";
import {
  Cache,
  type ChunkInfo,
  type KeyframeInfo,
  messageMaker,
  type Notes,
  type Recording,
} from "./recording";
import { Slots } from "./slots";
import { type ByteSource, joined, type OnLoaded } from "./source";
import type { StoredArray } from "./values";
import { readU32, readU64, ZSTD_MAGIC, type Zstd } from "./zstd";

const decoder = new Decoder();

const READ_BYTES = 1024 * 1024;
/** May be unpacked in any case. */
const FREE_BYTES = 64 * 1024 * 1024;
/** Between unpacked and packed size: a program may repeat itself. */
const RATIO = 4096;
const MAX_BYTES = 2 ** 31 - 1;
const CHUNK_ENTRIES = 4096;
const CACHE_BYTES = 32 * 1024 * 1024;
const CUT = "The recording was cut off: it has what there is until then.";

/** Whether the file may be of upstream viser, by its first bytes. */
export function isUpstream(start: Uint8Array): boolean {
  if (start.length < OUTER_BYTES + 4) return false;
  const magic = readU32(start, OUTER_BYTES);
  return magic === ZSTD_MAGIC || isSkippable(magic);
}

export async function openUpstream(
  source: ByteSource,
  zstd: Zstd,
  notes: Notes,
  onLoaded: OnLoaded,
): Promise<Recording> {
  const plain = await unpackAll(source, zstd, notes, onLoaded);
  return new UpstreamRecording(plain, notes);
}

async function unpackAll(
  source: ByteSource,
  zstd: Zstd,
  notes: Notes,
  onLoaded: OnLoaded,
): Promise<Uint8Array> {
  const limit = Math.min(MAX_BYTES, Math.max(FREE_BYTES, RATIO * source.size));
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = zstd.stream();
  try {
    for (let at = OUTER_BYTES; at < source.size; at += READ_BYTES) {
      const packed = await source.read(at, Math.min(READ_BYTES, source.size - at));
      stream.push(packed, (piece) => {
        length += piece.length;
        if (length > limit) throw new TooLarge("it unpacks to more than it can hold");
        parts.push(piece.slice());
      });
      onLoaded(at, source.size);
    }
    if (!stream.complete) notes.say(CUT);
  } catch (e) {
    // What came before the damage is good.
    if (!(e instanceof RecordingError) || e instanceof TooLarge || length === 0) throw e;
    notes.say("The recording is damaged; what is before the damage is shown.");
  } finally {
    stream.close();
  }
  return joined(parts, length);
}

class TooLarge extends RecordingError {}

/** The head of a msgpack map; null: it is something else. */
function mapHead(bytes: Uint8Array, at: number): { fields: number; end: number } | null {
  const head = bytes[at];
  if (head === undefined) return null;
  if (head >= 0x80 && head < 0x90) return { fields: head & 0x0f, end: at + 1 };
  const wide = head === 0xdf ? 4 : head === 0xde ? 2 : 0;
  if (wide === 0 || at + 1 + wide > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    fields: wide === 4 ? view.getUint32(at + 1) : view.getUint16(at + 1),
    end: at + 1 + wide,
  };
}

interface UpstreamChunk extends ChunkInfo {
  /** Where its entries are in the document. */
  readonly at: number;
  readonly end: number;
}

class UpstreamRecording implements Recording {
  duration = 0;
  readonly chunks: UpstreamChunk[] = [];
  readonly keyframes: readonly KeyframeInfo[] = [];
  private readonly make: MakeMessage;
  /** Places of the arrays; of those that are missing the length is -1. */
  private readonly arrays: { offset: number; length: number }[] = [];
  private readonly read = new Cache<number, Entries>(CACHE_BYTES);
  private readonly view: DataView;
  private slots = new Slots();

  constructor(
    private readonly plain: Uint8Array,
    readonly notes: Notes,
  ) {
    this.view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
    const make = messageMaker((index) => {
      const length = this.arrays[index]?.length ?? -1;
      return length < 0 ? undefined : length;
    });
    const packed = plain.length > OUTER_BYTES ? readU64(plain, 0) : 0;
    const isNew = mapHead(plain, OUTER_BYTES) !== null && packed < 2 ** 40 && !isOld(plain);
    this.make = isNew ? make : oldMessageMaker(make);
    this.readTop(isNew ? OUTER_BYTES : 0);
    if (isNew) this.placeArrays(OUTER_BYTES + packed);
    this.duration = Math.max(this.duration, this.chunks.at(-1)?.to ?? 0);
  }

  peek(i: number): Entries {
    const kept = this.read.get(i);
    if (kept) return kept;
    const { at, end, entries: count } = this.chunks[i]!;
    const after = this.chunks[i - 1]?.to ?? 0;
    const { make } = this;
    if (this.slots.full) this.slots = new Slots();
    const { slots } = this;
    const bytes = this.plain.subarray(0, end);
    const entries = new Entries({ bytes, from: at, count, after, make, slots });
    this.read.set(i, entries, entries.memory - bytes.length);
    return entries;
  }

  async chunk(i: number): Promise<Entries> {
    return this.peek(i);
  }

  prefetch(): void {}

  async keyframe(): Promise<State | null> {
    return null;
  }

  async array({ index, data }: StoredArray): Promise<Uint8Array<ArrayBuffer> | null> {
    if (data) return data;
    const place = this.arrays[index];
    if (!place || place.length < 0) return null;
    return this.plain.slice(place.offset, place.offset + place.length);
  }

  async rescan(): Promise<Recording> {
    return this;
  }

  private readTop(start: number): void {
    if (!this.readFields(start)) this.notes.say(CUT);
  }

  /** Returns false if the document is cut off. */
  private readFields(start: number): boolean {
    const head = mapHead(this.plain, start);
    if (!head) throw new RecordingError("it is no recording of viser");
    let at = head.end;
    for (let i = 0; i < head.fields; i++) {
      const valueAt = this.after(at);
      const key = valueAt < 0 ? null : decoder.decode(this.plain.subarray(at, valueAt));
      if (key === null) return false;
      if (key === "messages") {
        at = this.messages(valueAt);
      } else {
        at = this.after(valueAt);
        if (at >= 0) this.field(String(key), valueAt, at);
      }
      if (at < 0) return false;
    }
    return true;
  }

  private after(at: number): number {
    return at < 0 ? -1 : skipValue(this.plain, this.view, at);
  }

  private field(key: string, from: number, to: number): void {
    if (key === "durationSeconds") {
      const duration = decoder.decode(this.plain.subarray(from, to));
      if (typeof duration === "number" && Number.isFinite(duration)) {
        this.duration = Math.max(0, duration);
      }
    } else if (key === "binaryBufferLengths") {
      const lengths = decoder.decode(this.plain.subarray(from, to));
      if (!Array.isArray(lengths)) return;
      for (const length of lengths) this.arrays.push({ offset: 0, length: Number(length) });
    }
  }

  /** Divides the messages into chunks; returns where they end, -1 if they are cut off. */
  private messages(start: number): number {
    const head = listHead(this.plain, start);
    let at = head.end;
    let after = 0;
    for (let left = head.length; left > 0; ) {
      if (this.slots.full) this.slots = new Slots();
      const count = Math.min(left, CHUNK_ENTRIES);
      const { plain: bytes, make, slots } = this;
      const entries = new Entries({ bytes, from: at, count, after, make, slots });
      this.notes.add("times", entries.wrongTimes);
      if (entries.count > 0) {
        const { end } = entries;
        const from = entries.times[0]!;
        after = entries.times[entries.count - 1]!;
        this.chunks.push({ from, to: after, entries: entries.count, at, end });
        at = end;
      }
      if (entries.missing > 0) return -1;
      left -= count;
    }
    return at;
  }

  private placeArrays(from: number): void {
    let at = from;
    let missing = 0;
    for (const array of this.arrays) {
      at = Math.ceil(at / 8) * 8;
      const valid = Number.isSafeInteger(array.length) && array.length >= 0;
      if (!valid || at + array.length > this.plain.length) {
        missing++;
        array.length = -1;
        at = Number.POSITIVE_INFINITY;
      } else {
        array.offset = at;
        at += array.length;
      }
    }
    this.notes.add("arrays", missing);
  }
}

/** A document that begins with a known key has no length before it. */
function isOld(plain: Uint8Array): boolean {
  const head = mapHead(plain, 0);
  if (!head) return false;
  const text = new TextDecoder("latin1").decode(plain.subarray(head.end, head.end + 16));
  return ["\xafdurationSeconds", "\xa8messages", "\xacviserVersion"].some((key) =>
    text.startsWith(key),
  );
}
