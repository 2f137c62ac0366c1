/** Fetches arrays over HTTP, a few at a time, the newest first. */
import type { PendingArray } from "../protocol/arrays";

export type FetchArray = (path: string, signal: AbortSignal) => Promise<Response>;

export interface FetcherOptions {
  fetch: FetchArray;
  onLoaded(id: string, bytes: ArrayBuffer): void;
  /** The server does not have it any more. */
  onGone(id: string): void;
  onFailed(id: string, why: string): void;
  onProgress(): void;
}

const PARALLEL = 3;
/** Browsers do not cache large responses. */
export const RUN_BYTES = 4 * 1024 * 1024;
const STALL_MS = 20_000;

interface Job {
  id: string;
  bytes: number;
  passing: boolean;
  loaded: number;
  /** null: not begun. */
  abort: AbortController | null;
}

export class Fetcher {
  private readonly jobs = new Map<string, Job>();
  private running = 0;

  constructor(private readonly options: FetcherOptions) {}

  /** Bytes that are loaded, of all that are being fetched. */
  progress(): { loaded: number; total: number } {
    let loaded = 0;
    let total = 0;
    for (const job of this.jobs.values()) {
      loaded += job.loaded;
      total += job.bytes;
    }
    return { loaded, total };
  }

  request({ id, bytes, passing }: PendingArray): void {
    if (!this.jobs.has(id)) this.jobs.set(id, { id, bytes, passing, loaded: 0, abort: null });
    this.next();
  }

  begun(id: string): boolean {
    return this.jobs.get(id)?.abort != null;
  }

  /** Ends all fetches except those of the ids. */
  retain(ids: ReadonlySet<string>): void {
    for (const job of [...this.jobs.values()]) {
      if (ids.has(job.id)) continue;
      this.jobs.delete(job.id);
      job.abort?.abort();
    }
  }

  private next(): void {
    // The map has the order of the requests.
    for (const job of [...this.jobs.values()].reverse()) {
      if (this.running >= PARALLEL) return;
      if (!job.abort) void this.run(job);
    }
  }

  private async run(job: Job): Promise<void> {
    const abort = new AbortController();
    job.abort = abort;
    this.running++;
    let done: () => void;
    try {
      const bytes = await this.load(job, abort);
      done = () => this.options.onLoaded(job.id, bytes);
    } catch (e) {
      const why = e instanceof Error ? e.message : String(e);
      done = () =>
        e instanceof Gone ? this.options.onGone(job.id) : this.options.onFailed(job.id, why);
    }
    this.running--;
    // Otherwise it was canceled.
    if (this.jobs.get(job.id) === job) {
      this.jobs.delete(job.id);
      done();
    }
    this.next();
    this.options.onProgress();
  }

  private async load(job: Job, abort: AbortController): Promise<ArrayBuffer> {
    const all = new Uint8Array(job.bytes);
    const step = job.passing ? job.bytes : RUN_BYTES;
    for (let from = 0; from < job.bytes; from += step) {
      const to = Math.min(from + step, job.bytes);
      const whole = from === 0 && to === job.bytes;
      const path = `blob/${job.id}${whole ? "" : `/${from}-${to}`}`;
      await this.read(path, all.subarray(from, to), job, abort);
    }
    return all.buffer;
  }

  private async read(
    path: string,
    into: Uint8Array,
    job: Job,
    abort: AbortController,
  ): Promise<void> {
    let stall = setTimeout(() => abort.abort(), STALL_MS);
    try {
      const response = await this.options.fetch(path, abort.signal);
      if (response.status === 404 || response.status === 410) throw new Gone();
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
      let at = 0;
      const reader = response.body.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        if (at + read.value.length > into.length) throw new Error("too many bytes");
        into.set(read.value, at);
        at += read.value.length;
        job.loaded += read.value.length;
        clearTimeout(stall);
        stall = setTimeout(() => abort.abort(), STALL_MS);
        this.options.onProgress();
      }
      if (at !== into.length) throw new Error("too few bytes");
    } finally {
      clearTimeout(stall);
    }
  }
}

class Gone extends Error {}
