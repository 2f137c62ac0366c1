import { Disposables } from "../shared/disposables";
import type { Overlay } from "./overlay";

/** After this long without a restored context, the graphics driver has given up. */
const RESTORE_MS = 10_000;

/** Watches the canvas's WebGL context: shows a message when it is lost, and calls back when it is restored. */
export class ContextLoss {
  /** Whether nothing can be drawn now. */
  lost = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly disposables = new Disposables();

  constructor(
    canvas: HTMLCanvasElement,
    private readonly overlay: Overlay,
    private readonly restored: () => void,
  ) {
    this.disposables.listen(canvas, "webglcontextlost", (e) => this.onLost(e));
    this.disposables.listen(canvas, "webglcontextrestored", () => this.onRestored());
    this.disposables.add(() => clearTimeout(this.timer));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private onLost(e: Event): void {
    // Without this, the browser never restores it.
    e.preventDefault();
    this.lost = true;
    this.overlay.show("The graphics driver has lost the 3D view. Waiting for it to be restored…");
    this.timer = setTimeout(() => {
      this.overlay.show("The graphics driver did not restore the 3D view. Reload the page.");
    }, RESTORE_MS);
  }

  private onRestored(): void {
    clearTimeout(this.timer);
    this.lost = false;
    this.overlay.show(null);
    this.restored();
  }
}
