/** What the page shows of a view beside its picture: a frame around the one that is used, and buttons. */
import type { View } from "../stage";

export interface PaneEvents {
  maximize(): void;
  /** null: the view can't be closed. */
  close: (() => void) | null;
}

export class Pane {
  readonly element = document.createElement("div");
  /** Paths of nodes that are hidden in this view, with what is below them. */
  hidden: ReadonlySet<string> = new Set();
  private readonly tools: HTMLElement;
  private readonly larger: HTMLButtonElement;
  private readonly closing: HTMLButtonElement | null;

  constructor(
    container: HTMLElement,
    readonly view: View,
    { maximize, close }: PaneEvents,
  ) {
    this.element.className = "viser-view";
    this.tools = this.element.appendChild(document.createElement("div"));
    this.tools.className = "viser-view-tools";
    this.tools.setAttribute("role", "group");
    this.tools.dataset.portal = "view";
    this.larger = this.button("⤢", maximize);
    this.closing = close && this.button("✕", close);
    container.append(this.element);
  }

  /** `number` is that for the user, from 1. */
  show(number: number, maximized: boolean): void {
    const { box } = this.view;
    this.element.hidden = box === null;
    if (!box) return;
    const { x, y, width, height } = box;
    this.element.style.cssText = `left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px`;
    this.tools.setAttribute("aria-label", `View ${number}`);
    const larger = maximized ? "Show all views" : `Maximize view ${number}`;
    this.larger.setAttribute("aria-label", larger);
    this.larger.title = larger;
    this.larger.setAttribute("aria-pressed", String(maximized));
    if (!this.closing) return;
    this.closing.setAttribute("aria-label", `Close view ${number}`);
    this.closing.title = `Close view ${number}`;
  }

  set active(active: boolean) {
    this.element.toggleAttribute("data-active", active);
  }

  dispose(): void {
    this.element.remove();
  }

  private button(sign: string, run: () => void): HTMLButtonElement {
    const button = this.tools.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = sign;
    button.addEventListener("click", run);
    return button;
  }
}
