/** A recording that can be read at any time of it, whatever its file looks like. */
import type { Entries, MakeMessage } from "./entries";
import { RecordingError } from "./errors";
import type { State } from "./fold";
import type { Message } from "./message";
import { isArrayType, isRecord, StoredArray } from "./values";

/** Entries that are read at once. */
export interface ChunkInfo {
  readonly from: number;
  readonly to: number;
  readonly entries: number;
}

export interface KeyframeInfo {
  /** It is the state after all entries of this chunk. */
  readonly chunk: number;
}

export interface Recording {
  readonly duration: number;
  /** In order; their times do not overlap. */
  readonly chunks: readonly ChunkInfo[];
  readonly keyframes: readonly KeyframeInfo[];
  readonly notes: Notes;
  /** Rejects with IndexError if the index is wrong. */
  chunk(i: number): Promise<Entries>;
  /** The chunk, if it is here. */
  peek(i: number): Entries | null;
  /** Begins to load a chunk that is needed soon. */
  prefetch(i: number): void;
  /** A state that the caller may change; null: it is damaged. */
  keyframe(i: number): Promise<State | null>;
  /** null: it is missing or damaged. */
  array(array: StoredArray): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The same recording without its index. */
  rescan(): Promise<Recording>;
}

/** What is wrong with a recording, counted. */
export class Notes {
  private readonly counts = new Map<Problem, number>();

  constructor(private readonly texts: string[] = []) {}

  add(problem: Problem, count = 1): void {
    if (count > 0) this.counts.set(problem, (this.counts.get(problem) ?? 0) + count);
  }

  say(text: string): void {
    if (!this.texts.includes(text)) this.texts.push(text);
  }

  list(): string[] {
    return [...this.texts, ...[...this.counts].map(([problem, n]) => DESCRIBE[problem](n))];
  }
}

export type Problem = "scripts" | "times" | "malformed" | "arrays";

const DESCRIBE: { readonly [problem in Problem]: (count: number) => string } = {
  scripts: (n) =>
    `${counted(n, "script")} in the recording ${were(n)} left out: a recording never runs one.`,
  times: (n) =>
    `${counted(n, "entry", "entries")} ${had(n)} no time, or one before the previous entry's; the previous one counts.`,
  malformed: (n) => `${counted(n, "entry", "entries")} could not be read and ${were(n)} left out.`,
  arrays: (n) =>
    `${counted(n, "array")} ${were(n)} missing or damaged; what needs ${n === 1 ? "it" : "them"} is incomplete.`,
};

function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function were(n: number): string {
  return n === 1 ? "was" : "were";
}

function had(n: number): string {
  return n === 1 ? "has" : "have";
}

/** Sizes of the recording's arrays in bytes, by their index; undefined: there is no such array. */
export type ArraySize = (index: number) => number | undefined;

/** Makes messages of decoded values, with placeholders of the recording's arrays. */
export function messageMaker(size: ArraySize): MakeMessage {
  return (value) => {
    if (!isRecord(value) || typeof value.type !== "string") return null;
    return resolve(value, size) as Message;
  };
}

/** Depth is bounded: the bytes were checked. */
function resolve(value: unknown, size: ArraySize): unknown {
  if (typeof value !== "object" || value === null) return value;
  // A view on what may be a large document, of which nothing else remains.
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (typeof value[i] === "object") value[i] = resolve(value[i], size);
    }
    return value;
  }
  if (!isRecord(value)) return value;
  if ("__binary_index" in value && "dtype" in value) return stored(value, size);
  for (const key in value) {
    if (typeof value[key] === "object") value[key] = resolve(value[key], size);
  }
  return value;
}

function stored(placeholder: Record<string, unknown>, size: ArraySize): StoredArray {
  const { __binary_index: index, dtype } = placeholder;
  const bytes = typeof index === "number" ? size(index) : undefined;
  if (bytes === undefined || typeof dtype !== "string" || !isArrayType(dtype, bytes)) {
    throw new RecordingError("a message has an array that is not there");
  }
  return new StoredArray(index as number, dtype, bytes);
}

/** Keeps what was used last, up to a sum of sizes; what is larger than that is not kept. */
export class Cache<K, V> {
  private readonly values = new Map<K, { value: V; size: number }>();
  private size = 0;

  constructor(private readonly limit: number) {}

  get(key: K): V | undefined {
    const found = this.values.get(key);
    if (!found) return undefined;
    this.values.delete(key);
    this.values.set(key, found);
    return found.value;
  }

  set(key: K, value: V, size: number): void {
    this.delete(key);
    if (size > this.limit) return;
    this.values.set(key, { value, size });
    this.size += size;
    for (const oldest of this.values.keys()) {
      if (this.size <= this.limit) break;
      this.delete(oldest);
    }
  }

  private delete(key: K): void {
    const found = this.values.get(key);
    if (!found) return;
    this.size -= found.size;
    this.values.delete(key);
  }
}
