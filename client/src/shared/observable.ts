export interface Observable<T> {
  get(): T;
  /** Calls `listener` at each change, not at once; returns the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void;
}

/** A value that its owner sets and others observe; React reads it with useSyncExternalStore. */
export class Cell<T> implements Observable<T> {
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener(value);
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value));
  }

  readonly subscribe = (listener: (value: T) => void): (() => void) => {
    // A wrapper per subscription, so that one function can be subscribed twice independently.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return () => {
      this.listeners.delete(own);
    };
  };
}
