/** Messages by their bytes: what is decoded again and again is decoded once, and is one object. */
import type { Message } from "./message";

/** Longer ones are rare. */
const MAX_MESSAGE_BYTES = 16 * 1024;
/** Of all messages that are kept; then it begins anew. */
const MAX_BYTES = 8 * 1024 * 1024;
/** What an object takes beside its bytes. */
const OBJECT_BYTES = 256;

interface Kept {
  readonly raw: Uint8Array;
  readonly message: Message;
  /** The one that was asked for after it. */
  next: Kept | null;
}

export class MessageCache {
  /** By the hash of their bytes; of two with the same the later one stays. */
  private readonly kept = new Map<number, Kept>();
  private bytes = 0;
  private last: Kept | null = null;

  get(raw: Uint8Array, decode: () => Message | null): Message | null {
    const { last } = this;
    const expected = last?.next;
    if (expected && equal(expected.raw, raw)) {
      this.last = expected;
      return expected.message;
    }
    if (raw.length > MAX_MESSAGE_BYTES) return decode();
    const found = this.find(raw) ?? this.add(raw, decode());
    if (last && found) last.next = found;
    this.last = found;
    return found?.message ?? null;
  }

  private find(raw: Uint8Array): Kept | null {
    const known = this.kept.get(hashOf(raw));
    return known && equal(known.raw, raw) ? known : null;
  }

  private add(raw: Uint8Array, message: Message | null): Kept | null {
    if (!message) return null;
    if (this.bytes > MAX_BYTES) {
      this.kept.clear();
      this.bytes = 0;
      this.last = null;
    }
    this.bytes += raw.length + OBJECT_BYTES;
    const kept: Kept = { raw: raw.slice(), message, next: null };
    this.kept.set(hashOf(raw), kept);
    return kept;
  }
}

function hashOf(bytes: Uint8Array): number {
  let hash = bytes.length;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
