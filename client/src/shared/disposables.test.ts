import { expect, test, vi } from "vitest";
import { Disposables } from "./disposables";

test("functions are called in reverse order, and each once", () => {
  const undone: string[] = [];
  const all = new Disposables();
  all.add(() => undone.push("first"));
  const owned = { dispose: () => undone.push("second") };
  expect(all.use(owned)).toBe(owned);
  all.dispose();
  all.dispose();
  expect(undone).toEqual(["second", "first"]);
});

test("event listeners are removed, also those of the capture phase", () => {
  const target = new EventTarget();
  const received: string[] = [];
  const all = new Disposables();
  all.listen(target, "a", (e) => received.push(e.type), { capture: true });
  target.dispatchEvent(new Event("a"));
  all.dispose();
  target.dispatchEvent(new Event("a"));
  expect(received).toEqual(["a"]);
});

test("a function that throws is reported, and the others still run", () => {
  const report = vi.spyOn(console, "error").mockImplementation(() => {});
  const undone: string[] = [];
  const all = new Disposables();
  all.add(() => undone.push("first"));
  all.add(() => {
    throw new Error("no");
  });
  all.dispose();
  expect(undone).toEqual(["first"]);
  expect(report).toHaveBeenCalledOnce();
  report.mockRestore();
});
