import type { FileTransferPartAck, FileTransferRefusedMessage } from "../../protocol/messages.gen";
import { Cell } from "../../shared/observable";
import { bytes } from "../notices/downloads";
import { safeFilename } from "../notices/filename";
import type { GuiStore } from "../store/guiStore";
import { str } from "../store/read";
import { Upload, UploadError } from "./upload";

/** Maximum number of files per button. */
export const MAX_FILES = 1000;
/** In place of an upload button, for files that are dropped on the page. */
export const DROPPED = "viser-drop";
const SENT_SHOWN_MS = 4_000;

export type UploadState = "waiting" | "sending" | "sent" | "failed";

export interface UploadRow {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly state: UploadState;
  /** Error message. */
  readonly error?: string;
}

const NONE: readonly UploadRow[] = [];

interface Options {
  store: GuiStore;
  /** Whether the server supports canceling uploads. */
  canCancel: () => boolean;
}

/** Uploads files one after the other, of all buttons. */
export class Uploads {
  private readonly rowsByButton = new Map<string, Cell<readonly UploadRow[]>>();
  private readonly uploads = new Map<string, Upload>();
  private readonly queue: Upload[] = [];
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private readonly options: Options;
  private current: Upload | null = null;

  constructor(options: Options) {
    this.options = options;
  }

  /** The state of a button's files. */
  rows(button: string): Cell<readonly UploadRow[]> {
    let cell = this.rowsByButton.get(button);
    if (!cell) {
      cell = new Cell(NONE);
      this.rowsByButton.set(button, cell);
    }
    return cell;
  }

  add(button: string, files: readonly File[]): void {
    const rows = this.rows(button);
    for (const file of files.slice(0, Math.max(0, MAX_FILES - rows.get().length))) {
      const upload: Upload = new Upload(
        button,
        file,
        (message) => this.options.store.transfer(message),
        {
          sent: (sent) => this.change(upload, { sent }),
          ended: (error) => this.ended(upload, error),
        },
      );
      this.uploads.set(upload.id, upload);
      this.queue.push(upload);
      const row: UploadRow = {
        id: upload.id,
        name: safeFilename(file.name),
        size: file.size,
        sent: 0,
        state: "waiting",
      };
      rows.update((all) => [...all, row]);
    }
    this.next();
  }

  cancel(button: string, id: string): void {
    const upload = this.uploads.get(id);
    this.rows(button).update((all) => all.filter((row) => row.id !== id));
    if (!upload) return;
    const began = upload === this.current;
    this.uploads.delete(id);
    upload.stop(null);
    if (began && this.options.canCancel()) {
      this.options.store.transfer({ type: "FileTransferCancelMessage", transfer_uuid: id });
    }
  }

  acknowledged(message: FileTransferPartAck): void {
    this.uploads.get(message.transfer_uuid)?.acknowledge(message.transferred_bytes);
  }

  refused(message: FileTransferRefusedMessage): void {
    const why = str(message.reason, "The server refused it.");
    this.uploads.get(message.transfer_uuid)?.stop(new UploadError(why));
  }

  connectionLost(): void {
    const why = new UploadError("The connection was lost during the upload. Send the file again.");
    this.queue.length = 0;
    for (const upload of [...this.uploads.values()]) upload.stop(why);
  }

  dispose(): void {
    this.connectionLost();
    for (const timer of this.timers) clearTimeout(timer);
    this.rowsByButton.clear();
  }

  private next(): void {
    if (this.current) return;
    const upload = this.queue.shift();
    if (!upload) return;
    if (!this.uploads.has(upload.id)) {
      this.next();
      return;
    }
    this.current = upload;
    if (!this.options.store.connected) {
      upload.stop(new UploadError("There is no connection to the server."));
      return;
    }
    this.change(upload, { state: "sending" });
    upload.start();
  }

  private ended(upload: Upload, error: UploadError | null): void {
    this.uploads.delete(upload.id);
    if (error) {
      this.change(upload, { state: "failed", error: error.message });
    } else {
      this.change(upload, { state: "sent", sent: upload.file.size });
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.drop(upload);
      }, SENT_SHOWN_MS);
      this.timers.add(timer);
    }
    if (this.current !== upload) return;
    this.current = null;
    this.next();
  }

  private change(upload: Upload, change: Partial<UploadRow>): void {
    this.rows(upload.button).update((all) =>
      all.map((row) => (row.id === upload.id ? { ...row, ...change } : row)),
    );
  }

  private drop(upload: Upload): void {
    this.rows(upload.button).update((all) => all.filter((row) => row.id !== upload.id));
  }
}

/** The status text of a row. */
export function statusText(row: UploadRow): string {
  switch (row.state) {
    case "waiting":
      return `${bytes(row.size)}, waiting`;
    case "sending":
      return `${bytes(row.sent)} of ${bytes(row.size)}`;
    case "sent":
      return `${bytes(row.size)}, sent`;
    case "failed":
      return row.error ?? "It was not sent.";
  }
}
