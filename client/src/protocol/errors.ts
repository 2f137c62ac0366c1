/** Data from the server cannot be decoded. The message is shown to the user and sent as the close reason. */
export class FrameError extends Error {
  override name = "FrameError";
}
