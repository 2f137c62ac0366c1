/** Has the faces of voxels made: at once if there are few, else by a worker. */
import { type Cells, meshCells } from "./mesher";
import type { MeshRequest } from "./mesher.worker";

/** So many take less than a frame. */
const AT_ONCE = 5_000;

export class Meshing {
  private worker: Worker | null = null;
  /** The newest request that came while the worker was busy. */
  private next: MeshRequest | null = null;
  private settle: (() => void) | null = null;

  /** `done` is called with the newest cells; null: they could not be made. */
  constructor(
    private readonly wait: (work: Promise<void>) => void,
    private readonly done: (cells: Cells | null) => void,
  ) {}

  request(request: MeshRequest): void {
    if (!this.worker && request.points.length <= 3 * AT_ONCE) {
      this.done(meshCells(request.points, request.size, request.colors));
      return;
    }
    if (this.worker) {
      this.next = request;
      return;
    }
    this.start(request);
  }

  dispose(): void {
    this.next = null;
    this.stop();
  }

  private start(request: MeshRequest): void {
    const worker = new Worker(new URL("./mesher.worker.ts", import.meta.url), { type: "module" });
    this.worker = worker;
    if (!this.settle)
      this.wait(
        new Promise<void>((resolve) => {
          this.settle = resolve;
        }),
      );
    worker.onmessage = ({ data }: MessageEvent<Cells>) => this.finish(data);
    worker.onerror = () => this.finish(null);
    worker.postMessage(request);
  }

  private finish(cells: Cells | null): void {
    this.done(cells);
    const { next } = this;
    this.next = null;
    this.worker?.terminate();
    this.worker = null;
    if (next) this.start(next);
    else this.stop();
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.settle?.();
    this.settle = null;
  }
}
