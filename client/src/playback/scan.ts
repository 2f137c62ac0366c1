/** Finds the parts of a recording of ours without its index: it was cut off, or the index is wrong. */
import { Decoder } from "@msgpack/msgpack";
import { type ChunkHead, readChunkHead } from "./chunkHead";
import { skipValue } from "./entries";
import { RecordingError, SourceError } from "./errors";
import {
  ARRAY,
  ARRAY_HEAD_BYTES,
  type ArrayPlace,
  CHUNK,
  type Frame,
  frameAt,
  HEADER,
  KEYFRAME,
  KEYFRAME_HEAD_BYTES,
  type Layout,
  OUTER_BYTES,
  SKIPPABLE_BYTES,
  TRAILER,
} from "./layout";
import type { Notes } from "./recording";
import type { ByteSource, OnLoaded } from "./source";
import { readF64, readU32, readU64, ZSTD_MAGIC, type Zstd } from "./zstd";

const decoder = new Decoder();

/** Behind the length of the msgpack part, the head of its map and a key. */
const DURATION_AT = 8 + 1 + 16;

/** What a chunk's head may unpack from. */
const MAX_HEAD_BYTES = 64 * 1024 * 1024;

export async function scanLayout(
  source: ByteSource,
  zstd: Zstd,
  notes: Notes,
  onLoaded: OnLoaded,
): Promise<Layout> {
  const scan = new LayoutScan(source, zstd, notes);
  let at = OUTER_BYTES;
  while (at < source.size) {
    let frame: Frame | null;
    try {
      frame = await frameAt(source, at);
    } catch (e) {
      if (e instanceof SourceError || !(e instanceof RecordingError)) throw e;
      notes.say("What follows a damaged place in the recording could not be read.");
      break;
    }
    if (!frame) break;
    await scan.take(frame);
    at += frame.size;
    onLoaded(at, source.size);
  }
  scan.setDuration();
  return scan.layout;
}

class LayoutScan {
  readonly layout: Layout = { duration: 0, arrays: [], chunks: [], keyframes: [] };
  /** A chunk whose entries come next. */
  private open: { head: ChunkHead; offset: number; size: number } | null = null;
  /** Unpacked bytes of the zstd frames so far. */
  private plain = 0;
  private zstdFrames = 0;
  /** Lengths of the arrays at the end, once they are known, and where each begins in what is unpacked. */
  private lengths: number[] | null = null;
  private starts: number[] = [];
  private complete = false;

  constructor(
    private readonly source: ByteSource,
    private readonly zstd: Zstd,
    private readonly notes: Notes,
  ) {}

  async take(frame: Frame): Promise<void> {
    switch (frame.magic) {
      case CHUNK:
        await this.chunkHead(frame);
        break;
      case ARRAY:
        await this.array(frame);
        break;
      case KEYFRAME:
        await this.keyframe(frame);
        break;
      case ZSTD_MAGIC:
        await this.stream(frame);
        break;
      case TRAILER:
        this.complete = true;
        this.open = null;
        break;
      default:
        if (frame.magic < HEADER || frame.magic > TRAILER) this.open = null;
    }
  }

  /** Nothing is known of the time behind the last change if the end of the file is missing. */
  setDuration(): void {
    const { layout } = this;
    const last = layout.chunks.at(-1)?.to ?? 0;
    layout.duration = this.complete ? Math.max(layout.duration, last) : last;
  }

  private async chunkHead({ offset, size }: Frame): Promise<void> {
    this.open = null;
    if (size > MAX_HEAD_BYTES) return;
    const bytes = await this.source.read(offset, size);
    try {
      const head = readChunkHead(this.zstd.inflate(bytes.subarray(SKIPPABLE_BYTES)));
      if (head.entries > 0) this.open = { head, offset, size };
      else this.add(head, offset, size);
    } catch {
      this.notes.say("A damaged part of the recording was left out.");
    }
  }

  private async stream(frame: Frame): Promise<void> {
    const first = this.zstdFrames++ === 0;
    const start = this.plain;
    this.plain += Math.max(0, frame.content);
    const { open } = this;
    this.open = null;
    if (first) await this.first(frame);
    else if (open) this.add(open.head, open.offset, open.size + frame.size);
    else if (this.lengths) this.arraysAt(frame, start);
    else await this.tail(frame, start);
  }

  /** The beginning of the msgpack part, with the duration if the recording was closed. */
  private async first({ offset, size }: Frame): Promise<void> {
    if (size > 256) return;
    try {
      const plain = this.zstd.inflate(await this.source.read(offset, size));
      const duration = decoder.decode(plain.subarray(DURATION_AT, DURATION_AT + 9));
      if (typeof duration === "number" && Number.isFinite(duration)) {
        this.layout.duration = Math.max(0, duration);
      }
    } catch (e) {
      if (e instanceof SourceError) throw e;
    }
  }

  private add(head: ChunkHead, offset: number, size: number): void {
    const { chunks } = this.layout;
    const from = Math.max(head.from, chunks.at(-1)?.to ?? 0);
    if (!Number.isFinite(head.to) || !(head.to >= from)) {
      this.notes.say("A damaged part of the recording was left out.");
      return;
    }
    const { entries, extras } = head;
    chunks.push({ offset, size, from, to: head.to, entries, extras: extras.length });
  }

  private async array({ offset, size }: Frame): Promise<void> {
    const begin = SKIPPABLE_BYTES + ARRAY_HEAD_BYTES;
    if (size < begin) return;
    const head = await this.source.read(offset, begin);
    const index = readU32(head, SKIPPABLE_BYTES);
    // In the order of their use: an index that lies reserves nothing.
    if (index !== this.layout.arrays.length) return;
    const length = readU64(head, SKIPPABLE_BYTES + 4);
    this.layout.arrays.push({ offset: offset + begin, size: size - begin, length, inner: 0 });
  }

  private async keyframe({ offset, size }: Frame): Promise<void> {
    const chunk = this.layout.chunks.length - 1;
    if (size < SKIPPABLE_BYTES + KEYFRAME_HEAD_BYTES || chunk < 0) return;
    const head = await this.source.read(offset, SKIPPABLE_BYTES + KEYFRAME_HEAD_BYTES);
    // It is of another place in the recording if its time is not that of the chunk before it.
    if (readF64(head, SKIPPABLE_BYTES) !== this.layout.chunks[chunk]!.to) return;
    this.layout.keyframes.push({ offset, size, chunk });
  }

  /** The end of the msgpack part: the version, and the lengths of the arrays that follow. */
  private async tail({ offset, size }: Frame, start: number): Promise<void> {
    if (size > MAX_HEAD_BYTES) return;
    try {
      const plain = this.zstd.inflate(await this.source.read(offset, size));
      const { lengths, end } = readTail(plain);
      this.lengths = lengths;
      let at = start + end;
      for (const length of lengths) {
        at = Math.ceil(at / 8) * 8;
        this.starts.push(at);
        at += length;
      }
    } catch (e) {
      if (e instanceof SourceError) throw e;
      this.notes.say("A damaged part of the recording was left out.");
    }
  }

  /** Arrays that are in a frame at the end, and not known from where they were used first. */
  private arraysAt({ offset, size, content }: Frame, start: number): void {
    const { arrays } = this.layout;
    const lengths = this.lengths ?? [];
    for (let i = this.nextStart; i < lengths.length; i++) {
      const inner = this.starts[i]! - start;
      if (inner >= content && !(inner === content && lengths[i] === 0)) break;
      this.nextStart = i + 1;
      const place: ArrayPlace = { offset, size, length: lengths[i]!, inner };
      if (inner >= 0) arrays[i] ??= place;
    }
  }

  private nextStart = 0;
}

function readTail(plain: Uint8Array): { lengths: number[]; end: number } {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  let at = 0;
  let lengths: number[] = [];
  for (let fields = 0; fields < 2; fields++) {
    const valueAt = skipValue(plain, view, at);
    const end = skipValue(plain, view, valueAt);
    if (valueAt < 0 || end < 0) throw new RecordingError("its end is damaged");
    if (decoder.decode(plain.subarray(at, valueAt)) === "binaryBufferLengths") {
      const list = decoder.decode(plain.subarray(valueAt, end));
      const valid = Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
      if (!valid) throw new RecordingError("its list of arrays is invalid");
      lengths = list as number[];
    }
    at = end;
  }
  return { lengths, end: at };
}
