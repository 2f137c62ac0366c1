import { expect, test } from "vitest";
import { checkGlb } from "./check";

const problemOfGlb = (bytes: unknown) => checkGlb(bytes).problem;

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

test("a complete file is valid", () => {
  const bytes = glb({ asset, buffers: [{ uri: "data:,x", byteLength: 1 }], images: [{}] });
  expect(problemOfGlb(bytes)).toBeNull();
});

test.each([
  ["no bytes", null, /not an array/],
  ["too short", new Uint8Array(5), /cut off/],
  ["another file", new Uint8Array(40), /does not begin/],
  ["cut off", glb({ asset }).subarray(0, 30), /cut off/],
  ["broken JSON", glb("{{{{"), /JSON/],
  ["no object", glb("null"), /not an object/],
  ["an image elsewhere", glb({ asset, images: [{ uri: "http://x/y.png" }] }), /never fetched/],
  ["a buffer beside it", glb({ asset, buffers: [{ uri: "y.bin" }] }), /never fetched/],
  ["a bomb", glb({ asset, accessors: [{ count: 4e9 }] }), /too large/],
])("%s is rejected", (_, bytes, reason) => {
  expect(problemOfGlb(bytes)).toMatch(reason);
});

test.each(["EXT_meshopt_compression", "KHR_meshopt_compression"])(
  "%s needs the decoder and no note",
  (name) => {
    const extensions = { extensionsUsed: [name], extensionsRequired: [name] };
    expect(checkGlb(glb({ asset, ...extensions }))).toEqual({
      problem: null,
      note: null,
      meshopt: true,
      draco: false,
    });
  },
);

test("unsupported extensions are noted, and the file is loaded", () => {
  const required = { extensionsUsed: ["VENDOR_x"], extensionsRequired: ["VENDOR_x"] };
  expect(checkGlb(glb({ asset, ...required }))).toEqual({
    problem: null,
    note: "its GLB may look different: VENDOR_x is not supported",
    meshopt: false,
    draco: false,
  });
  const name = "KHR_materials_pbrSpecularGlossiness";
  expect(checkGlb(glb({ asset, extensionsUsed: [name] })).note).toMatch(name);
  expect(checkGlb(glb({ asset, extensionsUsed: ["VENDOR_x"] })).note).toBeNull();
});

test("invalid values inside are reported by the loader", () => {
  const odd = {
    asset,
    images: [null, 3, { uri: 4 }],
    accessors: "x",
    extensionsUsed: [1, "toString"],
  };
  expect(problemOfGlb(glb(odd))).toBeNull();
});
