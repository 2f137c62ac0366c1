/** Where the parts of a recording of ours are in its file. See docs/recording.md. */
import { RecordingError } from "./errors";
import type { ByteSource } from "./source";
import { blockAt, type FrameHead, readFrameHead, readU32, ZSTD_MAGIC } from "./zstd";

/** The magic numbers of skippable frames. */
export const HEADER = 0x184d2a50;
export const CHUNK = 0x184d2a51;
export const ARRAY = 0x184d2a52;
export const KEYFRAME = 0x184d2a53;
export const MANIFEST = 0x184d2a54;
export const TRAILER = 0x184d2a55;

/** The outer size, which precedes all frames. */
export const OUTER_BYTES = 8;
/** Magic and size. */
export const SKIPPABLE_BYTES = 8;
/** Of an array's frame: its index and length. */
export const ARRAY_HEAD_BYTES = 12;
/** Of a keyframe: its time, and the number of entries before it. */
export const KEYFRAME_HEAD_BYTES = 16;
export const TRAILER_BYTES = 32;
export const HEADER_MARK = "VISERGO1";
export const TRAILER_MARK = "VISERIDX";

export interface Place {
  readonly offset: number;
  readonly size: number;
}

export interface ArrayPlace extends Place {
  readonly length: number;
  /** Where it begins in the unpacked frame. */
  readonly inner: number;
}

export interface ChunkPlace extends Place {
  readonly from: number;
  readonly to: number;
  /** Those of the stream, and those besides. */
  readonly entries: number;
  readonly extras: number;
}

export interface KeyframePlace extends Place {
  readonly chunk: number;
}

export interface Layout {
  duration: number;
  arrays: (ArrayPlace | undefined)[];
  chunks: ChunkPlace[];
  keyframes: KeyframePlace[];
}

export interface Frame extends Place {
  readonly magic: number;
  /** Of a zstd frame: its unpacked size; -1: not told. */
  readonly content: number;
}

/** Whether a frame is one that a zstd decoder passes over. */
export function isSkippable(magic: number): boolean {
  return magic >= HEADER && magic < HEADER + 16;
}

/** A zstd frame's header has at most 18 bytes. */
const HEAD_BYTES = 18;

/** The frame at `offset`; null: the file ends before it does. */
export async function frameAt(source: ByteSource, offset: number): Promise<Frame | null> {
  const left = source.size - offset;
  if (left < SKIPPABLE_BYTES) return null;
  const head = await source.read(offset, Math.min(HEAD_BYTES, left));
  const magic = readU32(head, 0);
  if (isSkippable(magic)) {
    const size = SKIPPABLE_BYTES + readU32(head, 4);
    return size <= left ? { magic, offset, size, content: -1 } : null;
  }
  if (magic !== ZSTD_MAGIC) throw new RecordingError(`byte ${offset} begins no part of it`);
  const zstd = readFrameHead(head, 0);
  if (!zstd) return null;
  const size = await zstdSize(source, offset, zstd);
  return size === null ? null : { magic, offset, size, content: zstd.content };
}

async function zstdSize(
  source: ByteSource,
  offset: number,
  head: FrameHead,
): Promise<number | null> {
  let at = offset + head.bytes;
  while (at + 3 <= source.size) {
    const block = blockAt(source.peek(at, 3) ?? (await source.read(at, 3)), 0);
    at += block.bytes;
    if (!block.last) continue;
    const end = at + (head.checksum ? 4 : 0);
    return end <= source.size ? end - offset : null;
  }
  return null;
}
