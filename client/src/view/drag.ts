/**
 * Dragging a node that has drag listeners. A press becomes a drag when the pointer has moved a few pixels;
 * until then it may still be a click. A drag consists of segments, one for each set of modifier keys: when
 * the keys change, the segment ends at once, and the next one begins when the new keys have been held for a
 * moment and the node has a listener for them. So releasing a key just before the button begins no segment.
 */
import type {
  DragBinding,
  DragButton,
  DragPhase,
  KeyModifier,
  SceneNodeDragMessage,
  Vec2,
  Vec3,
} from "../protocol/messages.gen";
import type { NodePlace } from "../scene/world";
import { Disposables } from "../shared/disposables";
import { type Aim, along, meetPlane } from "./aim";
import type { Gesture, Press } from "./gesture";
import { Throttle } from "./loop";
import { type Keys, modifierOf } from "./modifiers";

/** Milliseconds between two updates. */
const UPDATE_MS = 50;
/** How long changed modifier keys must be held before a new segment begins. */
const CONFIRM_MS = 100;

const BUTTONS: readonly DragButton[] = ["left", "middle", "right"];

/** The protocol's name of a PointerEvent's button; null for buttons beyond the third. */
export function buttonOf(button: number): DragButton | null {
  return BUTTONS[button] ?? null;
}

export function listensToDrag(
  bindings: readonly DragBinding[],
  button: DragButton,
  modifier: KeyModifier | null,
): boolean {
  return bindings.some((b) => b.button === button && (b.modifier ?? null) === modifier);
}

/** The segments of one drag: when they begin and end, and when updates are sent. */
export class Segments {
  /** The modifier keys of the open segment; undefined while none is open. */
  private open: KeyModifier | null | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly updates = new Throttle(UPDATE_MS, () => this.send("update"));

  constructor(
    private held: KeyModifier | null,
    private readonly hasListener: (modifier: KeyModifier | null) => boolean,
    private readonly emit: (phase: DragPhase, modifier: KeyModifier | null) => void,
  ) {
    this.begin();
  }

  moved(): void {
    if (this.open !== undefined) this.updates.call();
  }

  keys(modifier: KeyModifier | null): void {
    if (modifier === this.held) return;
    this.held = modifier;
    this.close();
    this.timer = setTimeout(() => this.begin(), CONFIRM_MS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.updates.stop();
    if (this.open === undefined) return;
    this.send("end");
    this.open = undefined;
  }

  private begin(): void {
    if (!this.hasListener(this.held)) return;
    this.open = this.held;
    this.send("start");
  }

  private send(phase: DragPhase): void {
    if (this.open !== undefined) this.emit(phase, this.open);
  }
}

export interface DragDeps {
  aim: Aim;
  pointToWorld(p: Vec3): Vec3;
  send(m: SceneNodeDragMessage): void;
}

/** What was pressed. */
export interface Pressed {
  place: NodePlace;
  instance: number | null;
  distance: number;
}

export class NodeDrag implements Gesture {
  readonly pointerId: number;
  readonly drags: Pressed | null;
  private readonly place: NodePlace;
  private readonly variant;
  private readonly point: Vec3;
  private readonly normal: Vec3;
  private readonly viewport: Aim["viewport"];
  private readonly startScreen: Vec2;
  private now: { position: Vec3; screen: Vec2 };
  private segments: Segments | null = null;
  private keysNow: KeyModifier | null;
  private readonly disposables = new Disposables();

  constructor(
    e: PointerEvent,
    private readonly press: Press,
    private readonly pressed: Pressed,
    private readonly button: DragButton,
    private readonly deps: DragDeps,
  ) {
    this.pointerId = e.pointerId;
    this.place = pressed.place;
    this.drags = e.pointerType === "mouse" ? pressed : null;
    this.variant = pressed.place.effective;
    this.keysNow = modifierOf(e);
    this.point = along(deps.aim.threeRay(e), pressed.distance);
    this.normal = deps.aim.ahead();
    this.startScreen = deps.aim.onScreen(e);
    this.viewport = deps.aim.viewport;
    this.now = { position: this.point, screen: this.startScreen };
    this.listenToKeys(e.view ?? window);
  }

  /** Whether the node still exists, is shown and has a drag listener. */
  get valid(): boolean {
    const { place, variant } = this;
    return place.effective === variant && place.shown && (variant?.drags.length ?? 0) > 0;
  }

  move(e: PointerEvent): void {
    this.keys(e);
    if (!this.segments && this.press.isStill(e)) return;
    const position = meetPlane(this.deps.aim.threeRay(e), this.point, this.normal);
    this.segments ??= new Segments(
      this.keysNow,
      (modifier) => this.valid && listensToDrag(this.variant?.drags ?? [], this.button, modifier),
      (phase, modifier) => this.send(phase, modifier),
    );
    this.now = { position: position ?? this.now.position, screen: this.deps.aim.onScreen(e) };
    this.segments.moved();
  }

  end(e: PointerEvent): void {
    this.move(e);
    this.cancel();
  }

  cancel(): void {
    this.disposables.dispose();
    this.segments?.close();
    this.segments = null;
  }

  private keys(e: Keys): void {
    this.keysNow = modifierOf(e);
    this.segments?.keys(this.keysNow);
  }

  private listenToKeys(win: Window): void {
    const key = (e: KeyboardEvent) => {
      this.keys(e);
      // Alt alone would open the browser's menu.
      if (e.key === "Alt") e.preventDefault();
    };
    this.disposables.listen(win, "keydown", key);
    this.disposables.listen(win, "keyup", key);
  }

  private send(phase: DragPhase, modifier: KeyModifier | null): void {
    const { variant, now, deps } = this;
    if (!variant) return;
    deps.send({
      type: "SceneNodeDragMessage",
      phase,
      name: this.place.path,
      instance_index: this.pressed.instance,
      start_position: deps.pointToWorld(this.point),
      start_screen_pos: this.startScreen,
      end_position: deps.pointToWorld(now.position),
      end_screen_pos: now.screen,
      button: this.button,
      modifier,
      owner: variant.owner,
      ...this.viewport,
    });
  }
}
