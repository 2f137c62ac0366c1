/**
 * All keys and gestures of the page, by where they work. The dialog of keys and the guide's table are made from this
 * list, and a row with the ID of an action is what makes its keys run it.
 */
import { keyOf, modifiersOf } from "./hotkey";

export interface KeyRow {
  /** Alternatives, separated by a comma: "Home, Shift+A". Ctrl stands for Cmd too. */
  readonly keys: string;
  readonly does: string;
  /** The action that the keys run, in the scene and where nothing has the focus. */
  readonly action?: string;
}

export interface KeyContext {
  readonly where: string;
  readonly rows: readonly KeyRow[];
  /** Of pages with a certain device or part only. */
  readonly only?: "mouse" | "touch" | "timeline";
}

const row = (keys: string, does: string, action?: string): KeyRow =>
  action === undefined ? { keys, does } : { keys, does, action };

/** Keys of these rows work wherever nothing is typed. */
const EVERYWHERE = "page";

export const KEYS: readonly KeyContext[] = [
  {
    where: "mouse",
    only: "mouse",
    rows: [
      row("left drag", "turn"),
      row("right drag", "move sideways"),
      row("wheel", "closer, further"),
      row("double click", "focus the node"),
    ],
  },
  {
    where: "touch",
    only: "touch",
    rows: [
      row("one finger", "turn"),
      row("two fingers", "move, pinch to zoom"),
      row("double tap", "focus the node"),
      row("tap, hold", "select a node; one more, or one less"),
      row("hold a label", "its hint, if it has one"),
    ],
  },
  {
    where: EVERYWHERE,
    rows: [
      row("Ctrl+K", "command palette: everything that the page and the program can do"),
      row("?", "all keys", "page.keys"),
    ],
  },
  {
    where: "scene",
    rows: [
      row("W A S D, Q E", "fly forward, left, back, right; down, up. Shift is faster"),
      row("arrows", "look around"),
      row("F", "focus what is selected, or under the pointer", "view.focus"),
      row("Home, Shift+A", "fit everything in the view (A alone flies)", "view.fit"),
      row("1", "view from the front", "view.front"),
      row("3", "view from the right", "view.right"),
      row("7", "view from above", "view.top"),
      row("Ctrl+1", "view from the back", "view.back"),
      row("Ctrl+3", "view from the left", "view.left"),
      row("Ctrl+7", "view from below", "view.bottom"),
      row("5", "orthographic, perspective", "view.orthographic"),
      row("V", "one view, two, three, four", "view.next"),
      row("Shift+V", "maximize this view; all views again", "view.maximize"),
      row("click", "select a node; with Shift or Ctrl one more, or one less"),
      row("Shift+drag", "select in a box"),
      row("H", "hide what is selected", "select.hide"),
      row("Shift+H", "show all hidden nodes", "select.showAll"),
      row("I", "show only what is selected", "select.isolate"),
      row("M", "measure a distance", "measure.distance"),
      row("Space, Enter, Backspace", "measuring: a point in the middle, finish, undo"),
      row("Esc", "end what is in progress; else clear the selection", "select.clear"),
    ],
  },
  { where: "panel", rows: [row("Tab, Shift+Tab", "next, previous control")] },
  {
    where: "numbers",
    rows: [row("up, down", "one step"), row("Page Up, Page Down", "ten steps")],
  },
  {
    where: "scene tree",
    rows: [
      row("up, down, Home, End", "move between rows"),
      row("right, left", "expand and collapse; go to the first child, to the parent"),
      row("Shift+up, Shift+down", "select one more"),
      row("Space", "hide or show"),
      row("Enter", "properties"),
    ],
  },
  { where: "properties", rows: [row("Esc", "close them and return to the tree")] },
  { where: "search", rows: [row("down, Enter", "go to the results")] },
  {
    where: "timeline",
    only: "timeline",
    rows: [
      row("Space", "play, pause"),
      row("left, right", "back, on; further with Shift"),
      row("comma, period", "previous, next change"),
      row("Home, End", "beginning, end"),
    ],
  },
];

/** Other names of keys in the table. */
const NAMES: Readonly<Record<string, string>> = { esc: "escape", ctrl: "cmd/ctrl" };

/** "Ctrl+1" as keys are named on the wire: "cmd/ctrl+1". */
function combination(shown: string): string {
  const parts = shown.toLowerCase().split("+");
  return parts.map((part) => NAMES[part] ?? part).join("+");
}

export interface Binding {
  readonly action: string;
  /** Not only in the scene, but wherever nothing is typed. */
  readonly everywhere: boolean;
}

/** What keys run, by their combination. */
export function bindings(table: readonly KeyContext[] = KEYS): ReadonlyMap<string, Binding> {
  const found = new Map<string, Binding>();
  for (const { where, rows } of table) {
    for (const { keys, action } of rows) {
      if (action === undefined) continue;
      for (const one of keys.split(", "))
        found.set(combination(one), { action, everywhere: where === EVERYWHERE });
    }
  }
  return found;
}

/** The combination of a press; null: a key without a name. */
export function combinationOf(event: KeyboardEvent): string | null {
  // Where this is typed, and with which other keys, differs between keyboards.
  if (event.key === "?") return "?";
  const key = keyOf(event);
  const held = modifiersOf(event);
  return key && (held === null ? key : `${held}+${key}`).toLowerCase();
}

/** The first keys of an action: "Ctrl+1"; undefined: it has none. */
export function keysOf(action: string, table: readonly KeyContext[] = KEYS): string | undefined {
  for (const { rows } of table)
    for (const r of rows) if (r.action === action) return r.keys.split(", ")[0];
  return undefined;
}
