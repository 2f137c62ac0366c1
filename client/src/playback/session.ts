/** One recording and the page that it is played to: opens it, again if that failed, and says how it goes. */
import type { TimelineState } from "../shared/timeline";
import type { Batch, FromWorker, PlaybackCommand, RecordingSource, Status } from "../transport/rpc";
import { openRecording } from "./open";
import { Player, type PlayerOptions } from "./player";
import { type ByteSource, type Fetch, FileSource, MemorySource, openUrl } from "./source";
import { Zstd } from "./zstd";

/** The messages of a recording are of it: nothing else of the dialect is used. */
const DIALECT = "viser-go.v1";
/** Between reports of what is loaded. */
const PROGRESS_MS = 250;

export interface PlaybackOptions {
  source: RecordingSource;
  playing: boolean;
  fetch: Fetch;
  /** In milliseconds. */
  now: () => number;
  post: (message: FromWorker) => void;
}

export class Playback {
  private player: Player | null = null;
  private settings: Pick<PlayerOptions, "time" | "speed" | "loop" | "playing">;
  private visible = true;
  private failed = false;
  private opened = false;
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: PlaybackOptions) {
    this.settings = { time: 0, speed: 1, loop: false, playing: options.playing };
  }

  async open(): Promise<void> {
    this.failed = false;
    this.status({ kind: this.opened ? "reconnecting" : "connecting", detail: this.opening() });
    const { onLoaded } = this;
    try {
      const zstd = await this.zstd();
      const recording = await openRecording(await this.bytes(), zstd, onLoaded);
      this.player = new Player({
        ...this.settings,
        recording,
        onOpen: () => this.live(),
        onBatch: (batch: Batch) => this.options.post({ kind: "batch", batch }),
        onState: (state: TimelineState) => this.options.post({ kind: "playback", state }),
        onFailed: (e) => this.fail(e),
        now: this.options.now,
      });
    } catch (e) {
      this.fail(e);
      return;
    }
    this.player.setVisible(this.visible);
    await this.player.run();
  }

  command(command: PlaybackCommand): void {
    this.player?.command(command);
  }

  applied(): void {
    this.player?.applied();
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.player?.setVisible(visible);
  }

  /** Opens it again after a failure, at the same time. */
  retry(): void {
    if (this.failed) void this.open();
  }

  private async zstd(): Promise<Zstd> {
    try {
      return await Zstd.create();
    } catch (e) {
      throw new Error(`this browser does not run WebAssembly, which the page needs: ${reason(e)}`);
    }
  }

  private bytes(): Promise<ByteSource> {
    const { source, fetch } = this.options;
    if ("url" in source) return openUrl(source.url, fetch, this.onLoaded);
    if ("file" in source) return Promise.resolve(new FileSource(source.file));
    return Promise.resolve(new MemorySource(new Uint8Array(source.data)));
  }

  private readonly onLoaded = (loaded: number, total: number): void => {
    const now = this.options.now();
    if (now - this.reportedAt < PROGRESS_MS) return;
    this.reportedAt = now;
    const of = total > 0 ? ` of ${megabytes(total)}` : "";
    this.status({ kind: "connecting", detail: `${this.opening()} ${megabytes(loaded)}${of}` });
  };

  private opening(): string {
    const { source } = this.options;
    if ("url" in source) return `Opening ${source.url} …`;
    return "file" in source ? `Opening ${source.file.name} …` : "Opening the recording …";
  }

  private live(): void {
    this.opened = true;
    this.status({ kind: "live", detail: "A recording.", dialect: DIALECT });
    this.options.post({ kind: "open" });
  }

  private fail(e: unknown): void {
    this.failed = true;
    if (this.player) this.settings = this.player.settings;
    this.player?.dispose();
    this.player = null;
    const detail = `The recording cannot be read: ${reason(e)}.`;
    this.status({ kind: "closed", detail });
  }

  private status(status: Omit<Status, "attempt">): void {
    this.options.post({ kind: "status", status: { ...status, attempt: 0 } });
  }
}

function reason(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
