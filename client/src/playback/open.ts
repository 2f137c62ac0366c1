import { RecordingError } from "./errors";
import { isOurs, openOurs } from "./ours";
import { Notes, type Recording } from "./recording";
import type { ByteSource, OnLoaded } from "./source";
import { isUpstream, openUpstream } from "./upstream";
import type { Zstd } from "./zstd";

/** Enough to tell what a file is. */
const START_BYTES = 32;

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
  else throw new RecordingError("it is no recording of viser");
  if (recording.chunks.length === 0) throw new RecordingError("there is nothing in it");
  return recording;
}
