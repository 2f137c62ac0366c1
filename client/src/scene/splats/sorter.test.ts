import { describe, expect, it } from "vitest";
import { Sorter, type SortWorker } from "./sorter";

class FakeWorker implements SortWorker {
  posted: unknown[] = [];
  terminated = false;
  onmessage: SortWorker["onmessage"] = null;
  onerror: SortWorker["onerror"] = null;
  onmessageerror: SortWorker["onmessageerror"] = null;
  postMessage(m: unknown): void {
    this.posted.push(m);
  }
  terminate(): void {
    this.terminated = true;
  }
}

function make() {
  const worker = new FakeWorker();
  const failures: string[] = [];
  const sorter = new Sorter(
    (reason) => failures.push(reason),
    () => worker,
  );
  return { worker, failures, sorter };
}

describe("Sorter", () => {
  it("resolves each request with its own response", async () => {
    const { worker, sorter } = make();
    const first = sorter.sort([], new Uint32Array(1));
    const second = sorter.sort([], new Uint32Array(2));
    for (const id of [1, 0]) {
      const data = { id, out: new Uint32Array(id + 1), count: id };
      worker.onmessage!.call(null as never, { data } as MessageEvent);
    }
    expect((await first)?.splats.length).toBe(1);
    expect((await second)?.count).toBe(1);
  });

  it("settles all requests when the worker fails, and reports it once", async () => {
    const { worker, sorter, failures } = make();
    const waiting = sorter.sort([], new Uint32Array(1));
    worker.onerror!.call(null as never, { message: "no script" } as ErrorEvent);
    worker.onerror!.call(null as never, { message: "again" } as ErrorEvent);
    expect(await waiting).toBeNull();
    expect(await sorter.sort([], new Uint32Array(1))).toBeNull();
    expect(failures).toEqual(["no script"]);
    expect(worker.terminated).toBe(true);
  });

  it("terminates its worker on dispose", async () => {
    const { worker, sorter, failures } = make();
    const waiting = sorter.sort([], new Uint32Array(1));
    sorter.dispose();
    expect(await waiting).toBeNull();
    expect(worker.terminated).toBe(true);
    expect(failures).toEqual([]);
  });
});
