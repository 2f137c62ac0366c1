import type { FileTransferPart, FileTransferStartDownload } from "../../protocol/messages.gen";
import { Download, DownloadError } from "./download";
import { safeFilename } from "./filename";
import type { Notices } from "./notices";

/** Maximum number of concurrent downloads. */
const MAX_ACTIVE = 64;
const PROGRESS_EVERY_MS = 120;
/** The browser may read the file some time after the click. */
const REVOKE_AFTER_MS = 60_000;
const DONE_SHOWN_MS = 4_000;

interface Active {
  readonly id: string;
  readonly download: Download;
  shownAt: number;
  /** Timer of the next progress update. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Receives files from the server, shows their progress, and saves them or shows a link. */
export class Downloads {
  private readonly active = new Map<string, Active>();
  private readonly notices: Notices;
  private readonly revokers = new Set<() => void>();

  constructor(notices: Notices) {
    this.notices = notices;
  }

  start(message: FileTransferStartDownload): void {
    const id = message.transfer_uuid;
    if (typeof id !== "string" || this.active.has(id)) return;
    try {
      if (this.active.size >= MAX_ACTIVE) throw new DownloadError("Too many files at once.");
      const download = new Download(message);
      const active: Active = { id, download, shownAt: performance.now(), timer: undefined };
      this.active.set(id, active);
      if (download.complete) this.finish(id, download);
      else this.progress(active);
    } catch (e) {
      this.fail(id, safeFilename(message.filename), e);
    }
  }

  part(message: FileTransferPart): void {
    const id = message.transfer_uuid;
    const active = this.active.get(id);
    if (!active) return;
    const { download } = active;
    try {
      download.add(message);
    } catch (e) {
      this.fail(id, download.filename, e);
      return;
    }
    if (download.complete) this.finish(id, download);
    else this.progress(active);
  }

  /** Active downloads cannot be continued by another connection. */
  connectionLost(): void {
    for (const [id, { download }] of [...this.active]) {
      const why = new DownloadError(
        "The connection was lost during the download. Request the file again.",
      );
      this.fail(id, download.filename, why);
    }
  }

  dispose(): void {
    for (const id of [...this.active.keys()]) this.forget(id);
    for (const revoke of [...this.revokers]) revoke();
  }

  /** Throttled; a pending update is shown even if no further part follows. */
  private progress(active: Active): void {
    const wait = active.shownAt + PROGRESS_EVERY_MS - performance.now();
    if (wait <= 0) this.show(active);
    else active.timer ??= setTimeout(() => this.show(active), wait);
  }

  private show(active: Active): void {
    clearTimeout(active.timer);
    active.timer = undefined;
    active.shownAt = performance.now();
    const { filename, received, size } = active.download;
    this.notices.show(noticeId(active.id), {
      title: filename,
      body: `Receiving: ${bytes(received)} of ${bytes(size)}`,
      loading: true,
      closable: true,
      progress: size > 0 ? received / size : 0,
      autoCloseMs: null,
    });
  }

  private forget(id: string): void {
    clearTimeout(this.active.get(id)?.timer);
    this.active.delete(id);
  }

  private finish(id: string, download: Download): void {
    this.forget(id);
    const { filename, size } = download;
    const { href, revoke } = this.url(download.blob());
    const common = {
      title: filename,
      loading: false,
      closable: true,
      color: "var(--mantine-color-green-filled)",
    };
    this.notices.close(noticeId(id));
    if (!download.saveImmediately) {
      const link = { text: "Click to download", href, filename };
      const body = `${bytes(size)}, ready`;
      this.notices.show(noticeId(id), { ...common, body, link, autoCloseMs: null }, revoke);
      return;
    }
    saveAs(href, filename);
    setTimeout(revoke, REVOKE_AFTER_MS);
    this.notices.show(noticeId(id), {
      ...common,
      body: `${bytes(size)}, saved`,
      autoCloseMs: DONE_SHOWN_MS,
    });
  }

  private fail(id: string, filename: string, cause: unknown): void {
    this.forget(id);
    const body = cause instanceof DownloadError ? cause.message : "The browser could not store it.";
    if (!(cause instanceof DownloadError)) console.error(`viser: download of ${filename}:`, cause);
    this.notices.show(noticeId(id), {
      title: `“${filename}” could not be downloaded`,
      body,
      loading: false,
      closable: true,
      color: "var(--mantine-color-red-filled)",
      autoCloseMs: null,
    });
  }

  private url(blob: Blob): { href: string; revoke: () => void } {
    const href = URL.createObjectURL(blob);
    const revoke = () => {
      URL.revokeObjectURL(href);
      this.revokers.delete(revoke);
    };
    this.revokers.add(revoke);
    return { href, revoke };
  }
}

function noticeId(transfer: string): string {
  return `download:${transfer}`;
}

function saveAs(href: string, filename: string): void {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.download = filename;
  anchor.click();
}

export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}
