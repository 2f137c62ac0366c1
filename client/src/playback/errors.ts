/** A recording cannot be read. The message completes "The recording cannot be read: …" for the user. */
export class RecordingError extends Error {
  override name = "RecordingError";
}

/** What the index of a recording says is not what is there. */
export class IndexError extends RecordingError {
  override name = "IndexError";
}

/** The bytes cannot be had, whatever they are. */
export class SourceError extends RecordingError {
  override name = "SourceError";
}
