/** What the server sent cannot be read. The message says what was wrong, for a person and for the close reason. */
export class FrameError extends Error {
  override name = "FrameError";
}
