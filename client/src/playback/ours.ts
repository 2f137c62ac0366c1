/** Recordings in our own form, in which each part is read when it is needed. */
import { Decoder } from "@msgpack/msgpack";
import { checkMsgpack } from "../protocol/msgpackCheck";
import { type ChunkHead, listHead, readChunkHead } from "./chunkHead";
import { decodeMessage, Entries, type MakeMessage, MESSAGE, Scan, setPose } from "./entries";
import { IndexError, RecordingError, SourceError } from "./errors";
import { State } from "./fold";
import {
  ARRAY,
  ARRAY_HEAD_BYTES,
  type ArrayPlace,
  CHUNK,
  type ChunkPlace,
  HEADER,
  HEADER_MARK,
  KEYFRAME,
  KEYFRAME_HEAD_BYTES,
  type KeyframePlace,
  type Layout,
  MANIFEST,
  OUTER_BYTES,
  type Place,
  SKIPPABLE_BYTES,
  TRAILER,
  TRAILER_BYTES,
  TRAILER_MARK,
} from "./layout";
import { MessageCache } from "./messageCache";
import {
  Cache,
  type ChunkInfo,
  type KeyframeInfo,
  messageMaker,
  type Notes,
  type Recording,
} from "./recording";
import { scanLayout } from "./scan";
import { Slots } from "./slots";
import type { ByteSource, OnLoaded } from "./source";
import { isRecord, type StoredArray } from "./values";
import { readF64, readU32, readU64, type Zstd } from "./zstd";

const decoder = new Decoder();

/** Of bytes that were unpacked. */
const CHUNK_CACHE_BYTES = 48 * 1024 * 1024;
const ARRAY_CACHE_BYTES = 128 * 1024 * 1024;

/** Whether the file is in our form, by its first bytes. */
export function isOurs(start: Uint8Array): boolean {
  if (start.length < OUTER_BYTES + SKIPPABLE_BYTES + HEADER_MARK.length) return false;
  if (readU32(start, OUTER_BYTES) !== HEADER) return false;
  return textAt(start, OUTER_BYTES + SKIPPABLE_BYTES, HEADER_MARK.length) === HEADER_MARK;
}

/** Opens by the index if there is a valid one; otherwise the file is read through. */
export async function openOurs(
  source: ByteSource,
  zstd: Zstd,
  notes: Notes,
  onLoaded: OnLoaded,
): Promise<Recording> {
  try {
    const layout = await readIndex(source, zstd);
    if (layout) return new OurRecording(source, zstd, notes, layout, true);
  } catch (e) {
    if (!(e instanceof IndexError)) throw e;
    notes.say("The index of the recording is wrong, so it was read through.");
    return scanned(source, zstd, notes, onLoaded);
  }
  const recording = await scanned(source, zstd, notes, onLoaded);
  const seconds = recording.duration.toFixed(1);
  notes.say(
    `The recording was not closed, or was cut off: it has what was written until then, ${seconds} s.`,
  );
  return recording;
}

async function scanned(
  source: ByteSource,
  zstd: Zstd,
  notes: Notes,
  onLoaded: OnLoaded,
): Promise<Recording> {
  const layout = await scanLayout(source, zstd, notes, onLoaded);
  return new OurRecording(source, zstd, notes, layout, false);
}

/** null: there is no index. */
async function readIndex(source: ByteSource, zstd: Zstd): Promise<Layout | null> {
  if (source.size < TRAILER_BYTES) return null;
  const trailer = await source.read(source.size - TRAILER_BYTES, TRAILER_BYTES);
  const mark = textAt(trailer, TRAILER_BYTES - TRAILER_MARK.length, TRAILER_MARK.length);
  if (readU32(trailer, 0) !== TRAILER || mark !== TRAILER_MARK) return null;
  const offset = readU64(trailer, SKIPPABLE_BYTES);
  const size = readU64(trailer, SKIPPABLE_BYTES + 8);
  const length = source.size - TRAILER_BYTES - offset;
  if (size !== source.size || !(length > SKIPPABLE_BYTES)) throw new IndexError("its end is wrong");
  try {
    const frame = await source.read(offset, length);
    if (readU32(frame, 0) !== MANIFEST || readU32(frame, 4) !== length - SKIPPABLE_BYTES) {
      throw new RecordingError("the index is not where it should be");
    }
    return layoutOf(zstd.inflate(frame.subarray(SKIPPABLE_BYTES)), offset);
  } catch (e) {
    throw asIndexError(e);
  }
}

/** Anything but a failure to get the bytes. */
function asIndexError(e: unknown): unknown {
  if (e instanceof SourceError || !(e instanceof Error)) return e;
  return new IndexError(e.message);
}

function layoutOf(document: Uint8Array, end: number): Layout {
  checkMsgpack(document);
  const top = decoder.decode(document);
  if (!isRecord(top) || top.version !== 1)
    throw new RecordingError("its index is of a later version");
  const duration = top.duration;
  if (typeof duration !== "number" || !(duration >= 0) || !Number.isFinite(duration)) {
    throw new RecordingError("its index has no duration");
  }
  const arrays = rows(top.arrays, 4).map(
    ([offset, size, length, inner]): ArrayPlace => ({
      ...place(offset!, size!, end),
      length: natural(length!),
      inner: natural(inner!),
    }),
  );
  let time = 0;
  let reached = 0;
  // In the order of the file, so that no two are one.
  const next = (offset: number, size: number): Place => {
    if (offset < reached) throw new RecordingError("its index is not in the order of the file");
    const next = place(offset, size, end);
    reached = offset + size;
    return next;
  };
  const chunks = rows(top.chunks, 6).map(
    ([offset, size, from, to, entries, extras]): ChunkPlace => {
      if (!(from! >= time && to! >= from! && to! < Number.POSITIVE_INFINITY)) {
        throw new RecordingError("times in its index do not ascend");
      }
      time = to!;
      const counts = { entries: natural(entries!), extras: natural(extras!) };
      return { ...next(offset!, size!), from: from!, to: to!, ...counts };
    },
  );
  checkSums(chunks, top);
  reached = 0;
  const keyframes = rows(top.keyframes, 4).map(
    ([offset, size, , chunk]): KeyframePlace => ({
      ...next(offset!, size!),
      chunk: natural(chunk!),
    }),
  );
  if (
    keyframes.some((k, i) => k.chunk >= chunks.length || k.chunk < (keyframes[i - 1]?.chunk ?? 0))
  ) {
    throw new RecordingError("a keyframe in its index follows no chunk");
  }
  return { duration, arrays, chunks, keyframes };
}

/** A chunk that is missing is not noticed otherwise. */
function checkSums(chunks: readonly ChunkPlace[], top: Record<string, unknown>): void {
  const sum = (of: (chunk: ChunkPlace) => number): number => chunks.reduce((n, c) => n + of(c), 0);
  if (sum((c) => c.entries) !== top.entries || sum((c) => c.extras) !== top.extras) {
    throw new RecordingError("its index does not have all of it");
  }
}

/** A list of lists of so many numbers. */
function rows(list: unknown, width: number): number[][] {
  if (!Array.isArray(list)) throw new RecordingError("a list of its index is missing");
  for (const row of list) {
    const valid = Array.isArray(row) && row.length === width;
    if (!valid || row.some((x) => typeof x !== "number")) {
      throw new RecordingError("a list of its index is not of the known form");
    }
  }
  return list;
}

function place(offset: number, size: number, end: number): Place {
  if (natural(offset) + natural(size) > end)
    throw new RecordingError("its index points past its end");
  return { offset, size };
}

function natural(x: number): number {
  if (!Number.isSafeInteger(x) || x < 0)
    throw new RecordingError("its index has an invalid number");
  return x;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

class OurRecording implements Recording {
  readonly duration: number;
  readonly chunks: readonly ChunkInfo[];
  readonly keyframes: readonly KeyframeInfo[];
  private readonly make = messageMaker((index) => this.layout.arrays[index]?.length);
  private readonly read = new Cache<number, Entries>(CHUNK_CACHE_BYTES);
  /** The last keyframe that was asked for, and its state if that was more than once. */
  private asked: { keyframe: number; state: State | null } = { keyframe: -1, state: null };
  /** Unpacked frames by their offset. */
  private readonly unpacked = new Cache<number, Uint8Array<ArrayBuffer>>(ARRAY_CACHE_BYTES);
  private slots = new Slots();
  /** Of keyframes, which mostly create the same. */
  private readonly creations = new MessageCache();
  /** Chunks whose problems are in the notes. */
  private readonly noted = new Set<number>();

  constructor(
    private readonly source: ByteSource,
    private readonly zstd: Zstd,
    readonly notes: Notes,
    private readonly layout: Layout,
    /** By its index, which may be wrong; otherwise parts may be damaged. */
    private readonly indexed: boolean,
  ) {
    this.duration = layout.duration;
    this.chunks = layout.chunks.map(({ from, to, entries, extras }) => ({
      from,
      to,
      entries: entries + extras,
    }));
    this.keyframes = layout.keyframes;
  }

  peek(i: number): Entries | null {
    const kept = this.read.get(i);
    if (kept) return kept;
    const { offset, size } = this.layout.chunks[i]!;
    const bytes = this.source.peek(offset, size);
    return bytes && this.entries(i, bytes);
  }

  async chunk(i: number): Promise<Entries> {
    const kept = this.read.get(i);
    if (kept) return kept;
    const { offset, size } = this.layout.chunks[i]!;
    return this.entries(i, await this.source.read(offset, size));
  }

  prefetch(i: number): void {
    const { offset, size } = this.layout.chunks[i]!;
    // A failure is met again when the chunk is needed.
    if (!this.read.get(i)) this.source.read(offset, size).catch(() => {});
  }

  async keyframe(i: number): Promise<State | null> {
    const again = this.asked.keyframe === i;
    if (again && this.asked.state) return this.asked.state.clone();
    const { offset, size, chunk } = this.layout.keyframes[i]!;
    const frame = await this.source.read(offset, size);
    const { to } = this.layout.chunks[chunk]!;
    const state = this.valid(() => this.stateOf(frame, to));
    // One that is changed need not be copied: most are asked for once.
    this.asked = { keyframe: i, state: again ? state : null };
    return again && state ? state.clone() : state;
  }

  async array({ index }: StoredArray): Promise<Uint8Array<ArrayBuffer> | null> {
    const place = this.layout.arrays[index]!;
    const { offset, size, length, inner } = place;
    const frame = this.unpacked.get(offset) ? null : await this.source.read(offset, size);
    return this.valid(() => {
      const content = this.unpacked.get(offset) ?? this.unpackArrays(offset, frame!);
      if (inner + length > content.length) throw new RecordingError("an array is too long");
      const whole = inner === 0 && length === content.length;
      return whole ? content : content.slice(inner, inner + length);
    });
  }

  rescan(): Promise<Recording> {
    this.notes.say("The index of the recording is wrong, so it was read through.");
    return scanned(this.source, this.zstd, this.notes, () => {});
  }

  /** Without an index, what is damaged is left out: null. */
  private valid<T>(read: () => T): T | null {
    try {
      return read();
    } catch (e) {
      if (this.indexed) throw asIndexError(e);
      return null;
    }
  }

  private unpackArrays(offset: number, frame: Uint8Array): Uint8Array<ArrayBuffer> {
    const head = readU32(frame, 0) === ARRAY ? SKIPPABLE_BYTES + ARRAY_HEAD_BYTES : 0;
    const content = this.zstd.inflate(frame.subarray(head));
    this.unpacked.set(offset, content, content.length);
    return content;
  }

  private entries(i: number, bytes: Uint8Array): Entries {
    const info = this.layout.chunks[i]!;
    const count = info.entries + info.extras;
    const { make } = this;
    if (this.slots.full) this.slots = new Slots();
    const { slots } = this;
    const nothing = { bytes: new Uint8Array(0), from: 0, count, after: info.from, make, slots };
    const entries = this.valid(() => this.readEntries(i, bytes)) ?? new Entries(nothing);
    this.read.set(i, entries, entries.memory);
    if (!this.noted.has(i)) {
      this.noted.add(i);
      this.notes.add("times", entries.wrongTimes);
      this.notes.add("malformed", entries.missing);
    }
    return entries;
  }

  private readEntries(i: number, bytes: Uint8Array): Entries {
    const info = this.layout.chunks[i]!;
    const headEnd = SKIPPABLE_BYTES + readU32(bytes, 4);
    if (readU32(bytes, 0) !== CHUNK || headEnd > bytes.length) {
      throw new IndexError("a chunk is not where it should be");
    }
    const head = readChunkHead(this.zstd.inflate(bytes.subarray(SKIPPABLE_BYTES, headEnd)));
    const other =
      head.from !== info.from ||
      head.to !== info.to ||
      head.entries !== info.entries ||
      head.extras.length !== info.extras;
    if (this.indexed && other) {
      throw new IndexError("a chunk is not the one that the index describes");
    }
    const stream =
      info.entries > 0 ? this.zstd.inflate(bytes.subarray(headEnd)) : new Uint8Array(0);
    return entriesOf(head, stream, this.make, this.slots);
  }

  private stateOf(frame: Uint8Array, time: number): State {
    const head = SKIPPABLE_BYTES + KEYFRAME_HEAD_BYTES;
    if (frame.length < head || readU32(frame, 0) !== KEYFRAME) {
      throw new IndexError("a keyframe is not where it should be");
    }
    if (readF64(frame, SKIPPABLE_BYTES) !== time) throw new IndexError("a keyframe is another one");
    const document = this.zstd.inflate(frame.subarray(head));
    const state = new State();
    const { length, end } = listHead(document, 0);
    const scan = new Scan(document, end, this.slots);
    for (let i = 0; i < length; i++) {
      const start = scan.pos;
      const slot = scan.message();
      if (scan.failed) throw new IndexError("a keyframe is damaged");
      if (slot === MESSAGE) this.applyTo(state, document.subarray(start, scan.pos));
      else setPose(state, this.slots.all[slot]!, scan.numbers());
    }
    return state;
  }

  private applyTo(state: State, raw: Uint8Array): void {
    const message = this.creations.get(raw, () => decodeMessage(raw, this.make));
    if (!message || !state.apply(message)) this.notes.add("malformed");
  }
}

/** The entries of the stream and those of the head, in their order. */
function entriesOf(head: ChunkHead, stream: Uint8Array, make: MakeMessage, slots: Slots): Entries {
  const { entries: count, left, from: after, to, document } = head;
  if (head.extras.length === 0) {
    return new Entries({ bytes: stream, from: 0, count, after, to, make, slots, left });
  }
  const bytes = new Uint8Array(document.length + stream.length);
  bytes.set(document);
  bytes.set(stream, document.length);
  const { extras } = head;
  return new Entries({ bytes, from: document.length, count, after, to, make, slots, left, extras });
}
