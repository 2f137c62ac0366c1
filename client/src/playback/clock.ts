/** The time of a recording that plays. */
export class Clock {
  private base = 0;
  private since = 0;
  private running = false;
  private rate = 1;

  /** `now` is in milliseconds. */
  constructor(private readonly now: () => number) {}

  get time(): number {
    if (!this.running) return this.base;
    return this.base + ((this.now() - this.since) / 1000) * this.rate;
  }

  set time(time: number) {
    this.base = time;
    this.since = this.now();
  }

  get speed(): number {
    return this.rate;
  }

  set speed(speed: number) {
    this.time = this.time;
    this.rate = speed;
  }

  start(): void {
    if (!this.running) this.since = this.now();
    this.running = true;
  }

  stop(): void {
    this.base = this.time;
    this.running = false;
  }
}
