import type { Send } from "../../contract";
import { Cell } from "../../shared/observable";
import type { GuiStore } from "./guiStore";

const MAX_DEPTH = 64;

/** Forms that were edited and not submitted since. */
export class Forms {
  readonly edited = new Cell<ReadonlySet<string>>(new Set());
  private readonly store: GuiStore;
  private readonly send: Send;

  constructor(store: GuiStore, send: Send) {
    this.store = store;
    this.send = send;
  }

  /** The page's user changed a widget: sends, once, that its form was edited. */
  userEdited(uuid: string): void {
    const form = this.formAround(uuid);
    if (form === null || this.edited.get().has(form)) return;
    this.mark(form, true);
    this.send({ type: "GuiFormDirtyMessage", uuid: form });
  }

  mark(form: unknown, edited: boolean): void {
    if (typeof form !== "string" || this.edited.get().has(form) === edited) return;
    if (edited && this.store.element(form)?.type !== "GuiFormMessage") return;
    const next = new Set(this.edited.get());
    if (edited) next.add(form);
    else next.delete(form);
    this.edited.set(next);
  }

  private formAround(uuid: string): string | null {
    let container = this.store.element(uuid)?.container;
    for (let depth = 0; container !== undefined && depth < MAX_DEPTH; depth++) {
      const holder = this.store.holderOf(container);
      if (holder?.type === "GuiFormMessage") return holder.uuid;
      container = holder?.container;
    }
    return null;
  }
}
