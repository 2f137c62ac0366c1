/**
 * Changes of the scene. They are made at once, except while a picture is drawn: all of its passes and tiles
 * must show one state, so changes wait until it is done.
 */
export class Changes {
  private waiting: (() => void)[] | null = null;
  private disposed = false;

  /** `released` is called after the waiting changes were made. */
  constructor(private readonly released: () => void) {}

  /** Whether changes wait now. No frame may be drawn then. */
  get held(): boolean {
    return this.waiting !== null;
  }

  make(change: () => void): void {
    if (this.waiting) this.waiting.push(change);
    else change();
  }

  /** Until the returned function is called, changes wait. */
  hold(): () => void {
    const waiting: (() => void)[] = [];
    this.waiting = waiting;
    return () => {
      if (this.waiting !== waiting) return;
      this.waiting = null;
      if (this.disposed) return;
      for (const change of waiting) change();
      this.released();
    };
  }

  /** Waiting changes are dropped. */
  dispose(): void {
    this.disposed = true;
  }
}
