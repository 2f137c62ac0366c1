/** States of a recording at any time, from the nearest one that is known. */
import { applyEntries, type Entries } from "./entries";
import { State } from "./fold";
import type { Message } from "./message";
import type { Recording } from "./recording";

/** A place between two entries: those before it are applied. */
export interface Cursor {
  chunk: number;
  entry: number;
}

/** Where a recording has no keyframes, a state is kept after so many entries. */
const KEEP_ENTRIES = 50_000;
/** Entities in all kept states, beyond which every other one is dropped. */
const MAX_KEPT_ENTITIES = 500_000;
/** Notes are counted once for each entry, of so many. */
const MAX_COUNTED = 100_000;

export class History {
  /** By the chunk that they are the state after. */
  private readonly kept = new Map<number, State>();
  private keptEntities = 0;
  private readonly counted = new Set<string>();

  constructor(readonly recording: Recording) {}

  /** The last chunk that begins at the time or before; -1: none. */
  chunkAt(time: number): number {
    const { chunks } = this.recording;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle]!.from <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * The state after all entries up to a time; null if it was given up, since another one is wanted. `state` may be
   * changed: it is at `cursor`, and is used if it is the nearest.
   */
  async stateAt(
    time: number,
    near: { state: State; cursor: Cursor } | null,
    stale: () => boolean,
  ): Promise<{ state: State; cursor: Cursor } | null> {
    const last = this.chunkAt(time);
    if (last < 0) return { state: new State(), cursor: { chunk: 0, entry: 0 } };
    const base = await this.base(time, last, near);
    const { cursor } = base;
    while (cursor.chunk <= last) {
      if (stale()) return null;
      const { chunk } = cursor;
      const entries = await this.recording.chunk(chunk);
      const to = chunk === last ? entries.until(time) : entries.count;
      this.apply(entries, chunk, cursor.entry, to, base.state);
      if (chunk === last) {
        cursor.entry = to;
        break;
      }
      this.keep(chunk, base.state);
      cursor.chunk++;
      cursor.entry = 0;
    }
    return base;
  }

  /** Whether it is less work to begin at a keyframe than to go on from a place. */
  isFar(cursor: Cursor, time: number): boolean {
    return this.keyframeBefore(time, this.chunkAt(time)) > cursor.chunk + 1;
  }

  apply(entries: Entries, chunk: number, from: number, to: number, state: State): void {
    applyEntries(entries, from, to, state, (message: Message | null, entry: number): void => {
      if (!message) this.count("malformed", chunk, entry);
      else if (message.type === "RunJavascriptMessage") this.count("scripts", chunk, entry);
      else if (!state.apply(message)) this.count("malformed", chunk, entry);
    });
  }

  private count(problem: "malformed" | "scripts", chunk: number, entry: number): void {
    const key = `${chunk}:${entry}`;
    if (this.counted.has(key) || this.counted.size >= MAX_COUNTED) return;
    this.counted.add(key);
    this.recording.notes.add(problem);
  }

  private async base(
    time: number,
    last: number,
    near: { state: State; cursor: Cursor } | null,
  ): Promise<{ state: State; cursor: Cursor }> {
    let kept = -1;
    for (const chunk of this.kept.keys()) {
      if (chunk > kept && this.isBefore(chunk, time, last)) kept = chunk;
    }
    for (let k = this.keyframeIndex(time, last); k >= 0; k--) {
      const { chunk } = this.recording.keyframes[k]!;
      if (chunk <= kept || (near && chunk < near.cursor.chunk)) break;
      const state = await this.recording.keyframe(k);
      if (state) return { state, cursor: { chunk: chunk + 1, entry: 0 } };
    }
    if (near && near.cursor.chunk > kept) return near;
    const state = this.kept.get(kept);
    if (state) return { state: state.clone(), cursor: { chunk: kept + 1, entry: 0 } };
    return near ?? { state: new State(), cursor: { chunk: 0, entry: 0 } };
  }

  /** Whether all of a chunk is up to the time. */
  private isBefore(chunk: number, time: number, last: number): boolean {
    return chunk < last || (chunk === last && this.recording.chunks[chunk]!.to <= time);
  }

  /** The last keyframe up to a time; -1: none. */
  private keyframeIndex(time: number, last: number): number {
    const { keyframes } = this.recording;
    let low = 0;
    let high = keyframes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.isBefore(keyframes[middle]!.chunk, time, last)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private keyframeBefore(time: number, last: number): number {
    return this.recording.keyframes[this.keyframeIndex(time, last)]?.chunk ?? -1;
  }

  /** Keeps the state after a chunk if it is far from others. */
  private keep(chunk: number, state: State): void {
    const { chunks, keyframes } = this.recording;
    const known = keyframes[this.keyframeIndex(chunks[chunk]!.to, chunk)]?.chunk ?? -1;
    let entries = 0;
    for (let i = chunk; i > known && !this.kept.has(i); i--) {
      entries += chunks[i]!.entries;
      if (entries >= KEEP_ENTRIES) break;
    }
    if (entries < KEEP_ENTRIES) return;
    this.kept.set(chunk, state.clone());
    this.keptEntities += state.all.size;
    if (this.keptEntities > MAX_KEPT_ENTITIES) this.thin();
  }

  private thin(): void {
    const all = [...this.kept.keys()].sort((a, b) => a - b);
    all.forEach((chunk, i) => {
      if (i % 2 === 1) return;
      this.keptEntities -= this.kept.get(chunk)!.all.size;
      this.kept.delete(chunk);
    });
  }
}
