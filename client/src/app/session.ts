import type {
  ClientMessage,
  Connection,
  ConnectionState,
  GuiView,
  NotLive,
  SceneView,
  Send,
  ServerMessage,
  TakenFiles,
  TimelineState,
} from "../contract";
import {
  type FileDropMessage,
  SERVER_MESSAGE_TYPES,
  type TimelineMessage,
  type ViewerCameraMessage,
} from "../protocol/messages.gen";
import { Cell } from "../shared/observable";
import type { PlaybackCommand, Status } from "../transport/rpc";
import { LiveClock } from "./liveClock";
import { handleLocalStorage } from "./localStorage";
import { PageTimeline, SeekPacer, type TimelineCommand, toMessage } from "./timeline";

/** What a session passes messages to. */
export type View = Pick<GuiView, "apply" | "replayStart" | "replayDone"> &
  Partial<Pick<GuiView, "resumed" | "unsent" | "setReadOnly">>;

/** What has an effect if controls do nothing. Of users who may only look, the server drops the rest. */
const ALWAYS_SENT: ReadonlySet<string> = new Set([
  "ViewerCameraMessage",
  "GetRenderResponseMessage",
  "LocalStorageGetItemResponseMessage",
  "TimelineControlMessage",
]);

/** A file that somebody opens changes nothing outside of the page, and nobody waits for its answers. */
const NOT_PLAYED = /^(LocalStorage|FileTransfer|FileDrop|GetRender|Session|Timeline)/;

/** What the session did not pass on, or could not. */
export interface SessionCounts {
  batches: number;
  messages: number;
  /** Entries of a frame that were no messages. */
  malformed: number;
  /** Messages of an unknown type. */
  unknown: number;
  /** Scripts from the server, none of which is ever run. */
  scripts: number;
  /** Batches with which a view failed. */
  failures: number;
}

export interface Wire {
  send(message: ClientMessage): void;
  retry(): void;
  /** Of a recording only. */
  command?(command: PlaybackCommand): void;
}

/**
 * Links the connection to the views: replay phases, the messages that concern neither scene nor
 * panel, and the state of the connection with a text for the user.
 */
export class Session {
  readonly counts: SessionCounts = {
    batches: 0,
    messages: 0,
    malformed: 0,
    unknown: 0,
    scripts: 0,
    failures: 0,
  };
  readonly dark: Cell<boolean>;
  readonly showLogo = new Cell(true);
  readonly connection: Connection;
  /** The files that the user can send to the program now; null: none. */
  readonly takenFiles = new Cell<TakenFiles | null>(null);
  readonly timeline = new PageTimeline(
    (command) => this.command(command),
    () => this.clock.refresh(),
  );
  readonly send: Send = (message) => this.sendMessage(message);

  private readonly state: Cell<ConnectionState>;
  private readonly pacer = new SeekPacer((command) => this.send(toMessage(command)));
  private readonly clock = new LiveClock((state) => this.timeline.report(state));
  private readonly warned = new Set<string>();
  private status: Status;
  /** While there is no connection: as it was at the end of the last one. */
  private replaying = false;
  private replayingBefore = false;
  private replayedBytes = 0;
  private bytesPending = 0;
  private lastCamera: ViewerCameraMessage | null = null;
  private cameraSent = false;
  private themeSent = false;
  private timelineSent = false;
  private taken: TakenFiles | null = null;
  private takenSent = false;
  private readOnly = false;
  private notLive: NotLive | undefined;
  private user = "";
  private views: View[] = [];

  constructor(
    private readonly server: string,
    private readonly wire: () => Wire,
    /** The URL sets dark mode; then no theme of the server makes the page light, as in upstream viser. */
    private readonly forceDark: boolean,
    /** What is shown is a recording instead of a server's program. */
    private readonly recording = false,
  ) {
    this.dark = new Cell(forceDark);
    if (recording) this.notLive = "recording";
    const detail = recording ? "Opening the recording …" : `Connecting to ${server} …`;
    this.status = { kind: "connecting", detail, attempt: 0 };
    this.state = new Cell<ConnectionState>(this.describe());
    this.connection = {
      get: () => this.state.get(),
      subscribe: (cb) => this.state.subscribe(cb),
      retryNow: () => this.wire().retry(),
    };
  }

  /** Call before the first batch: views do not receive earlier messages. */
  setViews(scene: SceneView, gui: View): void {
    this.views = [scene, gui];
    if (this.locked()) this.lock();
  }

  onStatus(status: Status): void {
    // A connection begins with a replay: onOpen is a separate message, and in between the page is incomplete.
    if (status.kind === "live" && this.status.kind !== "live") {
      this.replayingBefore = this.replaying;
      this.replaying = true;
    }
    this.status = status;
    this.publish();
  }

  onOpen(): void {
    this.replaying = true;
    this.replayedBytes = 0;
    this.cameraSent = false;
    this.themeSent = false;
    this.timelineSent = false;
    this.takenSent = false;
    // Other servers send no SessionMessage, and know no roles.
    if (this.status.dialect !== "viser-go.v1") this.setUser(false, "");
    this.publish();
    this.each((view) => view.replayStart());
    // The server counts a page as connected when it has received its camera, which is otherwise sent only on changes.
    if (!this.cameraSent && this.lastCamera) this.sendMessage(this.lastCamera);
  }

  onResume(): void {
    this.replaying = this.replayingBefore;
    this.publish();
    if (this.lastCamera) this.sendMessage(this.lastCamera);
    this.each((view) => view.resumed?.(!this.replaying));
  }

  /** As the scene has reported it; null: not yet. */
  camera(): ViewerCameraMessage | null {
    return this.lastCamera;
  }

  /** The recording reports where it is. */
  onPlayback(state: TimelineState): void {
    this.timeline.report(state);
  }

  onUnsent(message: ClientMessage): void {
    this.each((view) => view.unsent?.(message));
  }

  onBatch(batch: {
    messages: ServerMessage[];
    bytes: number;
    bytesBehind: number;
    malformed: number;
  }): void {
    this.counts.batches++;
    this.counts.malformed += batch.malformed;
    this.bytesPending = batch.bytesBehind;
    if (this.replaying) this.replayedBytes += batch.bytes;
    this.dispatch(batch.messages);
    this.publish();
  }

  private dispatch(messages: ServerMessage[]): void {
    let forViews: ServerMessage[] = [];
    for (const message of messages) {
      if (!this.take(message)) continue;
      if (message.type === "ReplayDoneMessage") {
        this.apply(forViews);
        forViews = [];
        this.replayDone();
      } else forViews.push(message);
    }
    this.apply(forViews);
  }

  private replayDone(): void {
    this.replaying = false;
    // The previous server may have set a theme.
    if (!this.themeSent) this.setTheme(false, true);
    if (!this.timelineSent && !this.recording) this.setTimeline(null);
    if (!this.takenSent) this.setTaken(null);
    this.each((view) => view.replayDone());
  }

  private setTheme(dark: boolean, showLogo: boolean): void {
    this.dark.set(dark || this.forceDark);
    this.showLogo.set(showLogo);
  }

  private apply(messages: ServerMessage[]): void {
    if (messages.length > 0) this.each((view) => view.apply(messages));
  }

  /** Does what concerns the page as a whole; false if the message is not for the views. */
  private take(message: ServerMessage): boolean {
    this.counts.messages++;
    if (this.recording && NOT_PLAYED.test(message.type)) return false;
    switch (message.type) {
      case "RunJavascriptMessage":
        this.counts.scripts++;
        this.warnOnce("the server sent a script. This page never runs scripts of a server.");
        return false;
      case "SessionMessage":
        this.setUser(message.role === "view", String(message.name ?? ""));
        return false;
      case "SessionReceivedMessage":
        return false;
      case "TimelineMessage":
        this.timelineSent = true;
        this.setTimeline(message);
        return false;
      case "FileDropMessage":
        this.takenSent = true;
        this.setTaken(takenBy(message));
        return false;
      case "ThemeConfigurationMessage":
        this.themeSent = true;
        this.setTheme(message.dark_mode === true, message.show_logo !== false);
        return true;
      default:
        if (SERVER_MESSAGE_TYPES.has(message.type)) return !handleLocalStorage(message, this.send);
        this.counts.unknown++;
        this.warnOnce(`messages of type ${String(message.type)} are unknown.`);
        return false;
    }
  }

  private setUser(readOnly: boolean, user: string): void {
    this.user = user;
    this.readOnly = readOnly;
    this.lock();
  }

  private setTaken(taken: TakenFiles | null): void {
    this.taken = taken;
    this.takenFiles.set(this.locked() ? null : taken);
  }

  private locked(): boolean {
    return this.readOnly || this.notLive !== undefined;
  }

  private lock(): void {
    const locked = this.locked();
    this.takenFiles.set(locked ? null : this.taken);
    this.each((view) => view.setReadOnly?.(locked));
  }

  /** Of the server; null: it has none. */
  private setTimeline(message: TimelineMessage | null): void {
    this.clock.take(message);
    const past = message?.enabled === true && !message.following;
    if (past === (this.notLive === "past")) return;
    this.notLive = past ? "past" : undefined;
    this.lock();
  }

  private command(command: TimelineCommand): void {
    if (!this.recording) this.pacer.take(command);
    else if (command.do !== "follow") this.wire().command?.(command);
  }

  private sendMessage(message: ClientMessage): void {
    if (this.locked() && !ALWAYS_SENT.has(message.type)) return;
    if (message.type === "ViewerCameraMessage") {
      this.lastCamera = message;
      this.cameraSent = true;
    }
    if (this.status.kind === "live" || this.status.resumable) this.wire().send(message);
    else this.onUnsent(message);
  }

  dispose(): void {
    this.clock.dispose();
    this.pacer.dispose();
  }

  /** A failure of one view must not affect the other one, or the connection. */
  private each(action: (view: View) => void): void {
    for (const view of this.views) {
      try {
        action(view);
      } catch (e) {
        this.counts.failures++;
        console.error("viser: a part of the page failed:", e);
      }
    }
  }

  private warnOnce(text: string): void {
    if (this.warned.has(text) || this.warned.size >= 100) return;
    this.warned.add(text);
    console.warn(`viser: ${text}`);
  }

  private publish(): void {
    const next = this.describe();
    if (!sameState(next, this.state.get())) this.state.set(next);
  }

  private describe(): ConnectionState {
    const { kind, detail, attempt, dialect, nextRetryAt, resumable, note, arrays } = this.status;
    const state: ConnectionState = { kind, detail, server: this.server, attempt };
    if (dialect !== undefined) state.dialect = dialect;
    if (nextRetryAt !== undefined) state.nextRetryAt = nextRetryAt;
    if (resumable) state.resumable = true;
    if (note !== undefined) state.note = note;
    if (this.readOnly) state.readOnly = true;
    if (this.notLive) state.notLive = this.notLive;
    if (this.user !== "") state.user = this.user;
    if (kind !== "live") return state;
    state.replaying = this.replaying;
    state.bytesPending = this.bytesPending;
    if (this.replaying)
      state.detail = `Loading the scene, ${megabytes(this.replayedBytes)} so far …`;
    if (arrays) state.arrays = arrays;
    return state;
  }
}

function takenBy(message: FileDropMessage): TakenFiles | null {
  if (message.enabled !== true) return null;
  const types = Array.isArray(message.types) ? message.types.map(String) : [];
  return { maxBytes: Number(message.max_bytes), types, hint: String(message.hint ?? "") };
}

function sameState(a: ConnectionState, b: ConnectionState): boolean {
  return (
    a.kind === b.kind &&
    a.detail === b.detail &&
    a.server === b.server &&
    a.dialect === b.dialect &&
    a.attempt === b.attempt &&
    a.nextRetryAt === b.nextRetryAt &&
    a.bytesPending === b.bytesPending &&
    a.arrays?.count === b.arrays?.count &&
    a.arrays?.loaded === b.arrays?.loaded &&
    a.arrays?.total === b.arrays?.total &&
    a.replaying === b.replaying &&
    a.resumable === b.resumable &&
    a.note === b.note &&
    a.readOnly === b.readOnly &&
    a.notLive === b.notLive &&
    a.user === b.user
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
