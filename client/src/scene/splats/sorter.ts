/** The main thread's side of the sorting worker. */
import type { SortGroup } from "./sort";
import type { CentersMessage, SortMessage, SortReply } from "./splatSort.worker";

export interface Order {
  /** Indices of splats, the farthest first; only the first `count` are valid. */
  splats: Uint32Array<ArrayBuffer>;
  count: number;
}

/** The part of Worker that is used. */
export type SortWorker = Pick<
  Worker,
  "postMessage" | "terminate" | "onmessage" | "onerror" | "onmessageerror"
>;

function startWorker(): SortWorker {
  return new Worker(new URL("./splatSort.worker.ts", import.meta.url), { type: "module" });
}

export class Sorter {
  private readonly worker: SortWorker;
  private readonly waiting = new Map<number, (order: Order | null) => void>();
  private nextId = 0;
  private broken = false;

  /** `failed` is called once, with the reason; sort() returns null from then on. */
  constructor(
    private readonly failed: (reason: string) => void,
    start: () => SortWorker = startWorker,
  ) {
    this.worker = start();
    this.worker.onmessage = ({ data }: MessageEvent<SortReply>) => {
      const done = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      done?.({ splats: data.out, count: data.count });
    };
    this.worker.onerror = (e) => this.fail(e.message || "it could not be loaded");
    this.worker.onmessageerror = () => this.fail("it sent a message that can't be read");
  }

  /** Sets the centers of the splats from `start` on. The array is transferred. */
  setCenters(start: number, centers: Float32Array<ArrayBuffer>): void {
    const m: CentersMessage = { kind: "centers", start, centers };
    this.worker.postMessage(m, [centers.buffer]);
  }

  /** `out` is transferred, and its memory holds the returned order. null: sorting has failed. */
  sort(groups: SortGroup[], out: Uint32Array<ArrayBuffer>): Promise<Order | null> {
    if (this.broken) return Promise.resolve(null);
    const id = this.nextId++;
    const m: SortMessage = { kind: "sort", id, groups, out };
    this.worker.postMessage(m, [out.buffer]);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  dispose(): void {
    this.stop();
  }

  private fail(reason: string): void {
    if (this.broken) return;
    this.stop();
    this.failed(reason);
  }

  private stop(): void {
    this.broken = true;
    this.worker.terminate();
    for (const done of this.waiting.values()) done(null);
    this.waiting.clear();
  }
}
