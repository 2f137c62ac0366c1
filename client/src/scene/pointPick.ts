/**
 * Finds the point of a cloud under the pointer. A pick tests all points; for large clouds that are picked repeatedly,
 * a grid is built in a worker, so that a pick only tests a few cells.
 */

import { halfValues } from "./numbers";
import type { Coordinates, Grid } from "./pointGrid";
import type { GridReply, GridRequest } from "./pointGrid.worker";
import { Best, type EyeRows, NEAR_PIXELS, pointerAt } from "./screenPick";
import type { Eye, Ray } from "./visual";

/** Below this, testing all points takes less than a millisecond. */
const GRID_MIN_POINTS = 100_000;

export interface Sprite {
  /** Half a point's size, in scene units. */
  readonly radius: number;
  /** As in the shader: square, diamond, circle, rounded, sparkle. */
  readonly shape: number;
}

export class PointPicker {
  private points: Coordinates = new Float32Array();
  private grid: Grid | null = null;
  private worker: Worker | null = null;
  private asked = 0;

  /** New points, or new contents of the same array. The array is kept, not copied. */
  set(points: Coordinates): void {
    this.points = points;
    this.grid = null;
    this.asked = 0;
    this.stop();
  }

  pick(rows: EyeRows, ray: Ray, eye: Eye, sprite: Sprite): Best {
    const search = new Search(this.points, rows, ray, eye, sprite);
    if (this.grid) search.cells(this.grid);
    else search.all();
    // Not at the first pick, which may be the only one, nor for points that change all the time.
    if (++this.asked === 2 && this.points.length >= 3 * GRID_MIN_POINTS) this.build();
    return search.best;
  }

  dispose(): void {
    this.set(new Float32Array());
  }

  private build(): void {
    const worker = new Worker(new URL("./pointGrid.worker.ts", import.meta.url), {
      type: "module",
    });
    worker.onmessage = ({ data }: MessageEvent<GridReply>) => {
      if (this.worker !== worker) return;
      this.grid = data;
      this.stop();
    };
    // Without a grid, picking works but is slower.
    worker.onerror = () => this.stop();
    this.worker = worker;
    worker.postMessage({ points: this.points } satisfies GridRequest);
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }
}

class Search {
  readonly best: Best;
  private readonly table: Float32Array | null;
  private readonly pointer: [number, number];
  private readonly slack: number;

  constructor(
    private readonly points: Coordinates,
    private readonly rows: EyeRows,
    ray: Ray,
    private readonly eye: Eye,
    private readonly sprite: Sprite,
  ) {
    this.slack = NEAR_PIXELS * eye.pixel;
    this.best = new Best(this.slack, ray, eye);
    this.table = points instanceof Uint16Array ? halfValues() : null;
    this.pointer = pointerAt(ray, eye);
  }

  all(): void {
    const { points, table, eye, slack } = this;
    const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = this.rows;
    const [px, py] = this.pointer;
    const { radius } = this.sprite;
    const least = 0.5 * eye.pixel;
    for (let i = 0, k = 0; k < points.length; i++, k += 3) {
      let x = points[k]!;
      let y = points[k + 1]!;
      let z = points[k + 2]!;
      if (table) {
        x = table[x]!;
        y = table[y]!;
        z = table[z]!;
      }
      const depth = c0 * x + c1 * y + c2 * z + c3;
      if (!(depth > eye.near)) continue;
      const half = Math.max(radius / depth, least);
      const reach = (half + slack) * depth;
      const dx = a0 * x + a1 * y + a2 * z + a3 - px * depth;
      if (!(dx < reach && dx > -reach)) continue;
      const dy = b0 * x + b1 * y + b2 * z + b3 - py * depth;
      if (!(dy < reach && dy > -reach)) continue;
      this.offer(i, depth, Math.abs(dx) / depth, Math.abs(dy) / depth, half);
    }
  }

  /** Tests the cells whose bounding sphere may contain a candidate. */
  cells(grid: Grid): void {
    const { starts, bounds, order } = grid;
    const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = this.rows;
    const { best, eye } = this;
    const [px, py] = this.pointer;
    // The transform may scale a sphere, differently along each axis.
    const stretch = Math.hypot(a0, a1, a2, b0, b1, b2, c0, c1, c2);
    const slack = this.slack + eye.pixel;
    for (let c = 0, at = 0; c + 1 < starts.length; c++, at += 4) {
      const from = starts[c]!;
      const to = starts[c + 1]!;
      if (from === to) continue;
      const x = bounds[at]!;
      const y = bounds[at + 1]!;
      const z = bounds[at + 2]!;
      const r = bounds[at + 3]! * stretch;
      const depth = c0 * x + c1 * y + c2 * z + c3;
      if (depth + r <= eye.near || (best.off === 0 && depth - r > best.depth)) continue;
      // Margin for the sphere's extent along the view direction: it shifts projected points by the pointer's slope.
      const reach = this.sprite.radius + slack * (depth + r) + r;
      const dx = Math.abs(a0 * x + a1 * y + a2 * z + a3 - px * depth);
      const dy = Math.abs(b0 * x + b1 * y + b2 * z + b3 - py * depth);
      if (dx > reach + r * Math.abs(px) || dy > reach + r * Math.abs(py)) continue;
      for (let k = from; k < to; k++) this.one(order[k]!);
    }
  }

  private one(i: number): void {
    const { points, table, eye } = this;
    const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = this.rows;
    const [px, py] = this.pointer;
    const at = (k: number) => (table ? table[points[3 * i + k]!]! : points[3 * i + k]!);
    const x = at(0);
    const y = at(1);
    const z = at(2);
    const depth = c0 * x + c1 * y + c2 * z + c3;
    if (!(depth > eye.near)) return;
    const half = Math.max(this.sprite.radius / depth, 0.5 * eye.pixel);
    const dx = Math.abs((a0 * x + a1 * y + a2 * z + a3) / depth - px);
    const dy = Math.abs((b0 * x + b1 * y + b2 * z + b3) / depth - py);
    if (dx < half + this.slack && dy < half + this.slack) this.offer(i, depth, dx, dy, half);
  }

  private offer(i: number, depth: number, dx: number, dy: number, half: number): void {
    this.best.offer(i, depth, (edge(this.sprite.shape, dx / half, dy / half) - 1) * half);
  }
}

/** Distance from a sprite's center, 1 at its edge; as in the shader of points.ts. */
function edge(shape: number, x: number, y: number): number {
  switch (shape) {
    case 1:
      return x + y;
    case 2:
      return Math.hypot(x, y);
    case 3:
      return (x ** 4 + y ** 4) ** 0.25;
    case 4:
      return (Math.sqrt(x) + Math.sqrt(y)) ** 2;
    default:
      return Math.max(x, y);
  }
}
