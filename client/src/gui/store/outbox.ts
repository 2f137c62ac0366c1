/** Minimum time between two sends of one widget's value, in milliseconds. */
export const SEND_INTERVAL_MS = 50;

interface Slot {
  sentAt: number;
  timer: ReturnType<typeof setTimeout> | null;
  pending: { value: unknown } | null;
}

/**
 * Sends values of widgets at most every 50 ms each: the first at once, the last always. While there is no
 * connection the newest value of each widget waits; see pause() and resume().
 */
export class Outbox {
  private readonly slots = new Map<string, Slot>();
  private readonly send: (uuid: string, value: unknown) => void;
  private held = false;

  constructor(send: (uuid: string, value: unknown) => void) {
    this.send = send;
  }

  push(uuid: string, value: unknown): void {
    const slot = this.slot(uuid);
    slot.pending = { value };
    if (this.held || slot.timer !== null) return;
    const wait = slot.sentAt + SEND_INTERVAL_MS - performance.now();
    if (wait <= 0) this.deliver(uuid, slot);
    else slot.timer = setTimeout(() => this.deliver(uuid, slot), wait);
  }

  /** Sends a pending value at once. */
  flush(uuid: string): void {
    const slot = this.slots.get(uuid);
    if (slot?.pending && !this.held) this.deliver(uuid, slot);
  }

  flushAll(): void {
    for (const uuid of [...this.slots.keys()]) this.flush(uuid);
  }

  /** True while the widget's newest value has not been sent. */
  waiting(uuid: string): boolean {
    return this.slots.get(uuid)?.pending != null;
  }

  /** Stops sending; values are kept. */
  pause(): void {
    this.held = true;
    for (const slot of this.slots.values()) stop(slot);
  }

  /** Sends the kept values, and resumes sending. */
  resume(): void {
    this.held = false;
    this.flushAll();
  }

  forget(uuid: string): void {
    const slot = this.slots.get(uuid);
    if (!slot) return;
    stop(slot);
    this.slots.delete(uuid);
  }

  dispose(): void {
    for (const uuid of [...this.slots.keys()]) this.forget(uuid);
  }

  private slot(uuid: string): Slot {
    let slot = this.slots.get(uuid);
    if (!slot) {
      slot = { sentAt: Number.NEGATIVE_INFINITY, timer: null, pending: null };
      this.slots.set(uuid, slot);
    }
    return slot;
  }

  private deliver(uuid: string, slot: Slot): void {
    stop(slot);
    const pending = slot.pending;
    if (!pending) return;
    slot.pending = null;
    slot.sentAt = performance.now();
    this.send(uuid, pending.value);
  }
}

function stop(slot: Slot): void {
  if (slot.timer !== null) clearTimeout(slot.timer);
  slot.timer = null;
}
