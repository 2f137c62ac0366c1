/**
 * Plays a recording to a page: sends batches as a connection does, each of which the page acknowledges. All that is
 * asked of it is done one after another by one loop; of several times to go to only the newest counts.
 */
import { MAX_SPEED, MIN_SPEED, type TimelineState } from "../shared/timeline";
import type { Batch, PlaybackCommand } from "../transport/rpc";
import { Clock } from "./clock";
import { Delivery } from "./delivery";
import { type Difference, difference, differenceOf } from "./diff";
import { IndexError } from "./errors";
import { State } from "./fold";
import { type Cursor, History } from "./history";
import type { Recording } from "./recording";

export interface PlayerOptions {
  recording: Recording;
  playing: boolean;
  /** Where to begin, in seconds. */
  time: number;
  /** What has been set before. */
  speed: number;
  loop: boolean;
  /** All that is shown follows; what was there before is to go. */
  onOpen: () => void;
  /** Each must be acknowledged with applied(). */
  onBatch: (batch: Batch) => void;
  onState: (state: TimelineState) => void;
  /** The recording cannot be read any further. */
  onFailed: (error: unknown) => void;
  /** In milliseconds. */
  now: () => number;
}

/** Between frames, while it plays. */
const FRAME_MS = 1000 / 60;
/** Between reports, while it plays. */
const REPORT_MS = 100;
/** The page applies one batch while the next one is made. */
const MAX_IN_FLIGHT = 2;
/** What the page waits for without being told. */
const QUIET_MS = 120;
/** Chunks that are loaded before they are played, and the time that they are to suffice for. */
const AHEAD_CHUNKS = 8;
const AHEAD_SECONDS = 2;

interface Position {
  state: State;
  cursor: Cursor;
  time: number;
}

function nowhere(): Position {
  const cursor = { chunk: 0, entry: 0 };
  return { state: new State(), cursor, time: Number.NEGATIVE_INFINITY };
}

export class Player {
  private recording: Recording;
  private history: History;
  private readonly delivery = new Delivery();
  private readonly clock: Clock;
  /** What the page shows, or will when it has applied what is in flight. */
  private page = nowhere();
  /** A time to go to; null: none. */
  private wanted: number | null;
  /** Steps that are still to be taken from there. */
  private steps: (1 | -1)[] = [];
  private playing: boolean;
  private loop: boolean;
  private buffering = false;
  private visible = true;
  private inFlight = 0;
  private opened = false;
  private disposed = false;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private lastFrame = Number.NEGATIVE_INFINITY;
  private waiting: (() => void) | null = null;

  constructor(private readonly options: PlayerOptions) {
    this.recording = options.recording;
    this.history = new History(options.recording);
    this.clock = new Clock(options.now);
    this.clock.speed = options.speed;
    this.clock.time = this.inRange(options.time);
    this.loop = options.loop;
    this.playing = options.playing && options.recording.duration > 0;
    this.wanted = this.clock.time;
  }

  async run(): Promise<void> {
    while (!this.disposed) {
      try {
        await this.once();
      } catch (e) {
        if (e instanceof IndexError) await this.rescan();
        else this.fail(e);
      }
    }
  }

  command(command: PlaybackCommand): void {
    switch (command.do) {
      case "play":
        this.play();
        break;
      case "pause":
        this.pause();
        break;
      case "seek":
        this.steps = [];
        this.seek(command.time);
        break;
      case "speed":
        if (Number.isFinite(command.value)) {
          this.clock.speed = Math.min(Math.max(command.value, MIN_SPEED), MAX_SPEED);
        }
        break;
      case "loop":
        this.loop = command.on;
        break;
      case "step":
        this.pause();
        this.steps.push(command.direction);
        break;
    }
    this.report();
    this.wake();
  }

  /** The page has applied a batch. */
  applied(): void {
    if (this.inFlight > 0) this.inFlight--;
    this.wake();
  }

  /** Nothing is played for a page that is not visible. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (!visible) this.clock.stop();
    this.wake();
  }

  /** What a successor begins with. */
  get settings(): Pick<PlayerOptions, "time" | "speed" | "loop" | "playing"> {
    const { playing, loop } = this;
    return { time: this.wanted ?? this.clock.time, speed: this.clock.speed, loop, playing };
  }

  dispose(): void {
    this.disposed = true;
    this.wake();
  }

  private play(): void {
    if (this.recording.duration === 0) return;
    const at = this.wanted ?? this.clock.time;
    if (!this.playing && at >= this.recording.duration) this.seek(0);
    this.playing = true;
  }

  private pause(): void {
    this.playing = false;
    this.clock.stop();
    // What is shown, not what would be shown next.
    if (this.wanted === null) this.clock.time = this.inRange(this.page.time);
  }

  private seek(time: number): void {
    if (Number.isNaN(time)) return;
    this.wanted = this.inRange(time);
    this.clock.stop();
    this.clock.time = this.wanted;
  }

  private inRange(time: number): number {
    return Math.min(Math.max(time, 0), this.recording.duration);
  }

  // --- The loop.

  private async once(): Promise<void> {
    const [direction] = this.steps;
    // Steps that are made faster than the page can show them are only counted.
    if (direction) await this.step(direction);
    else if (this.wanted !== null) {
      // One in flight: a page that is slow would otherwise show a time that nobody wants any more.
      if (this.inFlight > 0) await this.woken();
      else await this.goTo(this.wanted);
    } else if (!this.playing || !this.visible || this.inFlight >= MAX_IN_FLIGHT) await this.woken();
    else await this.frame();
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.();
  }

  private async goTo(time: number): Promise<void> {
    const stale = (): boolean => this.disposed || this.wanted !== time;
    const begun = this.options.now();
    const { page } = this;
    const near =
      page.time <= time ? { state: page.state.clone(), cursor: { ...page.cursor } } : null;
    const reached = await this.buffered(this.history.stateAt(time, near, stale));
    if (!reached || stale()) return;
    await this.show(reached, time, stale);
    if (this.wanted !== time) return;
    this.wanted = null;
    if (!this.playing || this.options.now() - begun > QUIET_MS) this.clock.time = time;
    this.report();
  }

  /** Turns the page into one that shows a state, unless something else is wanted meanwhile. */
  private async show(
    { state, cursor }: { state: State; cursor: Cursor },
    time: number,
    stale: () => boolean,
  ): Promise<void> {
    let change = difference(this.page.state, state);
    const anew = change.anew || !this.opened;
    if (anew) change = difference(new State(), state);
    const loaded = await this.buffered(this.delivery.load(change, this.recording));
    if (stale()) return;
    this.page = { state, cursor, time };
    const { messages, bytes } = this.delivery.content(change, loaded, this.recording);
    if (anew) {
      this.opened = true;
      this.options.onOpen();
      messages.push({ type: "ReplayDoneMessage" });
    }
    if (messages.length > 0) this.post(messages, bytes);
  }

  private async step(direction: 1 | -1): Promise<void> {
    const { steps } = this;
    const { time } = this.clock;
    const next = await this.buffered(this.nextChange(time, direction));
    if (this.steps !== steps || this.clock.time !== time) return; // something else moved it meanwhile
    steps.shift();
    this.seek(next);
  }

  private async nextChange(time: number, direction: number): Promise<number> {
    const { chunks, duration } = this.recording;
    let chunk = this.history.chunkAt(time);
    if (direction > 0) {
      const entries = chunk < 0 ? null : await this.recording.chunk(chunk);
      const after = entries?.until(time) ?? 0;
      if (entries && after < entries.count) return entries.times[after]!;
      return chunks[chunk + 1]?.from ?? duration;
    }
    for (; chunk >= 0; chunk--) {
      const entries = await this.recording.chunk(chunk);
      const before = entries.before(time);
      if (before > 0) return entries.times[before - 1]!;
    }
    return 0;
  }

  private async frame(): Promise<void> {
    const wait = this.lastFrame + FRAME_MS - this.options.now();
    if (wait > 1) {
      const timer = setTimeout(() => this.wake(), wait);
      await this.woken();
      clearTimeout(timer);
      return;
    }
    this.lastFrame = this.options.now();
    this.clock.start();
    const { time } = this.clock;
    const { duration } = this.recording;
    if (time >= duration && this.loop && this.page.time >= duration) {
      this.seek(0);
      return;
    }
    await this.advance(Math.min(time, duration));
    if (this.page.time >= duration && !this.loop && this.wanted === null) {
      this.pause();
      this.report();
    } else this.reportSometimes();
  }

  /** Shows what is due since the last frame. */
  private async advance(time: number): Promise<void> {
    const { page } = this;
    if (time < page.time || this.history.isFar(page.cursor, time)) {
      this.wanted = time;
      await this.goTo(time);
      return;
    }
    page.state.watch();
    const last = this.history.chunkAt(time);
    const { cursor } = page;
    let reached = time;
    while (cursor.chunk <= last) {
      const { chunk } = cursor;
      const entries = this.recording.peek(chunk);
      if (!entries) {
        // What is here is shown; the rest is loaded, while time stands still.
        reached = Math.min(time, Math.max(page.time, this.recording.chunks[chunk]!.from));
        break;
      }
      const to = chunk === last ? entries.until(time) : entries.count;
      this.history.apply(entries, chunk, cursor.entry, to, page.state);
      cursor.entry = to;
      if (chunk === last) break;
      cursor.chunk++;
      cursor.entry = 0;
    }
    page.time = reached;
    await this.deliver(differenceOf(page.state.changed, page.state));
    this.loadAhead();
    if (reached < time) await this.waitFor(cursor.chunk, reached);
  }

  /** Sends what the page does not show yet of its state. */
  private async deliver(change: Difference): Promise<void> {
    if (change.anew) {
      this.opened = false;
      await this.show(this.page, this.page.time, () => this.disposed);
      return;
    }
    if (change.messages.length === 0 && change.poses.size === 0) return;
    const begun = this.options.now();
    const loaded = await this.buffered(this.delivery.load(change, this.recording));
    // Time does not pass while data is missing.
    if (this.options.now() - begun > FRAME_MS && this.wanted === null) {
      this.clock.time = this.page.time;
    }
    const { messages, bytes } = this.delivery.content(change, loaded, this.recording);
    if (messages.length > 0) this.post(messages, bytes);
  }

  private async waitFor(chunk: number, time: number): Promise<void> {
    await this.buffered(this.recording.chunk(chunk));
    if (this.wanted === null && this.playing) this.clock.time = time;
  }

  private loadAhead(): void {
    const { chunks } = this.recording;
    const from = this.page.cursor.chunk;
    const until = this.page.time + AHEAD_SECONDS * this.clock.speed;
    for (let i = from + 1; i < Math.min(chunks.length, from + AHEAD_CHUNKS); i++) {
      if (chunks[i]!.from > until) break;
      // A failure is met again when it is needed.
      this.recording.prefetch(i);
    }
  }

  private async rescan(): Promise<void> {
    try {
      this.recording = await this.buffered(this.recording.rescan());
    } catch (e) {
      this.fail(e);
      return;
    }
    this.history = new History(this.recording);
    // Nothing that was read by the wrong index is trusted.
    this.page = nowhere();
    this.opened = false;
    this.seek(this.wanted ?? this.clock.time);
  }

  private fail(e: unknown): void {
    this.disposed = true;
    this.options.onFailed(e);
  }

  // --- To the page.

  private post(messages: Batch["messages"], bytes: number): void {
    this.inFlight++;
    this.options.onBatch({ messages, bytes, bytesBehind: 0, malformed: 0 });
  }

  /** Waits for data, and says so if it takes time. */
  private async buffered<T>(data: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.buffering = true;
      this.report();
    }, QUIET_MS);
    try {
      return await data;
    } finally {
      clearTimeout(timer);
      if (this.buffering) {
        this.buffering = false;
        this.report();
      }
    }
  }

  private reportSometimes(): void {
    if (this.options.now() - this.reportedAt >= REPORT_MS) this.report();
  }

  private report(): void {
    if (this.disposed || !this.opened) return;
    this.reportedAt = this.options.now();
    this.options.onState({
      mode: "recording",
      from: 0,
      to: this.recording.duration,
      time: this.inRange(this.wanted ?? (this.playing ? this.page.time : this.clock.time)),
      playing: this.playing,
      speed: this.clock.speed,
      loop: this.loop,
      program: false,
      following: false,
      buffering: this.buffering,
      notes: this.recording.notes.list(),
    });
  }
}
