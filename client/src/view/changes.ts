/**
 * Changes of the scene. They are made at once, except while a picture is drawn: all of its passes and tiles
 * must show one state, so changes wait until it is done.
 */
export class Changes {
  private waiting: (() => void)[] | null = null;
  private frameWaits = false;
  private disposed = false;

  constructor(private readonly requestFrame: () => void) {}

  /** Draws a frame, except while changes wait: then one is requested afterwards. */
  frame(draw: () => void): void {
    if (this.waiting) this.frameWaits = true;
    else draw();
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
      if (this.frameWaits) this.requestFrame();
      this.frameWaits = false;
    };
  }

  /** Waiting changes are dropped. */
  dispose(): void {
    this.disposed = true;
  }
}
