/** Makes the faces of voxels off the main thread. */
import { type Cells, meshCells } from "./mesher";

export interface MeshRequest {
  points: Float32Array;
  size: [number, number, number];
  colors: Uint8Array;
}

self.onmessage = ({ data }: MessageEvent<MeshRequest>) => {
  const cells: Cells = meshCells(data.points, data.size, data.colors);
  const { corners, spans, paints } = cells.faces;
  self.postMessage(cells, {
    transfer: [cells.sorted.buffer, cells.ids.buffer, corners.buffer, spans.buffer, paints.buffer],
  });
};
