// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConnectionState } from "../contract";
import { Cell } from "../shared/observable";
import { mountConnectionBanner } from "./connectionBanner";

let state: Cell<ConnectionState>;
let retryNow: ReturnType<typeof vi.fn<() => void>>;
let unmount: () => void;
const banner = () => document.querySelector<HTMLElement>(".viser-connection")!;
const heard = () => document.querySelector("[role=status]")!.textContent;
const detail = () => banner().querySelector("span span")!;
const button = () => banner().querySelector("button")!;

beforeEach(() => {
  vi.useFakeTimers();
  state = new Cell<ConnectionState>({ kind: "connecting", detail: "Connecting to ws://h/ …" });
  retryNow = vi.fn<() => void>();
  unmount = mountConnectionBanner(document.body, {
    get: () => state.get(),
    subscribe: (cb) => state.subscribe(cb),
    retryNow,
  });
});
afterEach(() => {
  unmount();
  expect(vi.getTimerCount()).toBe(0);
  expect(document.querySelector("[role=status], .viser-connection")).toBeNull();
  vi.useRealTimers();
});

it("shows nothing if the connection is established within half a second", () => {
  vi.advanceTimersByTime(499);
  expect(banner().hidden).toBe(true);
  state.set({ kind: "live", detail: "Connected." });
  vi.advanceTimersByTime(10_000);
  expect(banner().hidden).toBe(true);
});

it("counts down to the next attempt, and lets the user retry at once", () => {
  state.set({ kind: "reconnecting", detail: "Lost.", nextRetryAt: Date.now() + 2500 });
  const space = () => document.documentElement.style.getPropertyValue("--viser-banner");
  expect(space()).toBe("");
  vi.advanceTimersByTime(500);
  expect(banner().hidden).toBe(false);
  expect(space()).toBe(`${banner().offsetHeight}px`);
  expect(banner().textContent).toContain("Lost. Trying again in 2 s …");
  vi.advanceTimersByTime(1500);
  expect(banner().textContent).toContain("in 1 s");
  vi.advanceTimersByTime(5000);
  expect(banner().textContent).toContain("Lost. Trying again …");
  button().click();
  expect(retryNow).toHaveBeenCalledOnce();
});

it("offers a retry if none is scheduled, but not during an attempt", () => {
  state.set({ kind: "closed", detail: "Another version." });
  vi.advanceTimersByTime(500);
  expect(button().hidden).toBe(false);
  state.set({ kind: "reconnecting", detail: "Connecting …" });
  expect(button().hidden).toBe(true);
  expect(banner().hidden).toBe(false);
});

it("is hidden when the connection is established", () => {
  vi.advanceTimersByTime(500);
  state.set({ kind: "live", detail: "Connected." });
  expect(banner().hidden).toBe(true);
  expect(document.documentElement.dataset.connection).toBe("live");
  expect(document.documentElement.style.getPropertyValue("--viser-banner")).toBe("");
});

it("is read by a screen reader once, whatever is tried meanwhile", async () => {
  const changes: string[] = [];
  const observer = new MutationObserver(() => changes.push(heard()));
  observer.observe(document.querySelector("[role=status]")!, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  const pass = async (ms: number) => {
    for (let at = 0; at < ms; at += 500) await vi.advanceTimersByTimeAsync(500);
  };
  state.set({ kind: "live", detail: "Connected." });
  await pass(1000);
  // An interruption that nobody notices is not read.
  state.set({ kind: "reconnecting", detail: "Lost.", nextRetryAt: Date.now() + 250 });
  await vi.advanceTimersByTimeAsync(250);
  state.set({ kind: "live", detail: "Connected." });
  await pass(1000);
  expect(changes).toEqual([]);

  for (let attempt = 1; attempt <= 3; attempt++) {
    state.set({ kind: "reconnecting", detail: "Lost.", nextRetryAt: Date.now() + 250, attempt });
    await vi.advanceTimersByTimeAsync(250);
    state.set({ kind: "reconnecting", detail: "Connecting to ws://h/ …", attempt });
    await pass(4000);
    expect(banner().textContent).toContain("Connecting to");
  }
  expect(changes).toEqual(["Lost."]);
  // What is seen is not read a second time.
  expect(detail().closest("[aria-hidden=true]")).not.toBeNull();

  state.set({ kind: "live", detail: "Connected." });
  await pass(4000);
  expect(changes).toEqual(["Lost.", "Connected."]);
  await pass(2000);
  expect(heard()).toBe("");
  observer.disconnect();
});

it("has the notifications below it, whatever its height becomes", () => {
  let height = 40;
  vi.spyOn(banner(), "offsetHeight", "get").mockImplementation(() => height);
  const space = () => document.documentElement.style.getPropertyValue("--viser-banner");
  vi.advanceTimersByTime(500);
  expect(space()).toBe("40px");
  height = 60;
  state.set({ kind: "closed", detail: "A longer text." });
  expect(space()).toBe("60px");
  height = 80;
  window.dispatchEvent(new Event("resize"));
  expect(space()).toBe("80px");
});
