/** Where a page is in a recording, or in the past of a live session. Times are in seconds. */
export interface TimelineState {
  mode: "recording" | "live";
  from: number;
  to: number;
  /** What the page shows, or is about to. */
  time: number;
  playing: boolean;
  /** Seconds of the recording in a second. */
  speed: number;
  /** Begins again at the end. */
  loop: boolean;
  /** Times are those that a running program has set, not those of its clock; false in a recording. */
  program: boolean;
  /** Shows the present; false in a recording. */
  following: boolean;
  /** Waits for data. */
  buffering: boolean;
  /** What is wrong with the recording, as sentences for the user. */
  notes: readonly string[];
}

export const MIN_SPEED = 0.1;
export const MAX_SPEED = 16;
