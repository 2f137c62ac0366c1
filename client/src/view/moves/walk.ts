/**
 * Walking: the mouse looks around, W A S D move over the ground, the wheel changes the speed. Without a pointer that can
 * be locked, a drag looks; with a touch screen the other thumb moves a pad.
 */
import "./walk.css";
import { Disposables } from "../../shared/disposables";
import type { Mover } from "./mover";

/** Radians for a pixel. */
const LOOK = 0.0025;
/** For a step of the wheel of 100 pixels. */
const SPEED_STEP = 1.15;
const SPEEDS = [0.02, 50] as const;
/** How far the pad is pushed for the full speed, in CSS pixels. */
const PAD_PX = 40;

export function walk(moves: Mover): void {
  const { rig } = moves;
  rig.drive(null);
  const walking = new Walk(moves);
  rig.taken();
  rig.setProjection("perspective");
  rig.drive({
    step: () => true,
    shifted: () => {},
    moved: () => false,
    end: () => walking.dispose(),
  });
}

class Walk {
  private readonly cover = document.createElement("div");
  private readonly on = new Disposables();
  private locked = false;
  /** The pointer that looks, and where it was. */
  private looks: { id: number; x: number; y: number } | null = null;

  constructor(private readonly moves: Mover) {
    const { container, canvas, fly, actions } = moves.deps;
    const { cover, on } = this;
    cover.className = "viser-walk";
    const touch = window.matchMedia?.("(pointer: coarse)").matches === true;
    cover.append(this.bar(touch));
    if (touch) cover.append(this.pad());
    container.append(cover);
    on.add(() => cover.remove());
    on.add(actions.onEscape(() => this.stop()));
    fly.walking = true;
    on.add(() => {
      fly.walking = false;
      fly.speed = 1;
      fly.push(0, 0);
    });
    this.listen();
    canvas.focus({ preventScroll: true });
    if (!touch) void this.lock();
  }

  dispose(): void {
    this.on.dispose();
    if (this.locked) document.exitPointerLock();
    this.moves.deps.requestRender();
  }

  private stop(): void {
    this.moves.rig.drive(null);
  }

  private bar(touch: boolean): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "viser-walk-bar";
    const text = document.createElement("span");
    text.setAttribute("role", "status");
    text.textContent = touch
      ? "Drag to look, push the pad to walk"
      : "W A S D walk · mouse looks · wheel: speed";
    const end = document.createElement("button");
    end.type = "button";
    end.textContent = touch ? "End" : "End (Esc)";
    this.on.listen(end, "click", () => this.stop());
    bar.append(text, end);
    return bar;
  }

  private pad(): HTMLElement {
    const pad = document.createElement("div");
    const knob = document.createElement("div");
    pad.className = "viser-walk-pad";
    pad.append(knob);
    pad.setAttribute("aria-hidden", "true");
    let from: { id: number; x: number; y: number } | null = null;
    const push = (x: number, y: number) => {
      const far = Math.hypot(x, y);
      const k = far > PAD_PX ? PAD_PX / far : 1;
      knob.style.transform = `translate(${x * k}px, ${y * k}px)`;
      this.moves.deps.fly.push((x * k) / PAD_PX, (-y * k) / PAD_PX);
      this.moves.deps.requestRender();
    };
    this.on.listen<PointerEvent>(pad, "pointerdown", (e) => {
      e.stopPropagation();
      pad.setPointerCapture(e.pointerId);
      from = { id: e.pointerId, x: e.clientX, y: e.clientY };
    });
    this.on.listen<PointerEvent>(pad, "pointermove", (e) => {
      if (from?.id === e.pointerId) push(e.clientX - from.x, e.clientY - from.y);
    });
    const release = (e: PointerEvent) => {
      if (from?.id !== e.pointerId) return;
      from = null;
      push(0, 0);
    };
    this.on.listen(pad, "pointerup", release);
    this.on.listen(pad, "pointercancel", release);
    return pad;
  }

  private listen(): void {
    const { cover, on } = this;
    on.listen<PointerEvent>(cover, "pointerdown", (e) => this.pressed(e));
    on.listen<PointerEvent>(cover, "pointermove", (e) => this.moved(e));
    const release = (e: PointerEvent) => {
      if (this.looks?.id === e.pointerId) this.looks = null;
    };
    on.listen(cover, "pointerup", release);
    on.listen(cover, "pointercancel", release);
    on.listen<WheelEvent>(cover, "wheel", (e) => this.wheel(e), { passive: false });
    on.listen(document, "pointerlockchange", () => {
      const now = document.pointerLockElement === cover;
      // Escape ends the lock, and the browser alone sees that key.
      if (this.locked && !now) {
        this.locked = false;
        this.stop();
      }
      this.locked = now;
    });
  }

  private async lock(): Promise<void> {
    try {
      await this.cover.requestPointerLock();
    } catch {
      // Denied, or not yet again: a drag looks around then.
      this.cover.dataset.drag = "";
    }
  }

  private pressed(e: PointerEvent): void {
    if (this.locked || this.looks || (e.target as Element).closest("button")) return;
    this.cover.setPointerCapture(e.pointerId);
    this.looks = { id: e.pointerId, x: e.clientX, y: e.clientY };
  }

  private moved(e: PointerEvent): void {
    let [dx, dy] = [e.movementX, e.movementY];
    if (!this.locked) {
      if (this.looks?.id !== e.pointerId) return;
      [dx, dy] = [e.clientX - this.looks.x, e.clientY - this.looks.y];
      Object.assign(this.looks, { x: e.clientX, y: e.clientY });
    }
    this.moves.rig.look(-dx * LOOK, -dy * LOOK);
  }

  private wheel(e: WheelEvent): void {
    e.preventDefault();
    e.stopPropagation();
    const { fly } = this.moves.deps;
    const next = fly.speed * SPEED_STEP ** (-e.deltaY / 100);
    fly.speed = Math.min(SPEEDS[1], Math.max(SPEEDS[0], next));
  }
}
