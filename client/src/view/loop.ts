/** A movement goes on where it was after a frame that took longer (seconds), instead of leaping. */
const LONGEST = 0.1;

/**
 * Draws a frame when somebody asked for one, and none otherwise: an idle page costs nothing. A hidden page
 * draws nothing either, since browsers call no animation frames there.
 */
export class FrameLoop {
  private handle: number | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private stopped = false;
  /** Whether the frame under way was asked for by the one before it. */
  private goesOn = false;
  private drawing = false;
  private readonly beforeFrame: (() => void)[] = [];

  /** `draw` gets the seconds since the last frame if that one asked for it, else those of one frame. */
  constructor(
    private readonly draw: (seconds: number) => void,
    private readonly raf: (cb: (ms: number) => void) => number = (cb) => requestAnimationFrame(cb),
    private readonly cancel: (handle: number) => void = (h) => cancelAnimationFrame(h),
  ) {}

  request(): void {
    if (this.drawing) this.goesOn = true;
    if (this.handle !== null || this.stopped) return;
    this.handle = this.raf((ms) => this.frame(ms));
  }

  /** Calls cb once, before the next frame, which it asks for. */
  once(cb: () => void): void {
    this.beforeFrame.push(cb);
    this.request();
  }

  private frame(ms: number): void {
    this.handle = null;
    const since = (ms - this.last) / 1000;
    const seconds = this.goesOn ? Math.min(Math.max(since, 0), LONGEST) : 1 / 60;
    this.last = ms;
    this.goesOn = false;
    this.drawing = true;
    try {
      for (const cb of this.beforeFrame.splice(0)) cb();
      this.draw(seconds);
    } finally {
      this.drawing = false;
    }
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
