/** Runs a function soon, once; returns how to call it off. */
export type Schedule = (run: () => void) => () => void;

/**
 * Before the next picture. A page in the background gets no animation frames, so a timer stands in: the
 * panel must be right when the user comes back.
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
 * Who wants to know about what. Changes are collected and told once per frame, however many messages
 * arrived, so that a burst of a thousand updates of one slider redraws it once.
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

  /** Tells the topic's watchers before the next frame. */
  touch(topic: string): void {
    if (!this.watchers.has(topic)) return;
    this.dirty.add(topic);
    this.cancel ??= this.schedule(() => this.flush());
  }

  /** Tells the topic's watchers now: what the user does must show without a frame's delay. */
  touchNow(topic: string): void {
    this.dirty.delete(topic);
    this.tell(topic);
  }

  flush(): void {
    this.cancel?.();
    this.cancel = null;
    const topics = [...this.dirty];
    this.dirty.clear();
    for (const topic of topics) this.tell(topic);
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = null;
    this.dirty.clear();
    this.watchers.clear();
  }

  private tell(topic: string): void {
    for (const cb of [...(this.watchers.get(topic) ?? [])]) cb();
  }
}
