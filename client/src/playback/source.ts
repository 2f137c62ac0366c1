/** The bytes of a recording: in memory, or on a server that serves ranges of them. */
import { SourceError } from "./errors";

export interface ByteSource {
  readonly size: number;
  /** `length` bytes from `offset`, which are not to be written to. Rejects with SourceError. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The same, if they are here already. */
  peek(offset: number, length: number): Uint8Array | null;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Bytes so far, and of all; 0: not known. */
export type OnLoaded = (loaded: number, total: number) => void;

export class MemorySource implements ByteSource {
  readonly size: number;

  constructor(private readonly bytes: Uint8Array) {
    this.size = bytes.length;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = this.peek(offset, length);
    return bytes ? Promise.resolve(bytes) : Promise.reject(new SourceError(CUT));
  }

  peek(offset: number, length: number): Uint8Array | null {
    if (offset + length > this.size) return null;
    return this.bytes.subarray(offset, offset + length);
  }
}

const CUT = "a part of it is missing";
const BLOCK_BYTES = 256 * 1024;
/** Longer reads are not kept. */
const MAX_KEPT_READ = 16 * BLOCK_BYTES;
const MAX_BLOCKS = 160;
/** What a recording that is loaded whole may have. */
const MAX_WHOLE_BYTES = 2 ** 31 - 1;
/** Waits between tries of a request that did not get through. */
const RETRY_MS = [250, 1000, 4000];
/** A request that gets nothing for so long has failed. */
const STALL_MS = 20_000;

/** Asks for the beginning only, and loads all of it where the server does not serve ranges. */
export async function openUrl(url: string, fetch: Fetch, onLoaded: OnLoaded): Promise<ByteSource> {
  const get = new Requests(url, fetch);
  const response = await get.range(0, BLOCK_BYTES);
  if (response.status === 206) {
    const total = /\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "");
    if (total) {
      const tag = response.headers.get("ETag");
      const size = Number(total[1]);
      const wanted = Math.min(BLOCK_BYTES, size);
      const first = await body(response, null, wanted);
      return new RangeSource(get, size, tag, first.length === wanted ? first : null);
    }
    // A server elsewhere does not let the page read how long it is.
    await response.body?.cancel();
    return new MemorySource(await body(await get.whole(), onLoaded, null));
  }
  return new MemorySource(await body(response, onLoaded, null));
}

class Requests {
  constructor(
    private readonly url: string,
    private readonly fetch: Fetch,
  ) {}

  range(offset: number, length: number): Promise<Response> {
    return this.get({ Range: `bytes=${offset}-${offset + length - 1}` });
  }

  whole(): Promise<Response> {
    return this.get({});
  }

  private async get(headers: Record<string, string>): Promise<Response> {
    for (let tries = 0; ; tries++) {
      const result = await this.once(headers);
      if (result instanceof Response) return result;
      const wait = RETRY_MS[tries];
      if (wait === undefined) throw new SourceError(result);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** A response, or why there is none yet. */
  private async once(headers: Record<string, string>): Promise<Response | string> {
    let response: Response;
    try {
      response = await this.fetch(this.url, { headers });
    } catch (e) {
      return unreachable(this.url, e instanceof Error ? e.message : String(e));
    }
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status >= 500) return `its server answers with an error (${response.status})`;
    throw new SourceError(refusal(response.status));
  }
}

/** The browser does not say whether a file of another origin was not allowed, nor by whom. */
function unreachable(url: string, why: string): string {
  const own = globalThis.location?.origin;
  const { origin } = new URL(url, globalThis.location?.href);
  if (own === undefined || own === origin) return `its server cannot be reached (${why})`;
  return `it is of another origin, ${origin}, which cannot be reached, or which that server or this page's policy does not allow`;
}

function refusal(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `its server does not give it to this page (${status})`;
    case 404:
    case 410:
      return `it is not there (${status})`;
    case 416:
      return "it is empty, or shorter than before";
    default:
      return `its server refuses it (${status})`;
  }
}

/** All bytes of a response, which are to be `wanted` if that is not null. */
async function body(
  response: Response,
  onLoaded: OnLoaded | null,
  wanted: number | null,
): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(0);
  const total = Number(response.headers.get("Content-Length") ?? 0);
  const parts: Uint8Array[] = [];
  let length = 0;
  while (true) {
    const { done, value } = await stalling(reader);
    if (done) break;
    parts.push(value);
    length += value.length;
    if (wanted !== null && length > wanted) {
      await reader.cancel();
      throw new SourceError("its server sends more than was asked for");
    }
    if (length > MAX_WHOLE_BYTES) {
      await reader.cancel();
      throw new SourceError(
        "it has more than 2 GiB, and its server does not serve parts of files (ranges)",
      );
    }
    onLoaded?.(length, total);
  }
  const [only] = parts;
  return parts.length === 1 && only ? only : joined(parts, length);
}

async function stalling(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      void reader.cancel();
      reject(new SourceError("its server sends nothing any more"));
    }, STALL_MS);
  });
  try {
    return await Promise.race([reader.read(), stalled]);
  } catch (e) {
    if (e instanceof SourceError) throw e;
    throw new SourceError(
      `the connection to its server was lost (${e instanceof Error ? e.message : e})`,
    );
  } finally {
    clearTimeout(timer);
  }
}

export function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Loads and keeps blocks of the file, so that reads that are close to each other are one request. */
abstract class BlockSource implements ByteSource {
  /** In the order of their last use. */
  private readonly blocks = new Map<number, Uint8Array>();
  private readonly loading = new Map<number, Promise<Uint8Array>>();

  constructor(readonly size: number) {}

  protected abstract load(offset: number, length: number): Promise<Uint8Array>;

  peek(offset: number, length: number): Uint8Array | null {
    if (offset + length > this.size) return null;
    const [from, to] = blocksOf(offset, length);
    const parts: Uint8Array[] = [];
    for (let i = from; i < to; i++) {
      const block = this.blocks.get(i);
      if (!block) return null;
      this.keep(i, block);
      parts.push(block);
    }
    return cut(parts, offset - from * BLOCK_BYTES, length);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0 || length < 0 || offset + length > this.size) throw new SourceError(CUT);
    const here = this.peek(offset, length);
    if (here) return here;
    if (length > MAX_KEPT_READ) return this.load(offset, length);
    const [from, to] = blocksOf(offset, length);
    this.loadMissing(from, to);
    const parts: Uint8Array[] = [];
    // One after the other, as they may be of several requests: each has been sent already.
    for (let i = from; i < to; i++) {
      parts.push(await (this.blocks.get(i) ?? this.loading.get(i) ?? this.block(i)));
    }
    return cut(parts, offset - from * BLOCK_BYTES, length);
  }

  /** Requests runs of blocks that are neither here nor on their way. */
  private loadMissing(from: number, to: number): void {
    let run = from;
    for (let i = from; i <= to; i++) {
      if (i < to && !this.blocks.has(i) && !this.loading.has(i)) continue;
      if (i > run) this.loadRun(run, i);
      run = i + 1;
    }
  }

  private block(i: number): Promise<Uint8Array> {
    this.loadRun(i, i + 1);
    return this.loading.get(i)!;
  }

  private loadRun(from: number, to: number): void {
    const start = from * BLOCK_BYTES;
    const length = Math.min(to * BLOCK_BYTES, this.size) - start;
    const whole = this.load(start, length);
    for (let i = from; i < to; i++) {
      const at = i * BLOCK_BYTES - start;
      const block = whole.then((bytes) => bytes.slice(at, at + BLOCK_BYTES));
      this.loading.set(i, block);
      const done = (): void => {
        this.loading.delete(i);
      };
      block.then((bytes) => this.keep(i, bytes)).then(done, done);
    }
  }

  protected keep(i: number, block: Uint8Array): void {
    this.blocks.delete(i);
    this.blocks.set(i, block);
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= MAX_BLOCKS) break;
      this.blocks.delete(oldest);
    }
  }
}

/** A file on a server that serves ranges. */
class RangeSource extends BlockSource {
  constructor(
    private readonly requests: Requests,
    size: number,
    /** Of the contents; null: the server does not tell. */
    private readonly tag: string | null,
    first: Uint8Array | null,
  ) {
    super(size);
    if (first) this.keep(0, first);
  }

  protected async load(offset: number, length: number): Promise<Uint8Array> {
    for (let tries = 0; ; tries++) {
      const response = await this.requests.range(offset, length);
      if (response.status !== 206) {
        await response.body?.cancel();
        throw new SourceError("its server has stopped to serve parts of it (ranges)");
      }
      if (this.isAnother(response)) {
        await response.body?.cancel();
        throw new SourceError("it was replaced meanwhile");
      }
      try {
        const bytes = await body(response, null, length);
        if (bytes.length === length) return bytes;
      } catch (e) {
        if (tries >= RETRY_MS.length) throw e;
      }
      if (tries >= RETRY_MS.length) throw new SourceError(CUT);
    }
  }

  /** A recording that is still written is longer than before, with what it had. */
  private isAnother({ headers }: Response): boolean {
    const total = Number(/\/(\d+)$/.exec(headers.get("Content-Range") ?? "")?.[1] ?? this.size);
    if (total !== this.size) return total < this.size;
    const tag = headers.get("ETag");
    return tag !== null && this.tag !== null && tag !== this.tag;
  }
}

/** A file of the user's. */
export class FileSource extends BlockSource {
  constructor(private readonly file: Blob) {
    super(file.size);
  }

  protected async load(offset: number, length: number): Promise<Uint8Array> {
    try {
      return new Uint8Array(await this.file.slice(offset, offset + length).arrayBuffer());
    } catch {
      // Browsers refuse a file that has changed since.
      throw new SourceError("it was changed, moved or removed meanwhile, or may not be read");
    }
  }
}

function blocksOf(offset: number, length: number): [from: number, to: number] {
  return [Math.floor(offset / BLOCK_BYTES), Math.ceil((offset + length) / BLOCK_BYTES)];
}

function cut(parts: readonly Uint8Array[], at: number, length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only.subarray(at, at + length);
  return joined(parts, parts.length * BLOCK_BYTES).subarray(at, at + length);
}
