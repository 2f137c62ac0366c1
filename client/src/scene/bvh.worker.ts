/** Builds the BVH of a large mesh off the main thread. */
import { BufferAttribute, BufferGeometry } from "three";
import { MeshBVH } from "three-mesh-bvh";

export interface BvhRequest {
  id: number;
  vertices: Float32Array;
  faces: Uint32Array;
}

export interface BvhReply {
  id: number;
  /** null: it could not be built. */
  bvh: ReturnType<typeof MeshBVH.serialize> | null;
}

self.onmessage = ({ data }: MessageEvent<BvhRequest>) => {
  const { id, vertices, faces } = data;
  try {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(vertices, 3));
    geometry.setIndex(new BufferAttribute(faces, 1));
    // Indirect: keeps the order of the faces, of which the main thread has its own copy.
    const bvh = MeshBVH.serialize(new MeshBVH(geometry, { indirect: true }), {
      cloneBuffers: false,
    });
    const buffers = [...bvh.roots] as ArrayBuffer[];
    if (bvh.indirectBuffer) buffers.push(bvh.indirectBuffer.buffer as ArrayBuffer);
    const reply: BvhReply = { id, bvh: { ...bvh, index: null } };
    self.postMessage(reply, { transfer: buffers });
  } catch {
    self.postMessage({ id, bvh: null } as BvhReply);
  }
};
