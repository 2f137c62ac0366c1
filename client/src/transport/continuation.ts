/**
 * What a page needs to continue its session over another connection: the secret of the session, the cursor of the
 * newest frame, and the messages that the server may not have received.
 */
import type { ClientMessage, SessionMessage } from "../protocol/messages.gen";

/** Offered as a subprotocol, beside the dialects; see docs/wire.md. */
const OFFER = "resume.v1";
/** In place of a cursor: the page needs the whole state again, as the same client. */
const WHOLE = "all";
/** A page confirms what it has received at least after this time and after this many bytes. */
export const CONFIRM_AFTER_MS = 1000;
const CONFIRM_AFTER_BYTES = 4 * 1024 * 1024;
/** Bounds of what is kept. The oldest message is forgotten first: it has most likely been received. */
const MAX_KEPT = 4096;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** Kept while there is no connection: the rest of what the server asked for, which nothing would send again. */
const KEPT_WHILE_AWAY: ReadonlySet<ClientMessage["type"]> = new Set([
  "FileTransferPart",
  "FileTransferCancelMessage",
  "GetRenderResponseMessage",
  "LocalStorageGetItemResponseMessage",
] as const);

/** An action that is sent again later than this would surprise: a robot moves long after "Go" was pressed. */
export const LATE_MS = 5000;
const ACTIONS: ReadonlySet<ClientMessage["type"]> = new Set([
  "GuiButtonHoldMessage",
  "GuiFormSubmitMessage",
  "CommandTriggerMessage",
  "SceneNodeClickMessage",
  "ScenePointerMessage",
] as const);

interface Kept {
  message: ClientMessage;
  bytes: number;
}

/** What is left of what was sent over the connection before. */
export interface Remains {
  /** To be sent again. */
  again: ClientMessage[];
  /** Actions for which it is too late. */
  late: ClientMessage[];
}

export class Continuation {
  /** null: the server cannot continue sessions, or there was none yet. */
  private session: SessionMessage | null = null;
  private cursor = "";
  private unconfirmedBytes = 0;
  private kept: Kept[] = [];
  private keptBytes = 0;
  /** When each action was sent first, in ms of performance.now(). */
  private actions = new WeakMap<ClientMessage, number>();
  /** Number of messages of the session before those that are kept. */
  private before = 0;

  /** `secret` is that of the session that a page had before it was reloaded. */
  constructor(private secret = "") {}

  /** What to offer to the server. */
  offer(): string {
    return this.secret === "" ? OFFER : `${OFFER}.${this.secret}.${this.cursor}`;
  }

  get possible(): boolean {
    return this.session !== null;
  }

  get graceSec(): number {
    return this.session?.grace_sec ?? 0;
  }

  /** The first message of a connection that continues the session. */
  resumed(session: SessionMessage): Remains {
    this.session = session;
    const skip = Math.min(this.kept.length, Math.max(0, session.received - this.before));
    const oldest = performance.now() - LATE_MS;
    const remains: Remains = { again: [], late: [] };
    for (const { message } of this.kept.slice(skip)) {
      if (message.type === "SessionAckMessage") continue;
      const late = (this.actions.get(message) ?? oldest) < oldest;
      remains[late ? "late" : "again"].push(message);
    }
    this.forgetSent(session.received);
    this.unconfirmedBytes = 0;
    return remains;
  }

  /** A connection with another session, or without one: null. */
  begin(session: SessionMessage | null): void {
    this.session = session && session.resume !== "" ? session : null;
    this.secret = this.session?.resume ?? "";
    this.cursor = "";
    this.unconfirmedBytes = 0;
    this.forgetSent(session?.received ?? 0);
  }

  /** Ends the session: the next connection begins another one. */
  end(): void {
    this.begin(null);
  }

  /** The page cannot show what it was sent: it needs the whole state again, as the same client. */
  startOver(): void {
    this.cursor = WHOLE;
  }

  /** A frame was received. True if it should be confirmed now. */
  received(cursor: string | undefined, bytes: number): boolean {
    if (!this.session || cursor === undefined) return false;
    const first = this.cursor === "" || this.cursor === WHOLE;
    this.cursor = cursor;
    this.unconfirmedBytes += bytes;
    return first || this.unconfirmedBytes >= CONFIRM_AFTER_BYTES;
  }

  get unconfirmed(): boolean {
    return this.unconfirmedBytes > 0;
  }

  /** The message that confirms what was received. */
  confirmation(ping = 0): ClientMessage {
    this.unconfirmedBytes = 0;
    return { type: "SessionAckMessage", cursor: this.cursor, ping };
  }

  /** Keeps a message that is being sent. */
  sent(message: ClientMessage): void {
    if (!this.session) return;
    const bytes = sizeOf(message);
    this.kept.push({ message, bytes });
    if (isAction(message) && !this.actions.has(message))
      this.actions.set(message, performance.now());
    this.keptBytes += bytes;
    while (this.kept.length > MAX_KEPT || this.keptBytes > MAX_KEPT_BYTES) this.shift();
  }

  /**
   * Keeps a message that cannot be sent now, if the session can be continued and nothing else sends it later. False: it
   * is not sent.
   */
  sentWhileAway(message: ClientMessage): boolean {
    const keep = this.possible && (KEPT_WHILE_AWAY.has(message.type) || isValue(message));
    if (keep) this.sent(message);
    return keep;
  }

  /** The server has received that many messages of the session. */
  confirmed(received: number): void {
    while (this.before < received && this.kept.length > 0) this.shift();
  }

  /** True if the server has not confirmed all messages: a response is to be expected. */
  get waiting(): boolean {
    return this.kept.some(({ message }) => message.type !== "SessionAckMessage");
  }

  private forgetSent(received: number): void {
    this.kept = [];
    this.keptBytes = 0;
    this.before = received;
  }

  private shift(): void {
    const oldest = this.kept.shift();
    if (!oldest) return;
    this.keptBytes -= oldest.bytes;
    this.before++;
  }
}

/**
 * A value that the page sent before it knew of the loss. From then on it keeps values itself. Values have a revision,
 * clicks have none.
 */
function isValue(message: ClientMessage): boolean {
  return message.type === "GuiUpdateMessage" && message.revision !== undefined;
}

function isAction(message: ClientMessage): boolean {
  return ACTIONS.has(message.type) || (message.type === "GuiUpdateMessage" && !isValue(message));
}

/** Messages with files and pictures are what counts. */
function sizeOf(message: ClientMessage): number {
  switch (message.type) {
    case "FileTransferPart":
      return message.content.byteLength;
    case "GetRenderResponseMessage":
      return message.payload.byteLength;
    default:
      return 200;
  }
}
