/** Joins waiting partial updates of arrays, so that they are never larger than the arrays. */
import type { WireArray } from "../protocol/arrays";
import type { Frame } from "../protocol/frame";
import type { ArrayPatch, ServerMessage } from "../protocol/messages.gen";

type PatchMessage = Extract<ServerMessage, { patches: ArrayPatch[] }>;

/**
 * Removes patches that a later message makes redundant, and joins those of one array into the last of them.
 * Nothing is drawn between the frames, so a patch may be delayed until a later one of the same array.
 */
export function joinPatches(frames: readonly Frame[]): void {
  const groups = new Map<string, Group>();
  const settled = new Set<string>();
  const needless = new Set<ArrayPatch>();
  for (const frame of backwards(frames)) {
    for (const message of backwards(frame.messages)) {
      if (!isPatchMessage(message)) {
        for (const what of settles(message)) settled.add(what);
        continue;
      }
      const of = subject(message);
      for (const patch of backwards(message.patches)) {
        const property = `${of}\0${patch.property}`;
        if (settled.has(of) || settled.has(property)) {
          needless.add(patch);
          continue;
        }
        const key = `${property}\0${patch.index}`;
        const group = groups.get(key);
        if (group) group.patches.push(patch);
        else groups.set(key, { patches: [patch], memory: frame.memory });
      }
    }
  }
  for (const { patches, memory } of groups.values()) {
    const whole = patches.length > 1 && joined(patches);
    if (!whole) continue;
    Object.assign(patches[0]!, whole);
    memory.push(whole.data.buffer as ArrayBuffer);
    for (const patch of patches.slice(1)) needless.add(patch);
  }
  if (needless.size > 0) drop(frames, needless);
}

interface Group {
  /** The newest first. */
  patches: ArrayPatch[];
  /** Buffers of the newest patch's frame. */
  memory: ArrayBuffer[];
}

function drop(frames: readonly Frame[], needless: ReadonlySet<ArrayPatch>): void {
  for (const frame of frames) {
    const before = frame.messages.length;
    frame.messages = frame.messages.filter((message) => {
      if (!isPatchMessage(message)) return true;
      message.patches = message.patches.filter((patch) => !needless.has(patch));
      return message.patches.length > 0;
    });
    if (before > 0 && frame.messages.length === 0) frame.memory = [];
  }
}

function isPatchMessage(message: ServerMessage): message is PatchMessage {
  const { type } = message;
  if (type !== "SceneNodePatchMessage" && type !== "GuiPatchMessage") return false;
  return Array.isArray(message.patches) && message.patches.every((p) => p !== null);
}

interface Subject {
  name?: unknown;
  owner?: unknown;
  uuid?: unknown;
}

function subject(message: Subject): string {
  return "uuid" in message ? `\0${message.uuid}` : `${message.owner}\0${message.name}`;
}

/** Keys of what a message replaces: nothing, some properties of an entity, or all of it. */
function settles(message: ServerMessage): string[] {
  const of = subject(message as Subject);
  if (message.type === "SceneNodeUpdateMessage" || message.type === "GuiUpdateMessage") {
    const { updates } = message;
    if (typeof updates !== "object" || updates === null) return [];
    return Object.keys(updates).map((property) => `${of}\0${property}`);
  }
  const all = "props" in message || /^(RemoveSceneNode|GuiRemove)Message$/.test(message.type);
  return all ? [of] : [];
}

/** Joins patches of one array, the newest first; null if they cannot be joined. */
export function joined(patches: readonly ArrayPatch[]): ArrayPatch | null {
  const newest = patches[0]!;
  if (!patches.every((patch) => sound(patch, newest))) return null;
  const union = unionOf(patches);
  const all = like(newest.data, sumOf(union));
  for (const { ranges, data } of backwards(patches)) {
    let taken = 0;
    for (let i = 0; i < ranges.length; i += 2) {
      const n = ranges[i + 1]!;
      all.set((data as Float32Array).subarray(taken, taken + n), placeIn(union, ranges[i]!));
      taken += n;
    }
  }
  const ranges = cut(union, newest.total);
  return { ...newest, ranges, data: all.subarray(0, sumOf(ranges)) };
}

function sumOf(ranges: readonly number[]): number {
  return ranges.reduce((sum, n, i) => (i % 2 === 1 ? sum + n : sum), 0);
}

/** Index of element `offset` in the concatenation of the ranges. */
function placeIn(ranges: readonly number[], offset: number): number {
  let before = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const into = offset - ranges[i]!;
    if (into <= ranges[i + 1]!) return before + into;
    before += ranges[i + 1]!;
  }
  return before;
}

function cut(ranges: readonly number[], total: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < ranges.length; i += 2) {
    const n = Math.min(ranges[i + 1]!, total - ranges[i]!);
    if (n > 0) out.push(ranges[i]!, n);
  }
  return out;
}

function unionOf(patches: readonly ArrayPatch[]): number[] {
  const pairs: [from: number, to: number][] = [];
  for (const { ranges } of patches) {
    for (let i = 0; i < ranges.length; i += 2)
      pairs.push([ranges[i]!, ranges[i]! + ranges[i + 1]!]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  let end = -1;
  for (const [from, to] of pairs) {
    if (from > end) out.push(from, to - from);
    else if (to > end) out[out.length - 1]! += to - end;
    end = Math.max(end, to);
  }
  return out;
}

function sound(patch: ArrayPatch, newest: ArrayPatch): boolean {
  const { data, ranges } = patch;
  if (!ArrayBuffer.isView(data) || data.constructor !== newest.data?.constructor) return false;
  if (!Array.isArray(ranges) || ranges.length % 2 !== 0) return false;
  let sum = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const [from, n] = [ranges[i]!, ranges[i + 1]!];
    if (!(Number.isSafeInteger(from) && from >= 0 && Number.isSafeInteger(n) && n >= 0))
      return false;
    sum += n;
  }
  return sum === data.length;
}

function like(array: WireArray, length: number): Float32Array {
  return new (array.constructor as new (n: number) => Float32Array)(length);
}

function* backwards<T>(list: readonly T[]): Generator<T> {
  for (let i = list.length - 1; i >= 0; i--) yield list[i]!;
}
