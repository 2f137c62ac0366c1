/** Writes recordings, for tests: ours as docs/recording.md describes them, and upstream viser's. Nothing is compressed. */
import { encode } from "@msgpack/msgpack";
import { ENTITY_MESSAGES } from "../../protocol/entities.gen";
import { storeZstd } from "../../testing/frame";
import { State } from "../fold";
import type { Message } from "../message";
import { type ArrayValue, bytesOf, StoredArray, withArrays } from "../values";
import { load, messagesOf } from "./digest";

export interface Entry {
  time: number;
  /** Its arrays have their bytes with them. */
  message: Message;
  /** For upstream viser's client only. */
  plain?: true;
}

export interface OurOptions {
  duration: number;
  chunkEntries?: number;
  /** Chunks between keyframes; 0: none. */
  keyframeChunks?: number;
  /** Not closed: arrays are where they are used first, and there is no end. */
  open?: boolean;
}

export interface OurFile {
  bytes: Uint8Array<ArrayBuffer>;
  manifestAt: number;
  /** Of the heads of chunks. */
  chunksAt: number[];
}

export function ourFile(entries: readonly Entry[], o: OurOptions): OurFile {
  return new OurWriter(o).write(entries);
}

class Arrays {
  readonly all: Uint8Array[] = [];
  private readonly indices = new Map<string, number>();

  /** The message with placeholders; those that are new are in `fresh`. */
  placeholders(message: Message, fresh: number[] = []): unknown {
    return withArrays(message, (array: ArrayValue) => ({
      __binary_index: this.index(bytesOf(array, load), fresh),
      dtype: array.dtype,
    }));
  }

  private index(bytes: Uint8Array, fresh: number[]): number {
    const key = Buffer.from(bytes).toString("base64");
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    const index = this.all.length;
    this.all.push(bytes);
    this.indices.set(key, index);
    fresh.push(index);
    return index;
  }
}

class OurWriter {
  private readonly out = new Bytes();
  private readonly arrays = new Arrays();
  private readonly state = new State();
  private readonly chunks: number[][] = [];
  private readonly keyframes: number[][] = [];
  private plain = 0;
  private entries = 0;
  private extras = 0;

  constructor(private readonly o: OurOptions) {}

  write(all: readonly Entry[]): OurFile {
    this.out.u64(0);
    this.out.skippable(0x184d2a50, [
      Buffer.from("VISERGO1"),
      encode({ version: 1, started: 0, program: "test" }),
    ]);
    const headAt = this.out.length;
    this.stream(this.head(0, 0, 0));
    const size = this.o.chunkEntries ?? 50;
    for (let i = 0; i < all.length; i += size) this.chunk(all.slice(i, i + size));
    const chunksAt = this.chunks.map(([offset]) => offset!);
    if (this.o.open) return { bytes: this.out.joined(), manifestAt: 0, chunksAt };
    const manifestAt = this.end();
    const bytes = this.out.joined();
    bytes.set(storeZstd(this.head(this.msgpack, this.o.duration, this.entries)), headAt);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(this.plain), true);
    return { bytes, manifestAt, chunksAt };
  }

  private msgpack = 0;

  private head(length: number, duration: number, count: number): Uint8Array {
    const head = new Bytes();
    head.u64(length);
    head.push(Buffer.of(0x84), encode("durationSeconds"), double(duration), encode("messages"));
    const list = Buffer.of(0xdd, 0, 0, 0, 0);
    list.writeUInt32BE(count, 1);
    head.push(list);
    return head.joined();
  }

  /** A zstd frame of what upstream viser's client unpacks. */
  private stream(plain: Uint8Array): number {
    this.plain += plain.length;
    const packed = storeZstd(plain);
    this.out.push(packed);
    return packed.length;
  }

  private chunk(entries: readonly Entry[]): void {
    const fresh: number[] = [];
    const stream: Uint8Array[] = [];
    const extras: unknown[] = [];
    for (const { time, message, plain } of entries) {
      const whole = this.arrays.placeholders(message, fresh);
      if (!plain) this.state.apply(message);
      if (!plain && isOursOnly(message)) {
        this.extras++;
        extras.push([stream.length, { time }, 0, whole]);
        continue;
      }
      if (plain) extras.push([stream.length, { time }, 1, null]);
      stream.push(Buffer.concat([Buffer.of(0x92), double(time), encode(whole)]));
    }
    this.entries += stream.length;
    for (const index of fresh) this.array(index);
    const offset = this.out.length;
    const [from, to] = [entries[0]!.time, entries.at(-1)!.time];
    this.out.skippable(0x184d2a51, [
      storeZstd(chunkHead(from, Math.max(from, to), stream.length, extras)),
    ]);
    if (stream.length > 0) this.stream(Buffer.concat(stream));
    const ours = extras.filter((e) => (e as unknown[])[2] === 0).length;
    const size = this.out.length - offset;
    this.chunks.push([offset, size, from, Math.max(from, to), stream.length, ours]);
    const every = this.o.keyframeChunks ?? 3;
    if (every > 0 && this.chunks.length % every === 0) this.keyframe(Math.max(from, to));
  }

  private array(index: number): void {
    if (!this.o.open) return;
    const bytes = this.arrays.all[index]!;
    const head = Buffer.alloc(12);
    head.writeUInt32LE(index);
    head.writeBigUInt64LE(BigInt(bytes.length), 4);
    this.out.skippable(0x184d2a52, [head, storeZstd(bytes)]);
  }

  private keyframe(time: number): void {
    const fresh: number[] = [];
    const messages = messagesOf(this.state).map((m) => this.arrays.placeholders(m, fresh));
    for (const index of fresh) this.array(index);
    const head = Buffer.alloc(16);
    head.writeDoubleLE(time);
    head.writeBigUInt64LE(BigInt(this.entries + this.extras), 8);
    const offset = this.out.length;
    this.out.skippable(0x184d2a53, [head, storeZstd(encode(messages))]);
    this.keyframes.push([offset, this.out.length - offset, time, this.chunks.length - 1]);
  }

  /** Returns where the manifest is. */
  private end(): number {
    const lengths = this.arrays.all.map((bytes) => bytes.length);
    const tail = Buffer.concat([
      encode("viserVersion"),
      encode("1.1.1"),
      encode("binaryBufferLengths"),
      encode(lengths),
    ]);
    this.msgpack = this.plain + tail.length - 8;
    this.stream(Buffer.concat([tail, padding(this.plain + tail.length)]));
    const places: number[][] = [];
    // Two arrays share a frame.
    for (let i = 0; i < lengths.length; i += 2) {
      const parts: Uint8Array[] = [padding(this.plain)];
      const offset = this.out.length;
      for (const bytes of this.arrays.all.slice(i, i + 2)) {
        const inner = parts.reduce((n, part) => n + part.length, 0);
        const pad = padding(this.plain + inner);
        parts.push(pad, bytes);
        places.push([offset, 0, bytes.length, inner + pad.length]);
      }
      const size = this.stream(Buffer.concat(parts));
      for (const place of places.slice(i)) place[1] = size;
    }
    const at = this.out.length;
    this.out.skippable(0x184d2a54, [storeZstd(this.manifest(places))]);
    const trailer = new Bytes();
    trailer.u64(at);
    trailer.u64(this.out.length + 32);
    this.out.skippable(0x184d2a55, [trailer.joined(), Buffer.from("VISERIDX")]);
    return at;
  }

  private manifest(arrays: number[][]): Uint8Array {
    const { duration } = this.o;
    const { entries, extras, chunks, keyframes } = this;
    return encode({ version: 1, duration, entries, extras, arrays, chunks, keyframes });
  }
}

/** All times are 64-bit floats, which the encoder does not write for whole numbers. */
function chunkHead(from: number, to: number, entries: number, extras: unknown[]): Uint8Array {
  const list = extras.map((extra) => {
    const [position, { time }, kind, message] = extra as [
      number,
      { time: number },
      number,
      unknown,
    ];
    const parts = [encode(position), double(time), encode(kind), encode(message)];
    return Buffer.concat([Buffer.of(0x94), ...parts]);
  });
  const count = Buffer.of(0xdd, 0, 0, 0, 0);
  count.writeUInt32BE(list.length, 1);
  return Buffer.concat([
    Buffer.of(0x84),
    encode("from"),
    double(from),
    encode("to"),
    double(to),
    encode("entries"),
    encode(entries),
    encode("extras"),
    count,
    ...list,
  ]);
}

/** Elements of the GUI and the like, which upstream viser does not record. */
function isOursOnly({ type }: Message): boolean {
  const info = ENTITY_MESSAGES.get(type);
  return info ? info.entity !== "scene" || type === "SceneNodePatchMessage" : /Gui|Tone/.test(type);
}

/** As upstream viser writes it: 1.1's form, or the one before. */
export function upstreamFile(
  entries: readonly Entry[],
  duration: number,
  form: "new" | "old",
): Uint8Array<ArrayBuffer> {
  const arrays = new Arrays();
  const messages = entries.map(({ time, message }) => [
    time,
    form === "new"
      ? arrays.placeholders(message)
      : withArrays(message, (array: ArrayValue) => bytesOf(array, load)),
  ]);
  const top = { durationSeconds: duration, messages, viserVersion: "1.1.1" };
  const plain = new Bytes();
  if (form === "old") plain.push(encode(top));
  else {
    const lengths = arrays.all.map((bytes) => bytes.length);
    const document = encode({ ...top, binaryBufferLengths: lengths });
    plain.u64(document.length);
    plain.push(document);
    for (const bytes of arrays.all) plain.push(padding(plain.length), bytes);
  }
  const out = new Bytes();
  out.u64(plain.length);
  out.push(storeZstd(plain.joined()));
  return out.joined();
}

function padding(length: number): Uint8Array {
  return new Uint8Array((8 - (length % 8)) % 8);
}

function double(x: number): Uint8Array {
  const out = Buffer.alloc(9);
  out[0] = 0xcb;
  out.writeDoubleBE(x, 1);
  return out;
}

class Bytes {
  length = 0;
  private readonly parts: Uint8Array[] = [];

  push(...parts: Uint8Array[]): void {
    for (const part of parts) {
      this.parts.push(part);
      this.length += part.length;
    }
  }

  u64(x: number): void {
    const out = Buffer.alloc(8);
    out.writeBigUInt64LE(BigInt(x));
    this.push(out);
  }

  skippable(magic: number, content: readonly Uint8Array[]): void {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(magic);
    head.writeUInt32LE(
      content.reduce((n, part) => n + part.length, 0),
      4,
    );
    this.push(head, ...content);
  }

  joined(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Buffer.concat(this.parts));
  }
}

/** An array with its bytes. */
export function floats(...numbers: number[]): StoredArray {
  const bytes = new Uint8Array(Float32Array.from(numbers).buffer);
  return new StoredArray(-1, "<f4", bytes.length, bytes);
}
