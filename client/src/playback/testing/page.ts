/** A page that a recording is played to, for tests. */
import type { TimelineState } from "../../shared/timeline";
import type { FromWorker, Status } from "../../transport/rpc";
import { State } from "../fold";
import type { Message } from "../message";
import { Playback, type PlaybackOptions } from "../session";
import { StoredArray } from "../values";
import { digest, load } from "./digest";

/** Orders to the camera and to panels: nothing undoes them, so that a page that goes back keeps them. */
const ORDER = /^SetCamera(Position|UpDirection|LookAt|Near|Far|Fov|Projection)Message|^GuiSetPanel/;

/** The digest of what a page shows, which has orientations in single precision. */
export function shown(state: State): string {
  const rounded = state.clone();
  for (const { key, wxyz } of state.all.values()) {
    if (wxyz) rounded.setWxyz(key, wxyz.map(Math.fround));
  }
  return digest(rounded, load, (m) => !ORDER.test(m.type));
}

export class Page {
  state = new State();
  readonly statuses: Status[] = [];
  readonly times: number[] = [];
  /** Of all messages. */
  readonly types = new Set<string>();
  batches = 0;
  opens = 0;
  timeline: TimelineState | null = null;
  /** Batches that are not acknowledged. */
  held = 0;
  /** Does not acknowledge batches until released. */
  slow = false;
  readonly playback: Playback;
  private replaying = false;
  private fresh: State | null = null;
  private waiting: (() => void)[] = [];

  constructor(options: Partial<PlaybackOptions> & Pick<PlaybackOptions, "source">) {
    this.playback = new Playback({
      playing: false,
      fetch: () => Promise.reject(new Error("there is no network")),
      now: () => performance.now(),
      ...options,
      post: (message) => this.receive(structuredClone(message)),
    });
    void this.playback.open();
  }

  get status(): Status {
    return this.statuses.at(-1)!;
  }

  get notes(): readonly string[] {
    return this.timeline?.notes ?? [];
  }

  /** Waits until something is so. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Waits until the recording is open, or cannot be opened. */
  opened(): Promise<void> {
    return this.until(() => this.timeline !== null || this.status?.kind === "closed");
  }

  async seek(time: number): Promise<void> {
    this.playback.command({ do: "seek", time });
    await this.settled();
  }

  /** Waits until the page shows the time that is reported. */
  async settled(): Promise<void> {
    const before = this.times.length;
    await this.until(() => this.times.length > before && this.held === 0);
    await this.nextTurn();
  }

  /** Lets the player do what it can do at once. */
  async nextTurn(): Promise<void> {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  release(): void {
    this.slow = false;
    for (; this.held > 0; this.held--) this.playback.applied();
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case "status":
        this.statuses.push(message.status);
        break;
      case "open":
        this.opens++;
        this.replaying = true;
        this.fresh = new State();
        break;
      case "batch":
        this.batches++;
        this.held++;
        for (const m of message.batch.messages) this.apply(m as unknown as Message);
        if (!this.slow) queueMicrotask(() => this.release());
        break;
      case "playback":
        this.timeline = message.state;
        this.times.push(message.state.time);
        break;
    }
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  private apply(message: Message): void {
    this.types.add(message.type);
    if (message.type === "ReplayDoneMessage") {
      if (!this.replaying || !this.fresh) throw new Error("no replay goes on");
      this.replaying = false;
      this.state = this.fresh;
      this.fresh = null;
      return;
    }
    const known = stored(message) as Message;
    if (!(this.fresh ?? this.state).apply(known)) throw new Error(`a bad ${message.type}`);
  }
}

const DTYPES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Uint8Array, "|u1"],
  [Int8Array, "|i1"],
  [Uint16Array, "<u2"],
  [Int16Array, "<i2"],
  [Uint32Array, "<u4"],
  [Int32Array, "<i4"],
  [Float32Array, "<f4"],
  [Float64Array, "<f8"],
]);

/** Typed arrays as the states have them. */
function stored(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    return new StoredArray(-1, DTYPES.get(value.constructor)!, byteLength, bytes);
  }
  if (Array.isArray(value)) return value.map(stored);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, stored(member)]));
}
