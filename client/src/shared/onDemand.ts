/** A part of the page that few pages need: its code is loaded, and it is made, when it is first used. */
export class OnDemand<T extends { dispose(): void }> {
  private loading: Promise<T> | null = null;
  private made: T | null = null;
  private disposed = false;

  constructor(private readonly make: () => Promise<T>) {}

  /** The part, if it was used. */
  get now(): T | null {
    return this.made;
  }

  /** Rejects if its code can't be loaded; it may work the next time. */
  get(): Promise<T> {
    this.loading ??= this.make().then(
      (made) => {
        this.made = made;
        if (this.disposed) made.dispose();
        return made;
      },
      (e: unknown) => {
        this.loading = null;
        throw e;
      },
    );
    return this.loading;
  }

  dispose(): void {
    this.disposed = true;
    this.made?.dispose();
  }
}
