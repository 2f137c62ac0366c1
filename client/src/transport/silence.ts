/** After such a silence the server is asked for a sign of life. */
export const SILENCE_MS = 20_000;
/** The same while the server should have confirmed a message. */
export const SILENCE_AFTER_MESSAGE_MS = 5_000;
export const PONG_TIMEOUT_MS = 5_000;

export interface SilenceOptions {
  /** The server has yet to confirm a message. */
  waiting: () => boolean;
  /** Asks the server to send something. */
  ask: () => void;
  /** There was no response. */
  onDead: () => void;
}

/**
 * Finds a dead connection, which a browser does not notice by itself: it asks the server for a sign of life after a
 * silence, and reports when there is none.
 */
export class SilenceWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastAt = 0;

  constructor(private readonly options: SilenceOptions) {}

  /** Something was received. */
  received(): void {
    this.lastAt = Date.now();
  }

  start(): void {
    this.watch(SILENCE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private watch(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), wait);
  }

  private check(): void {
    const silent = Date.now() - this.lastAt;
    const limit = this.options.waiting() ? SILENCE_AFTER_MESSAGE_MS : SILENCE_MS;
    if (silent < limit) {
      // Not as long as the limit: a message that is sent meanwhile shortens it.
      this.watch(Math.min(limit - silent, SILENCE_AFTER_MESSAGE_MS));
      return;
    }
    const before = this.lastAt;
    this.options.ask();
    this.timer = setTimeout(() => {
      if (this.lastAt !== before) this.watch(SILENCE_AFTER_MESSAGE_MS);
      else this.options.onDead();
    }, PONG_TIMEOUT_MS);
  }
}
