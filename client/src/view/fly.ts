/**
 * Flying with the keyboard: W A S D along and across the view, Q and E down and up, the arrows look around,
 * Shift is faster. Keys are identified by their position on the keyboard, so that they are adjacent in every layout.
 */
import { Disposables } from "../shared/disposables";
import type { CameraRig } from "./camera";
import { sceneListens } from "./keyActions";

const MOVES: Record<string, readonly [right: number, up: number, ahead: number]> = {
  KeyW: [0, 0, 1],
  KeyS: [0, 0, -1],
  KeyA: [-1, 0, 0],
  KeyD: [1, 0, 0],
  KeyQ: [0, -1, 0],
  KeyE: [0, 1, 0],
};

const LOOKS: Record<string, readonly [yaw: number, pitch: number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Orbit distances a second. */
const SPEED = 0.9;
const FAST = 3;
/** Radians a second. */
const LOOK_SPEED = 1.2;
/** Seconds in which two thirds of the speed are reached, and lost again. */
const EASE = 0.07;

export class FlyKeys {
  private readonly held = new Set<string>();
  private fast = false;
  /** Over the ground, not along the view. */
  walking = false;
  /** A factor. */
  speed = 1;
  private pushed: readonly [right: number, ahead: number] = [0, 0];
  private velocity = [0, 0, 0, 0, 0];
  private readonly disposables = new Disposables();

  constructor(
    private readonly scope: HTMLElement,
    private readonly rig: () => CameraRig,
    private readonly moved: () => void,
  ) {
    const down = (e: KeyboardEvent) => this.down(e);
    const up = (e: KeyboardEvent) => {
      this.fast = e.shiftKey;
      this.held.delete(e.code);
    };
    // A page without focus gets no keyup events.
    const release = () => this.held.clear();
    const win = scope.ownerDocument.defaultView!;
    this.disposables.listen(win, "keydown", down);
    this.disposables.listen(win, "keyup", up);
    this.disposables.listen(win, "blur", release);
  }

  /** Whether a key is held that moves the camera. */
  get active(): boolean {
    return this.held.size > 0;
  }

  /** Moves as if keys were held, each from -1 to 1. */
  push(right: number, ahead: number): void {
    this.pushed = [right, ahead];
  }

  /** Moves the camera by one frame; returns whether it is still moving. */
  update(seconds: number): boolean {
    const want = [this.pushed[0], 0, this.pushed[1], 0, 0];
    for (const code of this.held) {
      MOVES[code]?.forEach((v, i) => {
        want[i]! += v;
      });
      LOOKS[code]?.forEach((v, i) => {
        want[3 + i]! += v;
      });
    }
    const k = 1 - Math.exp(-seconds / EASE);
    const v = this.velocity.map((now, i) => now + (want[i]! - now) * k);
    const still =
      this.held.size === 0 && want.every((c) => c === 0) && v.every((c) => Math.abs(c) < 0.01);
    this.velocity = still ? [0, 0, 0, 0, 0] : v;
    if (still) return false;
    const step = SPEED * this.speed * (this.fast ? FAST : 1) * this.rig().distance * seconds;
    const [right, up, ahead, yaw, pitch] = v as [number, number, number, number, number];
    this.rig().fly(right * step, up * step, ahead * step, this.walking);
    if (yaw !== 0 || pitch !== 0) {
      this.rig().look(yaw * LOOK_SPEED * seconds, pitch * LOOK_SPEED * seconds);
    }
    return true;
  }

  dispose(): void {
    this.disposables.dispose();
    this.held.clear();
  }

  private down(e: KeyboardEvent): void {
    this.fast = e.shiftKey;
    if (!(e.code in MOVES) && !(e.code in LOOKS)) return;
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || !sceneListens(this.scope))
      return;
    // The arrows would scroll a page that this one is framed in.
    if (e.code in LOOKS) e.preventDefault();
    this.held.add(e.code);
    this.rig().taken();
    this.moved();
  }
}
