import type { TimelineState } from "../../contract";

/** Of the range, in seconds: how far an arrow key goes. */
const PART = 20;
const MAX_STEP = 1;
/** With Shift. */
const FAR = 10;

/** Whether there is more than one time to show, or will be. */
export function hasTime({ mode, from, to }: TimelineState): boolean {
  return mode === "live" || to > from;
}

/** Whether times are counted back from now: those of a program's clock, not those that it has set itself. */
export function countsBack({ mode, program }: TimelineState): boolean {
  return mode === "live" && !program;
}

/** How far the arrow keys go: a second, or a twentieth of a short recording; with Shift ten times that. */
export function keyStep({ from, to }: TimelineState, far: boolean): number {
  return Math.min(MAX_STEP, (to - from) / PART) * (far ? FAR : 1);
}

/** Digits after the point. In up to ten minutes a step by a frame is to be seen. */
function digitsFor(range: number): number {
  if (range < 600) return 2;
  return range < 36_000 ? 1 : 0;
}

/** "3.25", "1:02.5", "2:01:02": a time in a range of that many seconds. */
export function clock(time: number, range: number): string {
  const digits = digitsFor(range);
  const unit = 10 ** digits;
  // Rounded first: 59.99 must not become 60.0.
  const whole = Math.round(Math.abs(time) * unit);
  const sign = time < 0 && whole > 0 ? "−" : "";
  const seconds = (whole % (60 * unit)) / unit;
  const minutes = Math.floor(whole / (60 * unit));
  if (minutes === 0 && range < 60) return `${sign}${seconds.toFixed(digits)}`;
  const width = digits === 0 ? 2 : digits + 3;
  const end = seconds.toFixed(digits).padStart(width, "0");
  if (minutes < 60) return `${sign}${minutes}:${end}`;
  const rest = String(minutes % 60).padStart(2, "0");
  return `${sign}${Math.floor(minutes / 60)}:${rest}:${end}`;
}

/** For the user. Of a program that runs a time is how long ago it was. */
export function timeText(state: TimelineState, time: number): string {
  const { from, to } = state;
  return clock(countsBack(state) ? Math.min(0, time - to) : time, to - from);
}

/** For screen readers. */
export function spokenTime(state: TimelineState, time: number): string {
  const { from, to, following } = state;
  const seconds = (x: number) => x.toFixed(digitsFor(to - from));
  if (following) return "live";
  if (countsBack(state)) return `${seconds(to - time)} seconds ago`;
  return `${seconds(time)} of ${seconds(to)} seconds`;
}
