// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "@msgpack/msgpack";
import { beforeAll, describe, expect, it } from "vitest";
import { assemble, Beside, encodeFrame, storeZstd } from "../testing/frame";
import { FrameError } from "./errors";
import { decodeFrame } from "./frame";
import { createInflate, type Inflate } from "./zstd";

let inflate: Inflate;
beforeAll(async () => {
  inflate = await createInflate();
});
const decode = (frame: ArrayBuffer) => decodeFrame(frame, inflate);

/** The same bytes with some of them changed. */
function patched(frame: ArrayBuffer, change: (view: DataView) => void): ArrayBuffer {
  const copy = frame.slice(0);
  change(new DataView(copy));
  return copy;
}

describe("a frame of the real viser 1.1.1", () => {
  it("is read in full", () => {
    const bytes = readFileSync(join(import.meta.dirname, "testdata/viser-1.1.1.bin"));
    const frame = decode(new Uint8Array(bytes).buffer);
    const types = frame.messages.map((m) => m.type);
    expect(types[0]).toBe("FrameMessage");
    expect(types).toContain("GuiSliderMessage");
    expect(types.filter((t) => t === "ReplayDoneMessage")).toHaveLength(1);
    expect(frame.malformed).toBe(0);

    const cloud = frame.messages.find((m) => m.type === "PointCloudMessage");
    expect(cloud?.props.precision).toBe("float16");
    expect(cloud?.props.points).toBeInstanceOf(Uint16Array);
    expect(cloud?.props.points).toHaveLength(15);
    expect(cloud?.props.colors).toBeInstanceOf(Uint8Array);
    expect(cloud?.props.colors).toHaveLength(15);
    // The bits of the half float 0.1257, which is the first number of numpy's default_rng(0).normal().
    expect(cloud?.props.points[0]).toBe(0x3006);
  });
});

describe("decodeFrame", () => {
  it("gives arrays as views on the frame, without a copy", () => {
    const points = new Float32Array([1, 2, 3]);
    const ids = new Uint32Array([7]);
    const source = encodeFrame([
      { type: "A", props: { points: new Beside(points), nested: [{ ids: new Beside(ids) }] } },
      {
        type: "B",
        wide: new Beside(new Float64Array([0.5])),
        half: new Beside(new Uint16Array([9]), "<f2"),
      },
    ]);
    const frame = decode(source);
    const [a, b] = frame.messages as unknown as [
      { props: { points: Float32Array; nested: { ids: Uint32Array }[] } },
      { wide: Float64Array; half: Uint16Array },
    ];
    expect(a.props.points).toEqual(points);
    expect(a.props.points.buffer).toBe(source);
    expect(a.props.nested[0]?.ids).toEqual(ids);
    expect(b.wide).toEqual(new Float64Array([0.5]));
    expect(b.half).toEqual(new Uint16Array([9]));
    expect(frame.memory).toEqual([source]);
  });

  it("passes on the document's memory if byte strings refer to it", () => {
    const content = new Uint8Array(100_000).fill(5);
    const frame = decode(encodeFrame([{ type: "GlbMessage", props: { glb_data: content } }]));
    const [glb] = frame.messages as unknown as [{ props: { glb_data: Uint8Array } }];
    expect(Buffer.compare(glb.props.glb_data, content)).toBe(0);
    expect(frame.memory).toEqual([glb.props.glb_data.buffer]);
  });

  it("copies an array that the sender did not align", () => {
    const document = encode({
      messages: [{ type: "A", x: { __binary_index: 0, dtype: "<f8" } }],
      timestampSec: 1,
      binaryBufferLengths: [8],
    });
    const frame = assemble(document, [new Uint8Array(new Float64Array([2.5]).buffer)]);
    expect(decode(frame).messages[0]).toEqual({ type: "A", x: new Float64Array([2.5]) });
  });

  it("allows an empty array at the very end", () => {
    const frame = decode(encodeFrame([{ type: "A", none: new Beside(new Float32Array(0)) }]));
    expect(frame.messages[0]).toEqual({ type: "A", none: new Float32Array(0) });
  });

  it("leaves out entries that are not messages, and counts them", () => {
    const frame = decode(encodeFrame([{ type: "A" }, 3, null, { type: 4 }, ["B"], { type: "C" }]));
    expect(frame.messages.map((m) => m.type)).toEqual(["A", "C"]);
    expect(frame.malformed).toBe(4);
  });

  const ok = encodeFrame([{ type: "A", x: new Beside(new Float32Array([1])) }]);
  const top = (value: unknown) => assemble(encode(value));
  const withArray = (placeholder: unknown, lengths: unknown, tail: number[] = []) =>
    assemble(
      encode({ messages: [{ type: "A", x: placeholder }], binaryBufferLengths: lengths }),
      tail.map((n) => new Uint8Array(n)),
    );
  const place = { __binary_index: 0, dtype: "<f4" };
  it.each<[string, ArrayBuffer, RegExp]>([
    ["empty", new ArrayBuffer(0), /0 bytes, a header alone is 16/],
    ["cut in the header", ok.slice(0, 12), /12 bytes/],
    ["cut in the zstd part", ok.slice(0, 20), /claims more bytes/],
    ["cut in an array", ok.slice(0, ok.byteLength - 1), /past the end/],
    ["noise", new Uint8Array(4096).map((_, i) => (i * 7919) & 255).buffer, /header claims/],
    ["a huge document", patched(ok, (v) => v.setBigUint64(0, 1n << 40n, true)), /a document of/],
    ["an empty document", patched(ok, (v) => v.setBigUint64(0, 0n, true)), /a document of 0/],
    ["a lying length", patched(ok, (v) => v.setBigUint64(0, 9999n, true)), /does not inflate/],
    ["broken zstd", patched(ok, (v) => v.setUint32(16, 0, true)), /does not inflate/],
    ["a list on top", top([1, 2]), /not a map/],
    ["no messages", top({ timestampSec: 1 }), /no list of messages/],
    ["messages that are no list", top({ messages: { a: 1 } }), /no list of messages/],
    ["a prototype key", top({ messages: [], ["__proto__"]: 1 }), /cannot be decoded/],
    ["lengths that are no list", withArray(place, 4), /unusable/],
    ["a negative length", withArray(place, [-4]), /not a natural number/],
    ["a fractional length", withArray(place, [1.5]), /not a natural number/],
    [
      "an index without array",
      withArray({ __binary_index: 1, dtype: "<f4" }, [4], [4]),
      /not there/,
    ],
    ["a text as index", withArray({ __binary_index: "0", dtype: "<f4" }, [4], [4]), /not there/],
    ["an unknown type", withArray({ __binary_index: 0, dtype: ">f4" }, [4], [4]), /unknown type/],
    ["a number as type", withArray({ __binary_index: 0, dtype: 4 }, [4], [4]), /not there/],
    ["a length not divisible", withArray(place, [6], [6]), /not a whole number/],
    ["bytes of no array", withArray(place, [4], [4, 64]), /belong to no array/],
  ])("rejects %s", (_, frame, message) => {
    expect(() => decode(frame)).toThrow(FrameError);
    expect(() => decode(frame)).toThrow(message);
  });

  it("still works after it has rejected frames", () => {
    expect(() => decode(patched(ok, (v) => v.setUint32(16, 0, true)))).toThrow(FrameError);
    expect(decode(ok).messages).toHaveLength(1);
  });

  it("throws only FrameError, whatever byte is wrong", () => {
    const bytes = new Uint8Array(
      encodeFrame([{ type: "A", n: [1, "x", null], x: new Beside(new Uint8Array(9)) }]),
    );
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      for (const wrong of [0, 0x7f, 0xc1, 0xdd, 0xff]) {
        const changed = bytes.slice();
        changed[at] = wrong;
        try {
          decode(changed.buffer);
        } catch (e) {
          if (!(e instanceof FrameError)) throw e;
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(bytes.length);
  });
});

describe("the test's zstd encoder", () => {
  it("creates more than one block", () => {
    const long = new Uint8Array(300_000).map((_, i) => i & 255);
    expect(Buffer.compare(inflate(storeZstd(long), long.length), long)).toBe(0);
  });
});
