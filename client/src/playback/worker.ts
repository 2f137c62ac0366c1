/** The worker that plays a recording, instead of one that holds a connection. */
import type { FromWorker, ToWorker } from "../transport/rpc";
import { Playback } from "./session";

let playback: Playback | null = null;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case "open":
      playback = new Playback({
        source: data.source,
        playing: data.playing,
        fetch: (url, init) => fetch(url, init),
        now: () => performance.now(),
        post: (message: FromWorker) => self.postMessage(message),
      });
      void playback.open();
      break;
    case "playback":
      playback?.command(data.command);
      break;
    case "applied":
      playback?.applied();
      break;
    case "visible":
      playback?.setVisible(data.visible);
      break;
    case "retry":
      playback?.retry();
      break;
  }
};
