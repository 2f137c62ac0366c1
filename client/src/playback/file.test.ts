/** Files of the user's. */
import { expect, onTestFinished, test } from "vitest";
import type { Message } from "./message";
import { problemOf } from "./open";
import { FileSource } from "./source";
import { ourFile } from "./testing/files";
import { Page } from "./testing/page";

const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 7) % 251);

test("a file is read in parts, each of them once", async () => {
  const file = new File([bytes], "a.viser");
  let slices = 0;
  const slice = file.slice.bind(file);
  file.slice = (from, to) => {
    slices++;
    return slice(from, to);
  };
  const source = new FileSource(file);
  expect(source.size).toBe(bytes.length);
  expect(source.peek(10, 5)).toBeNull();
  expect(await source.read(10, 5)).toEqual(bytes.subarray(10, 15));
  expect(source.peek(100, 50)).toEqual(bytes.subarray(100, 150));
  const long = await source.read(200_000, 400_000);
  expect(Buffer.compare(long, bytes.subarray(200_000, 600_000))).toBe(0);
  const before = slices;
  expect(await source.read(300_000, 1000)).toEqual(bytes.subarray(300_000, 301_000));
  expect(slices).toBe(before);
  expect(await source.read(bytes.length - 1, 1)).toEqual(bytes.subarray(-1));
  await expect(source.read(bytes.length - 1, 2)).rejects.toThrow("a part of it is missing");
});

test("a file that can't be read any more says so", async () => {
  const file = new File([bytes], "a.viser");
  file.slice = () => {
    throw new DOMException("gone", "NotReadableError");
  };
  await expect(new FileSource(file).read(0, 5)).rejects.toThrow("changed, moved or removed");
  expect(await problemOf(file)).toContain("changed, moved or removed");
});

test("a page plays a file, whose name it says", async () => {
  const message: Message = { type: "SetPositionMessage", name: "", owner: "", position: [1, 2, 3] };
  const { bytes } = ourFile([{ time: 0, message }], { duration: 2 });
  const file = new File([bytes], "a.viser");
  expect(await problemOf(file)).toBeNull();
  const page = new Page({ source: { file } });
  onTestFinished(() => page.playback.command({ do: "pause" }));
  await page.until(() => page.timeline !== null);
  expect(page.timeline?.to).toBe(2);
  expect(page.statuses[0]?.detail).toBe("Opening a.viser …");
});

test("what is no recording says so", async () => {
  const problem = (text: string) => problemOf(new File([text], "a.viser"));
  expect(await problem("")).toBe("there is nothing in it");
  expect(await problem("x")).toBe("it is no recording of viser");
  expect(await problem("solid cube\nfacet normal 0 0 1\n")).toBe("it is no recording of viser");
});
