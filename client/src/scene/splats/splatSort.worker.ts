/** Sorts splats off the main thread. */
import { DepthSort, type SortGroup } from "./sort";

export interface CentersMessage {
  kind: "centers";
  start: number;
  centers: Float32Array;
}

export interface SortMessage {
  kind: "sort";
  id: number;
  groups: SortGroup[];
  /** Buffer for the order; it is transferred back in the reply. */
  out: Uint32Array<ArrayBuffer>;
}

export interface SortReply {
  id: number;
  out: Uint32Array<ArrayBuffer>;
  count: number;
}

const sorter = new DepthSort();

self.onmessage = ({ data }: MessageEvent<CentersMessage | SortMessage>) => {
  if (data.kind === "centers") {
    sorter.setCenters(data.start, data.centers);
    return;
  }
  const { id, groups, out } = data;
  const reply: SortReply = { id, out, count: sorter.sort(groups, out) };
  self.postMessage(reply, { transfer: [out.buffer] });
};
