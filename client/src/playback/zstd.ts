/**
 * Unpacks zstd frames, of any sender: with or without their unpacked size in the header, at once or piece by piece. It
 * uses the functions of the WebAssembly module directly: the package's own streaming never ends on damaged data.
 */
import { ZSTDDecoder } from "zstddec/stream";
import { RecordingError } from "./errors";

interface Exports {
  memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(at: number): void;
  ZSTD_decompress(to: number, capacity: number, from: number, size: number): number;
  ZSTD_createDCtx(): number;
  ZSTD_freeDCtx(context: number): void;
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

/** A frame may unpack to this many bytes, or to RATIO times its size if that is more. */
const FREE_BYTES = 16 * 1024 * 1024;
const RATIO = 1024;
/** The module addresses 2 GiB, in which packed and unpacked bytes lie side by side. */
const MAX_AT_ONCE = 1024 * 1024 * 1024;
/** Of what a stream is given and gives at a time. */
const PIECE_BYTES = 128 * 1024;

// The package instantiates its module once.
let shared: Exports | null = null;

class Module extends ZSTDDecoder {
  /** Is called without an object. */
  override _init(result: WebAssembly.WebAssemblyInstantiatedSource): void {
    shared = result.instance.exports as unknown as Exports;
    super._init(result);
  }
}

export class Zstd {
  private readonly input: Scratch;
  private readonly output: Scratch;

  private constructor(private readonly wasm: Exports) {
    this.input = new Scratch(wasm);
    this.output = new Scratch(wasm);
  }

  /** Rejects where WebAssembly is missing or forbidden. */
  static async create(): Promise<Zstd> {
    await new Module().init();
    if (!shared) throw new Error("the zstd module did not start");
    return new Zstd(shared);
  }

  /** The content of one frame, which is all of `packed`. */
  inflate(packed: Uint8Array): Uint8Array<ArrayBuffer> {
    const bound = frameBound(packed);
    if (bound > Math.max(FREE_BYTES, RATIO * packed.length) || bound > MAX_AT_ONCE) {
      throw new RecordingError("a part of it unpacks to far more than it can hold");
    }
    const from = this.input.of(packed.length);
    const to = this.output.of(bound);
    new Uint8Array(this.wasm.memory.buffer).set(packed, from);
    const size = this.wasm.ZSTD_decompress(to, bound, from, packed.length) >>> 0;
    if (isError(size)) throw new RecordingError("a part of it does not unpack");
    const plain = new Uint8Array(this.wasm.memory.buffer, to, size).slice();
    this.input.shrink();
    this.output.shrink();
    return plain;
  }

  /** Unpacks frames that follow each other, in pieces of any size. */
  stream(): ZstdStream {
    return new ZstdStream(this.wasm);
  }
}

/** Memory of the module that is used again. */
class Scratch {
  private at = 0;
  private size = 0;

  constructor(private readonly wasm: Exports) {}

  of(bytes: number): number {
    if (bytes <= this.size && this.at !== 0) return this.at;
    this.release();
    const size = Math.max(bytes, KEPT_SCRATCH_BYTES);
    this.at = this.wasm.malloc(size);
    if (this.at === 0) throw new RecordingError("a part of it needs more memory than there is");
    this.size = size;
    return this.at;
  }

  shrink(): void {
    if (this.size > KEPT_SCRATCH_BYTES) this.release();
  }

  release(): void {
    if (this.at !== 0) this.wasm.free(this.at);
    this.at = 0;
    this.size = 0;
  }
}

const KEPT_SCRATCH_BYTES = 1024 * 1024;

export class ZstdStream {
  private readonly context: number;
  private readonly input: number;
  private readonly output: number;
  /** ZSTD_inBuffer and ZSTD_outBuffer: three words each. */
  private readonly structs: number;
  /** Whether the last frame was complete. */
  complete = true;

  constructor(private readonly wasm: Exports) {
    this.context = wasm.ZSTD_createDCtx();
    this.input = wasm.malloc(PIECE_BYTES);
    this.output = wasm.malloc(PIECE_BYTES);
    this.structs = wasm.malloc(24);
  }

  /** Hands over views that are valid until the next one. Throws if the data is damaged. */
  push(packed: Uint8Array, onPiece: (piece: Uint8Array) => void): void {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      this.pushPiece(packed.subarray(at, at + PIECE_BYTES), onPiece);
    }
  }

  close(): void {
    this.wasm.ZSTD_freeDCtx(this.context);
    for (const at of [this.input, this.output, this.structs]) this.wasm.free(at);
  }

  private pushPiece(piece: Uint8Array, onPiece: (piece: Uint8Array) => void): void {
    new Uint8Array(this.wasm.memory.buffer).set(piece, this.input);
    let taken = 0;
    let given = 0;
    // Full output may mean that there is more of it.
    while (taken < piece.length || given === PIECE_BYTES) {
      new Uint32Array(this.wasm.memory.buffer, this.structs, 6).set([
        this.input,
        piece.length,
        taken,
        this.output,
        PIECE_BYTES,
        0,
      ]);
      const left =
        this.wasm.ZSTD_decompressStream(this.context, this.structs + 12, this.structs) >>> 0;
      if (isError(left)) throw new RecordingError("its compressed part is damaged");
      const structs = new Uint32Array(this.wasm.memory.buffer, this.structs, 6);
      const before = taken;
      taken = structs[2]!;
      given = structs[5]!;
      this.complete = left === 0;
      if (given > 0) onPiece(new Uint8Array(this.wasm.memory.buffer, this.output, given));
      else if (taken === before) break;
    }
  }
}

/** Results of the module are sizes, or small negative numbers for errors. */
function isError(result: number): boolean {
  return result > 0xffffff00;
}

export const ZSTD_MAGIC = 0xfd2fb528;

export interface FrameHead {
  /** Of the header. */
  bytes: number;
  /** The unpacked size; -1: not told. */
  content: number;
  checksum: boolean;
}

/** The header of a zstd frame at `at`; null: it does not end in these bytes. */
export function readFrameHead(bytes: Uint8Array, at: number): FrameHead | null {
  if (bytes.length < at + 6) return null;
  const descriptor = bytes[at + 4]!;
  if (descriptor & 0x08) throw new RecordingError("a part of it is not of a known form");
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const start = at + 5 + (single ? 0 : 1) + dictionary;
  if (bytes.length < start + sizeBytes) return null;
  let content = sizeBytes === 0 ? -1 : 0;
  for (let i = sizeBytes - 1; i >= 0; i--) content = content * 256 + bytes[start + i]!;
  if (sizeBytes === 2) content += 256;
  return { bytes: start + sizeBytes - at, content, checksum: (descriptor & 4) !== 0 };
}

const MAX_BLOCK_BYTES = 128 * 1024;

/** The most that a frame unpacks to. Throws if it does not end with `packed`. */
function frameBound(packed: Uint8Array): number {
  const head =
    packed.length >= 4 && readU32(packed, 0) === ZSTD_MAGIC ? readFrameHead(packed, 0) : null;
  if (!head) throw new RecordingError("a part of it is not compressed as announced");
  if (head.content >= 0) return head.content;
  let at = head.bytes;
  for (let blocks = 1; at + 3 <= packed.length; blocks++) {
    const block = blockAt(packed, at);
    at += block.bytes;
    if (block.last) return blocks * MAX_BLOCK_BYTES;
  }
  throw new RecordingError("a part of it is cut off");
}

/** A block of a zstd frame, by its three bytes of header. */
export function blockAt(bytes: Uint8Array, at: number): { bytes: number; last: boolean } {
  const head = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  const type = (head >> 1) & 3;
  if (type === 3) throw new RecordingError("a part of it is not of a known form");
  return { bytes: 3 + (type === 1 ? 1 : head >>> 3), last: (head & 1) !== 0 };
}

export function readU32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  );
}

/** Exact up to 2^53, beyond which no file reaches. */
export function readU64(bytes: Uint8Array, at: number): number {
  return readU32(bytes, at) + readU32(bytes, at + 4) * 2 ** 32;
}

export function readF64(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0, true);
}
