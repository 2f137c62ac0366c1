// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Action, Actions } from "../shared/actions";
import { KeyActions } from "./keyActions";

let actions: Actions;
let keys: KeyActions;
let scope: HTMLElement;
let ran: string[];
let flying: boolean;

beforeEach(() => {
  document.body.innerHTML =
    '<div id="scene"><canvas tabindex="0"></canvas></div><input id="field"><button id="b">';
  scope = document.getElementById("scene")!;
  actions = new Actions();
  ran = [];
  flying = false;
  keys = new KeyActions(scope, actions, () => flying);
  const action = (id: string): Action => ({
    id,
    label: id,
    section: "View",
    run: () => void ran.push(id),
  });
  actions.add(action("view.fit"), action("view.focus"), action("page.keys"));
});
afterEach(() => keys.dispose());

function press(key: string, given: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...given });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return event.defaultPrevented;
}

const focus = (what: string) => document.querySelector<HTMLElement>(what)!.focus();

test("keys run actions in the scene, and nothing where there is none", () => {
  expect(press("f")).toBe(true);
  focus("canvas");
  press("Home");
  expect(press("1")).toBe(false); // no part has added that action
  expect(press("f", { repeat: true })).toBe(false);
  expect(ran).toEqual(["view.focus", "view.fit"]);
});

test("a focused field or button keeps its keys, but for those of the whole page", () => {
  focus("#field");
  expect(press("f")).toBe(false);
  expect(press("?")).toBe(false);
  focus("#b");
  expect(press("f")).toBe(false);
  expect(press("?", { shiftKey: true })).toBe(true);
  expect(ran).toEqual(["page.keys"]);
});

test("Shift is for the speed while the camera flies", () => {
  flying = true;
  expect(press("A", { code: "KeyA", shiftKey: true })).toBe(false);
  flying = false;
  expect(press("A", { code: "KeyA", shiftKey: true })).toBe(true);
  expect(ran).toEqual(["view.fit"]);
});

test("a press that somebody has handled is not one here", () => {
  const first = (e: Event) => e.preventDefault();
  document.addEventListener("keydown", first, { capture: true });
  press("f");
  document.removeEventListener("keydown", first, { capture: true });
  expect(ran).toEqual([]);
});

test("Escape ends what is in progress", () => {
  actions.onEscape(() => ran.push("ended"));
  focus("#b");
  expect(press("Escape")).toBe(false);
  focus("canvas");
  expect(press("Escape")).toBe(true);
  expect(press("Escape")).toBe(false);
  expect(ran).toEqual(["ended"]);
});
