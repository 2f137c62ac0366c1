/** How long after the user's last change a value from the server waits, in milliseconds. */
export const QUIET_MS = 300;
/** The same for typed text: people pause between keys. */
export const QUIET_TYPING_MS = 1000;

interface Edit {
  /** How many gestures (a drag, a composition of an input method) are under way. */
  gestures: number;
  quietUntil: number;
  held: { value: unknown } | null;
  timer: ReturnType<typeof setTimeout> | null;
}

/**
 * Keeps values from the server away from a widget while its user changes it, and hands over the newest one
 * afterwards. A value that came before the user's last change is older than it and is dropped: there are
 * no acknowledgements on the wire, so "came after" is all that can be known.
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

  /** What the user set last goes to the server: what came from there before is older. */
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

  /** The user is done (left the field): what the server said meanwhile shows after the short quiet. */
  leave(uuid: string): void {
    const edit = this.edits.get(uuid);
    if (!edit) return;
    edit.gestures = 0;
    edit.quietUntil = Math.min(edit.quietUntil, performance.now() + QUIET_MS);
    this.arm(uuid, edit);
  }

  /** Keeps the value for later and returns true while the widget is being edited. */
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
