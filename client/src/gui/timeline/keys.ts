import type { Timeline, TimelineState } from "../../contract";
import { isTyping, keyOf, modifiersOf, usesKey } from "../commands/hotkey";
import { hasTime, keyStep } from "./time";

type Action = (timeline: Timeline, state: TimelineState) => void;

const by =
  (direction: 1 | -1, far: boolean): Action =>
  (timeline, state) =>
    timeline.seek(state.time + direction * keyStep(state, far));

/** A page that is live stops where it is. */
export const playOrPause: Action = (timeline, { playing, following }) =>
  playing || following ? timeline.pause() : timeline.play();

/** By key; arrows turn the camera where the scene has the focus. */
const ACTIONS: Readonly<Record<string, Action>> = {
  space: playOrPause,
  ",": (timeline) => timeline.step(-1),
  ".": (timeline) => timeline.step(1),
  home: (timeline, { from }) => timeline.seek(from),
  end: (timeline, { to }) => timeline.seek(to),
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
  if (!onSlider && usesKey(target, key)) return null;
  if (key.startsWith("arrow") && target instanceof Element && target.closest("canvas")) return null;
  if (held === "shift") return WITH_SHIFT[key] ?? null;
  return ACTIONS[key] ?? (onSlider ? (ON_SLIDER[key] ?? null) : null);
}
