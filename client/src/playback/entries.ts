/**
 * The entries of a chunk, [time, message] each, found without building them. Most entries of a large recording are
 * poses that later ones of the same chunk replace: of each, only its place and its node are noted, and the numbers are
 * read from the bytes when the pose is the last one.
 */
import { Decoder } from "@msgpack/msgpack";
import { FrameError } from "../protocol/errors";
import { checkMsgpack } from "../protocol/msgpackCheck";
import type { State } from "./fold";
import type { Message } from "./message";
import type { Slot, Slots } from "./slots";
import type { Numbers } from "./values";

/** Makes a message of a value that was decoded; null if it is none. */
export type MakeMessage = (value: unknown) => Message | null;

/** An entry that is not among the others, or a note on one of them. */
export interface Extra {
  /** Of the entry that it stands before. */
  position: number;
  time: number;
  /** Of its message. */
  start: number;
  end: number;
}

export interface EntriesOptions {
  bytes: Uint8Array;
  /** Where the entries begin, and how many there are. */
  from: number;
  count: number;
  /** Time of the entry before. */
  after: number;
  /** No entry is later: the next chunk begins there. By default they have no end. */
  to?: number;
  make: MakeMessage;
  slots: Slots;
  /** Messages in the same bytes, in order. */
  extras?: readonly Extra[];
  /** Entries that are not for this page. */
  left?: ReadonlySet<number>;
}

/** No pose. */
export const MESSAGE = -1;
const MAX_NAME_BYTES = 4096;
/** Well above the length that an orientation must have: others are looked at more closely. */
const MIN_SQUARES = 1e-12;

export class Entries {
  count = 0;
  /** Never descending. */
  readonly times: Float64Array;
  /** Index in `slots`; -1: another message. */
  readonly slotOf: Int32Array;
  readonly slots: Slots;
  /** Entries whose time was no number, endless, earlier than the one before, or later than the chunk. */
  wrongTimes = 0;
  /** Entries that should be there, and are not. */
  readonly missing: number;
  /** Where the last entry ends. */
  readonly end: number;
  private readonly starts: Uint32Array;
  /** Of a pose: where its numbers are. */
  private readonly ends: Uint32Array;
  private readonly bytes: Uint8Array;
  private readonly scan: Scan;
  private readonly make: MakeMessage;
  private last: number;
  private readonly to: number;

  constructor(o: EntriesOptions) {
    this.bytes = o.bytes;
    this.make = o.make;
    this.last = o.after;
    this.to = o.to ?? Number.MAX_VALUE;
    const extras = o.extras ?? [];
    // An entry has at least three bytes: a count that lies does not reserve more.
    const capacity = Math.min(o.count, Math.ceil((o.bytes.length - o.from) / 3)) + extras.length;
    this.times = new Float64Array(capacity);
    this.slotOf = new Int32Array(capacity);
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    this.slots = o.slots;
    const scan = new Scan(o.bytes, o.from, o.slots);
    this.scan = scan;
    let next = 0;
    let i = 0;
    for (; i < o.count; i++) {
      while (next < extras.length && extras[next]!.position <= i) this.addExtra(extras[next++]!);
      const time = scan.entryTime();
      if (scan.failed) break;
      const start = scan.pos;
      const slot = scan.message();
      if (scan.failed) break;
      const end = slot === MESSAGE ? scan.pos : scan.numbersAt;
      if (!o.left?.has(i)) this.add(time, slot, start, end);
    }
    this.missing = o.count - i;
    while (next < extras.length) this.addExtra(extras[next++]!);
    this.end = scan.pos;
  }

  private add(time: number, slot: number, start: number, end: number): void {
    const i = this.count++;
    if (time >= this.last && time <= this.to) this.last = time;
    else this.wrongTimes++;
    this.times[i] = this.last;
    this.slotOf[i] = slot;
    this.starts[i] = start;
    this.ends[i] = end;
  }

  private addExtra({ time, start, end }: Extra): void {
    this.add(time, MESSAGE, start, end);
  }

  /** Estimate of what it takes, in bytes. */
  get memory(): number {
    return this.bytes.length + 20 * this.times.length;
  }

  /** The number of entries up to and including a time. */
  until(time: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The number of entries before a time. */
  before(time: number): number {
    let i = this.until(time);
    while (i > 0 && this.times[i - 1] === time) i--;
    return i;
  }

  /** The message of an entry that is no pose; null if it is malformed. */
  message(i: number): Message | null {
    return decodeMessage(this.bytes.subarray(this.starts[i]!, this.ends[i]!), this.make);
  }

  /** The numbers of a pose. */
  pose(i: number): number[] {
    return this.scan.numbers(this.ends[i]!);
  }
}

const decoder = new Decoder();

export function decodeMessage(raw: Uint8Array, make: MakeMessage): Message | null {
  try {
    checkMsgpack(raw);
    return make(decoder.decode(raw));
  } catch (e) {
    if (e instanceof FrameError || e instanceof Error) return null;
    throw e;
  }
}

/** Applies entries from…to-1 to a state; `apply` is given those that are no poses. */
export function applyEntries(
  entries: Entries,
  from: number,
  to: number,
  state: State,
  apply: (message: Message | null, entry: number) => void,
): void {
  const { slots, slotOf } = entries;
  // The newest pose of each slot that was not applied yet.
  const newest = slots.unset();
  const waiting: number[] = [];
  const flush = (): void => {
    for (const slot of waiting) {
      setPose(state, slots.all[slot]!, entries.pose(newest[slot]!));
      newest[slot] = -1;
    }
    waiting.length = 0;
  };
  for (let i = from; i < to; i++) {
    const slot = slotOf[i]!;
    if (slot === MESSAGE) {
      // It may create or remove a node, after which earlier poses do not count.
      flush();
      apply(entries.message(i), i);
      continue;
    }
    if (newest[slot] === -1) waiting.push(slot);
    newest[slot] = i;
  }
  flush();
}

export function setPose(state: State, { position, key }: Slot, numbers: Numbers): void {
  if (position) state.setPosition(key, numbers);
  else state.setWxyz(key, numbers);
}

const TYPE_POSITION = ascii("SetPositionMessage");
const TYPE_ORIENTATION = ascii("SetOrientationMessage");
const KEYS = {
  type: ascii("type"),
  name: ascii("name"),
  owner: ascii("owner"),
  position: ascii("position"),
  wxyz: ascii("wxyz"),
};

function ascii(s: string): Uint8Array {
  return new TextEncoder().encode(s);
}

/** Where the parts of a pose are. */
class PoseFields {
  type = 0;
  typeLength = 0;
  name = 0;
  nameLength = 0;
  owner = 0;
  ownerLength = 0;
}

/** Walks msgpack. A scan that has failed stays where it is. */
export class Scan {
  failed = false;
  /** Of the pose read last. */
  numbersAt = 0;
  private numbersEnd = 0;
  private readonly view: DataView;
  private last = -1;
  private textStart = 0;
  private textLength = 0;
  private readonly field = new PoseFields();

  constructor(
    private readonly bytes: Uint8Array,
    public pos: number,
    private readonly slots: Slots,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The head of an entry and its time; NaN if that is no number. */
  entryTime(): number {
    if (this.bytes[this.pos] !== 0x92) return this.fail();
    this.pos++;
    return this.number();
  }

  /** The slot of a pose, or MESSAGE for any other value. */
  message(): number {
    const start = this.pos;
    const slot = this.poseSlot(start);
    if (slot !== MESSAGE) return slot;
    this.pos = start;
    this.skip();
    return MESSAGE;
  }

  /** The numbers of a pose, from where their list is; of the one read last, if that is not told. */
  numbers(at = this.numbersAt): number[] {
    const end = this.pos;
    this.pos = at;
    const count = this.bytes[this.pos++]! & 0x0f;
    const numbers = [this.number(), this.number(), this.number()];
    if (count === 4) numbers.push(this.number());
    this.pos = end;
    return numbers;
  }

  private poseSlot(start: number): number {
    const { slots, last } = this;
    const guess = last >= 0 ? slots.after(last) : -1;
    if (guess >= 0) {
      const head = slots.headAt(guess, this.bytes, this.view, start);
      if (head > 0) {
        this.pos = start + head - 1;
        if (this.checkNumbers(slots.all[guess]!.position ? 3 : 4) === 0) return MESSAGE;
        this.last = guess;
        return guess;
      }
    }
    const kind = this.poseFields();
    if (kind === 0) return MESSAGE;
    const { bytes, field, pos, numbersAt } = this;
    const head = pos === this.numbersEnd ? numbersAt + 1 - start : 0;
    const slot = slots.find(kind === 3, bytes, field, start, pos, head);
    if (last >= 0) slots.follows(last, slot);
    this.last = slot;
    return slot;
  }

  /** Notes the fields of a pose and returns how many numbers it has, 3 or 4; 0 if it is no pose. */
  private poseFields(): number {
    const { bytes } = this;
    const head = bytes[this.pos]!;
    if (head !== 0x84 && head !== 0x83) return 0;
    this.pos++;
    const f = this.field;
    f.type = f.name = -1;
    f.owner = this.pos;
    f.ownerLength = 0;
    let count = 0;
    for (let i = head & 0x0f; i > 0; i--) {
      if (!this.text()) return 0;
      const at = this.textStart;
      switch (this.textLength) {
        case 4:
          if (this.matches(at, KEYS.type)) {
            if (!this.text()) return 0;
            f.type = this.textStart;
            f.typeLength = this.textLength;
          } else if (this.matches(at, KEYS.name)) {
            if (!this.text() || this.textLength > MAX_NAME_BYTES) return 0;
            f.name = this.textStart;
            f.nameLength = this.textLength;
          } else if (this.matches(at, KEYS.wxyz)) {
            count = this.checkNumbers(4);
            if (count === 0) return 0;
          } else return 0;
          break;
        case 5:
          if (!this.matches(at, KEYS.owner) || !this.text() || this.textLength > MAX_NAME_BYTES) {
            return 0;
          }
          f.owner = this.textStart;
          f.ownerLength = this.textLength;
          break;
        case 8:
          if (!this.matches(at, KEYS.position)) return 0;
          count = this.checkNumbers(3);
          if (count === 0) return 0;
          break;
        default:
          return 0;
      }
    }
    if (f.type < 0 || f.name < 0) return 0;
    // The root belongs to nobody.
    if (f.nameLength === 0) f.ownerLength = 0;
    const type = count === 3 ? TYPE_POSITION : TYPE_ORIENTATION;
    if (count === 0 || f.typeLength !== type.length || !this.matches(f.type, type)) return 0;
    return count;
  }

  /** A list of so many numbers; returns how many, 0 if it is something else. */
  private checkNumbers(count: 3 | 4): number {
    this.numbersAt = this.pos;
    if (this.bytes[this.pos] !== (0x90 | count)) return 0;
    this.pos++;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const x = this.number();
      squares += x * x;
    }
    // What has no effect must not replace what came before.
    if (!Number.isFinite(squares) || (count === 4 && squares < MIN_SQUARES)) return 0;
    this.numbersEnd = this.pos;
    return this.pos <= this.bytes.length ? count : 0;
  }

  private matches(at: number, word: Uint8Array): boolean {
    const { bytes } = this;
    for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
    return true;
  }

  /** A text of up to 64 KiB: notes its place. */
  private text(): boolean {
    const { bytes } = this;
    const head = bytes[this.pos]!;
    let length: number;
    let start = this.pos + 1;
    if (head >= 0xa0 && head < 0xc0) length = head & 0x1f;
    else if (head === 0xd9 && start + 1 <= bytes.length) length = bytes[start++]!;
    else if (head === 0xda && start + 2 <= bytes.length) {
      length = this.view.getUint16(start);
      start += 2;
    } else return false;
    if (start + length > bytes.length) return false;
    this.textStart = start;
    this.textLength = length;
    this.pos = start + length;
    return true;
  }

  /** Any number; NaN for something else, which is passed over. */
  private number(): number {
    const { bytes, view } = this;
    const at = this.pos;
    const head = bytes[at]!;
    const width = NUMBER_BYTES[head]!;
    if (width === 0 || at + width > bytes.length) {
      this.skip();
      return Number.NaN;
    }
    this.pos = at + width;
    switch (head) {
      case 0xca:
        return view.getFloat32(at + 1);
      case 0xcb:
        return view.getFloat64(at + 1);
      case 0xcc:
        return bytes[at + 1]!;
      case 0xcd:
        return view.getUint16(at + 1);
      case 0xce:
        return view.getUint32(at + 1);
      case 0xcf:
        return Number(view.getBigUint64(at + 1));
      case 0xd0:
        return view.getInt8(at + 1);
      case 0xd1:
        return view.getInt16(at + 1);
      case 0xd2:
        return view.getInt32(at + 1);
      case 0xd3:
        return Number(view.getBigInt64(at + 1));
      default:
        return head < 0x80 ? head : head - 256;
    }
  }

  /** Passes over any value. */
  skip(): void {
    const end = skipValue(this.bytes, this.view, this.pos);
    if (end < 0) this.fail();
    else this.pos = end;
  }

  private fail(): number {
    this.failed = true;
    return Number.NaN;
  }
}

/** Sizes of numbers by their first byte, that one included; 0: no number. */
const NUMBER_BYTES = new Uint8Array(256);
for (let i = 0; i < 0x80; i++) NUMBER_BYTES[i] = 1;
for (let i = 0xe0; i < 0x100; i++) NUMBER_BYTES[i] = 1;
for (const [i, n] of [
  [0xca, 5],
  [0xcb, 9],
  [0xcc, 2],
  [0xcd, 3],
  [0xce, 5],
  [0xcf, 9],
  [0xd0, 2],
  [0xd1, 3],
  [0xd2, 5],
  [0xd3, 9],
]) {
  NUMBER_BYTES[i!] = n!;
}

/**
 * Sizes of values by their first byte, that one included; 0: the size is in the value. Containers count as their
 * heads alone.
 */
const FIXED_BYTES = new Uint8Array(256);
FIXED_BYTES.set(NUMBER_BYTES);
for (let i = 0x80; i < 0xa0; i++) FIXED_BYTES[i] = 1;
for (let i = 0xa0; i < 0xc0; i++) FIXED_BYTES[i] = 1 + (i & 0x1f);
for (const i of [0xc0, 0xc2, 0xc3]) FIXED_BYTES[i] = 1;
for (let i = 0; i < 5; i++) FIXED_BYTES[0xd4 + i] = 2 + (1 << i);

/** Where the value at `pos` ends; -1 if it does not end in the bytes, or is none. */
export function skipValue(bytes: Uint8Array, view: DataView, pos: number): number {
  const end = bytes.length;
  let at = pos;
  for (let left = 1; left > 0; left--) {
    if (at >= end) return -1;
    const head = bytes[at]!;
    const fixed = FIXED_BYTES[head]!;
    if (fixed > 0) {
      at += fixed;
      if (head >= 0x80 && head < 0x90) left += 2 * (head & 0x0f);
      else if (head >= 0x90 && head < 0xa0) left += head & 0x0f;
      continue;
    }
    const width = LENGTH_BYTES[head]!;
    if (width === 0 || at + 1 + width > end) return -1;
    const n =
      width === 1 ? bytes[at + 1]! : width === 2 ? view.getUint16(at + 1) : view.getUint32(at + 1);
    at += 1 + width;
    if (head === 0xdc || head === 0xdd) left += n;
    else if (head === 0xde || head === 0xdf) left += 2 * n;
    else at += head >= 0xc7 && head <= 0xc9 ? n + 1 : n;
    // Each value has at least one byte.
    if (left - 1 > end - at) return -1;
  }
  return at <= end ? at : -1;
}

/** Sizes of lengths by the first byte of a value; 0: it has none. */
const LENGTH_BYTES = new Uint8Array(256);
for (const [i, n] of [
  [0xc4, 1],
  [0xc5, 2],
  [0xc6, 4],
  [0xc7, 1],
  [0xc8, 2],
  [0xc9, 4],
  [0xd9, 1],
  [0xda, 2],
  [0xdb, 4],
  [0xdc, 2],
  [0xdd, 4],
  [0xde, 2],
  [0xdf, 4],
]) {
  LENGTH_BYTES[i!] = n!;
}
