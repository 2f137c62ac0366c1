import type { FileTransferPart, FileTransferStartDownload } from "../../protocol/messages.gen";
import { Download, DownloadError } from "./download";
import { safeFilename } from "./filename";
import type { Notices } from "./notices";

/** Files on their way at one time. */
const MAX_ACTIVE = 64;
const PROGRESS_EVERY_MS = 120;
/** The browser may read the file some time after the click. */
const REVOKE_AFTER_MS = 60_000;
const DONE_SHOWN_MS = 4_000;

interface Active {
  download: Download;
  shownAt: number;
}

/** Receives files of the server, shows how far they are, and saves them or offers them. */
export class Downloads {
  readonly #active = new Map<string, Active>();
  readonly #notices: Notices;
  readonly #revokers = new Set<() => void>();

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  start(message: FileTransferStartDownload): void {
    const id = message.transfer_uuid;
    if (typeof id !== "string" || this.#active.has(id)) return;
    try {
      if (this.#active.size >= MAX_ACTIVE) throw new DownloadError("Too many files at once.");
      const download = new Download(message);
      this.#active.set(id, { download, shownAt: performance.now() });
      if (download.complete) this.#finish(id, download);
    } catch (e) {
      this.#fail(id, safeFilename(message.filename), e);
    }
  }

  part(message: FileTransferPart): void {
    const id = message.transfer_uuid;
    const active = this.#active.get(id);
    if (!active) return;
    const { download } = active;
    try {
      download.add(message);
    } catch (e) {
      this.#fail(id, download.filename, e);
      return;
    }
    if (download.complete) this.#finish(id, download);
    else this.#progress(id, active);
  }

  /** A file that was under way will not be finished by another connection. */
  connectionLost(): void {
    for (const [id, { download }] of [...this.#active]) {
      const why = new DownloadError("The connection was lost on the way. Ask for the file again.");
      this.#fail(id, download.filename, why);
    }
  }

  dispose(): void {
    this.#active.clear();
    for (const revoke of [...this.#revokers]) revoke();
  }

  #progress(id: string, active: Active): void {
    const now = performance.now();
    if (now - active.shownAt < PROGRESS_EVERY_MS) return;
    active.shownAt = now;
    const { filename, received, size } = active.download;
    this.#notices.show(noticeId(id), {
      title: filename,
      body: `Receiving: ${bytes(received)} of ${bytes(size)}`,
      loading: true,
      closable: true,
      progress: size > 0 ? received / size : 0,
      autoCloseMs: null,
    });
  }

  #finish(id: string, download: Download): void {
    this.#active.delete(id);
    const { filename, size } = download;
    const { href, revoke } = this.#url(download.blob());
    const common = {
      title: filename,
      loading: false,
      closable: true,
      color: "var(--mantine-color-green-filled)",
    };
    this.#notices.close(noticeId(id));
    if (!download.saveImmediately) {
      const link = { text: "Click to download", href, filename };
      const body = `${bytes(size)}, ready`;
      this.#notices.show(noticeId(id), { ...common, body, link, autoCloseMs: null }, revoke);
      return;
    }
    saveAs(href, filename);
    setTimeout(revoke, REVOKE_AFTER_MS);
    this.#notices.show(noticeId(id), {
      ...common,
      body: `${bytes(size)}, saved`,
      autoCloseMs: DONE_SHOWN_MS,
    });
  }

  #fail(id: string, filename: string, cause: unknown): void {
    this.#active.delete(id);
    const words = cause instanceof DownloadError ? cause.message : "The browser could not keep it.";
    if (!(cause instanceof DownloadError)) console.error(`viser: download of ${filename}:`, cause);
    this.#notices.show(noticeId(id), {
      title: `“${filename}” could not be downloaded`,
      body: words,
      loading: false,
      closable: true,
      color: "var(--mantine-color-red-filled)",
      autoCloseMs: null,
    });
  }

  #url(blob: Blob): { href: string; revoke: () => void } {
    const href = URL.createObjectURL(blob);
    const revoke = () => {
      URL.revokeObjectURL(href);
      this.#revokers.delete(revoke);
    };
    this.#revokers.add(revoke);
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
