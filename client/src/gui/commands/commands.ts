import type { Send } from "../../contract";
import type { CommandProps } from "../../protocol/messages.gen";
import { Disposables } from "../../shared/disposables";
import { isTyping, keyOf, modifiersOf, opensPalette, usesKey } from "../../shared/hotkey";
import { Cell } from "../../shared/observable";
import { strOrNull } from "../store/read";

export interface Command {
  readonly uuid: string;
  readonly props: Readonly<CommandProps>;
}

/** Safety limit: more commands than this are left out. */
const MAX_COMMANDS = 5000;

/** The commands of the program, their keys, and whether the palette or the list of keys is open. */
export class Commands {
  readonly all = new Cell<readonly Command[]>([]);
  readonly palette = new Cell(false);
  /** Whether the list of all keys is open. */
  readonly keys = new Cell(false);
  /** The text of the palette's search field. */
  readonly query = new Cell("");
  /** The user may only look: commands have no effect, and the palette has the page's own actions only. */
  readOnly = false;
  private readonly send: Send;
  private readonly disposables = new Disposables();
  /** The palette's field has the focus, and takes the keys itself. */
  private fieldFocused = false;
  /** Enter was pressed before that. */
  private entered = false;
  /** Commands that the current replay has not sent again. */
  private old: ReadonlySet<string> = new Set();

  constructor(send: Send) {
    this.send = send;
    // In the capture phase: a hotkey of a command has no other effect.
    this.disposables.listen<KeyboardEvent>(document, "keydown", (e) => this.pressed(e), {
      capture: true,
    });
  }

  register(uuid: unknown, props: unknown): void {
    if (typeof uuid !== "string" || typeof props !== "object" || props === null) return;
    const command = { uuid, props: props as CommandProps };
    const list = this.all.get();
    this.old = new Set([...this.old].filter((id) => id !== uuid));
    const at = list.findIndex((c) => c.uuid === uuid);
    if (at >= 0) this.all.set(list.with(at, command));
    else if (list.length < MAX_COMMANDS) this.all.set([...list, command]);
  }

  update(uuid: unknown, updates: unknown): void {
    if (typeof updates !== "object" || updates === null) return;
    this.all.update((list) =>
      list.map((c) => (c.uuid === uuid ? { uuid: c.uuid, props: { ...c.props, ...updates } } : c)),
    );
  }

  remove(uuid: unknown): void {
    this.all.update((list) => list.filter((c) => c.uuid !== uuid));
  }

  replayStart(): void {
    this.old = new Set(this.all.get().map((c) => c.uuid));
  }

  replayDone(): void {
    const old = this.old;
    if (old.size > 0) this.all.update((list) => list.filter((c) => !old.has(c.uuid)));
    this.old = new Set();
  }

  trigger(command: Command): void {
    if (this.readOnly) return;
    if (command.props.disabled !== true)
      this.send({ type: "CommandTriggerMessage", uuid: command.uuid });
  }

  openPalette(): void {
    this.query.set("");
    this.fieldFocused = false;
    this.entered = false;
    this.keys.set(false);
    this.palette.set(true);
  }

  /** Shows all keys, in place of the palette. */
  openKeys(): void {
    this.closePalette();
    this.keys.set(true);
  }

  closePalette(): void {
    this.palette.set(false);
  }

  /** The palette's field has the focus now. Returns whether the first result was chosen already, by Enter. */
  paletteFocused(): boolean {
    this.fieldFocused = true;
    const { entered } = this;
    this.entered = false;
    return entered;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    if (opensPalette(event)) {
      if (this.palette.get()) this.closePalette();
      else this.openPalette();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (this.palette.get() && !this.fieldFocused) {
      if (!this.typedEarly(event)) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (this.readOnly) return;
    const key = keyOf(event);
    if (key === null || event.repeat || isTyping(event.target) || usesKey(event.target, key))
      return;
    const held = modifiersOf(event);
    const wanted = this.all.get().filter(({ props }) => {
      const { hotkey, modifier, disabled } = props;
      return strOrNull(hotkey) === key && strOrNull(modifier) === held && disabled !== true;
    });
    if (wanted.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    for (const command of wanted) this.trigger(command);
  }

  /**
   * Handles a key that was typed after the palette was opened and before its field has the focus:
   * its code is loaded first, and a fast user does not wait. True: the key belongs to the palette.
   */
  private typedEarly({ key, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey) return false;
    if (key === "Escape") this.closePalette();
    else if (key === "Enter") {
      // One that is still held has opened the palette, by its button.
      if (!repeat) this.entered = true;
    } else if (key === "Backspace") this.query.update((text) => text.slice(0, -1));
    else if ([...key].length === 1) this.query.update((text) => text + key);
    else return false;
    return true;
  }
}
