import type { Timeline, TimelineState } from "../contract";
import type { TimelineControlMessage } from "../protocol/messages.gen";
import { Cell } from "../shared/observable";
import type { PlaybackCommand } from "../transport/rpc";

export type TimelineCommand = PlaybackCommand | { do: "follow" };

/** The same to a server. */
export function toMessage(command: TimelineCommand): TimelineControlMessage {
  return { type: "TimelineControlMessage", command: command.do, value: numberOf(command) };
}

function numberOf(command: TimelineCommand): number {
  switch (command.do) {
    case "seek":
      return command.time;
    case "speed":
      return command.value;
    case "loop":
      return command.on ? 1 : 0;
    case "step":
      return command.direction;
    default:
      return 0;
  }
}

/** A server has other work than each movement of a pointer. */
const SEEK_MS = 50;

/** Passes on at most one seek in 50 ms, and always the last one. */
export class SeekPacer {
  private waiting: TimelineCommand | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly give: (command: TimelineCommand) => void) {}

  take(command: TimelineCommand): void {
    if (command.do === "seek" && this.timer !== undefined) {
      this.waiting = command;
      return;
    }
    this.dispose();
    if (command.do !== "seek" && this.waiting) this.give(this.waiting);
    this.waiting = null;
    this.give(command);
    if (command.do === "seek") this.timer = setTimeout(this.due, SEEK_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly due = (): void => {
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = null;
    if (waiting) this.take(waiting);
  };
}

/** How long a report of another time than the one gone to is taken for one from before. */
const STALE_MS = 1000;

/**
 * The page's place in time, as its worker or its server reports it. A time that the page goes to is shown at once:
 * reports on the way would otherwise move the slider back.
 */
export class PageTimeline implements Timeline {
  private readonly state = new Cell<TimelineState | null>(null);
  private target: { time: number; until: number } | null = null;

  readonly get = this.state.get;
  readonly subscribe = this.state.subscribe;

  constructor(
    private readonly give: (command: TimelineCommand) => void,
    /** Has what is true now reported. */
    readonly refresh: () => void = () => {},
  ) {}

  report(state: TimelineState | null): void {
    this.state.set(state && this.target ? this.corrected(state, this.target) : state);
  }

  play(): void {
    this.give({ do: "play" });
  }

  pause(): void {
    this.give({ do: "pause" });
  }

  seek(time: number): void {
    this.refresh();
    const state = this.get();
    if (!state || !Number.isFinite(time)) return;
    const to = Math.min(state.to, Math.max(state.from, time));
    this.target = { time: to, until: performance.now() + STALE_MS };
    this.state.set({ ...state, time: to });
    // Who is asked knows the range better: a server's time is ahead by that of a message on its way.
    this.give({ do: "seek", time });
  }

  setSpeed(value: number): void {
    this.give({ do: "speed", value });
  }

  setLoop(on: boolean): void {
    this.give({ do: "loop", on });
  }

  step(direction: 1 | -1): void {
    this.target = null;
    this.give({ do: "step", direction });
  }

  follow(): void {
    this.target = null;
    this.give({ do: "follow" });
  }

  private corrected(state: TimelineState, target: { time: number; until: number }): TimelineState {
    const ahead = state.time - target.time;
    const near = state.mode === "live" ? 0.5 : 1e-6;
    const arrived = state.playing ? ahead >= 0 && ahead <= state.speed : Math.abs(ahead) < near;
    if (!arrived && performance.now() < target.until) return { ...state, time: target.time };
    this.target = null;
    return state;
  }
}
