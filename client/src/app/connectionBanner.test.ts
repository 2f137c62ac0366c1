// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConnectionState } from "../contract";
import { Cell } from "../shared/observable";
import { mountConnectionBanner } from "./connectionBanner";

let state: Cell<ConnectionState>;
let retryNow: ReturnType<typeof vi.fn<() => void>>;
let unmount: () => void;
const banner = () => document.querySelector<HTMLElement>("[role=status]")!;
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
  expect(document.querySelector("[role=status]")).toBeNull();
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
  expect(banner().textContent).toContain("Lost. Trying again in 3 s …");
  vi.advanceTimersByTime(1000);
  expect(banner().textContent).toContain("in 2 s");
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
