// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConnectionState } from "../contract";
import { Cell } from "../shared/observable";
import { mountLoadingLine } from "./loadingLine";

let state: Cell<ConnectionState>;
let unmount: () => void;
const line = () => document.querySelector<HTMLElement>(".viser-loading")!;
const live = (arrays?: ConnectionState["arrays"]): ConnectionState => ({
  kind: "live",
  detail: "",
  ...(arrays && { arrays }),
});

beforeEach(() => {
  vi.useFakeTimers();
  state = new Cell<ConnectionState>(live());
  unmount = mountLoadingLine(document.body, state);
});
afterEach(() => {
  unmount();
  expect(vi.getTimerCount()).toBe(0);
  expect(line()).toBeNull();
  vi.useRealTimers();
});

it("shows nothing for arrays that arrive soon", () => {
  state.set(live({ count: 1, loaded: 0, total: 1e6 }));
  vi.advanceTimersByTime(499);
  state.set(live());
  vi.advanceTimersByTime(1000);
  expect(line().hidden).toBe(true);
});

it("shows how much has arrived, until all has", () => {
  state.set(live({ count: 3, loaded: 0, total: 200e6 }));
  vi.advanceTimersByTime(500);
  expect(line().hidden).toBe(false);
  expect(line().textContent).toBe("Loading 3 arrays, 0 of 200 MB");
  state.set(live({ count: 1, loaded: 45e6, total: 200e6 }));
  expect(line().textContent).toBe("Loading 1 array, 45 of 200 MB");
  expect(line().querySelector("progress")!.position).toBeCloseTo(0.225);
  state.set(live({ count: 1, loaded: 0.2e6, total: 1.5e6 }));
  expect(line().textContent).toBe("Loading 1 array, 0.2 of 1.5 MB");
  state.set(live());
  expect(line().hidden).toBe(true);
});

it("announces the number of arrays, and not each change of the size", async () => {
  state.set(live({ count: 2, loaded: 0, total: 2e6 }));
  vi.advanceTimersByTime(500);
  const announced = line().querySelector("[role=status]")!;
  expect(announced.textContent).toBe("Loading 2 arrays");
  const changes = vi.fn();
  const observer = new MutationObserver(changes);
  observer.observe(announced, { childList: true, characterData: true, subtree: true });
  state.set(live({ count: 2, loaded: 1e6, total: 2e6 }));
  await Promise.resolve();
  expect(changes).not.toHaveBeenCalled();
  observer.disconnect();
});

it("is hidden while there is no connection", () => {
  state.set(live({ count: 1, loaded: 0, total: 2e6 }));
  vi.advanceTimersByTime(500);
  state.set({ kind: "reconnecting", detail: "Lost." });
  expect(line().hidden).toBe(true);
});
