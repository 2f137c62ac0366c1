import type { UrlParams } from "../shared/params";
import { openChannel } from "../transport/channel";
import type { RecordingSource } from "../transport/rpc";
import type { Embedded } from "./embedded";
import type { Session, Wire } from "./session";

/** Where the page's messages come from. */
export interface Source {
  /** null: from a server. */
  readonly recording: RecordingSource | null;
  /** For the user: an address. */
  readonly name: string;
}

export interface OpenWire extends Wire {
  dispose(): void;
}

/** Loads the code that plays recordings, which pages of a server do without. */
export type LoadPlayback = () => Promise<{
  openPlayback(
    source: RecordingSource,
    playing: boolean,
    session: Session,
    ready: Promise<unknown>,
  ): OpenWire;
  problemOf(file: Blob): Promise<string | null>;
}>;

/** The user's file comes first, then a recording in the page, then one that the address names. */
export function sourceOf(params: UrlParams, embedded: Embedded | null, file: File | null): Source {
  if (file) return { recording: { file }, name: file.name };
  if (embedded) return { recording: { data: embedded.data }, name: "in this page" };
  if (params.playbackPath === null) return { recording: null, name: params.websocket };
  return { recording: { url: params.playbackPath }, name: params.playbackPath };
}

/** Opens it at once; the session is told what comes of it. */
export function openSource(
  { recording }: Source,
  params: UrlParams,
  session: Session,
  ready: Promise<unknown>,
  loadPlayback: LoadPlayback,
): OpenWire {
  if (!recording) return openChannel(params.websocket, session, ready, params.fetchArrays);
  return new LaterWire(async () => {
    try {
      const { openPlayback } = await loadPlayback();
      return openPlayback(recording, playsAtOnce(), session, ready);
    } catch (e) {
      const why = e instanceof Error ? e.message : String(e);
      const detail = `The code that plays recordings could not be loaded: ${why}`;
      session.onStatus({ kind: "closed", detail, attempt: 0 });
      return null;
    }
  });
}

/** As upstream viser's page does, except for users who have asked their system for less motion. */
function playsAtOnce(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Does nothing until the other is there. */
class LaterWire implements OpenWire {
  private wire: OpenWire | null = null;
  private disposed = false;

  constructor(private readonly open: () => Promise<OpenWire | null>) {
    void this.start();
  }

  send(message: Parameters<Wire["send"]>[0]): void {
    this.wire?.send(message);
  }

  retry(): void {
    if (this.wire) this.wire.retry();
    else void this.start();
  }

  command(command: Parameters<NonNullable<Wire["command"]>>[0]): void {
    this.wire?.command?.(command);
  }

  dispose(): void {
    this.disposed = true;
    this.wire?.dispose();
  }

  private async start(): Promise<void> {
    const wire = await this.open();
    if (this.disposed) wire?.dispose();
    else this.wire = wire;
  }
}
