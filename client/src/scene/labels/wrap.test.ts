import { describe, expect, it } from "vitest";
import { type Token, tokenize } from "./tokens";
import { wrapLine } from "./wrap";

/** Every code unit is 10 wide. */
const advance = (token: Token) => token.text.length * 10;

function wrap(text: string, columns: number, token = 1000): string[] {
  const [line] = tokenize(text).lines;
  const limits = { line: columns * 10, token };
  return wrapLine(line!, limits, advance).map((l) => l.map((t) => t.text).join(""));
}

describe("wrapLine", () => {
  it("keeps a line that fits", () => {
    expect(wrap("one two", 7)).toEqual(["one two"]);
    expect(wrap("", 7)).toEqual([""]);
    expect(wrap("   ", 7)).toEqual(["   "]);
  });

  it("breaks at spaces, and drops them there", () => {
    expect(wrap("one two three", 9)).toEqual(["one two", "three"]);
    expect(wrap("one two   three ", 8)).toEqual(["one two", "three"]);
  });

  it("does not break between a word and its punctuation", () => {
    expect(wrap("see x-12, and", 8)).toEqual(["see", "x-12,", "and"]);
  });

  it("breaks a word that is too wide", () => {
    expect(wrap("a abcdefghij b", 4)).toEqual(["a", "abcd", "efgh", "ij b"]);
    expect(wrap("12345678", 3)).toEqual(["123", "456", "78"]);
  });

  it("breaks between ideographs", () => {
    expect(wrap("世界地図帳", 2)).toEqual(["世界", "地図", "帳"]);
  });

  it("keeps the parts of a right-to-left line within the width, in reading order", () => {
    expect(wrap("مرحبا بالعالم", 8)).toEqual(["مرحبا", "بالعالم"]);
    expect(wrap("بالعالم", 3)).toEqual(["بال", "عال", "م"]);
  });

  it("never splits a character of several code points", () => {
    for (const part of wrap("e\u0301e\u0301e\u0301e\u0301", 3)) {
      expect(part.normalize("NFC")).toMatch(/^é+$/);
    }
  });

  it("splits tokens that are wider than a page of the atlas, without a new line", () => {
    const [line] = tokenize("abcdefgh").lines;
    expect(wrapLine(line!, { line: 200, token: 40 }, advance)).toEqual([
      [
        { text: "abcd", colored: false },
        { text: "efgh", colored: false },
      ],
    ]);
  });
});
