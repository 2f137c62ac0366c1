/** Longest time step in seconds: after a longer frame, a movement continues instead of jumping. */
const MAX_STEP = 0.1;

/**
 * Draws frames on request only: an idle page costs nothing. A hidden page draws nothing either, since browsers
 * call no animation frames there.
 */
export class FrameLoop {
  private handle: number | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private stopped = false;
  /** Whether the next frame was requested by the one before it. */
  private continuous = false;
  private drawing = false;

  /** `draw` gets the seconds since the last frame if that one requested it, else 1/60. */
  constructor(
    private readonly draw: (seconds: number) => void,
    private readonly raf: (cb: (ms: number) => void) => number = (cb) => requestAnimationFrame(cb),
    private readonly cancel: (handle: number) => void = (h) => cancelAnimationFrame(h),
  ) {}

  request(): void {
    if (this.drawing) this.continuous = true;
    if (this.handle !== null || this.stopped) return;
    this.handle = this.raf((ms) => this.frame(ms));
  }

  private frame(ms: number): void {
    this.handle = null;
    const since = (ms - this.last) / 1000;
    const seconds = this.continuous ? Math.min(Math.max(since, 0), MAX_STEP) : 1 / 60;
    this.last = ms;
    this.continuous = false;
    this.drawing = true;
    try {
      this.draw(seconds);
    } finally {
      this.drawing = false;
    }
  }

  dispose(): void {
    this.stopped = true;
    if (this.handle !== null) this.cancel(this.handle);
    this.handle = null;
  }
}

/** Calls a function at once, but at most once per `ms`; the last call in an interval is made at its end. */
export class Throttle {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private pending = false;

  constructor(
    private readonly ms: number,
    private readonly fn: () => void,
  ) {}

  call(): void {
    if (this.timer !== null) {
      this.pending = true;
      return;
    }
    this.run();
  }

  /** At once, even within the interval. */
  now(): void {
    this.stop();
    this.run();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.pending = false;
  }

  private run(): void {
    this.pending = false;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.pending) this.run();
    }, this.ms);
    this.fn();
  }
}
