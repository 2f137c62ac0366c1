import type { ClientMessage } from "../../contract";
import { safeFilename } from "../notices/filename";

/** Bytes per message. */
export const PART_BYTES = 512 * 1024;
/** Maximum number of unacknowledged parts: more would only delay other messages. */
const MAX_PARTS_IN_FLIGHT = 8;
/** An upload without a response for this time fails. */
export const RESPONSE_TIMEOUT_MS = 60_000;

/** The reason why an upload failed, as a message for the user. */
export class UploadError extends Error {}

interface UploadEvents {
  sent(bytes: number): void;
  ended(error: UploadError | null): void;
}

/** An upload of one file in parts, with flow control by the server's acknowledgements. */
export class Upload {
  readonly id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  private readonly parts: number;
  private next = 0;
  private acknowledged = 0;
  private reading = false;
  private over = false;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly button: string,
    readonly file: File,
    readonly send: (message: ClientMessage) => void,
    readonly events: UploadEvents,
  ) {
    this.parts = Math.ceil(file.size / PART_BYTES);
  }

  start(): void {
    this.send({
      type: "FileTransferStartUpload",
      source_component_uuid: this.button,
      transfer_uuid: this.id,
      filename: safeFilename(this.file.name),
      mime_type: this.file.type,
      part_count: this.parts,
      size_bytes: this.file.size,
    });
    this.listen();
    void this.pump();
  }

  acknowledge(bytes: unknown): void {
    if (this.over || typeof bytes !== "number") return;
    this.acknowledged = Math.max(this.acknowledged, bytes);
    this.events.sent(this.acknowledged);
    if (this.acknowledged >= this.file.size) {
      this.end(null);
      return;
    }
    this.listen();
    void this.pump();
  }

  /** Ends the upload: canceled by the user (null) or failed. */
  stop(error: UploadError | null): void {
    if (!this.over) this.end(error);
  }

  private async pump(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      while (!this.over && this.next < this.parts && this.ahead() < MAX_PARTS_IN_FLIGHT) {
        const at = this.next * PART_BYTES;
        const content = new Uint8Array(await this.file.slice(at, at + PART_BYTES).arrayBuffer());
        if (this.over) return;
        this.send({
          type: "FileTransferPart",
          source_component_uuid: this.button,
          transfer_uuid: this.id,
          part_index: this.next++,
          content,
        });
      }
    } catch (e) {
      console.error(`viser: reading ${this.file.name}:`, e);
      this.stop(new UploadError("The browser could not read it. Is it a file, and still there?"));
    } finally {
      this.reading = false;
    }
  }

  private ahead(): number {
    return this.next - Math.floor(this.acknowledged / PART_BYTES);
  }

  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(
      () => this.stop(new UploadError("The server does not answer.")),
      RESPONSE_TIMEOUT_MS,
    );
  }

  private end(error: UploadError | null): void {
    this.over = true;
    clearTimeout(this.silence);
    this.events.ended(error);
  }
}
