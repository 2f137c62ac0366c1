/** Delay of server values after the user's last change, in milliseconds. */
export const QUIET_MS = 300;
/** The same for typed text, with pauses between keys. */
export const QUIET_TYPING_MS = 1000;

interface Edit {
  /** Number of active gestures (a drag, an input method composition). */
  gestures: number;
  quietUntil: number;
  held: { value: unknown } | null;
  timer: ReturnType<typeof setTimeout> | null;
}

/**
 * Defers values from the server while the user edits a widget, and applies the newest one afterwards. A value that
 * was received before the user's last change is dropped: viser's protocol has no acknowledgements, so the order of
 * arrival is all that is known. With those of viser-go.v1 (see Revisions) only gestures defer values.
 */
export class Edits {
  private readonly edits = new Map<string, Edit>();
  private readonly settle: (uuid: string, value: unknown) => void;

  constructor(settle: (uuid: string, value: unknown) => void) {
    this.settle = settle;
  }

  /** The user changed the value. */
  changed(uuid: string, quietMs: number): void {
    const edit = this.edit(uuid);
    edit.held = null;
    edit.quietUntil = performance.now() + quietMs;
    this.arm(uuid, edit);
  }

  /** The user's last value was sent: values received before are outdated. */
  sent(uuid: string): void {
    const edit = this.edits.get(uuid);
    if (edit) edit.held = null;
  }

  begin(uuid: string): void {
    const edit = this.edit(uuid);
    edit.gestures++;
    this.arm(uuid, edit);
  }

  end(uuid: string): void {
    const edit = this.edits.get(uuid);
    if (!edit) return;
    edit.gestures = Math.max(0, edit.gestures - 1);
    this.arm(uuid, edit);
  }

  /** The user has left the field: a deferred value is applied after the short delay. */
  leave(uuid: string): void {
    const edit = this.edits.get(uuid);
    if (!edit) return;
    edit.gestures = 0;
    edit.quietUntil = Math.min(edit.quietUntil, performance.now() + QUIET_MS);
    this.arm(uuid, edit);
  }

  /** Defers the value and returns true while the widget is being edited. */
  intercept(uuid: string, value: unknown): boolean {
    const edit = this.edits.get(uuid);
    if (!edit || !busy(edit)) return false;
    edit.held = { value };
    return true;
  }

  forget(uuid: string): void {
    const edit = this.edits.get(uuid);
    if (edit?.timer != null) clearTimeout(edit.timer);
    this.edits.delete(uuid);
  }

  dispose(): void {
    for (const uuid of [...this.edits.keys()]) this.forget(uuid);
  }

  private edit(uuid: string): Edit {
    let edit = this.edits.get(uuid);
    if (!edit) {
      edit = { gestures: 0, quietUntil: 0, held: null, timer: null };
      this.edits.set(uuid, edit);
    }
    return edit;
  }

  private arm(uuid: string, edit: Edit): void {
    if (edit.timer !== null) clearTimeout(edit.timer);
    edit.timer = null;
    if (edit.gestures > 0) return;
    const wait = Math.max(0, edit.quietUntil - performance.now());
    edit.timer = setTimeout(() => {
      this.edits.delete(uuid);
      if (edit.held) this.settle(uuid, edit.held.value);
    }, wait);
  }
}

function busy(edit: Edit): boolean {
  return edit.gestures > 0 || performance.now() < edit.quietUntil;
}
