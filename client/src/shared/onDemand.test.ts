import { expect, it, vi } from "vitest";
import { OnDemand } from "./onDemand";

it("is made once, when it is first used", async () => {
  const part = { dispose: vi.fn() };
  const make = vi.fn(() => Promise.resolve(part));
  const demand = new OnDemand(make);
  expect(demand.now).toBeNull();
  const [one, other] = await Promise.all([demand.get(), demand.get()]);
  expect(one).toBe(part);
  expect(other).toBe(part);
  expect(demand.now).toBe(part);
  expect(make).toHaveBeenCalledTimes(1);
  demand.dispose();
  expect(part.dispose).toHaveBeenCalledTimes(1);
});

it("is tried again after its code could not be loaded", async () => {
  const part = { dispose() {} };
  const make = vi.fn<() => Promise<typeof part>>();
  make.mockRejectedValueOnce(new Error("offline")).mockResolvedValueOnce(part);
  const demand = new OnDemand(make);
  await expect(demand.get()).rejects.toThrow("offline");
  expect(await demand.get()).toBe(part);
});

it("does not outlive its page when it comes late", async () => {
  const part = { dispose: vi.fn() };
  const demand = new OnDemand(() => Promise.resolve(part));
  const late = demand.get();
  demand.dispose();
  await late;
  expect(part.dispose).toHaveBeenCalledTimes(1);
});
