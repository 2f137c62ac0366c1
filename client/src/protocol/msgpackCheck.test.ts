// @vitest-environment node
import { encode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { FrameError } from "./errors";
import { checkMsgpack } from "./msgpackCheck";

const bytes = (...values: number[]) => new Uint8Array(values);

describe("checkMsgpack", () => {
  it.each<[string, unknown]>([
    [
      "numbers",
      [0, -1, 127, 128, 255, 256, 65536, 2 ** 32, 2 ** 40, -129, -40000, -(2 ** 33), 1.5],
    ],
    ["texts", ["", "a", "x".repeat(31), "x".repeat(32), "x".repeat(300), "x".repeat(70_000)]],
    ["byte strings", [new Uint8Array(0), new Uint8Array(300), new Uint8Array(70_000)]],
    ["empty containers", [[], {}, [[]], [{}]]],
    ["long containers", [new Array(20).fill(1), new Array(70_000).fill("a")]],
    ["maps", Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, null]))],
    ["times", [new Date(0), new Date(2 ** 35 * 1000), new Date(1.5)]],
    ["nothing", null],
  ])("accepts %s", (_, value) => {
    expect(() => checkMsgpack(encode(value))).not.toThrow();
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing at all", bytes(), /too early/],
    [
      "a list that claims four thousand million elements",
      bytes(0xdd, 255, 255, 255, 255),
      /more elements/,
    ],
    ["a map that claims as many", bytes(0xdf, 255, 255, 255, 255, 1, 1), /more elements/],
    ["a list cut short", bytes(0x92, 1), /more elements/],
    ["a nested list cut short", bytes(0x92, 0x91, 1), /too early/],
    ["a text cut short", bytes(0xa5, 65), /within a value/],
    ["a header cut short", bytes(0xda, 1), /within a header/],
    ["a number cut short", bytes(0xcb, 0), /within a value/],
    ["an extension cut short", bytes(0xc9, 0, 0, 0, 9, 1), /within a value/],
    ["the byte that msgpack does not use", bytes(0xc1), /reserved/],
    ["two documents", bytes(1, 2), /1 bytes follow/],
  ])("rejects %s", (_, document, message) => {
    expect(() => checkMsgpack(document)).toThrow(FrameError);
    expect(() => checkMsgpack(document)).toThrow(message);
  });

  it("allows 64 levels and no more", () => {
    const nested = (levels: number) => new Uint8Array(levels + 1).fill(0x91, 0, levels);
    expect(() => checkMsgpack(nested(64))).not.toThrow();
    expect(() => checkMsgpack(nested(65))).toThrow(/deeper than 64/);
    expect(() => checkMsgpack(nested(1_000_000))).toThrow(/deeper than 64/);
  });
});
