import type { ClientMessage } from "../../contract";
import type { Commands } from "../commands/commands";
import type { GuiStore } from "../store/guiStore";
import type { Notices } from "./notices";

/** One notice, however often the user tries. */
export const UNSENT = "unsent";
const SHOWN_MS = 8_000;
/** A button that is held, or a drag, would show the same again with each message. */
const REPEAT_MS = 500;

interface Sources {
  store: GuiStore;
  commands: Commands;
  notices: Notices;
}

/** Shows that an action of the user was not sent, as there is no connection. Actions are never sent late. */
export class Unsent {
  private shown = { what: "", at: Number.NEGATIVE_INFINITY };

  constructor(private readonly sources: Sources) {}

  tell(message: ClientMessage): void {
    const what = this.nameOf(message);
    const now = performance.now();
    if (what === null || (what === this.shown.what && now - this.shown.at < REPEAT_MS)) return;
    this.shown = { what, at: now };
    this.sources.notices.show(UNSENT, {
      title: `${what} was not sent`,
      body: "The connection was lost. Do it again when it is back.",
      loading: false,
      closable: true,
      autoCloseMs: SHOWN_MS,
    });
  }

  /** What the user did; null: nothing that they expect an effect of. */
  private nameOf(message: ClientMessage): string | null {
    switch (message.type) {
      case "GuiUpdateMessage": {
        const { value } = message.updates as { value?: unknown };
        return typeof value === "string" ? quoted(value) : this.control(message.uuid);
      }
      case "GuiButtonHoldMessage":
      case "GuiFormSubmitMessage":
        return this.control(message.uuid);
      case "CommandTriggerMessage":
        return quoted(this.command(message.uuid));
      case "SceneNodeClickMessage":
        return "The click";
      case "ScenePointerMessage":
        return message.event_type === "click" ? "The click" : "The selection";
      case "SceneNodeDragMessage":
      case "TransformControlsDragStartMessage":
      case "TransformControlsUpdateMessage":
        return "The drag";
      default:
        return null;
    }
  }

  private control(uuid: string): string {
    const props = this.sources.store.element(uuid)?.props as { label?: unknown } | undefined;
    return quoted(props?.label);
  }

  private command(uuid: string): unknown {
    return this.sources.commands.all.get().find((command) => command.uuid === uuid)?.props.label;
  }
}

function quoted(label: unknown): string {
  return typeof label === "string" && label !== "" ? `“${label}”` : "The click";
}
