/** The lines between views, which are dragged, or moved with the arrow keys. */
import type { Divider, Shares } from "./layouts";

/** Part of the stage for a press of an arrow key. */
const STEP = 0.02;

export interface DividerEvents {
  /** To a place of the stage. */
  move(axis: keyof Shares, share: number): void;
  stage(): DOMRect;
}

export class Dividers {
  private readonly lines = new Map<keyof Shares, Line>();

  constructor(
    private readonly container: HTMLElement,
    private readonly events: DividerEvents,
  ) {}

  show(dividers: readonly Divider[], shares: Readonly<Shares>): void {
    for (const [axis, line] of this.lines) {
      if (dividers.some((d) => d.axis === axis)) continue;
      line.dispose();
      this.lines.delete(axis);
    }
    for (const divider of dividers) {
      let line = this.lines.get(divider.axis);
      if (!line) {
        line = new Line(this.container, divider.axis, shares, this.events);
        this.lines.set(divider.axis, line);
      }
      line.show(divider);
    }
  }

  dispose(): void {
    this.show([], { x: 0, y: 0 });
  }
}

class Line {
  private readonly element = document.createElement("div");

  constructor(
    container: HTMLElement,
    private readonly axis: keyof Shares,
    private readonly shares: Readonly<Shares>,
    private readonly events: DividerEvents,
  ) {
    const { element } = this;
    element.className = "viser-divider";
    element.dataset.axis = axis;
    element.dataset.portal = "view";
    element.tabIndex = 0;
    element.setAttribute("role", "separator");
    element.setAttribute("aria-orientation", axis === "x" ? "vertical" : "horizontal");
    element.setAttribute("aria-label", "Size of the views");
    element.setAttribute("aria-valuemin", "0");
    element.setAttribute("aria-valuemax", "100");
    element.addEventListener("pointerdown", (e) => {
      if (e.button === 0) element.setPointerCapture(e.pointerId);
    });
    element.addEventListener("pointermove", (e) => {
      if (element.hasPointerCapture(e.pointerId)) events.move(axis, this.shareAt(e));
    });
    element.addEventListener("dblclick", () => events.move(axis, 0.5));
    element.addEventListener("keydown", (e) => this.pressed(e));
    container.append(element);
  }

  show({ box }: Divider): void {
    const { x, y, width, height } = box;
    this.element.style.cssText = `left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px`;
    this.element.setAttribute("aria-valuenow", String(Math.round(100 * this.shares[this.axis])));
  }

  dispose(): void {
    this.element.remove();
  }

  private shareAt(e: PointerEvent): number {
    const r = this.events.stage();
    return this.axis === "x" ? (e.clientX - r.left) / r.width : (e.clientY - r.top) / r.height;
  }

  private pressed(e: KeyboardEvent): void {
    const now = this.shares[this.axis];
    const [less, more] = this.axis === "x" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const to = { [less!]: now - STEP, [more!]: now + STEP, Home: 0, End: 1, Enter: 0.5 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    this.events.move(this.axis, to);
  }
}
