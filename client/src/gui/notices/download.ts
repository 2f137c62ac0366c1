import type { FileTransferPart, FileTransferStartDownload } from "../../protocol/messages.gen";
import { safeFilename, safeMimeType } from "./filename";

export const MAX_FILE_BYTES = 16 * 2 ** 30;
export const MAX_PARTS = 2 ** 20;
/** So many parts become one, lest a file of small parts be a million objects. */
const FOLD = 64;

/** Why a file cannot be had, as a message for the user. */
export class DownloadError extends Error {}

function check(ok: boolean, why: string): asserts ok {
  if (!ok) throw new DownloadError(why);
}

function isCount(x: unknown): x is number {
  return typeof x === "number" && Number.isSafeInteger(x) && x >= 0;
}

/**
 * A file on its way, put together from parts in whatever order. Each part is handed to the browser at once
 * as a Blob, which may lie on the disk; what the server promised is held against what it sends.
 */
export class Download {
  readonly filename: string;
  readonly size: number;
  readonly saveImmediately: boolean;
  received = 0;
  private readonly type: string;
  private readonly partCount: number;
  /** Parts in order without a gap, folded. */
  private readonly done: Blob[] = [];
  private tail: Blob[] = [];
  private next = 0;
  /** Parts that came too early. */
  private readonly early = new Map<number, Blob>();

  constructor(start: FileTransferStartDownload) {
    const { size_bytes: size, part_count: parts } = start;
    check(isCount(size) && isCount(parts), "The server announced a file without a sensible size.");
    check(size <= MAX_FILE_BYTES, `The file is larger than ${MAX_FILE_BYTES / 2 ** 30} GiB.`);
    check(parts <= MAX_PARTS, `The file comes in more than ${MAX_PARTS} parts.`);
    check(parts > 0 || size === 0, "The server announced a file with content but without parts.");
    this.filename = safeFilename(start.filename);
    this.type = safeMimeType(start.mime_type);
    this.size = size;
    this.partCount = parts;
    this.saveImmediately = start.save_immediately === true;
  }

  get complete(): boolean {
    return this.next === this.partCount;
  }

  add({ part_index: index, content }: FileTransferPart): void {
    check(
      isCount(index) && index < this.partCount,
      "The server sent a part that is not of the file.",
    );
    check(content instanceof Uint8Array, "The server sent a part without content.");
    // A part that is here already: sent twice, and counted once.
    if (index < this.next || this.early.has(index)) return;
    this.received += content.byteLength;
    check(this.received <= this.size, "The server sent more than it had announced.");
    this.early.set(index, new Blob([content as Uint8Array<ArrayBuffer>]));
    this.advance();
    check(
      !this.complete || this.received === this.size,
      "The file ended before its announced size.",
    );
  }

  blob(): Blob {
    return new Blob([...this.done, ...this.tail], { type: this.type });
  }

  private advance(): void {
    for (;;) {
      const part = this.early.get(this.next);
      if (!part) return;
      this.early.delete(this.next++);
      this.tail.push(part);
      if (this.tail.length < FOLD) continue;
      this.done.push(new Blob(this.tail));
      this.tail = [];
    }
  }
}
