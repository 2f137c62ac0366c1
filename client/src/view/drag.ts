/**
 * Dragging a node that somebody listens to. A press becomes a drag when the pointer has gone a few pixels;
 * until then it may still be a click. A drag is made of segments, one for each set of modifier keys: when
 * the keys change, a segment ends at once, and the next one begins when the new keys have been held for a
 * moment and somebody listens to them. Letting go of a key and then of the button begins nothing, so.
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
import { type Aim, along, meetPlane } from "./aim";
import type { Gesture, Press } from "./gesture";
import { Throttle } from "./loop";
import { type Keys, modifierOf } from "./modifiers";

/** Milliseconds between two updates. */
const UPDATE_MS = 50;
/** For how long other modifier keys must be held before they count. */
const CONFIRM_MS = 100;

const BUTTONS: readonly DragButton[] = ["left", "middle", "right"];

/** The wire's name of a PointerEvent's button; null for further ones. */
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

/** The segments of one drag, without knowing where it goes. */
export class Segments {
  /** The keys of the segment that is open; undefined while none is. */
  private open: KeyModifier | null | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly updates = new Throttle(UPDATE_MS, () => this.say("update"));

  constructor(
    private held: KeyModifier | null,
    private readonly wants: (modifier: KeyModifier | null) => boolean,
    private readonly tell: (phase: DragPhase, modifier: KeyModifier | null) => void,
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
    this.say("end");
    this.open = undefined;
  }

  private begin(): void {
    if (!this.wants(this.held)) return;
    this.open = this.held;
    this.say("start");
  }

  private say(phase: DragPhase): void {
    if (this.open !== undefined) this.tell(phase, this.open);
  }
}

export interface DragSurroundings {
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
  private readonly startScreen: Vec2;
  private now: { position: Vec3; screen: Vec2 };
  private segments: Segments | null = null;
  private keysNow: KeyModifier | null;
  private readonly unlisten: () => void;

  constructor(
    e: PointerEvent,
    private readonly press: Press,
    private readonly pressed: Pressed,
    private readonly button: DragButton,
    private readonly s: DragSurroundings,
  ) {
    this.pointerId = e.pointerId;
    this.place = pressed.place;
    this.drags = e.pointerType === "mouse" ? pressed : null;
    this.variant = pressed.place.effective;
    this.keysNow = modifierOf(e);
    this.point = along(s.aim.threeRay(e), pressed.distance);
    this.normal = s.aim.ahead();
    this.startScreen = s.aim.onScreen(e);
    this.now = { position: this.point, screen: this.startScreen };
    this.unlisten = this.listenToKeys(e.view ?? window);
  }

  /** Whether the node is there still, and somebody listens to it. */
  get valid(): boolean {
    const { place, variant } = this;
    return place.effective === variant && place.shown && (variant?.drags.length ?? 0) > 0;
  }

  move(e: PointerEvent): void {
    this.keys(e);
    if (!this.segments && this.press.isStill(e)) return;
    const position = meetPlane(this.s.aim.threeRay(e), this.point, this.normal);
    this.segments ??= new Segments(
      this.keysNow,
      (modifier) => this.valid && listensToDrag(this.variant?.drags ?? [], this.button, modifier),
      (phase, modifier) => this.tell(phase, modifier),
    );
    this.now = { position: position ?? this.now.position, screen: this.s.aim.onScreen(e) };
    this.segments.moved();
  }

  end(e: PointerEvent): void {
    this.move(e);
    this.cancel();
  }

  cancel(): void {
    this.unlisten();
    this.segments?.close();
    this.segments = null;
  }

  private keys(e: Keys): void {
    this.keysNow = modifierOf(e);
    this.segments?.keys(this.keysNow);
  }

  private listenToKeys(win: Window): () => void {
    const key = (e: KeyboardEvent) => {
      this.keys(e);
      // Alt alone would open a menu of the browser's.
      if (e.key === "Alt") e.preventDefault();
    };
    win.addEventListener("keydown", key);
    win.addEventListener("keyup", key);
    return () => {
      win.removeEventListener("keydown", key);
      win.removeEventListener("keyup", key);
    };
  }

  private tell(phase: DragPhase, modifier: KeyModifier | null): void {
    const { variant, now, s } = this;
    if (!variant) return;
    s.send({
      type: "SceneNodeDragMessage",
      phase,
      name: this.place.path,
      instance_index: this.pressed.instance,
      start_position: s.pointToWorld(this.point),
      start_screen_pos: this.startScreen,
      end_position: s.pointToWorld(now.position),
      end_screen_pos: now.screen,
      button: this.button,
      modifier,
      owner: variant.owner,
    });
  }
}
