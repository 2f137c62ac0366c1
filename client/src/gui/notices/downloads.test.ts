// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FileTransferStartDownload } from "../../protocol/messages.gen";
import { bytes, Downloads } from "./downloads";
import { Notices } from "./notices";

let notices: Notices;
let downloads: Downloads;
let saved: { name: string; href: string }[];
let live: Set<string>;

beforeEach(() => {
  vi.useFakeTimers();
  live = new Set();
  let count = 0;
  URL.createObjectURL = () => {
    const url = `blob:${count++}`;
    live.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => void live.delete(url);
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, href: this.href });
  });
  notices = new Notices();
  downloads = new Downloads(notices);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function start(uuid: string, given: Partial<FileTransferStartDownload> = {}): void {
  downloads.start({
    type: "FileTransferStartDownload",
    save_immediately: false,
    transfer_uuid: uuid,
    filename: `${uuid}.bin`,
    mime_type: "application/octet-stream",
    part_count: 4,
    size_bytes: 4000,
    ...given,
  });
}

function part(uuid: string, index: number, size = 1000): void {
  downloads.part({
    type: "FileTransferPart",
    source_component_uuid: null,
    transfer_uuid: uuid,
    part_index: index,
    content: new Uint8Array(size),
  });
}

const only = () => {
  expect(notices.all.get()).toHaveLength(1);
  return notices.all.get()[0]!;
};

test("shows the progress of a stalled download, and nothing after it has ended", () => {
  start("f");
  part("f", 0);
  vi.advanceTimersByTime(200);
  expect(only()).toMatchObject({ loading: true, progress: 0.25 });
  vi.advanceTimersByTime(10_000);
  for (const i of [1, 2, 3]) part("f", i);
  const done = only();
  expect(done.loading).toBe(false);
  start("g");
  downloads.connectionLost();
  const lost = notices.all.get();
  vi.advanceTimersByTime(10_000);
  expect(notices.all.get()).toEqual(lost);
  start("h");
  downloads.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test("shows the progress, then a link that works until it is dismissed", () => {
  start("f");
  part("f", 0);
  expect(notices.all.get()).toEqual([]);
  vi.advanceTimersByTime(500);
  part("f", 1);
  expect(only()).toMatchObject({ title: "f.bin", loading: true, progress: 0.5 });
  part("f", 2);
  part("f", 3);
  const done = only();
  expect(done).toMatchObject({ loading: false, autoCloseMs: null });
  expect(done.link).toEqual({ text: "Click to download", href: "blob:0", filename: "f.bin" });
  expect(saved).toEqual([]);
  expect(live.size).toBe(1);
  notices.close(done.id);
  expect(live.size).toBe(0);
});

test("saves at once if requested, and revokes the URL later", () => {
  start("f", { save_immediately: true, filename: "../x.txt" });
  for (const i of [0, 1, 2, 3]) part("f", i);
  expect(saved).toEqual([{ name: "_x.txt", href: "blob:0" }]);
  expect(only().body).toContain("saved");
  vi.advanceTimersByTime(120_000);
  expect(live.size).toBe(0);
  expect(notices.all.get()).toEqual([]);
});

test("an empty file is downloaded", () => {
  start("f", { part_count: 0, size_bytes: 0 });
  expect(only().link?.filename).toBe("f.bin");
});

test("an invalid announcement and an invalid part show a message", () => {
  start("f", { size_bytes: -3 });
  expect(only()).toMatchObject({ title: expect.stringContaining("could not be downloaded") });
  notices.close(only().id);
  start("g");
  part("g", 77);
  expect(only().body).toMatch(/invalid number/);
  // Further parts are ignored.
  part("g", 0);
  expect(notices.all.get()).toHaveLength(1);
});

test("parts of unknown files are ignored", () => {
  part("nobody", 0);
  expect(notices.all.get()).toEqual([]);
});

test("a lost connection cancels active downloads", () => {
  start("f");
  part("f", 0);
  downloads.connectionLost();
  expect(only().body).toMatch(/connection was lost/);
  part("f", 1);
  expect(notices.all.get()).toHaveLength(1);
});

test("at most 64 files are downloaded at a time", () => {
  for (let i = 0; i < 70; i++) start(`f${i}`);
  expect(notices.all.get()).toHaveLength(6);
});

test("dispose revokes all URLs", () => {
  start("f");
  for (const i of [0, 1, 2, 3]) part("f", i);
  downloads.dispose();
  expect(live.size).toBe(0);
});

test("sizes have short texts", () => {
  expect([0, 999, 1500, 52_428_800, 3e9].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1.5 KB",
    "52 MB",
    "3.0 GB",
  ]);
});
