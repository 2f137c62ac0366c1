import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CaptureTarget } from "./captureTarget";

describe("CaptureTarget", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const disposals = (target: { addEventListener(type: "dispose", l: () => void): void }) => {
    const disposed = vi.fn();
    target.addEventListener("dispose", disposed);
    return disposed;
  };

  it("is kept between pictures of one size, and not long after the last", () => {
    const targets = new CaptureTarget(4);
    const first = targets.take(64, 48);
    const disposed = disposals(first);
    for (let i = 0; i < 3; i++) {
      targets.release();
      vi.advanceTimersByTime(4000);
      expect(targets.take(64, 48)).toBe(first);
    }
    vi.advanceTimersByTime(60_000);
    expect(disposed, "while it is in use").not.toHaveBeenCalled();
    targets.release();
    vi.advanceTimersByTime(6000);
    expect(disposed).toHaveBeenCalledOnce();
    expect(targets.take(64, 48)).not.toBe(first);
  });

  it("makes room for one of another size", () => {
    const targets = new CaptureTarget(0);
    const disposed = disposals(targets.take(64, 48));
    expect(targets.take(48, 64)).toMatchObject({ width: 48, height: 64 });
    expect(disposed).toHaveBeenCalledOnce();
  });

  it("is not freed in a context that does not have it", () => {
    const targets = new CaptureTarget(0);
    const first = targets.take(64, 48);
    const disposed = disposals(first);
    targets.forget();
    expect(targets.take(64, 48)).not.toBe(first);
    expect(disposed).not.toHaveBeenCalled();
  });
});
