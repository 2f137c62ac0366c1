import { describe, expect, it } from "vitest";
import type { ScenePointerEnableMessage } from "../protocol/messages.gen";
import { PointerFilters } from "./pointerFilters";

const enable = (
  event_type: ScenePointerEnableMessage["event_type"],
  modifiers: ScenePointerEnableMessage["modifiers"],
  owner = "",
): ScenePointerEnableMessage => ({
  type: "ScenePointerEnableMessage",
  event_type,
  modifiers,
  owner,
});

describe("PointerFilters", () => {
  it("uses the union of all owners' filters, each of which can only clear its own", () => {
    const f = new PointerFilters();
    expect(f.engaged("click", null)).toBe(false);
    f.set(enable("click", [null, "shift"]));
    f.set(enable("click", ["alt"], "3"));
    f.set(enable("rect-select", ["shift"]));
    expect(f.engaged("click", null)).toBe(true);
    expect(f.engaged("click", "alt")).toBe(true);
    expect(f.engaged("click", "cmd/ctrl")).toBe(false);
    expect(f.engaged("rect-select", null)).toBe(false);
    f.set(enable("click", []));
    expect(f.engaged("click", "shift")).toBe(false);
    expect(f.engaged("click", "alt")).toBe(true);
    f.set(enable("click", [], "3"));
    expect(f.engaged("click", "alt")).toBe(false);
    expect(f.engaged("rect-select", "shift")).toBe(true);
  });

  it("removes at the end of a replay what was not sent again", () => {
    const f = new PointerFilters();
    f.set(enable("click", [null]));
    f.set(enable("click", ["alt"], "3"));
    f.replayStart();
    f.set(enable("click", [null]));
    expect(f.engaged("click", "alt")).toBe(true);
    f.replayDone();
    expect(f.engaged("click", "alt")).toBe(false);
    expect(f.engaged("click", null)).toBe(true);
  });
});
