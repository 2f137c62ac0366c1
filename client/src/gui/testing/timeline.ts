import type { Timeline, TimelineState } from "../../contract";
import { Cell } from "../../shared/observable";

export const AT_START: TimelineState = {
  mode: "recording",
  from: 0,
  to: 40,
  time: 10,
  playing: false,
  speed: 1,
  loop: false,
  program: false,
  following: false,
  buffering: false,
  notes: [],
};

/** Records what is asked of it; the test says what comes of it. */
export class FakeTimeline implements Timeline {
  readonly calls: string[] = [];
  private readonly state = new Cell<TimelineState | null>(null);
  readonly get = this.state.get;
  readonly subscribe = this.state.subscribe;

  /** Changes the state, from AT_START at first. */
  report(change: Partial<TimelineState> = {}): void {
    this.state.set({ ...(this.get() ?? AT_START), ...change });
  }

  play = () => void this.calls.push("play");
  pause = () => void this.calls.push("pause");
  seek = (time: number) => void this.calls.push(`seek ${Number(time.toFixed(3))}`);
  setSpeed = (speed: number) => void this.calls.push(`speed ${speed}`);
  setLoop = (on: boolean) => void this.calls.push(`loop ${on}`);
  step = (direction: 1 | -1) => void this.calls.push(`step ${direction}`);
  refresh = () => {};
  follow = () => void this.calls.push("follow");
}
