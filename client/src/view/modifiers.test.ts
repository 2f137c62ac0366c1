import { describe, expect, it } from "vitest";
import { listensToClick, modifierOf } from "./modifiers";

const up = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe("modifierOf", () => {
  it("names every combination as the protocol does", () => {
    expect(modifierOf(up)).toBeNull();
    expect(modifierOf({ ...up, ctrlKey: true })).toBe("cmd/ctrl");
    expect(modifierOf({ ...up, metaKey: true })).toBe("cmd/ctrl");
    expect(modifierOf({ ...up, altKey: true })).toBe("alt");
    expect(modifierOf({ ...up, shiftKey: true })).toBe("shift");
    expect(modifierOf({ ...up, ctrlKey: true, metaKey: true, altKey: true })).toBe("cmd/ctrl+alt");
    expect(modifierOf({ ...up, ctrlKey: true, shiftKey: true })).toBe("cmd/ctrl+shift");
    expect(modifierOf({ ...up, altKey: true, shiftKey: true })).toBe("alt+shift");
    expect(modifierOf({ ctrlKey: true, metaKey: false, altKey: true, shiftKey: true })).toBe(
      "cmd/ctrl+alt+shift",
    );
  });
});

describe("listensToClick", () => {
  it("requires exactly the modifiers of the binding, and the left button", () => {
    expect(listensToClick([], null)).toBe(false);
    expect(listensToClick([{ button: "left", modifier: null }], null)).toBe(true);
    expect(listensToClick([{ button: "left", modifier: null }], "shift")).toBe(false);
    expect(listensToClick([{ button: "left", modifier: "shift" }], null)).toBe(false);
    expect(listensToClick([{ button: "left", modifier: "shift" }], "alt+shift")).toBe(false);
    expect(listensToClick([{ button: "right", modifier: "shift" }], "shift")).toBe(false);
    expect(
      listensToClick(
        [
          { button: "left", modifier: "alt" },
          { button: "left", modifier: "shift" },
        ],
        "shift",
      ),
    ).toBe(true);
  });
});
