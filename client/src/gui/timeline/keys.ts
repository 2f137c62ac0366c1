import type { Timeline, TimelineState } from "../../contract";
import { isTyping, keyOf, modifiersOf, usesKey } from "../../shared/hotkey";
import { hasTime, keyStep } from "./time";

type Action = (timeline: Timeline, state: TimelineState) => void;

const by =
  (direction: 1 | -1, far: boolean): Action =>
  (timeline, state) => {
    const time = state.time + direction * keyStep(state, far);
    // Behind the end is what the program shows now.
    if (state.mode === "live" && time > state.to) timeline.follow();
    else timeline.seek(time);
  };

const toEnd: Action = (timeline, state) =>
  state.mode === "live" ? timeline.follow() : timeline.seek(state.to);

/** A page that is live stops where it is. */
export const playOrPause: Action = (timeline, { playing, following }) =>
  playing || following ? timeline.pause() : timeline.play();

/** By key; arrows and Home move the camera where the scene has the focus. */
const ACTIONS: Readonly<Record<string, Action>> = {
  space: playOrPause,
  ",": (timeline) => timeline.step(-1),
  ".": (timeline) => timeline.step(1),
  home: (timeline, { from }) => timeline.seek(from),
  end: toEnd,
  arrowleft: by(-1, false),
  arrowright: by(1, false),
  pageup: by(1, true),
  pagedown: by(-1, true),
};
const WITH_SHIFT: Readonly<Record<string, Action>> = {
  arrowleft: by(-1, true),
  arrowright: by(1, true),
};
/** As of every slider; elsewhere they are the camera's. */
const ON_SLIDER: Readonly<Record<string, Action>> = {
  arrowdown: by(-1, false),
  arrowup: by(1, false),
};

/** Where arrows, Home and the like go from one button to another. */
const GROUPS = ["tablist", "radiogroup", "toolbar", "menu", "listbox", "tree", "grid", "dialog"]
  .map((role) => `[role=${role}]`)
  .join(",");

/** Whether a focused control has another use for the key. A button on its own has one only for Space and Enter. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!usesKey(target, key) || !(target instanceof Element)) return false;
  const button = target.closest("button:not([role]), a[href]:not([role])");
  if (!button || key === "space" || key === "enter" || button.closest(GROUPS)) return true;
  return key.startsWith("arrow") && button.hasAttribute("data-arrows");
}

/** What a key does with the timeline; null: nothing. */
export function actionOf(event: KeyboardEvent, bar: Element, state: TimelineState): Action | null {
  const { target } = event;
  if (!hasTime(state) || event.defaultPrevented || event.isComposing || isTyping(target))
    return null;
  const key = keyOf(event);
  const held = modifiersOf(event);
  if (key === null || (held !== null && held !== "shift")) return null;
  const inBar = target instanceof Node && bar.contains(target);
  const onSlider = inBar && target instanceof Element && target.matches("[role=slider]");
  // A page that shows what its program does now has all other keys for the program and the camera.
  if (state.following && !inBar) return null;
  if (!onSlider && isTaken(target, key)) return null;
  // They move the camera.
  const ofScene = key.startsWith("arrow") || key === "home";
  if (ofScene && target instanceof Element && target.closest("canvas")) return null;
  if (held === "shift") return WITH_SHIFT[key] ?? null;
  return ACTIONS[key] ?? (onSlider ? (ON_SLIDER[key] ?? null) : null);
}
