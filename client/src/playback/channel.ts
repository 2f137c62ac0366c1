/** The page's end of the worker that plays a recording. */
import { Disposables } from "../shared/disposables";
import type { TimelineState } from "../shared/timeline";
import { type Channel, type ChannelHandlers, receive } from "../transport/channel";
import type { PlaybackCommand, RecordingSource, ToWorker } from "../transport/rpc";

export { problemOf } from "./open";

export interface PlaybackHandlers extends ChannelHandlers {
  onPlayback(state: TimelineState): void;
}

/** A recording has no program: what is sent has no effect. `retry` opens it again after a failure. */
export interface PlaybackChannel extends Channel {
  command(command: PlaybackCommand): void;
}

/**
 * Opens a recording at once; what it shows is handed over when `ready` resolves. The source's data is given away. A
 * relative address is relative to the page's.
 */
export function openPlayback(
  source: RecordingSource,
  playing: boolean,
  handlers: PlaybackHandlers,
  ready: Promise<unknown>,
): PlaybackChannel {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "playback",
  });
  const post = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  receive(worker, handlers, ready, (data) => {
    if (data.kind === "playback") handlers.onPlayback(data.state);
  });
  const disposables = new Disposables();
  disposables.add(() => worker.terminate());
  const tellVisible = (): void =>
    post({ kind: "visible", visible: document.visibilityState === "visible" });
  disposables.listen(document, "visibilitychange", tellVisible);
  if ("url" in source) {
    const url = new URL(source.url, document.baseURI).href;
    post({ kind: "open", source: { url }, playing });
  } else post({ kind: "open", source, playing }, "data" in source ? [source.data] : []);
  tellVisible();

  return {
    send: () => {},
    command: (command) => post({ kind: "playback", command }),
    retry: () => post({ kind: "retry" }),
    dispose: () => disposables.dispose(),
  };
}
