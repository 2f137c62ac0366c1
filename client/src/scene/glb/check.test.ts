import { expect, test } from "vitest";
import { problemOfGlb } from "./check";

function glb(json: unknown, more = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof json === "string" ? json : JSON.stringify(json));
  const out = new Uint8Array(20 + text.length + more);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x46546c67, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, out.length, true);
  view.setUint32(12, text.length, true);
  view.setUint32(16, 0x4e4f534a, true);
  out.set(text, 20);
  return out;
}

const asset = { version: "2.0" };

test("a whole one passes", () => {
  const bytes = glb({ asset, buffers: [{ uri: "data:,x", byteLength: 1 }], images: [{}] });
  expect(problemOfGlb(bytes)).toBeNull();
});

test.each([
  ["no bytes", null, /no array/],
  ["too short", new Uint8Array(5), /cut off/],
  ["another file", new Uint8Array(40), /does not begin/],
  ["cut off", glb({ asset }).subarray(0, 30), /cut off/],
  ["broken JSON", glb("{{{{"), /JSON/],
  ["no object", glb("null"), /no object/],
  ["an image elsewhere", glb({ asset, images: [{ uri: "http://x/y.png" }] }), /never fetched/],
  ["a buffer beside it", glb({ asset, buffers: [{ uri: "y.bin" }] }), /never fetched/],
  ["Draco", glb({ asset, extensionsUsed: ["KHR_draco_mesh_compression"] }), /Draco/],
  ["meshopt", glb({ asset, extensionsRequired: ["EXT_meshopt_compression"] }), /meshopt/],
  ["a bomb", glb({ asset, accessors: [{ count: 4e9 }] }), /memory/],
])("%s does not", (_, bytes, words) => {
  expect(problemOfGlb(bytes)).toMatch(words);
});

test("a compression that has a way around it passes", () => {
  expect(problemOfGlb(glb({ asset, extensionsUsed: ["EXT_meshopt_compression"] }))).toBeNull();
});

test("odd things inside do not upset the check", () => {
  const odd = {
    asset,
    images: [null, 3, { uri: 4 }],
    accessors: "x",
    extensionsUsed: [1, "toString"],
  };
  expect(problemOfGlb(glb(odd))).toBeNull();
});
