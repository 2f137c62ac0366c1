import type { Actions } from "../shared/actions";
import { Disposables } from "../shared/disposables";
import { isTyping } from "../shared/hotkey";
import { bindings, combinationOf } from "../shared/keys";

/** Whether keys are the scene's: it has the focus, or nothing has. Controls within it get their keys themselves. */
export function sceneListens(scope: HTMLElement): boolean {
  const focus = scope.ownerDocument.activeElement;
  if (!focus || focus === scope.ownerDocument.body) return true;
  return scope.contains(focus) && !focus.closest("[data-portal]");
}

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
