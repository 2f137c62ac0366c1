import type { Frame } from "../protocol/frame";
import type { ClientMessage, SessionMessage } from "../protocol/messages.gen";
import { PendingArrays } from "./arrays";
import { Backlog } from "./backlog";
import { retryDelay } from "./backoff";
import { describeClose, ending, GIVEN_UP, REPLACED, STOPPED } from "./closing";
import { CONFIRM_AFTER_MS, Continuation } from "./continuation";
import type { FetchArray, FetchProgress } from "./fetcher";
import { withoutExtensions } from "./plain";
import type { Refusal } from "./refusal";
import type { Batch, Status } from "./rpc";
import { SilenceWatch } from "./silence";

/** The part of WebSocket that is used. */
export interface Socket {
  binaryType: string;
  readonly protocol: string;
  readonly bufferedAmount: number;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}

export interface ConnectionOptions {
  url: string;
  /** Of the session to continue, "" for a new one. */
  secret: string;
  openSocket: (url: string, protocols: string[]) => Socket;
  /** Fetches large arrays, by a path relative to the websocket's address; null: they are to be in the frames. */
  fetchArray: FetchArray | null;
  /** Called when a websocket could not be opened; null: no further information. */
  findReason: (url: string) => Promise<Refusal | null>;
  /** Throws if the frame cannot be read. */
  decode: (frame: ArrayBuffer) => Frame;
  encode: (message: ClientMessage) => Uint8Array<ArrayBuffer>;
  onStatus: (status: Status) => void;
  onOpen: () => void;
  /** Instead of onOpen, if the connection continues the session. */
  onResume: () => void;
  /** A message was dropped: there is no connection, or there was none for too long. */
  onUnsent: (message: ClientMessage) => void;
  /** The secret with which a reloaded page may continue the session; "" if it may not. */
  onKeep: (secret: string) => void;
  /** Each must be acknowledged with applied(). */
  onBatch: (batch: Batch, memory: ArrayBuffer[]) => void;
  /** 0 <= n < 1 */
  random: () => number;
}

export const EXTENSION_DIALECT = "viser-go.v1";
/** The same, with large arrays by HTTP. */
const FETCH_DIALECT = "viser-go.v1.blobs";
const PROGRESS_MS = 250;
const CONNECT_TIMEOUT_MS = 5000;
/** A second batch is in transit while the page applies the first; the rest waits here, where it can be compacted. */
const MAX_BATCHES_IN_FLIGHT = 2;
/**
 * Limit of unprocessed data from a live server. A replay is not limited: all of it will be shown. Beyond this the
 * connection is closed, and the next one starts with the current state.
 */
const MAX_BACKLOG_BYTES = 512 * 1024 * 1024;
/** With more than this buffered, camera updates are held back, and only the newest is sent. */
const CAMERA_HOLD_BYTES = 64 * 1024;
const CAMERA_HOLD_MS = 50;
/** An interruption that is worth mentioning when it is over. */
const NOTED_MS = 2_000;

/**
 * Keeps one websocket to the server: opens and reopens it, decodes received frames, encodes messages. It
 * depends neither on the page nor on the worker that it runs in.
 *
 *   connecting -> live -> reconnecting (waiting, then trying) -> live -> …
 *                      -> closed (only retry() leaves it)
 */
export class Connection {
  private socket: Socket | null = null;
  /** Messages can be sent. */
  private isOpen = false;
  /** The server has sent a frame; one that closes the connection again at once (full, other version) has not. */
  private isLive = false;
  private everLive = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failedAttempts = 0;
  private version = "1.1.1";
  private replaying = true;
  private status: Status = { kind: "connecting", detail: "", attempt: 0 };
  private readonly backlog = new Backlog();
  private inFlight = 0;
  private heldCamera: ClientMessage | null = null;
  private cameraTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly continuation: Continuation;
  private confirmTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly silence: SilenceWatch;
  private epoch = "";
  private clientId = -1;
  private lostAt: number | null = null;
  /** The server was stopped, which ends its sessions. They are offered nevertheless: a proxy can say the same. */
  private stopped = false;
  private fetches: boolean;
  private readonly arrays: PendingArrays;
  private progressAt = 0;
  /** Arrays could not be fetched; whether the connection works is not known yet. */
  private fetchingFailed = false;

  constructor(private readonly options: ConnectionOptions) {
    this.continuation = new Continuation(options.secret);
    this.silence = new SilenceWatch({
      waiting: () => this.continuation.waiting,
      ask: () => this.confirm(1),
      onDead: () => this.lost("The connection does not respond."),
    });
    this.fetches = options.fetchArray !== null;
    const fetchArray = options.fetchArray ?? (() => Promise.reject(new Error("not fetched")));
    this.arrays = new PendingArrays({
      fetch: (path, signal) => fetchArray(path, signal, this.clientId),
      onReady: (frame) => {
        this.backlog.push(frame);
        this.pump();
      },
      onBroken: () => this.fetchingFails(),
      onProgress: (progress) => this.progress(progress),
    });
  }

  start(): void {
    this.open();
  }

  /** Drops the message if there is no connection. */
  send(message: ClientMessage): void {
    const socket = this.socket;
    // The first frame tells whether the session continues, and so what is to be sent before this.
    if (!socket || !this.isOpen || (!this.isLive && this.continuation.possible)) {
      if (!this.continuation.sentWhileAway(message)) this.options.onUnsent(message);
      return;
    }
    if (message.type === "ViewerCameraMessage" && socket.bufferedAmount > CAMERA_HOLD_BYTES) {
      this.holdCamera(message);
      return;
    }
    this.continuation.sent(message);
    const plain = dialectOf(socket) !== EXTENSION_DIALECT;
    socket.send(this.options.encode(plain ? withoutExtensions(message) : message));
  }

  /** The page has applied a batch. */
  applied(): void {
    if (this.inFlight > 0) this.inFlight--;
    this.pump();
  }

  /** Tries at once if it was waiting for the next try. */
  wake(): void {
    if (this.status.kind === "reconnecting" && !this.socket) this.open();
  }

  /** As wake, but also leaves "closed". */
  retry(): void {
    if (this.socket) return;
    this.failedAttempts = 0;
    this.open();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.arrays.reset(false);
    this.detach()?.close(1000, "page closed");
    this.setStatus({ kind: "closed", detail: "Disconnected.", attempt: 0 });
  }

  private open(): void {
    clearTimeout(this.timer);
    this.setStatus({
      kind: this.everLive || this.failedAttempts > 0 ? "reconnecting" : "connecting",
      detail: `Connecting to ${this.options.url} …`,
      resumable: this.resumable(),
      attempt: this.failedAttempts,
    });
    let socket: Socket;
    try {
      socket = this.options.openSocket(this.options.url, [
        ...(this.fetches ? [FETCH_DIALECT] : []),
        EXTENSION_DIALECT,
        `viser-v${this.version}`,
        this.continuation.offer(),
      ]);
    } catch (e) {
      // Not an address, or a page from https asking for ws: no later try can do better.
      this.stop(`${this.options.url} cannot be opened: ${e instanceof Error ? e.message : e}`);
      return;
    }
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.received(event.data);
    socket.onclose = (event) => this.closed(event.code, event.reason);
    this.socket = socket;
    this.timer = setTimeout(() => {
      this.detach()?.close(GIVEN_UP, "no response");
      this.retryLater(`${this.options.url} did not answer within ${CONNECT_TIMEOUT_MS / 1000} s.`);
    }, CONNECT_TIMEOUT_MS);
  }

  private opened(): void {
    clearTimeout(this.timer);
    this.isOpen = true;
    this.setStatus({ ...this.status, detail: "Connected, waiting for the scene …" });
  }

  private received(data: unknown): void {
    let frame: Frame;
    try {
      if (!(data instanceof ArrayBuffer)) throw new Error("it is a text");
      frame = this.options.decode(data);
    } catch (e) {
      const why = e instanceof Error ? e.message : String(e);
      this.continuation.end();
      this.detach()?.close(4002, closeReason(`cannot read a frame: ${why}`));
      this.retryLater(`The server sent something that this page cannot read: ${why}.`);
      return;
    }
    this.silence.received();
    if (!this.isLive) this.live(sessionOf(frame));
    else if (this.fetchingFailed) {
      this.withoutFetching();
      return;
    }
    this.noteReceived(frame);
    this.backlog.push(this.arrays.take(frame));
    if (this.replaying && frame.messages.some((m) => m.type === "ReplayDoneMessage")) {
      this.replayed();
    }
    this.pump();
    if (!this.replaying && this.backlog.bytes > MAX_BACKLOG_BYTES) {
      this.continuation.startOver();
      this.detach()?.close(4001, "page too slow");
      this.retryLater("The server sends more than this page can show.");
    }
  }

  private replayed(): void {
    this.replaying = false;
    // Only now: a server that fails while it sends its scene would otherwise be tried again every 0.25 s.
    this.failedAttempts = 0;
    if (this.status.attempt > 0) this.setStatus({ ...this.status, attempt: 0 });
  }

  private live(session: SessionMessage | null): void {
    const note = this.describeReturn(session);
    this.isLive = true;
    this.everLive = true;
    this.lostAt = null;
    this.stopped = false;
    if (session?.resumed) this.failedAttempts = 0;
    this.setStatus({
      kind: "live",
      detail: "Connected.",
      dialect: this.socket ? dialectOf(this.socket) : "",
      attempt: this.failedAttempts,
      ...(note && { note }),
    });
    if (session?.resumed) {
      const { again, late } = this.continuation.resumed(session);
      this.options.onResume();
      for (const message of again) this.send(message);
      for (const message of late) this.options.onUnsent(message);
      this.arrays.retry();
    } else {
      this.arrays.reset(session?.epoch === this.epoch && session.client_id === this.clientId);
      this.replaying = true;
      // Waiting frames are of the previous connection; this one sends the whole state again.
      this.backlog.clear();
      this.continuation.begin(session);
      this.options.onOpen();
    }
    this.options.onKeep(session?.keep_on_reload ? session.resume : "");
    this.epoch = session?.epoch ?? "";
    this.clientId = session?.client_id ?? -1;
    if (this.continuation.possible) this.silence.start();
  }

  /** What the user should know about an interruption that is over; "" for nothing. */
  private describeReturn(session: SessionMessage | null): string {
    if (this.lostAt === null) return "";
    if (session?.resumed) {
      // A page that stood still could not receive the close code.
      const why = session.ended ? ` ${describeClose(session.ended)}` : "";
      if (why === "" && Date.now() - this.lostAt < NOTED_MS) return "";
      return `Connected again. The session continues.${why}`;
    }
    if (!session || this.epoch === "") return "";
    return session.epoch === this.epoch
      ? "Connected again, in a new session: the old one has ended meanwhile."
      : "Connected again, in a new session: the server was restarted.";
  }

  private noteReceived(frame: Frame): void {
    for (const message of frame.messages) {
      if (message.type === "SessionReceivedMessage") this.continuation.confirmed(message.received);
    }
    if (this.continuation.received(frame.cursor, frame.bytes)) this.confirm();
    else if (this.continuation.unconfirmed) {
      this.confirmTimer ??= setTimeout(() => this.confirm(), CONFIRM_AFTER_MS);
    }
  }

  private confirm(ping = 0): void {
    clearTimeout(this.confirmTimer);
    this.confirmTimer = undefined;
    this.send(this.continuation.confirmation(ping));
  }

  /** Gives up a connection that is dead, and continues over another one. */
  private lost(detail: string): void {
    this.detach()?.close(GIVEN_UP, "no response");
    this.retryLater(detail);
  }

  /** Either HTTP is in the way, or the network is gone: the next frame tells which. */
  private fetchingFails(): void {
    // Without a connection fetches fail as well.
    if (!this.isLive) return;
    if (!this.continuation.possible) {
      this.withoutFetching();
      return;
    }
    this.fetchingFailed = true;
    this.confirm(1);
  }

  /** Arrays can't be fetched from here, such as through some proxies: from now on they are in the frames. */
  private withoutFetching(): void {
    this.fetches = false;
    this.arrays.reset(true);
    this.continuation.startOver();
    this.detach()?.close(GIVEN_UP, "arrays cannot be fetched");
    this.open();
  }

  private progress(progress: FetchProgress): void {
    if (!this.isLive) return;
    const before = this.status.arrays;
    if (progress.count === 0) {
      // Only when the page has what was fetched.
      if (before && this.backlog.empty) this.setProgress(undefined);
      return;
    }
    if (before?.count === progress.count && Date.now() - this.progressAt < PROGRESS_MS) return;
    this.progressAt = Date.now();
    this.setProgress(progress);
  }

  private setProgress(progress: FetchProgress | undefined): void {
    const { arrays: _, ...status } = this.status;
    this.setStatus(progress ? { ...status, arrays: progress } : status);
  }

  private pump(): void {
    while (this.inFlight < MAX_BATCHES_IN_FLIGHT && !this.backlog.empty) {
      const { messages, bytes, malformed, memory } = this.backlog.take();
      this.inFlight++;
      this.options.onBatch({ messages, bytes, malformed, bytesBehind: this.backlog.bytes }, memory);
    }
    if (this.status.arrays && this.backlog.empty) this.progress(this.arrays.progress());
  }

  private closed(code: number, reason: string): void {
    const wasOpen = this.isOpen;
    clearTimeout(this.timer);
    this.detach();
    const end = ending({ code, reason, wasOpen, offered: this.version });
    if (code === REPLACED) this.continuation.end();
    if (end.next === "stop") this.stop(end.detail);
    else if (end.next === "other-version" && end.version) {
      this.version = end.version;
      this.open();
    } else {
      if (code === STOPPED) this.stopped = true;
      this.retryLater(end.detail);
      if (code === 1006 && !wasOpen) void this.addReason(this.status);
    }
  }

  /** Browsers hide why a websocket was refused: the reason is requested over HTTP, and shown if it arrives in time. */
  private async addReason(failed: Status): Promise<void> {
    const refusal = await this.options.findReason(this.options.url);
    if (refusal === null || this.status !== failed) return;
    if (!refusal.final) this.setStatus({ ...failed, detail: refusal.detail });
    else {
      clearTimeout(this.timer);
      this.stop(refusal.detail);
    }
  }

  private retryLater(detail: string): void {
    const wait = retryDelay(this.failedAttempts, this.options.random());
    this.failedAttempts++;
    this.timer = setTimeout(() => this.open(), wait);
    if (this.everLive) this.lostAt ??= Date.now();
    const resumable = this.resumable();
    const hope = resumable
      ? ` Your session continues if it comes back within ${this.continuation.graceSec} s.`
      : "";
    this.setStatus({
      kind: "reconnecting",
      detail: detail + hope,
      resumable,
      attempt: this.failedAttempts,
      nextRetryAt: Date.now() + wait,
    });
  }

  /** The server still has the session, as far as can be told. */
  private resumable(): boolean {
    if (!this.continuation.possible || this.lostAt === null || this.stopped) return false;
    return Date.now() - this.lostAt < this.continuation.graceSec * 1000;
  }

  private stop(detail: string): void {
    this.setStatus({ kind: "closed", detail, attempt: this.failedAttempts });
  }

  /** Detaches the socket, so that its later events are ignored. */
  private detach(): Socket | null {
    const socket = this.socket;
    this.socket = null;
    this.isOpen = false;
    this.isLive = false;
    clearTimeout(this.timer);
    this.silence.stop();
    clearTimeout(this.confirmTimer);
    this.confirmTimer = undefined;
    clearTimeout(this.cameraTimer);
    this.cameraTimer = undefined;
    this.heldCamera = null;
    this.fetchingFailed = false;
    if (socket) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
    }
    return socket;
  }

  private holdCamera(message: ClientMessage): void {
    this.heldCamera = message;
    this.cameraTimer ??= setTimeout(() => {
      this.cameraTimer = undefined;
      const held = this.heldCamera;
      this.heldCamera = null;
      if (held) this.send(held);
    }, CAMERA_HOLD_MS);
  }

  private setStatus(status: Status): void {
    this.status = status;
    this.options.onStatus(status);
  }
}

function dialectOf({ protocol }: Socket): string {
  return protocol === FETCH_DIALECT ? EXTENSION_DIALECT : protocol;
}

/** The first message of a connection, if the server describes sessions. */
function sessionOf(frame: Frame): SessionMessage | null {
  const first = frame.messages[0];
  return first?.type === "SessionMessage" ? first : null;
}

/** A close reason has at most 123 bytes of UTF-8. */
function closeReason(text: string): string {
  // Three bytes is the most that one UTF-16 unit takes.
  return text.length <= 41 ? text : text.replace(/[^\x20-\x7e]/g, "?").slice(0, 123);
}
