/**
 * Numbers the values that the page's user sets for each widget, and notes which of them the server has received. A
 * value from the server that arrives before the newest of them is confirmed was set before it, and is replaced by it.
 */
export class Revisions {
  private readonly counts = new Map<string, { sent: number; confirmed: number }>();

  /** The number of a value that is being sent. */
  next(uuid: string): number {
    const count = this.counts.get(uuid) ?? { sent: 0, confirmed: 0 };
    this.counts.set(uuid, count);
    return ++count.sent;
  }

  confirm(uuid: string, revision: number): void {
    const count = this.counts.get(uuid);
    if (count && revision <= count.sent) count.confirmed = Math.max(count.confirmed, revision);
  }

  /** True while the server has not confirmed the newest value. */
  pending(uuid: string): boolean {
    const count = this.counts.get(uuid);
    return count !== undefined && count.confirmed < count.sent;
  }

  forget(uuid: string): void {
    this.counts.delete(uuid);
  }

  /** Another session begins: it confirms nothing of the last one. */
  reset(): void {
    for (const count of this.counts.values()) count.confirmed = count.sent;
  }
}
