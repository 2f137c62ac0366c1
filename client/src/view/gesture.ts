import type { NodePlace } from "../scene/world";

/** A press that is handled by the scene until it ends, not by the camera controls. */
export interface Gesture {
  readonly pointerId: number;
  /** False once its node was removed or no longer listens: it is canceled then. */
  readonly valid: boolean;
  /** The node that is dragged with the mouse, which keeps its outline; null for others. */
  readonly drags: { place: NodePlace; instance: number | null } | null;
  move(e: PointerEvent): void;
  end(e: PointerEvent): void;
  cancel(): void;
}

/** How far, in CSS pixels, a press may move and still be a click. */
const CLICK_SLACK = { mouse: 4, touch: 12 };

/** Where and with what a press began. */
export class Press {
  readonly pointerId: number;
  private readonly x: number;
  private readonly y: number;
  private readonly slack: number;

  constructor(e: PointerEvent) {
    this.pointerId = e.pointerId;
    this.x = e.clientX;
    this.y = e.clientY;
    this.slack = e.pointerType === "mouse" ? CLICK_SLACK.mouse : CLICK_SLACK.touch;
  }

  isStill(e: PointerEvent): boolean {
    return Math.hypot(e.clientX - this.x, e.clientY - this.y) <= this.slack;
  }
}
