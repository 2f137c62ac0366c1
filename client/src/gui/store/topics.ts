/** Schedules one call of a function; returns a function that cancels it. */
export type Schedule = (run: () => void) => () => void;

/**
 * Before the next animation frame. A page in the background gets none, so a timer is used too: the panel must be up
 * to date when the user returns.
 */
export const beforeNextFrame: Schedule = (run) => {
  let done = false;
  const once = () => {
    if (done) return;
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 100);
  const cancel = () => {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  return cancel;
};

/**
 * Subscriptions by topic. Changes are collected and notified once per frame, however many messages were received, so
 * that a thousand updates of one slider rerender it once.
 */
export class Topics {
  private readonly watchers = new Map<string, Set<() => void>>();
  private readonly dirty = new Set<string>();
  private readonly schedule: Schedule;
  private cancel: (() => void) | null = null;

  constructor(schedule: Schedule) {
    this.schedule = schedule;
  }

  subscribe(topic: string, cb: () => void): () => void {
    let watchers = this.watchers.get(topic);
    if (!watchers) {
      watchers = new Set();
      this.watchers.set(topic, watchers);
    }
    watchers.add(cb);
    return () => {
      watchers.delete(cb);
      if (watchers.size === 0 && this.watchers.get(topic) === watchers) this.watchers.delete(topic);
    };
  }

  /** Notifies the topic's subscribers before the next frame. */
  touch(topic: string): void {
    if (!this.watchers.has(topic)) return;
    this.dirty.add(topic);
    this.cancel ??= this.schedule(() => this.flush());
  }

  /** Notifies the topic's subscribers now: user input must show without a frame's delay. */
  touchNow(topic: string): void {
    this.dirty.delete(topic);
    this.notify(topic);
  }

  flush(): void {
    this.cancel?.();
    this.cancel = null;
    const topics = [...this.dirty];
    this.dirty.clear();
    for (const topic of topics) this.notify(topic);
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = null;
    this.dirty.clear();
    this.watchers.clear();
  }

  private notify(topic: string): void {
    for (const cb of [...(this.watchers.get(topic) ?? [])]) cb();
  }
}
