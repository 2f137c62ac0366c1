import type { TimelineState } from "../contract";
import type { TimelineMessage } from "../protocol/messages.gen";

const PLAYING_MS = 100;
/** The page stands still, and the program's time goes on. */
const PAUSED_MS = 1000;

/**
 * Where a page is on its server's timeline. The server reports only changes; what passes of time in between is added
 * here. A page that follows what its program does needs no timer for that.
 */
export class LiveClock {
  private last: { message: TimelineMessage; at: number } | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly report: (state: TimelineState | null) => void) {}

  /** null: there is none. */
  take(message: TimelineMessage | null): void {
    clearInterval(this.timer);
    this.last = message?.enabled ? { message, at: performance.now() } : null;
    if (this.last) this.refresh();
    else this.report(null);
    const ms = message ? interval(message) : null;
    if (this.last && ms !== null) this.timer = setInterval(() => this.refresh(), ms);
  }

  /** Reports what is true now, if there is a timeline. */
  refresh(): void {
    const { last } = this;
    if (last) this.report(stateAfter(last.message, (performance.now() - last.at) / 1000));
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}

function interval({ following, playing, program }: TimelineMessage): number | null {
  if (following) return null;
  if (playing) return PLAYING_MS;
  return program ? null : PAUSED_MS;
}

function stateAfter(message: TimelineMessage, seconds: number): TimelineState {
  const { program, span, playing, speed, loop, following } = message;
  const to = message.to + (program ? 0 : seconds);
  const oldest = program || span === 0 ? message.from : Math.max(message.from, to - span);
  const from = Math.min(oldest, to);
  const time = following ? to : timeAfter(message, seconds, from, to);
  return {
    mode: "live",
    from,
    to,
    time,
    playing,
    speed,
    loop,
    program,
    following,
    buffering: false,
    notes: [],
  };
}

function timeAfter(message: TimelineMessage, seconds: number, from: number, to: number): number {
  const { playing, speed, loop } = message;
  const time = message.time + (playing ? seconds * speed : 0);
  if (playing && loop && time > to && to > from) return from + ((time - from) % (to - from));
  return Math.min(to, Math.max(from, time));
}
