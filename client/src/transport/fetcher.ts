/** Fetches arrays over HTTP, a few requests at a time, the newest array first. */
import type { PendingArray } from "../protocol/arrays";

/** Requests an array for the client of that id, for whom the server counts the bytes. */
export type FetchArray = (path: string, signal: AbortSignal, client: number) => Promise<Response>;

export interface FetcherOptions {
  fetch: (path: string, signal: AbortSignal) => Promise<Response>;
  onLoaded(id: string, bytes: ArrayBuffer): void;
  /** The server does not have it any more. */
  onGone(id: string): void;
  /** `stalled`: nothing was received for so long that another try would not help. */
  onFailed(id: string, why: string, stalled: boolean): void;
  onProgress(): void;
}

/** Of what is fetched since nothing was. */
export interface FetchProgress {
  /** How many arrays are being fetched. */
  count: number;
  /** Bytes that have arrived. */
  loaded: number;
  /** Bytes of all. */
  total: number;
}

/** Browsers have six connections to a server, which other requests of the page need as well. */
const PARALLEL = 3;
/** Browsers do not cache large responses. */
export const RUN_BYTES = 4 * 1024 * 1024;
/** A request of which no byte arrives for so long has failed. */
const STALL_MS = 10_000;

interface Job {
  readonly id: string;
  readonly bytes: number;
  /** Size of one request. */
  readonly run: number;
  readonly abort: AbortController;
  /** null: not begun. */
  into: Uint8Array<ArrayBuffer> | null;
  /** Where the next request begins. */
  next: number;
  /** Bytes of requests that are complete. */
  done: number;
  loaded: number;
}

export class Fetcher {
  private readonly jobs = new Map<string, Job>();
  private running = 0;
  /** Bytes of the arrays that were fetched since nothing was. */
  private before = 0;

  constructor(private readonly options: FetcherOptions) {}

  progress(): FetchProgress {
    if (this.jobs.size === 0) this.before = 0;
    let loaded = this.before;
    let total = this.before;
    for (const job of this.jobs.values()) {
      loaded += job.loaded;
      total += job.bytes;
    }
    return { count: this.jobs.size, loaded, total };
  }

  request({ id, bytes, passing }: PendingArray): void {
    if (!this.jobs.has(id)) {
      const run = passing ? bytes : RUN_BYTES;
      const abort = new AbortController();
      this.jobs.set(id, { id, bytes, run, abort, into: null, next: 0, done: 0, loaded: 0 });
    }
    this.next();
  }

  begun(id: string): boolean {
    return this.jobs.get(id)?.into != null;
  }

  /** Ends all fetches except those of the ids. */
  retain(ids: ReadonlySet<string>): void {
    for (const job of [...this.jobs.values()]) {
      if (ids.has(job.id)) continue;
      this.jobs.delete(job.id);
      job.abort.abort();
    }
  }

  private next(): void {
    // The map has the order in which the arrays were requested.
    for (const job of [...this.jobs.values()].reverse()) {
      for (; job.next < job.bytes; job.next += job.run) {
        if (this.running >= PARALLEL) return;
        void this.fetchRun(job, job.next, Math.min(job.next + job.run, job.bytes));
      }
    }
  }

  private async fetchRun(job: Job, from: number, to: number): Promise<void> {
    job.into ??= new Uint8Array(job.bytes);
    const whole = from === 0 && to === job.bytes;
    this.running++;
    let failure: unknown = null;
    try {
      const path = whole ? job.id : `${job.id}/${from}-${to}`;
      await this.read(path, job.into.subarray(from, to), job);
      job.done += to - from;
    } catch (e) {
      failure = e;
      job.abort.abort();
    }
    this.running--;
    // Otherwise it was canceled, or another request for it has failed.
    if (this.jobs.get(job.id) === job) this.ended(job, failure);
    this.next();
    this.options.onProgress();
  }

  private ended(job: Job, failure: unknown): void {
    const { id, into } = job;
    if (failure === null && job.done < job.bytes) return;
    this.jobs.delete(id);
    if (failure instanceof Gone) this.options.onGone(id);
    else if (failure !== null)
      this.options.onFailed(id, messageOf(failure), failure instanceof Stalled);
    else {
      this.before += job.bytes;
      this.options.onLoaded(id, into!.buffer);
    }
  }

  private async read(path: string, into: Uint8Array, job: Job): Promise<void> {
    const { abort } = job;
    const stalled = () => abort.abort(new Stalled());
    let stall = setTimeout(stalled, STALL_MS);
    try {
      const response = await this.options.fetch(`blob/${path}`, abort.signal);
      check(response, path);
      let at = 0;
      const reader = response.body!.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        if (at + read.value.length > into.length) throw new Error("too many bytes");
        into.set(read.value, at);
        at += read.value.length;
        job.loaded += read.value.length;
        clearTimeout(stall);
        stall = setTimeout(stalled, STALL_MS);
        this.options.onProgress();
      }
      if (at !== into.length) throw new Error("too few bytes");
    } finally {
      clearTimeout(stall);
    }
  }
}

/** What is between the page and the server may respond with something else, or with the array of another server. */
function check(response: Response, path: string): void {
  if (response.status === 404 || response.status === 410) throw new Gone();
  if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
  const tag = response.headers.get("etag");
  if (tag !== null && tag.replace(/^W\//, "") !== `"${path}"`) throw new Error("another array");
}

function messageOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}

class Gone extends Error {}

class Stalled extends Error {
  override readonly message = "no byte arrived in time";
}
