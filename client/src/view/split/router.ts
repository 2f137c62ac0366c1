/** Which view the pointer is for: the one that it is in, and while it is pressed the one in which it was pressed. */
import { Disposables } from "../../shared/disposables";
import type { View } from "../stage";

export interface RouterEvents {
  viewAt(clientX: number, clientY: number): View | null;
  /** The pointer is in this view. */
  point(view: View): void;
  /** The view was pressed. */
  activate(view: View): void;
}

export class PointerRouter {
  on = false;
  private readonly pressed = new Set<number>();
  private readonly disposables = new Disposables();

  constructor(
    private readonly canvas: HTMLElement,
    private readonly events: RouterEvents,
  ) {
    const win = canvas.ownerDocument.defaultView!;
    // In the capture phase of the window: before all that takes the pointer.
    const early = { capture: true, passive: true };
    const listen = (type: string, listener: (e: PointerEvent) => void) =>
      this.disposables.listen<PointerEvent>(win, type, listener, early);
    listen("pointerdown", (e) => this.down(e));
    listen("pointermove", (e) => this.move(e));
    listen("wheel", (e) => this.move(e));
    for (const type of ["pointerup", "pointercancel"]) {
      listen(type, (e) => this.pressed.delete(e.pointerId));
    }
    // A window without focus may get no pointerup.
    this.disposables.listen(win, "blur", () => this.pressed.clear());
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private down(e: PointerEvent): void {
    if (!this.on || e.target !== this.canvas) return;
    // A second finger belongs to the view of the first one.
    const view = this.pressed.size === 0 ? this.events.viewAt(e.clientX, e.clientY) : null;
    this.pressed.add(e.pointerId);
    if (!view) return;
    this.events.point(view);
    this.events.activate(view);
  }

  private move(e: PointerEvent | WheelEvent): void {
    if (!this.on || e.target !== this.canvas || this.pressed.size > 0 || e.buttons !== 0) return;
    const view = this.events.viewAt(e.clientX, e.clientY);
    if (view) this.events.point(view);
  }
}
