import type { Actions } from "../shared/actions";
import { Disposables } from "../shared/disposables";
import { isTyping } from "../shared/hotkey";
import { bindings, combinationOf } from "../shared/keys";

/**
 * Whether keys are the scene's: it has the focus, or nothing has, or a button that was clicked still has it while the
 * pointer is over the scene. Controls within the scene get their keys themselves.
 */
export function sceneListens(scope: HTMLElement): boolean {
  const focus = scope.ownerDocument.activeElement;
  if (!focus || focus === scope.ownerDocument.body) return true;
  if (scope.contains(focus)) return !focus.closest("[data-portal]");
  // For one that was reached by the keyboard, keys are meant.
  return focus === clicked && scope.querySelector("canvas:hover") !== null;
}

/** The button that was pressed last by a pointer. */
let clicked: Element | null = null;

/** Runs the actions of keys (keys.ts). Hotkeys of the program come first: they end in the capture phase. */
export class KeyActions {
  private readonly bindings = bindings();
  private readonly disposables = new Disposables();

  constructor(
    private readonly scope: HTMLElement,
    private readonly actions: Actions,
    /** Whether the camera is being flown: Shift is for its speed then. */
    private readonly flying: () => boolean,
  ) {
    const win = scope.ownerDocument.defaultView!;
    this.disposables.listen<KeyboardEvent>(win, "keydown", (e) => this.pressed(e));
    const note = ({ target }: PointerEvent) => {
      clicked = target instanceof Element ? target.closest("button") : null;
    };
    this.disposables.listen<PointerEvent>(win, "pointerdown", note, { capture: true });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private pressed(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || e.repeat || isTyping(e.target)) return;
    const keys = combinationOf(e);
    if (keys === null || (keys.startsWith("shift+") && this.flying())) return;
    if (this.runs(keys)) e.preventDefault();
  }

  private runs(keys: string): boolean {
    const inScene = sceneListens(this.scope);
    if (keys === "escape" && inScene && this.actions.escape()) return true;
    const bound = this.bindings.get(keys);
    if (!bound || !(inScene || bound.everywhere)) return false;
    const action = this.actions.available(bound.action);
    if (action) this.actions.run(action);
    return action !== null;
  }
}
