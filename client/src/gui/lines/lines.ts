/** Safety limit: lines beyond this are dropped. */
export const MAX_LINES = 2_000_000;

/**
 * The lines of a growing text. If text was only appended, only the new part is decoded: a partial update of an
 * array leaves earlier elements in place, in the same memory (protocol/patch.ts).
 */
export class Lines {
  private lines: string[] = [];
  private bytes: Uint8Array = new Uint8Array();

  /** All lines, each without its line feed; the same array for as long as nothing changed. */
  get all(): readonly string[] {
    return this.lines;
  }

  read(given: unknown): readonly string[] {
    const bytes = given instanceof Uint8Array ? given : new Uint8Array();
    if (bytes === this.bytes) return this.lines;
    const grown =
      bytes.buffer === this.bytes.buffer &&
      bytes.byteOffset === this.bytes.byteOffset &&
      bytes.length >= this.bytes.length;
    const from = grown ? this.bytes.length : 0;
    const added = new TextDecoder().decode(bytes.slice(from)).split("\n");
    // The part after the last line feed is empty.
    added.pop();
    this.lines = (grown ? this.lines.concat(added) : added).slice(0, MAX_LINES);
    this.bytes = bytes;
    return this.lines;
  }
}
