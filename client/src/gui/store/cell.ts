import type { Observable } from "../../app/contract";

/** One value that can be watched: the smallest store that React's useSyncExternalStore can read. */
export class Cell<T> implements Observable<T> {
  #value: T;
  readonly #watchers = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const watcher of [...this.#watchers]) watcher(value);
  }

  update(change: (value: T) => T): void {
    this.set(change(this.#value));
  }

  readonly subscribe = (cb: (value: T) => void): (() => void) => {
    this.#watchers.add(cb);
    return () => this.#watchers.delete(cb);
  };
}
