import { describe, expect, test } from "vitest";
import { patched } from "../../protocol/patch";
import { Lines } from "./lines";
import { nextSorting, parseRow, sortedRows } from "./rows";

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = (text: string): Bytes => new TextEncoder().encode(text);

function appended(old: Bytes, text: string): Bytes {
  const data = bytes(text);
  const result = patched(old, {
    property: "lines",
    index: 0,
    total: old.length + data.length,
    ranges: [old.length, data.length],
    data,
  });
  if (!("array" in result)) throw new Error(result.problem);
  return result.array as Bytes;
}

describe("lines", () => {
  test("are decoded once, and then only new text", () => {
    const lines = new Lines();
    let text = bytes("one\nzwei ü\n");
    expect(lines.read(text)).toEqual(["one", "zwei ü"]);
    expect(lines.read(text)).toBe(lines.all);
    const all = ["one", "zwei ü"];
    for (let i = 0; i < 300; i++) {
      text = appended(text, `line ${i}\n`);
      all.push(`line ${i}`);
      expect(lines.read(text)).toEqual(all);
    }
  });

  test("are replaced by those of another text", () => {
    const lines = new Lines();
    lines.read(bytes("a\nb\n"));
    expect(lines.read(bytes("c\n"))).toEqual(["c"]);
    expect(lines.read(null)).toEqual([]);
    expect(lines.read([1, 2])).toEqual([]);
    expect(lines.read(bytes("no end"))).toEqual([]);
  });
});

describe("rows", () => {
  test("of invalid lines have no cells", () => {
    expect(parseRow('["a",1,true,null]')).toEqual(["a", 1, true, null]);
    expect(parseRow('[{"a":1},[2]]')).toEqual([null, null]);
    for (const line of ["", "{}", "[1", "3", '"x"']) expect(parseRow(line)).toEqual([]);
  });

  test("are sorted as numbers or as text, missing values last, and stable", () => {
    const lines = ['["b",10]', '["a",9]', '["a10",null]', '["a2",9]', "broken"];
    const by = (column: number, down: boolean) => sortedRows(lines, { column, down });
    expect(by(1, false)).toEqual([1, 3, 0, 2, 4]);
    expect(by(1, true)).toEqual([0, 1, 3, 2, 4]);
    expect(by(0, false)).toEqual([1, 3, 2, 0, 4]);
    expect(sortedRows(lines, null)).toBeNull();
  });

  test("a heading sorts ascending, descending, and not at all", () => {
    const up = nextSorting(null, 1);
    const down = nextSorting(up, 1);
    expect([up?.down, down?.down, nextSorting(down, 1)]).toEqual([false, true, null]);
    expect(nextSorting(down, 0)).toEqual({ column: 0, down: false });
  });
});
