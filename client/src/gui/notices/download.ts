import type { FileTransferPart, FileTransferStartDownload } from "../../protocol/messages.gen";
import { safeFilename, safeMimeType } from "./filename";

export const MAX_FILE_BYTES = 16 * 2 ** 30;
export const MAX_PARTS = 2 ** 20;
/** Number of parts that are merged into one Blob, to limit the number of objects. */
const FOLD = 64;

/** The reason why a download failed, as a message for the user. */
export class DownloadError extends Error {}

function check(ok: boolean, why: string): asserts ok {
  if (!ok) throw new DownloadError(why);
}

function isCount(x: unknown): x is number {
  return typeof x === "number" && Number.isSafeInteger(x) && x >= 0;
}

/**
 * A download in progress, assembled from parts in any order. Each part becomes a Blob at once, which the browser may
 * keep on disk; received data is checked against the announced sizes.
 */
export class Download {
  readonly filename: string;
  readonly size: number;
  readonly saveImmediately: boolean;
  received = 0;
  private readonly type: string;
  private readonly partCount: number;
  /** Merged parts, without a gap. */
  private readonly done: Blob[] = [];
  private tail: Blob[] = [];
  private next = 0;
  /** Parts that were received out of order. */
  private readonly early = new Map<number, Blob>();

  constructor(start: FileTransferStartDownload) {
    const { size_bytes: size, part_count: parts } = start;
    check(isCount(size) && isCount(parts), "The server announced a file without a valid size.");
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
      "The server sent a part with an invalid number.",
    );
    check(content instanceof Uint8Array, "The server sent a part without content.");
    // A duplicate part is ignored.
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
