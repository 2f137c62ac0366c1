import type { DragBinding, KeyModifier } from "../protocol/messages.gen";

export interface Keys {
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The modifier keys that are held, as the protocol names them; Ctrl and Cmd are the same. */
export function modifierOf(e: Keys): KeyModifier | null {
  const held = [
    (e.ctrlKey || e.metaKey) && "cmd/ctrl",
    e.altKey && "alt",
    e.shiftKey && "shift",
  ].filter(Boolean);
  return held.length > 0 ? (held.join("+") as KeyModifier) : null;
}

/** Whether something listens to a click with these modifiers: exactly these, no others. */
export function listensToClick(
  bindings: readonly DragBinding[],
  modifier: KeyModifier | null,
): boolean {
  return bindings.some((b) => b.button === "left" && (b.modifier ?? null) === modifier);
}
