import { describe, expect, it, vi } from "vitest";
import { Theme } from "./theme";

const GRAY = { light: [200, 200, 200], dark: [60, 60, 60] } as const;

describe("Theme", () => {
  it("replaces a default color in dark mode only", () => {
    const theme = new Theme();
    expect(theme.resolve([200, 200, 200], GRAY)).toEqual([200, 200, 200]);
    theme.set(true);
    expect(theme.resolve([200, 200, 200], GRAY)).toEqual([60, 60, 60]);
    expect(theme.resolve(new Uint8Array([200, 200, 200]), GRAY)).toEqual([60, 60, 60]);
  });

  it("keeps colors that the program set", () => {
    const theme = new Theme();
    theme.set(true);
    expect(theme.resolve([200, 200, 201], GRAY)).toEqual([200, 200, 201]);
    expect(theme.resolve("red", GRAY)).toBe("red");
    expect(theme.resolve(undefined, GRAY)).toBeUndefined();
  });

  it("reports each change once, until stopped", () => {
    const theme = new Theme();
    const listener = vi.fn();
    const stop = theme.onChange(listener);
    theme.set(false);
    theme.set(true);
    theme.set(true);
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
    theme.set(false);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
