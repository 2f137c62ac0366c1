/**
 * The entries of a chunk, [time, message] each, found without building them. Most entries of a large recording are
 * poses that later ones of the same chunk replace: of each, only its place and its node are noted, and the numbers are
 * read from the bytes when the pose is the last one.
 */
import { Decoder } from "@msgpack/msgpack";
import { FrameError } from "../protocol/errors";
import { checkMsgpack } from "../protocol/msgpackCheck";
import { nodeKey, type State } from "./fold";
import type { Message } from "./message";

/** A pose of a node: what entries of the same slot set. */
export interface Slot {
  /** Otherwise it is the orientation. */
  readonly position: boolean;
  readonly key: string;
}

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
  make: MakeMessage;
  /** Messages in the same bytes, in order. */
  extras?: readonly Extra[];
  /** Entries that are not for this page. */
  left?: ReadonlySet<number>;
}

const MESSAGE = -1;
const MAX_NAME_BYTES = 4096;
/** Well above the length that an orientation must have: others are looked at more closely. */
const MIN_SQUARES = 1e-12;

export class Entries {
  count = 0;
  /** Never descending. */
  readonly times: Float64Array;
  /** Index in `slots`; -1: another message. */
  readonly slotOf: Int32Array;
  readonly slots: readonly Slot[];
  /** Entries whose time was no number, or earlier than the one before. */
  wrongTimes = 0;
  /** Entries that should be there, and are not. */
  readonly missing: number;
  /** Where the last entry ends. */
  readonly end: number;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly bytes: Uint8Array;
  private readonly make: MakeMessage;
  private last: number;

  constructor(o: EntriesOptions) {
    this.bytes = o.bytes;
    this.make = o.make;
    this.last = o.after;
    const extras = o.extras ?? [];
    // An entry has at least three bytes: a count that lies does not reserve more.
    const capacity = Math.min(o.count, Math.ceil((o.bytes.length - o.from) / 3)) + extras.length;
    this.times = new Float64Array(capacity);
    this.slotOf = new Int32Array(capacity);
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    const scan = new Scan(o.bytes, o.from);
    let next = 0;
    let i = 0;
    for (; i < o.count; i++) {
      while (next < extras.length && extras[next]!.position <= i) this.addExtra(extras[next++]!);
      const time = scan.entryTime();
      if (scan.failed) break;
      const start = scan.pos;
      const slot = scan.message();
      if (scan.failed) break;
      if (!o.left?.has(i)) this.add(time, slot, start, scan.pos);
    }
    this.missing = o.count - i;
    while (next < extras.length) this.addExtra(extras[next++]!);
    this.slots = scan.slots;
    this.end = scan.pos;
  }

  private add(time: number, slot: number, start: number, end: number): void {
    const i = this.count++;
    if (time >= this.last) this.last = time;
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
    return this.bytes.length + 20 * this.times.length + 100 * this.slots.length;
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

  /** Bytes of the message of an entry. */
  raw(i: number): Uint8Array {
    return this.bytes.subarray(this.starts[i]!, this.ends[i]!);
  }

  /** The message of an entry; null if it is malformed. */
  message(i: number): Message | null {
    return decodeMessage(this.raw(i), this.make);
  }

  /** The numbers of a pose. */
  pose(i: number): number[] {
    const scan = new Scan(this.bytes, this.starts[i]!);
    return scan.poseNumbers();
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
  const newest = new Int32Array(slots.length).fill(-1);
  const waiting: number[] = [];
  const flush = (): void => {
    for (const slot of waiting) {
      const { position, key } = slots[slot]!;
      const numbers = entries.pose(newest[slot]!);
      newest[slot] = -1;
      if (position) state.setPosition(key, numbers);
      else state.setWxyz(key, numbers);
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

const text = new TextDecoder();

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

/** Walks msgpack. A scan that has failed stays where it is. */
class Scan {
  failed = false;
  readonly slots: Slot[] = [];
  private readonly view: DataView;
  /** Places of the names of slots: start, length, owner's start, owner's length. */
  private readonly places: number[] = [];
  /** Slots by the hash of their names; -1: free. */
  private table = new Int32Array(64).fill(-1);
  /** The slot after each one, when it was last seen: nodes move in the same order again and again. */
  private next: number[] = [];
  private last = -1;

  // Of the message read last.
  private textStart = 0;
  private textLength = 0;
  private numbersAt = 0;
  private readonly field = { type: 0, typeLength: 0, name: 0, nameLength: 0, owner: 0 };
  private ownerLength = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public pos: number,
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
    const slot = this.poseSlot();
    if (slot !== MESSAGE) return slot;
    this.pos = start;
    this.skip();
    return MESSAGE;
  }

  poseNumbers(): number[] {
    this.poseFields();
    this.pos = this.numbersAt;
    const count = this.bytes[this.pos++]! & 0x0f;
    const numbers: number[] = [];
    for (let i = 0; i < count; i++) numbers.push(this.number());
    return numbers;
  }

  private poseSlot(): number {
    const kind = this.poseFields();
    if (kind === 0) return MESSAGE;
    const { name, nameLength, owner } = this.field;
    const position = kind === 3;
    const guess = this.last >= 0 ? this.next[this.last]! : -1;
    let slot = guess;
    if (guess < 0 || !this.isSlot(guess, position, name, nameLength, owner)) {
      slot = this.find(position, name, nameLength, owner);
      if (this.last >= 0) this.next[this.last] = slot;
    }
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
    f.owner = 0;
    this.ownerLength = 0;
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
            count = this.numbers(4);
            if (count === 0) return 0;
          } else return 0;
          break;
        case 5:
          if (!this.matches(at, KEYS.owner) || !this.text()) return 0;
          f.owner = this.textStart;
          this.ownerLength = this.textLength;
          break;
        case 8:
          if (!this.matches(at, KEYS.position)) return 0;
          count = this.numbers(3);
          if (count === 0) return 0;
          break;
        default:
          return 0;
      }
    }
    if (f.type < 0 || f.name < 0) return 0;
    const type = count === 3 ? TYPE_POSITION : TYPE_ORIENTATION;
    if (count === 0 || f.typeLength !== type.length || !this.matches(f.type, type)) return 0;
    return count;
  }

  /** A list of so many numbers; returns how many, 0 if it is something else. */
  private numbers(count: 3 | 4): number {
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

  private find(position: boolean, name: number, nameLength: number, owner: number): number {
    const { bytes } = this;
    const mask = this.table.length - 1;
    let at = hashOf(bytes, name, nameLength, owner, this.ownerLength) & mask;
    for (; this.table[at] !== -1; at = (at + 1) & mask) {
      const slot = this.table[at]!;
      if (this.isSlot(slot, position, name, nameLength, owner)) return slot;
    }
    return this.add(at, position, name, nameLength, owner);
  }

  private add(
    at: number,
    position: boolean,
    name: number,
    nameLength: number,
    owner: number,
  ): number {
    const slot = this.slots.length;
    const { bytes } = this;
    this.places.push(name, nameLength, owner, this.ownerLength);
    const nameText = text.decode(bytes.subarray(name, name + nameLength));
    const ownerText = text.decode(bytes.subarray(owner, owner + this.ownerLength));
    this.slots.push({ position, key: nodeKey(ownerText, nameText) });
    this.next.push(-1);
    this.table[at] = slot;
    if (this.slots.length * 2 > this.table.length) this.grow();
    return slot;
  }

  private grow(): void {
    const { bytes, places } = this;
    const table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let slot = 0; slot < this.slots.length; slot++) {
      const p = 4 * slot;
      let at = hashOf(bytes, places[p]!, places[p + 1]!, places[p + 2]!, places[p + 3]!) & mask;
      while (table[at] !== -1) at = (at + 1) & mask;
      table[at] = slot;
    }
    this.table = table;
  }

  private isSlot(
    slot: number,
    position: boolean,
    name: number,
    nameLength: number,
    owner: number,
  ): boolean {
    const { bytes, places } = this;
    const p = 4 * slot;
    if (places[p + 1] !== nameLength || places[p + 3] !== this.ownerLength) return false;
    if (this.slots[slot]!.position !== position) return false;
    const at = places[p]!;
    for (let i = nameLength - 1; i >= 0; i--) if (bytes[at + i] !== bytes[name + i]) return false;
    const ownerAt = places[p + 2]!;
    for (let i = 0; i < this.ownerLength; i++)
      if (bytes[ownerAt + i] !== bytes[owner + i]) return false;
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

function hashOf(
  bytes: Uint8Array,
  name: number,
  nameLength: number,
  owner: number,
  ownerLength: number,
): number {
  let hash = ownerLength;
  for (let i = name; i < name + nameLength; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  for (let i = owner; i < owner + ownerLength; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
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
