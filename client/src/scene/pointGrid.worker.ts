/** Makes the grid of a large cloud. */
import { halfValues } from "./numbers";
import { type Coordinates, type Grid, makeGrid } from "./pointGrid";

export interface GridRequest {
  points: Coordinates;
}

export type GridReply = Grid;

const scope = self as unknown as {
  onmessage: (e: MessageEvent<GridRequest>) => void;
  postMessage(reply: GridReply, transfer: Transferable[]): void;
};

scope.onmessage = ({ data: { points } }) => {
  const table = points instanceof Uint16Array ? halfValues() : null;
  const at = (k: number) => (table ? table[points[k]!]! : points[k]!);
  const grid = makeGrid(points.length / 3, at);
  scope.postMessage(grid, [
    grid.order.buffer as ArrayBuffer,
    grid.starts.buffer as ArrayBuffer,
    grid.bounds.buffer as ArrayBuffer,
  ]);
};
