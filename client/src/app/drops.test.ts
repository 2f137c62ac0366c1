// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TakenFiles } from "../contract";
import { type Drops, mountDrops } from "./drops";

let drops: Drops;
let opened: string[];
let sent: string[];
let taken: TakenFiles | null;
beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  sent = [];
  taken = null;
  drops = mountDrops(document.body, {
    play: async (file) => {
      if (file.name.endsWith(".txt")) return "it is no recording of viser";
      opened.push(file.name);
      return null;
    },
    taken: () => taken,
    upload: (files) => void sent.push(...files.map(({ name }) => name)),
  });
});
afterEach(() => {
  drops.dispose();
  expect(document.body.childElementCount).toBe(0);
  vi.useRealTimers();
});

/** Drags what has that type; returns whether the page takes it. */
function drag(type: string, what: string, names: string[], target: EventTarget = document.body) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const files = names.map((name) => new File(["x"], name));
  Object.assign(event, { dataTransfer: { types: [what], files, dropEffect: "none" } });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

const hint = () => document.querySelector<HTMLElement>(".viser-drop")!;
const said = () => document.querySelector(".viser-drop-error")!.textContent;

test("a file that is dropped is opened, and the page says so before", async () => {
  expect(drag("dragover", "Files", ["a.viser"])).toBe(true);
  expect(hint().hidden).toBe(false);
  expect(drag("drop", "Files", ["a.viser"])).toBe(true);
  expect(hint().hidden).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(opened).toEqual(["a.viser"]);
  expect(said()).toBe("");
});

test("the hint goes when the file leaves the page", () => {
  drag("dragenter", "Files", ["a.viser"]);
  const leave = (relatedTarget: EventTarget | null) =>
    window.dispatchEvent(Object.assign(new Event("dragleave"), { relatedTarget }));
  leave(document.body);
  expect(hint().hidden).toBe(false);
  leave(null);
  expect(hint().hidden).toBe(true);
});

test("why a file is not opened is shown for a while", async () => {
  drag("drop", "Files", ["a.txt"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toBe("a.txt is not played: it is no recording of viser.");
  drag("drop", "Files", ["a.viser", "b.viser"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toBe("a.viser is not played: only one recording can be played.");
  vi.advanceTimersByTime(8000);
  expect(said()).toBe("");
  expect(opened).toEqual([]);
});

test("text is left alone, and so are files that an element takes", async () => {
  expect(drag("dragover", "text/plain", [])).toBe(false);
  const upload = document.createElement("button");
  for (const type of ["dragover", "drop"]) {
    upload.addEventListener(type, (e) => e.preventDefault());
  }
  document.body.append(upload);
  drag("dragover", "Files", ["a.viser"]);
  drag("dragover", "Files", ["a.viser"], upload);
  expect(hint().hidden).toBe(true);
  drag("drop", "Files", ["a.viser"], upload);
  await vi.advanceTimersByTimeAsync(0);
  expect(opened).toEqual([]);
  upload.remove();
});

describe("a program that takes files", () => {
  const drop = async (...names: string[]) => {
    drag("drop", "Files", names);
    await vi.advanceTimersByTimeAsync(0);
  };
  beforeEach(() => {
    taken = { maxBytes: 10, types: [".ply", ".tar.gz"], hint: "" };
  });

  test("is sent them, and the hint is the program's", async () => {
    drag("dragover", "Files", ["a.ply"]);
    expect(hint().textContent).toBe("Drop a file to open it here");
    taken = { ...taken!, hint: "Drop a mesh" };
    drag("dragover", "Files", ["a.ply"]);
    expect(hint().textContent).toBe("Drop a mesh");
    await drop("a.PLY", "b.tar.gz");
    expect(sent).toEqual(["a.PLY", "b.tar.gz"]);
    expect(opened).toEqual([]);
    expect(said()).toBe("");
  });

  test("is not sent a recording, which is played", async () => {
    await drop("a.Viser");
    expect(opened).toEqual(["a.Viser"]);
    await drop("a.viser", "b.ply");
    expect(sent).toEqual(["b.ply"]);
    expect(said()).toBe("a.viser is not opened: a recording is played if it is dropped alone.");
    expect(opened).toHaveLength(1);
  });

  test("is not sent what it does not take", async () => {
    await drop("a.ply", "b.gz", "c.txt", "d");
    expect(sent).toEqual(["a.ply"]);
    expect(said()).toBe(
      "b.gz is not opened: only files of these types are: .ply, .tar.gz. 2 more files are not opened.",
    );
    taken = { maxBytes: 0, types: [], hint: "" };
    await drop("any");
    expect(said()).toBe("any is not opened: it is larger than 0 bytes.");
    taken = { maxBytes: 1, types: [], hint: "" };
    await drop("any");
    expect(sent).toEqual(["a.ply", "any"]);
    expect(said()).toBe("");
  });

  test("is sent the files of a folder and its subfolders, but hidden ones", async () => {
    const file = (name: string) => ({
      name,
      file: (done: (f: File) => void) => done(new File(["x"], name)),
    });
    const broken = { name: "c.ply", file: (_: unknown, failed: () => void) => failed() };
    const folder = (name: string, ...inside: unknown[]) => ({
      name,
      isDirectory: true,
      createReader: () => ({
        readEntries: (done: (some: unknown[]) => void) => done(inside.splice(0, 2)),
      }),
    });
    const entries = [
      folder(
        "scan",
        file("b.ply"),
        folder("parts", file("d.ply")),
        file(".e.ply"),
        broken,
        file("a.ply"),
        file("notes.txt"),
      ),
      file("z.ply"),
    ];
    const event = new Event("drop", { bubbles: true, cancelable: true });
    const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
    Object.assign(event, { dataTransfer: { types: ["Files"], files: [], items } });
    document.body.dispatchEvent(event);
    await vi.advanceTimersByTimeAsync(0);
    await vi.waitFor(() => expect(sent).toEqual(["z.ply", "a.ply", "b.ply", "d.ply"]));
    expect(said()).toBe("notes.txt is not opened: only files of these types are: .ply, .tar.gz.");
  });

  test("is sent nothing more when it takes none any more", async () => {
    taken = null;
    await drop("a.txt");
    expect(sent).toEqual([]);
    expect(said()).toBe("a.txt is not played: it is no recording of viser.");
  });
});
