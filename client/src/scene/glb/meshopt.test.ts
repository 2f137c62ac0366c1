import { expect, test } from "vitest";
import { loadGlb } from "./load";

/** meshopt's ATTRIBUTES codec, version 0, with all byte deltas stored raw; at most 16 elements. */
function encodeAttributes(bytes: Uint8Array, stride: number): number[] {
  const count = bytes.length / stride;
  const out = [0xa0];
  for (let k = 0; k < stride; k++) {
    out.push(0b11);
    for (let i = 0; i < 16; i++) {
      const at = i * stride + k;
      // The first element is the baseline that its own delta refers to.
      const delta = i === 0 || i >= count ? 0 : (bytes[at]! - bytes[at - stride]!) & 0xff;
      out.push(delta & 0x80 ? ((~delta << 1) | 1) & 0xff : delta << 1);
    }
  }
  out.push(...new Array(32 - stride).fill(0), ...bytes.subarray(0, stride));
  return out;
}

function meshoptGlb(positions: readonly number[]): Uint8Array {
  const raw = new Uint8Array(new Float32Array(positions).buffer);
  const bin = encodeAttributes(raw, 12);
  while (bin.length % 4) bin.push(0);
  const count = positions.length / 3;
  const name = "EXT_meshopt_compression";
  const source = { buffer: 0, byteLength: 1 + 12 * 17 + 32, byteStride: 12, count };
  let json = JSON.stringify({
    asset: { version: "2.0" },
    extensionsUsed: [name],
    extensionsRequired: [name],
    buffers: [
      { byteLength: bin.length },
      { byteLength: raw.length, extensions: { [name]: { fallback: true } } },
    ],
    bufferViews: [
      {
        buffer: 1,
        byteLength: raw.length,
        byteStride: 12,
        extensions: { [name]: { ...source, mode: "ATTRIBUTES" } },
      },
    ],
    accessors: [
      {
        bufferView: 0,
        componentType: 5126,
        type: "VEC3",
        count,
        min: [0, -2.25, 0],
        max: [1.5, 0, 3],
      },
    ],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    nodes: [{ mesh: 0 }],
    scenes: [{ nodes: [0] }],
    scene: 0,
  });
  json += " ".repeat((4 - (json.length % 4)) % 4);
  const out = new Uint8Array(28 + json.length + bin.length);
  const view = new DataView(out.buffer);
  const head = [0x46546c67, 2, out.length, json.length, 0x4e4f534a];
  head.forEach((v, i) => void view.setUint32(4 * i, v, true));
  out.set(new TextEncoder().encode(json), 20);
  view.setUint32(20 + json.length, bin.length, true);
  view.setUint32(24 + json.length, 0x004e4942, true);
  out.set(bin, 28 + json.length);
  return out;
}

test("a file compressed with meshopt is decoded", async () => {
  const positions = [0, 0, 0, 1.5, 0, 0, 0, -2.25, 3];
  const model = await loadGlb(meshoptGlb(positions));
  const { position } = model.meshes[0]!.geometry.attributes;
  const decoded = Array.from({ length: 9 }, (_, i) =>
    position!.getComponent(Math.floor(i / 3), i % 3),
  );
  expect(decoded).toEqual(positions);
  expect(model.problem).toBeNull();
  model.dispose();
});
