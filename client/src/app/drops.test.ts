// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Drops, mountDrops } from "./drops";

let drops: Drops;
let opened: string[];
beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  drops = mountDrops(document.body, async (file) => {
    if (file.name.endsWith(".txt")) return "it is no recording of viser";
    opened.push(file.name);
    return null;
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
