import type { ServerMessage } from "../../app/contract";
import { Cell } from "../store/cell";
import { num, numOrNull } from "../store/read";

/** The uuid by which servers call the panel of this page. */
export const CONTROL_PANEL = "viser-control-panel";

export type Side = "left" | "right";

/** Where the panel is, on wide pages. */
export interface Placement {
  mode: "float" | "dock";
  side: Side;
  /** Distance of a floating panel from its side and from the top, in pixels. */
  x: number;
  y: number;
}

export const MARGIN = 12;
const HOME: Placement = { mode: "float", side: "right", x: MARGIN, y: MARGIN };

type Axis = "position" | "width" | "height" | "collapsed";

export type PanelView = "controls" | "tools";

/** The panel's own state: changed by its user, and by the server when it says something new. */
export class PanelState {
  readonly label = new Cell<string | null>(null);
  readonly collapsed = new Cell(false);
  readonly placement = new Cell<Placement>(HOME);
  /** Pixels; null = as the theme says, or as much as the content needs. */
  readonly width = new Cell<number | null>(null);
  readonly height = new Cell<number | null>(null);
  readonly view = new Cell<PanelView>("controls");
  /** Part of the page that the sheet covers on phones. */
  readonly sheet = new Cell(0.45);
  /** The newest order of each axis that was obeyed. */
  readonly #obeyed = new Map<Axis, { run: string; counter: number }>();

  /** Obeys a GuiSetPanel… message for the control panel; other panels have no place of their own yet. */
  apply(message: ServerMessage): void {
    switch (message.type) {
      case "GuiSetPanelPositionMessage":
        if (this.#isNew("position", message)) this.#place(message.position);
        break;
      case "GuiSetPanelWidthMessage":
        if (this.#isNew("width", message)) this.width.set(size(message.width, 160));
        break;
      case "GuiSetPanelHeightMessage":
        if (this.#isNew("height", message)) this.height.set(size(message.height, 80));
        break;
      case "GuiSetPanelCollapsedMessage":
        if (this.#isNew("collapsed", message)) this.collapsed.set(message.collapsed === true);
        break;
    }
  }

  dock(side: Side): void {
    this.placement.set({ ...HOME, mode: "dock", side });
  }

  float(): void {
    this.placement.set({ ...HOME, side: this.placement.get().side });
  }

  /** Orders are sent again with each replay: one that was obeyed must not undo what the user did since. */
  #isNew(axis: Axis, order: { uuid: string; run_id: string; counter: number }): boolean {
    if (order.uuid !== CONTROL_PANEL) return false;
    const last = this.#obeyed.get(axis);
    if (last && last.run === order.run_id && order.counter <= last.counter) return false;
    this.#obeyed.set(axis, { run: order.run_id, counter: order.counter });
    return true;
  }

  #place(position: unknown): void {
    if (typeof position !== "object" || position === null) return;
    const { kind, edge, x, y } = position as Record<string, unknown>;
    if (kind === "edge") this.dock(edge === "left" ? "left" : "right");
    if (kind !== "float") return;
    if (numOrNull(x) === null && numOrNull(y) === null) {
      this.placement.set(HOME);
      return;
    }
    this.placement.set({
      mode: "float",
      side: numOrNull(x) === null ? "right" : "left",
      x: Math.max(0, num(x, MARGIN)),
      y: Math.max(0, num(y, MARGIN)),
    });
  }
}

function size(pixels: unknown, least: number): number | null {
  const given = numOrNull(pixels);
  return given === null ? null : Math.min(4000, Math.max(least, given));
}
