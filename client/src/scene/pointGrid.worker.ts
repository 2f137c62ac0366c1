/** Builds the grid of a large cloud. */
import { halfValues } from "./numbers";
import { type Coordinates, type Grid, makeGrid } from "./pointGrid";

export interface GridRequest {
  points: Coordinates;
}

export type GridReply = Grid;

self.onmessage = ({ data: { points } }: MessageEvent<GridRequest>) => {
  const table = points instanceof Uint16Array ? halfValues() : null;
  const at = (k: number) => (table ? table[points[k]!]! : points[k]!);
  const grid: GridReply = makeGrid(points.length / 3, at);
  self.postMessage(grid, {
    transfer: [grid.order.buffer, grid.starts.buffer, grid.bounds.buffer] as ArrayBuffer[],
  });
};
