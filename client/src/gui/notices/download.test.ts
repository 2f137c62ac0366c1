// @vitest-environment node
import { describe, expect, test } from "vitest";
import type { FileTransferPart, FileTransferStartDownload } from "../../protocol/messages.gen";
import { Download, DownloadError, MAX_FILE_BYTES, MAX_PARTS } from "./download";
import { safeFilename, safeMimeType } from "./filename";

function start(given: Partial<FileTransferStartDownload>): FileTransferStartDownload {
  return {
    type: "FileTransferStartDownload",
    save_immediately: false,
    transfer_uuid: "t",
    filename: "a.bin",
    mime_type: "application/octet-stream",
    part_count: 1,
    size_bytes: 1,
    ...given,
  };
}

function part(part_index: unknown, content: unknown): FileTransferPart {
  return {
    type: "FileTransferPart",
    source_component_uuid: null,
    transfer_uuid: "t",
    part_index,
    content,
  } as FileTransferPart;
}

const bytesOf = async (download: Download) => new Uint8Array(await download.blob().arrayBuffer());

describe("a file", () => {
  test("is assembled in order, whatever the order of its parts", async () => {
    const content = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
    const parts = Array.from({ length: 200 }, (_, i) => content.subarray(i * 5, i * 5 + 5));
    const order = [...parts.keys()].sort((a, b) => ((a * 7919) % 200) - ((b * 7919) % 200));
    const download = new Download(start({ part_count: 200, size_bytes: 1000 }));
    for (const i of order) {
      expect(download.complete).toBe(false);
      download.add(part(i, parts[i]));
    }
    expect(download.complete).toBe(true);
    expect(await bytesOf(download)).toEqual(content);
  });

  test("copies its parts: the frame's memory may be reused", async () => {
    const frame = new Uint8Array([1, 2, 3, 4]);
    const download = new Download(start({ size_bytes: 2 }));
    download.add(part(0, frame.subarray(1, 3)));
    frame.fill(9);
    expect(await bytesOf(download)).toEqual(new Uint8Array([2, 3]));
  });

  test("counts a duplicate part once", async () => {
    const download = new Download(start({ part_count: 3, size_bytes: 3 }));
    for (const i of [0, 0, 2, 2, 0, 1]) download.add(part(i, new Uint8Array([i])));
    expect(download.complete).toBe(true);
    expect(await bytesOf(download)).toEqual(new Uint8Array([0, 1, 2]));
  });

  test("may be empty", async () => {
    const none = new Download(start({ part_count: 0, size_bytes: 0 }));
    expect(none.complete).toBe(true);
    expect(none.blob().size).toBe(0);
    const one = new Download(start({ part_count: 1, size_bytes: 0 }));
    expect(one.complete).toBe(false);
    one.add(part(0, new Uint8Array(0)));
    expect(one.complete).toBe(true);
  });

  test.each([
    ["size below zero", { size_bytes: -1 }],
    ["broken size", { size_bytes: 1.5 }],
    ["no size", { size_bytes: Number.NaN }],
    ["unsafe size", { size_bytes: 2 ** 60 }],
    ["size as text", { size_bytes: "9" as unknown as number }],
    ["parts below zero", { part_count: -1 }],
    ["too large", { size_bytes: MAX_FILE_BYTES + 1 }],
    ["too many parts", { part_count: MAX_PARTS + 1, size_bytes: MAX_PARTS + 1 }],
    ["content without parts", { part_count: 0, size_bytes: 10 }],
  ])("is refused: %s", (_, given) => {
    expect(() => new Download(start(given))).toThrow(DownloadError);
  });

  test.each([
    ["an index past the end", 2, new Uint8Array(1)],
    ["an index below zero", -1, new Uint8Array(1)],
    ["an index between two", 0.5, new Uint8Array(1)],
    ["an index that is none", "0", new Uint8Array(1)],
    ["a part without content", 0, undefined],
    ["a text as content", 0, "abc"],
    ["more than was announced", 0, new Uint8Array(11)],
  ])("fails: %s", (_, index, content) => {
    const download = new Download(start({ part_count: 2, size_bytes: 10 }));
    expect(() => download.add(part(index, content))).toThrow(DownloadError);
  });

  test("fails when it ends too early", () => {
    const download = new Download(start({ part_count: 2, size_bytes: 10 }));
    download.add(part(0, new Uint8Array(4)));
    expect(() => download.add(part(1, new Uint8Array(5)))).toThrow(/before its announced size/);
  });
});

test.each([
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["C:\\Users\\x\\a.txt", "C__Users_x_a.txt"],
  ["", "download"],
  ["...", "download"],
  [".bashrc", "bashrc"],
  ["a\u0000b\n.txt", "ab.txt"],
  // Reverses the rest: would be displayed as "exe.txt".
  ["invoice\u202etxt.exe", "invoicetxt.exe"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  ["a b (1).tar.gz", "a b (1).tar.gz"],
  ["名前.png", "名前.png"],
  ["trailing. ", "trailing"],
  [42, "download"],
])("the name %j is saved as %j", (given, wanted) => {
  expect(safeFilename(given)).toBe(wanted);
});

test("a long name is shortened and keeps its extension", () => {
  const name = safeFilename(`${"x".repeat(100_000)}.bin`);
  expect(name.length).toBeLessThanOrEqual(180);
  const short = safeFilename(`${"é".repeat(300)}.tar`);
  expect(short).toMatch(/é\.tar$/);
  expect([...short]).toHaveLength(180);
});

test("types that could run script are replaced", () => {
  expect(safeMimeType("image/png")).toBe("image/png");
  expect(safeMimeType("text/csv")).toBe("text/csv");
  const active = ["text/html", "application/xhtml+xml", "image/svg+xml", "text/javascript"];
  for (const type of [...active, "", "x", "a/b;c", null]) {
    expect(safeMimeType(type)).toBe("application/octet-stream");
  }
});
