/**
 * The poses that a recording sets: of which node, and whether its position or its orientation. Nodes move in the same
 * order again and again, with the same bytes before the numbers: those are kept, so that most poses are recognized by
 * comparing them.
 */
import { nodeKey } from "./fold";

/** What entries of the same slot set. */
export interface Slot {
  /** Otherwise it is the orientation. */
  readonly position: boolean;
  readonly key: string;
}

/** Where the name and the owner of a pose are. */
export interface NamePlaces {
  readonly name: number;
  readonly nameLength: number;
  readonly owner: number;
  readonly ownerLength: number;
}

const text = new TextDecoder();
/** A recording that has more is not remembered as a whole. */
const MAX_SLOTS = 100_000;

export class Slots {
  readonly all: Slot[] = [];
  /** Messages in which slots were seen first. */
  private bytes = new Uint8Array(4096);
  private view = new DataView(this.bytes.buffer);
  private used = 0;
  /** Of each slot: the start, length, owner's start and owner's length of its name. */
  private readonly places: number[] = [];
  /** Where the message of each slot begins. */
  private readonly starts: number[] = [];
  /** What stands before its numbers, with the head of their list; 0: something follows them. */
  private readonly heads: number[] = [];
  /** By the hash of their names; -1: free. */
  private table = new Int32Array(64).fill(-1);
  /** The slot after each one, when it was last seen. */
  private readonly next: number[] = [];
  private numbers = new Int32Array(0);

  get full(): boolean {
    return this.all.length >= MAX_SLOTS;
  }

  /** A number for each slot, all of which are -1, and are to be again when the caller is done. */
  unset(): Int32Array {
    if (this.numbers.length < this.all.length) {
      this.numbers = new Int32Array(2 * this.all.length).fill(-1);
    }
    return this.numbers;
  }

  /** The slot that came after this one; -1: none yet. */
  after(slot: number): number {
    return this.next[slot]!;
  }

  follows(slot: number, next: number): void {
    this.next[slot] = next;
  }

  /** If the message at `at` begins as that of a slot: the length of what is before its numbers, and the head of those. */
  headAt(slot: number, bytes: Uint8Array, view: DataView, at: number): number {
    const length = this.heads[slot]!;
    if (length === 0 || at + length > bytes.length) return 0;
    const own = this.starts[slot]!;
    let i = length - 4;
    // From the end: names differ there.
    for (; i >= 0; i -= 4) {
      if (view.getInt32(at + i) !== this.view.getInt32(own + i)) return 0;
    }
    for (i += 3; i >= 0; i--) if (bytes[at + i] !== this.bytes[own + i]) return 0;
    return length;
  }

  /** The slot of a message from `start` to `end`. `head` is as headAt returns it; 0 if something follows the numbers. */
  find(
    position: boolean,
    bytes: Uint8Array,
    names: NamePlaces,
    start: number,
    end: number,
    head: number,
  ): number {
    const mask = this.table.length - 1;
    let at = hashOf(bytes, names) & mask;
    for (; this.table[at] !== -1; at = (at + 1) & mask) {
      const slot = this.table[at]!;
      if (this.isSlot(slot, position, bytes, names)) return slot;
    }
    const slot = this.add(position, bytes, names, start, end, head);
    this.table[at] = slot;
    if (this.all.length * 2 > this.table.length) this.grow();
    return slot;
  }

  private isSlot(slot: number, position: boolean, bytes: Uint8Array, names: NamePlaces): boolean {
    const { places } = this;
    const p = 4 * slot;
    return (
      this.all[slot]!.position === position &&
      places[p + 1] === names.nameLength &&
      places[p + 3] === names.ownerLength &&
      this.equals(places[p]!, bytes, names.name, names.nameLength) &&
      this.equals(places[p + 2]!, bytes, names.owner, names.ownerLength)
    );
  }

  private equals(own: number, bytes: Uint8Array, at: number, length: number): boolean {
    for (let i = length - 1; i >= 0; i--) if (this.bytes[own + i] !== bytes[at + i]) return false;
    return true;
  }

  private add(
    position: boolean,
    bytes: Uint8Array,
    names: NamePlaces,
    start: number,
    end: number,
    head: number,
  ): number {
    const slot = this.all.length;
    const { name, nameLength, owner, ownerLength } = names;
    const nameText = text.decode(bytes.subarray(name, name + nameLength));
    const ownerText = text.decode(bytes.subarray(owner, owner + ownerLength));
    this.all.push({ position, key: nodeKey(ownerText, nameText) });
    this.next.push(-1);
    const own = this.keep(bytes.subarray(start, end));
    this.starts.push(own);
    this.heads.push(head);
    this.places.push(own + name - start, nameLength, own + owner - start, ownerLength);
    return slot;
  }

  /** Copies bytes, and returns where they are. */
  private keep(bytes: Uint8Array): number {
    const at = this.used;
    this.used += bytes.length;
    if (this.used > this.bytes.length) {
      const larger = new Uint8Array(2 * this.used);
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.bytes.set(bytes, at);
    return at;
  }

  private grow(): void {
    const table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let slot = 0; slot < this.all.length; slot++) {
      const [name, nameLength, owner, ownerLength] = this.places.slice(4 * slot, 4 * slot + 4) as [
        number,
        number,
        number,
        number,
      ];
      let at = hashOf(this.bytes, { name, nameLength, owner, ownerLength }) & mask;
      while (table[at] !== -1) at = (at + 1) & mask;
      table[at] = slot;
    }
    this.table = table;
  }
}

function hashOf(bytes: Uint8Array, { name, nameLength, owner, ownerLength }: NamePlaces): number {
  let hash = ownerLength;
  for (let i = name; i < name + nameLength; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  for (let i = owner; i < owner + ownerLength; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}
