import { RecordingError } from "./errors";
import { isOurs, openOurs } from "./ours";
import { Notes, type Recording } from "./recording";
import { type ByteSource, FileSource, type OnLoaded } from "./source";
import { isUpstream, openUpstream } from "./upstream";
import type { Zstd } from "./zstd";

/** Enough to tell what a file is. */
const START_BYTES = 32;

const NO_RECORDING = "it is no recording of viser";

/** Why a file can't be a recording, by its beginning; null: it may be one. */
export async function problemOf(file: Blob): Promise<string | null> {
  if (file.size === 0) return "there is nothing in it";
  try {
    const start = await new FileSource(file).read(0, Math.min(START_BYTES, file.size));
    return isOurs(start) || isUpstream(start) ? null : NO_RECORDING;
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
}

/** Opens a recording of any form. `onLoaded` tells how far it is read through, where it has to be. */
export async function openRecording(
  source: ByteSource,
  zstd: Zstd,
  onLoaded: OnLoaded,
): Promise<Recording> {
  const start = await source.read(0, Math.min(START_BYTES, source.size));
  const notes = new Notes();
  let recording: Recording;
  if (isOurs(start)) recording = await openOurs(source, zstd, notes, onLoaded);
  else if (isUpstream(start)) recording = await openUpstream(source, zstd, notes, onLoaded);
  else throw new RecordingError(NO_RECORDING);
  if (recording.chunks.length === 0) throw new RecordingError("there is nothing in it");
  return recording;
}
