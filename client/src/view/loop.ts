/**
 * Draws a frame when somebody asked for one, and none otherwise: an idle page costs nothing. A hidden page
 * draws nothing either, since browsers call no animation frames there.
 */
export class FrameLoop {
  private handle: number | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private stopped = false;
  private readonly beforeFrame: (() => void)[] = [];

  /** `draw` gets the seconds since the last frame, if that was just now, else those of one frame. */
  constructor(
    private readonly draw: (seconds: number) => void,
    private readonly raf: (cb: (ms: number) => void) => number = (cb) => requestAnimationFrame(cb),
    private readonly cancel: (handle: number) => void = (h) => cancelAnimationFrame(h),
  ) {}

  request(): void {
    if (this.handle !== null || this.stopped) return;
    this.handle = this.raf((ms) => {
      this.handle = null;
      const since = (ms - this.last) / 1000;
      this.last = ms;
      for (const cb of this.beforeFrame.splice(0)) cb();
      this.draw(since > 0 && since < 0.1 ? since : 1 / 60);
    });
  }

  /** Calls cb once, before the next frame, which it asks for. */
  once(cb: () => void): void {
    this.beforeFrame.push(cb);
    this.request();
  }

  dispose(): void {
    this.stopped = true;
    if (this.handle !== null) this.cancel(this.handle);
    this.handle = null;
    this.beforeFrame.length = 0;
  }
}

/** Calls a function at once, but not more often than every `ms`; the last wish is always fulfilled. */
export class Throttle {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private wanted = false;

  constructor(
    private readonly ms: number,
    private readonly fn: () => void,
  ) {}

  call(): void {
    if (this.timer !== null) {
      this.wanted = true;
      return;
    }
    this.run();
  }

  /** At once, whatever was before. */
  now(): void {
    this.stop();
    this.run();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wanted = false;
  }

  private run(): void {
    this.wanted = false;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.wanted) this.run();
    }, this.ms);
    this.fn();
  }
}
