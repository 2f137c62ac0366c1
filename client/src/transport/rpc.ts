/** The messages between the page and its worker, which holds a connection or plays a recording. */
import type { ClientMessage, ServerMessage } from "../protocol/messages.gen";
import type { TimelineState } from "../shared/timeline";
import type { FetchProgress } from "./fetcher";

/** Where a recording is: at an address that is relative to the page's, in the page, or in a file of the user's. */
export type RecordingSource = { url: string } | { data: ArrayBuffer } | { file: File };

export type PlaybackCommand =
  /** From the start again if it is at the end. */
  | { do: "play" }
  | { do: "pause" }
  /** In seconds; limited to the recording. */
  | { do: "seek"; time: number }
  /** Limited to MIN_SPEED…MAX_SPEED. */
  | { do: "speed"; value: number }
  | { do: "loop"; on: boolean }
  /** Pauses, and goes to the next or previous time at which something changes. */
  | { do: "step"; direction: 1 | -1 };

export type ToWorker =
  /** `secret` continues a session from before the page was reloaded; "": a new one. */
  | { kind: "connect"; url: string; secret: string; fetchArrays: boolean }
  /** Instead of "connect", for the worker that plays recordings. `playing`: plays as soon as it is open. */
  | { kind: "open"; source: RecordingSource; playing: boolean }
  | { kind: "playback"; command: PlaybackCommand }
  /** Whether the page is: nothing is played for one that is not. */
  | { kind: "visible"; visible: boolean }
  | { kind: "send"; message: ClientMessage }
  /** The oldest batch that was not acknowledged has been applied. */
  | { kind: "applied" }
  /** The network or the page has come back: no need to wait for the next try. */
  | { kind: "wake" }
  /** The user requests a retry now. */
  | { kind: "retry" };

export type FromWorker =
  | { kind: "status"; status: Status }
  /** A connection was established; the batches that follow are from it. */
  | { kind: "open" }
  /** A connection continues the session: only what has changed follows. */
  | { kind: "resume" }
  /** There is no connection, and this will not be sent later. */
  | { kind: "unsent"; message: ClientMessage }
  /** The secret that a reload of the page may continue the session with; "": none. */
  | { kind: "keep"; secret: string }
  | { kind: "batch"; batch: Batch }
  /** A few times a second while it plays, otherwise when it has changed. */
  | { kind: "playback"; state: TimelineState };

export interface Batch {
  messages: ServerMessage[];
  /** Size on the wire. */
  bytes: number;
  /** Bytes that have arrived and are not part of this or an earlier batch. */
  bytesBehind: number;
  malformed: number;
}

export interface Status {
  kind: "connecting" | "live" | "reconnecting" | "closed";
  detail: string;
  dialect?: string;
  /** Not live: the session will be continued if the server is reached in time. */
  resumable?: boolean;
  /** Live: the arrays that are being fetched, until the page has them. */
  arrays?: FetchProgress;
  /** Live: what has happened, for the user. */
  note?: string;
  /** Failed tries in a row. */
  attempt: number;
  /** As Date.now(). */
  nextRetryAt?: number;
}
