/**
 * Bounding volume hierarchies (BVH) of large meshes for ray casts, built in a worker at the first ray cast.
 * Until a tree is ready, all triangles are tested.
 */
import type { BufferGeometry } from "three";
import type { MeshBVH } from "three-mesh-bvh";
import type { BvhReply, BvhRequest } from "./bvh.worker";

/** Below this, testing every triangle takes less than a millisecond. */
export const BVH_MIN_TRIANGLES = 10_000;

type Library = typeof import("three-mesh-bvh");

const trees = new WeakMap<BufferGeometry, MeshBVH | "building" | "none">();
const waiting = new Map<number, { geometry: BufferGeometry; library: Library }>();
let worker: Worker | null = null;
let nextId = 0;

/** The BVH of a geometry, or null if it has none yet; starts building one if the mesh is large enough. */
export function bvhOf(geometry: BufferGeometry): MeshBVH | null {
  const state = trees.get(geometry);
  if (state !== undefined) return typeof state === "string" ? null : state;
  const index = geometry.getIndex();
  if (!index || index.count / 3 < BVH_MIN_TRIANGLES) return null;
  trees.set(geometry, "building");
  void import("three-mesh-bvh").then(
    (library) => build(geometry, library),
    () => trees.set(geometry, "none"),
  );
  return null;
}

/** Call when the geometry's triangles have changed or it was disposed of. */
export function forgetBvh(geometry: BufferGeometry): void {
  trees.delete(geometry);
  for (const [id, job] of waiting) if (job.geometry === geometry) waiting.delete(id);
}

function build(geometry: BufferGeometry, library: Library): void {
  const index = geometry.getIndex();
  if (trees.get(geometry) !== "building" || !index) return;
  worker ??= startWorker();
  const id = nextId++;
  waiting.set(id, { geometry, library });
  const request: BvhRequest = {
    id,
    vertices: geometry.getAttribute("position").array as Float32Array,
    faces: index.array as Uint32Array,
  };
  worker.postMessage(request);
}

function startWorker(): Worker {
  const w = new Worker(new URL("./bvh.worker.ts", import.meta.url), { type: "module" });
  w.onmessage = ({ data }: MessageEvent<BvhReply>) => {
    const job = waiting.get(data.id);
    waiting.delete(data.id);
    if (job) {
      trees.set(
        job.geometry,
        data.bvh
          ? job.library.MeshBVH.deserialize(data.bvh, job.geometry, { setIndex: false })
          : "none",
      );
    }
    // The worker is terminated when no request is pending, to free its heap.
    if (waiting.size === 0) {
      w.terminate();
      if (worker === w) worker = null;
    }
  };
  w.onerror = () => {
    for (const { geometry } of waiting.values()) trees.set(geometry, "none");
    waiting.clear();
    w.terminate();
    if (worker === w) worker = null;
  };
  return w;
}
