import type { Observable } from "./contract";

/** An observable that its owner sets. */
export class Value<T> implements Observable<T> {
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener(value);
  }

  subscribe(cb: (value: T) => void): () => void {
    // A wrapper each, so that one function can be subscribed twice and leave once.
    const listener = (value: T): void => cb(value);
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
