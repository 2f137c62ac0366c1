import type { Vec2 } from "../protocol/messages.gen";
import type { Aim, At } from "./aim";
import type { Gesture } from "./gesture";

/** A rubber band; at its end, `done` gets its upper left and lower right corners, in parts of the picture. */
export class RectSelection implements Gesture {
  readonly valid = true;
  readonly drags = null;
  readonly pointerId: number;
  private readonly band: HTMLElement;
  private readonly from: At;

  constructor(
    e: PointerEvent,
    private readonly s: { container: HTMLElement; aim: Aim },
    private readonly done: (corners: [Vec2, Vec2]) => void,
  ) {
    this.pointerId = e.pointerId;
    this.from = { clientX: e.clientX, clientY: e.clientY };
    this.band = document.createElement("div");
    this.band.className = "viser-rubber-band";
    Object.assign(this.band.style, {
      position: "absolute",
      pointerEvents: "none",
      boxSizing: "border-box",
      border: "1.5px solid #228be6",
      background: "#228be62e",
      borderRadius: "2px",
    });
  }

  move(e: PointerEvent): void {
    const r = this.s.container.getBoundingClientRect();
    const { clientX, clientY } = this.from;
    const [x0, x1] = ordered(clientX, e.clientX);
    const [y0, y1] = ordered(clientY, e.clientY);
    Object.assign(this.band.style, {
      left: `${x0 - r.left}px`,
      top: `${y0 - r.top}px`,
      width: `${x1 - x0}px`,
      height: `${y1 - y0}px`,
    });
    if (!this.band.parentElement) this.s.container.append(this.band);
  }

  end(e: PointerEvent): void {
    const shown = this.band.parentElement !== null;
    this.band.remove();
    if (!shown) return;
    const a = this.s.aim.onScreen(this.from);
    const b = this.s.aim.onScreen(e);
    const clamp = (v: number) => Math.min(1, Math.max(0, v));
    const [x0, x1] = ordered(clamp(a[0]), clamp(b[0]));
    const [y0, y1] = ordered(clamp(a[1]), clamp(b[1]));
    if (x0 === x1 && y0 === y1) return;
    this.done([
      [x0, y0],
      [x1, y1],
    ]);
  }

  cancel(): void {
    this.band.remove();
  }
}

function ordered(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}
