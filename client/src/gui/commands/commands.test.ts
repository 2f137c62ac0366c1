// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClientMessage } from "../../contract";
import { keyNames } from "../../shared/hotkey";
import { Commands } from "./commands";

let sent: ClientMessage[];
let commands: Commands;
beforeEach(() => {
  sent = [];
  commands = new Commands((m) => sent.push(m));
});
afterEach(() => {
  commands.dispose();
  document.body.replaceChildren();
});

const props = (given: object = {}) => ({
  label: "Command",
  description: null,
  hotkey: null,
  modifier: null,
  _icon_html: null,
  disabled: false,
  ...given,
});
const press = (key: string, given: KeyboardEventInit = {}, target: Element = document.body) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...given });
  target.dispatchEvent(event);
  return event.defaultPrevented;
};
const triggered = () => sent.splice(0).map((m) => (m as { uuid: string }).uuid);

test("a hotkey requires exactly its modifiers, and runs all commands that have it", () => {
  commands.register("s", props({ hotkey: "S" }));
  commands.register("also s", props({ hotkey: "S" }));
  commands.register("shift", props({ hotkey: "S", modifier: "cmd/ctrl+shift" }));
  commands.register("off", props({ hotkey: "S", disabled: true }));
  expect(press("s")).toBe(true);
  expect(triggered()).toEqual(["s", "also s"]);
  press("s", { metaKey: true, shiftKey: true });
  press("S", { ctrlKey: true, shiftKey: true });
  expect(triggered()).toEqual(["shift", "shift"]);
  expect(press("s", { altKey: true })).toBe(false);
  press("s", { repeat: true });
  commands.update("s", { disabled: true });
  commands.remove("also s");
  expect(press("s")).toBe(false);
  expect(triggered()).toEqual([]);
});

test("keys are identified by position when a modifier changes the typed character", () => {
  commands.register("one", props({ hotkey: "1", modifier: "shift" }));
  commands.register("arrow", props({ hotkey: "arrowup" }));
  commands.register("space", props({ hotkey: "space" }));
  press("!", { shiftKey: true, code: "Digit1" });
  press("ArrowUp");
  press(" ");
  expect(triggered()).toEqual(["one", "arrow", "space"]);
});

test("hotkeys are ignored while typing, and for keys that the focused control handles", () => {
  document.body.innerHTML =
    '<input id="t"><textarea id="a"></textarea><input id="c" type="checkbox"><button id="b"></button>';
  const at = (id: string) => document.getElementById(id)!;
  commands.register("s", props({ hotkey: "S" }));
  commands.register("space", props({ hotkey: "space" }));
  for (const id of ["t", "a"]) press("s", {}, at(id));
  press(" ", {}, at("b"));
  expect(triggered()).toEqual([]);
  for (const id of ["c", "b"]) press("s", {}, at(id));
  expect(triggered()).toEqual(["s", "s"]);
});

test("the palette opens with Ctrl+K and Cmd+K, also for a user who may only look", () => {
  commands.readOnly = true;
  expect(press("k", { metaKey: true })).toBe(true);
  expect(commands.palette.get()).toBe(true);
  press("P", { ctrlKey: true, shiftKey: true });
  expect(commands.palette.get()).toBe(false);
});

test("keys typed before the palette's field has the focus are its text, and not hotkeys", () => {
  commands.register("save", props({ label: "Save", hotkey: "S" }));
  commands.register("turn", props({ label: "Turn" }));
  commands.register("up", props({ label: "Up", hotkey: "arrowup" }));
  press("k", { ctrlKey: true });
  press("ArrowUp");
  press("Enter", { repeat: true });
  expect(triggered()).toEqual([]);
  for (const key of ["s", "t", "x", "Backspace"]) expect(press(key)).toBe(true);
  expect(commands.query.get()).toBe("st");
  press("Enter");
  expect(commands.palette.get()).toBe(true);
  expect(commands.paletteFocused()).toBe(true);
  expect(commands.paletteFocused()).toBe(false);
  expect(triggered()).toEqual([]);
  commands.closePalette();
  press("s");
  expect(triggered()).toEqual(["save"]);

  commands.openPalette();
  expect(commands.query.get()).toBe("");
  press("Escape");
  expect(commands.palette.get()).toBe(false);
  commands.openPalette();
  expect(commands.paletteFocused()).toBe(false);
  expect(press("t")).toBe(false);
  expect(commands.query.get()).toBe("");
});

test("a replay keeps the commands that it sends, and invalid messages are ignored", () => {
  commands.register("a", props());
  commands.register("b", props());
  commands.replayStart();
  commands.register("b", props({ label: "new" }));
  commands.replayDone();
  expect(commands.all.get().map((c) => c.props.label)).toEqual(["new"]);
  commands.register(7, props());
  commands.register("x", null);
  commands.update("b", 7);
  commands.update("nobody", { label: "x" });
  commands.remove("nobody");
  expect(commands.all.get()).toHaveLength(1);
});

test("hotkeys are shown with the names of their keys", () => {
  expect(keyNames("S", "cmd/ctrl+shift")).toEqual(["Ctrl", "Shift", "S"]);
  expect(keyNames(null, null)).toEqual([]);
});
