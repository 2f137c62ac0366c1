/** A stack of clean-up functions: dispose() calls each once, the last added first. */
export class Disposables {
  private readonly stack: (() => void)[] = [];

  /** Adds a clean-up function, such as subscribe() returns. */
  add(undo: () => void): void {
    this.stack.push(undo);
  }

  /** Adds an object, and returns it. */
  use<T extends { dispose(): void }>(owned: T): T {
    this.stack.push(() => owned.dispose());
    return owned;
  }

  /** Adds an event listener. */
  listen<E extends Event>(
    target: EventTarget,
    type: string,
    listener: (event: E) => void,
    options: AddEventListenerOptions = {},
  ): void {
    target.addEventListener(type, listener as EventListener, options);
    this.stack.push(() => target.removeEventListener(type, listener as EventListener, options));
  }

  /** A function that throws is reported and does not stop the others. */
  dispose(): void {
    for (let undo = this.stack.pop(); undo; undo = this.stack.pop()) {
      try {
        undo();
      } catch (e) {
        console.error("viser: could not dispose of a part of the page:", e);
      }
    }
  }
}
