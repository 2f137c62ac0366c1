/** The messages between the page and its connection worker. */
import type { ClientMessage, ServerMessage } from "../protocol/messages.gen";

export type ToWorker =
  | { kind: "connect"; url: string }
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
  | { kind: "batch"; batch: Batch };

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
  /** Failed tries in a row. */
  attempt: number;
  /** As Date.now(). */
  nextRetryAt?: number;
}
