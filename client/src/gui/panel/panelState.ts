import type { ServerMessage } from "../../contract";
import { Cell } from "../../shared/observable";
import { num, numOrNull } from "../store/read";
import * as arrange from "./arrangement";
import { type Arrangement, MARGIN, type Side, type Spot } from "./arrangement";
import type { Drop } from "./geometry";
import type { LayoutStorage } from "./layoutStorage";

/** The uuid of the control panel on the wire. */
export const CONTROL_PANEL = "viser-control-panel";

const HOME: Spot = { side: "right", x: MARGIN, edge: "top", y: MARGIN };
/** Panels without a position start at the top left, each offset by a heading's height. */
const STEP = 48;

type Axis = "position" | "width" | "height" | "collapsed";
interface Order {
  uuid: string;
  run_id: string;
  counter: number;
}

export type PanelView = "controls" | "tools";

/** The layout of the panels, changed by the page's user and by new messages of the server. */
export class PanelState {
  readonly label = new Cell<string | null>(null);
  /** The view that the user selected; null: none yet. */
  readonly view = new Cell<PanelView | null>(null);
  readonly arrangement: Cell<Arrangement>;
  /** Drop target of the panel that is being dragged. */
  readonly drop = new Cell<Drop | null>(null);
  /** Fraction of the page that the sheet covers on phones. */
  readonly sheet = new Cell(0.45);
  /** Panels that are expanded in the sheet. */
  readonly open = new Cell<ReadonlySet<string>>(new Set());
  /** The newest applied order of each panel and axis. */
  private readonly obeyed: Map<string, { run: string; counter: number }>;
  private readonly layoutStorage: LayoutStorage | null;
  private readonly unsubscribe: () => void;

  constructor(layoutStorage: LayoutStorage | null = null) {
    this.layoutStorage = layoutStorage;
    const stored = layoutStorage?.load();
    this.obeyed = new Map(stored?.obeyed);
    this.arrangement = new Cell(
      arrange.add(stored?.arrangement ?? arrange.EMPTY, CONTROL_PANEL, HOME),
    );
    this.unsubscribe = this.arrangement.subscribe(() => this.save());
  }

  /** Applies a GuiSetPanel… message. */
  apply(message: ServerMessage): void {
    switch (message.type) {
      case "GuiSetPanelPositionMessage":
        this.applyOrder("position", message, (a, id) => this.place(a, id, message.position));
        break;
      case "GuiSetPanelWidthMessage":
        this.applyOrder("width", message, (a, id) =>
          arrange.setWidth(a, id, numOrNull(message.width)),
        );
        break;
      case "GuiSetPanelHeightMessage":
        this.applyOrder("height", message, (a, id) =>
          arrange.setHeight(a, id, numOrNull(message.height)),
        );
        break;
      case "GuiSetPanelCollapsedMessage":
        this.applyOrder("collapsed", message, (a, id) => {
          this.setOpen(id, message.collapsed !== true);
          return arrange.setCollapsed(a, id, message.collapsed === true);
        });
        break;
    }
  }

  /** A panel was created. */
  add(id: string): void {
    this.arrangement.update((a) => {
      const y = MARGIN + STEP * (a.windows.length - 1);
      return arrange.add(a, id, { side: "left", x: MARGIN, edge: "top", y });
    });
  }

  remove(id: string): void {
    for (const key of this.obeyed.keys()) if (key.startsWith(`${id} `)) this.obeyed.delete(key);
    this.setOpen(id, false);
    this.arrangement.update((a) => arrange.remove(a, id));
  }

  /** Drops the state of panels that no longer exist. */
  keepOnly(ids: readonly string[]): void {
    for (const { id } of this.arrangement.get().windows)
      if (id !== CONTROL_PANEL && !ids.includes(id)) this.remove(id);
  }

  collapsed(id: string): boolean {
    return arrange.isCollapsed(this.arrangement.get(), id);
  }

  setCollapsed(id: string, collapsed: boolean): void {
    this.arrangement.update((a) => arrange.setCollapsed(a, id, collapsed));
  }

  toggle(id: string): void {
    this.setCollapsed(id, !this.collapsed(id));
  }

  dock(id: string, side: Side): void {
    this.arrangement.update((a) => arrange.dock(a, id, side));
  }

  /** Undocks a panel to its last floating position. */
  float(id: string): void {
    this.arrangement.update((a) => {
      const w = arrange.windowOf(a, id);
      return w ? arrange.float(a, id, w.spot) : a;
    });
  }

  setOpen(id: string, open: boolean): void {
    if (this.open.get().has(id) === open) return;
    const next = new Set(this.open.get());
    if (open) next.add(id);
    else next.delete(id);
    this.open.set(next);
  }

  dispose(): void {
    this.unsubscribe();
    this.layoutStorage?.flush();
  }

  private save(): void {
    this.layoutStorage?.save(() => ({
      arrangement: this.arrangement.get(),
      obeyed: [...this.obeyed],
    }));
  }

  /**
   * Orders are sent again with each replay, also after a reload of the page: one that was applied before must not
   * undo later changes by the user.
   */
  private applyOrder(
    axis: Axis,
    order: Order,
    next: (a: Arrangement, id: string) => Arrangement,
  ): void {
    if (!arrange.windowOf(this.arrangement.get(), order.uuid)) return;
    const key = `${order.uuid} ${axis}`;
    const last = this.obeyed.get(key);
    if (last && last.run === order.run_id && order.counter <= last.counter) return;
    this.obeyed.set(key, { run: order.run_id, counter: order.counter });
    this.arrangement.update((a) => next(a, order.uuid));
    this.save();
  }

  private place(a: Arrangement, id: string, position: unknown): Arrangement {
    if (typeof position !== "object" || position === null) return a;
    const p = position as Record<string, unknown>;
    switch (p.kind) {
      case "edge":
        return arrange.dock(a, id, p.edge === "left" ? "left" : "right");
      case "split":
        return arrange.split(a, id, String(p.anchor_uuid), p.side === "above" ? "above" : "below");
      case "float":
        return arrange.float(a, id, spotOf(id, numOrNull(p.x), numOrNull(p.y)));
      default:
        return a;
    }
  }
}

/** Negative distances are from the opposite edge. */
function spotOf(id: string, x: number | null, y: number | null): Spot {
  const home = id === CONTROL_PANEL ? HOME : { ...HOME, side: "left" as const };
  return {
    side: x === null ? home.side : x < 0 ? "right" : "left",
    x: Math.min(1e5, Math.abs(num(x, home.x))),
    edge: y !== null && y < 0 ? "bottom" : "top",
    y: Math.min(1e5, Math.abs(num(y, home.y))),
  };
}
