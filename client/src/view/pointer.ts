/**
 * What the pointer does in the scene besides moving the camera: clicks on nodes and on the scene, drags of
 * nodes, rectangle selection, and the rim and cursor over nodes that can be clicked or dragged.
 *
 * A press starts at most one *gesture* that takes the pointer away from the camera. All else is left to the
 * camera controls. Either counts as a click if it ends where it began.
 */
import type { Send } from "../contract";
import type { KeyModifier } from "../protocol/messages.gen";
import type { NodePlace, SceneWorld } from "../scene/world";
import { Aim, type At, along } from "./aim";
import type { CameraRig } from "./camera";
import type { WorldFrame } from "./conventions";
import { buttonOf, listensToDrag, NodeDrag } from "./drag";
import { type Gesture, Press } from "./gesture";
import { GizmoDrag } from "./gizmoDrag";
import { listensToClick, modifierOf } from "./modifiers";
import type { OutlineOverlay } from "./outline";
import type { PointerFilters } from "./pointerFilters";
import { RectSelection } from "./rectSelect";

/** Where a search takes more milliseconds than this, only a moving pointer searches. */
const HOVER_EACH_FRAME_MS = 1;

/** A node under the pointer, and which of its instances if it is batched. */
interface Hovered {
  place: NodePlace;
  instance: number | null;
}

/** A handle of a gizmo. */
interface Grip {
  place: NodePlace;
  part: number;
}

/** How far beside a handle one may press, in CSS pixels. */
const GRIP_REACH = { mouse: 6, touch: 18 };

export interface PointerSurroundings {
  canvas: HTMLCanvasElement;
  container: HTMLElement;
  world: SceneWorld;
  rig: CameraRig;
  frame: WorldFrame;
  filters: PointerFilters;
  outline: OutlineOverlay;
  send: Send;
  /** Calls back once before the next frame. */
  once(cb: () => void): void;
  requestRender(): void;
}

export class PointerInput {
  private gesture: Gesture | null = null;
  private press: Press | null = null;
  private hoverAt: At | null = null;
  private hovered: Hovered | null = null;
  private hoverPending = false;
  /** The handle of a gizmo that the pointer is over. */
  private lit: Grip | null = null;
  /** What the last search under a resting or moving pointer took. */
  private hoverMs = 0;
  private readonly off: () => void;
  private readonly aim: Aim;

  constructor(private readonly s: PointerSurroundings) {
    this.aim = new Aim(s.canvas, s.rig, s.frame);
    const { canvas, container } = s;
    const on: [EventTarget, string, (e: never) => void, boolean][] = [
      // In the capture phase of an ancestor: before the camera controls, which may have to stay out of it.
      [container, "pointerdown", (e: PointerEvent) => this.down(e), true],
      [canvas, "pointermove", (e: PointerEvent) => this.move(e), false],
      [canvas, "pointerup", (e: PointerEvent) => this.up(e), false],
      [canvas, "pointercancel", (e: PointerEvent) => this.cancel(e), false],
      [canvas, "pointerleave", () => this.leave(), false],
      [container, "wheel", (e: WheelEvent) => this.wheel(e), true],
      // From here on, who comes to the canvas comes by the keyboard.
      [window, "keydown", (e: KeyboardEvent) => this.keyed(e), true],
      [canvas, "contextmenu", (e: Event) => e.preventDefault(), false],
      // A window without the focus sees no key go up, and perhaps not the button.
      [window, "blur", () => this.abort(), false],
    ];
    for (const [el, type, fn, capture] of on) {
      el.addEventListener(type, fn as EventListener, {
        capture,
        passive: type.startsWith("pointer"),
      });
    }
    this.off = () => {
      for (const [el, type, fn, capture] of on) {
        el.removeEventListener(type, fn as EventListener, { capture });
      }
    };
  }

  /** Somebody drags something: places that were remembered at its start must stay what they are. */
  get busy(): boolean {
    return this.gesture !== null;
  }

  /** A frame was drawn: what is under a resting pointer may be another, or elsewhere, or gone. */
  refreshHover(): void {
    if (this.gesture && !this.gesture.valid) this.abort();
    const { pressable, gizmos } = this.s.world;
    const some = pressable.size + gizmos.size > 0;
    if (this.gesture?.drags) {
      this.setHovered(this.gesture.drags);
    } else if (this.hoverAt && some && this.hoverMs <= HOVER_EACH_FRAME_MS) {
      this.updateHover();
    } else if (this.hovered) {
      const { place } = this.hovered;
      this.setHovered(pressable.has(place) && place.shown ? this.hovered : null);
    }
  }

  dispose(): void {
    this.off();
    this.gesture?.cancel();
    this.setHovered(null);
  }

  /** The canvas takes the keys, without the frame that shows people at the keyboard where they are. */
  private focus(): void {
    const { canvas } = this.s;
    canvas.dataset.pressed = "";
    canvas.focus({ preventScroll: true });
  }

  private keyed(e: KeyboardEvent): void {
    if (e.key === "Tab") delete this.s.canvas.dataset.pressed;
  }

  private down(e: PointerEvent): void {
    if (e.target !== this.s.canvas) return;
    this.focus();
    if (this.gesture || this.press) {
      // A second finger: no click any more.
      this.press = null;
      return;
    }
    const press = new Press(e);
    const grip = e.button === 0 ? this.gripAt(e, e.pointerType) : null;
    if (e.button === 0 && !grip) this.press = press;
    const gesture = grip ? this.gizmoDrag(e, grip) : this.gestureOf(e, press);
    if (gesture) this.begin(gesture);
    else this.s.rig.taken();
    this.setHovered(gesture?.drags ?? null);
  }

  private gripAt(at: At, pointerType: string): Grip | null {
    const { world } = this.s;
    if (world.gizmos.size === 0) return null;
    world.flushNodes();
    const reach = pointerType === "mouse" ? GRIP_REACH.mouse : GRIP_REACH.touch;
    const ray = this.aim.threeRay(at);
    const eye = this.aim.eye();
    let best: (Grip & { off: number; depth: number }) | null = null;
    for (const place of world.gizmos) {
      const hit = place.shown ? place.visual?.grips?.at(ray, eye, reach) : null;
      if (!hit) continue;
      const nearer = !best || hit.off < best.off - 1;
      if (nearer || (hit.off < best!.off + 1 && hit.depth < best!.depth)) best = { place, ...hit };
    }
    return best;
  }

  private gizmoDrag(e: PointerEvent, { place, part }: Grip): GizmoDrag {
    this.lit = null;
    return new GizmoDrag(e, place, part, {
      aim: this.aim,
      poses: this.s.world.tree.poses,
      send: this.s.send,
      requestRender: () => this.s.requestRender(),
    });
  }

  /** What the press takes hold of; null leaves it to the camera. */
  private gestureOf(e: PointerEvent, press: Press): Gesture | null {
    const modifier = modifierOf(e);
    const drag = this.dragOf(e, press, modifier);
    if (drag || e.button !== 0) return drag;
    if (!this.s.filters.engaged("rect-select", modifier)) return null;
    return new RectSelection(e, modifier, { ...this.s, aim: this.aim });
  }

  private dragOf(e: PointerEvent, press: Press, modifier: KeyModifier | null): NodeDrag | null {
    const { world, frame, send } = this.s;
    const button = buttonOf(e.button);
    if (!button || world.draggable.size === 0) return null;
    world.flushNodes();
    const found = world.pick(world.pressable, this.aim.threeRay(e), this.aim.eye());
    if (!found || !listensToDrag(found.place.effective?.drags ?? [], button, modifier)) return null;
    const pressed = {
      place: found.place,
      instance: found.hit.instance,
      distance: found.hit.distance,
    };
    return new NodeDrag(e, press, pressed, button, {
      aim: this.aim,
      pointToWorld: (p) => frame.pointToWorld(p),
      send,
    });
  }

  private begin(gesture: Gesture): void {
    this.gesture = gesture;
    this.s.rig.controls.enabled = false;
    this.s.canvas.setPointerCapture(gesture.pointerId);
  }

  private endGesture(): void {
    this.gesture = null;
    this.s.rig.controls.enabled = true;
    this.s.requestRender();
  }

  /** Ends the gesture as if the pointer had been let go. */
  private abort(): void {
    if (!this.gesture) return;
    this.press = null;
    this.gesture.cancel();
    this.endGesture();
  }

  private move(e: PointerEvent): void {
    const { press } = this;
    if (press && e.pointerId === press.pointerId && !press.isStill(e)) this.press = null;
    if (this.gesture) {
      if (e.pointerId !== this.gesture.pointerId) return;
      if (this.gesture.valid) this.gesture.move(e);
      else this.abort();
      return;
    }
    if (e.pointerType !== "mouse" || e.buttons !== 0) return;
    this.hoverAt = { clientX: e.clientX, clientY: e.clientY };
    const { pressable, gizmos } = this.s.world;
    if (this.hoverPending || pressable.size + gizmos.size === 0) return;
    this.hoverPending = true;
    requestAnimationFrame(() => {
      this.hoverPending = false;
      this.updateHover();
    });
  }

  private up(e: PointerEvent): void {
    const press = this.press;
    if (press?.pointerId === e.pointerId) this.press = null;
    if (this.gesture?.pointerId === e.pointerId) {
      this.gesture.end(e);
      this.endGesture();
    }
    if (press?.pointerId === e.pointerId && e.button === 0) this.click(e);
    if (e.pointerType === "mouse") this.hoverAt = { clientX: e.clientX, clientY: e.clientY };
  }

  private cancel(e: PointerEvent): void {
    if (this.press?.pointerId === e.pointerId) this.press = null;
    if (this.gesture?.pointerId !== e.pointerId) return;
    this.gesture.cancel();
    this.endGesture();
  }

  private leave(): void {
    this.hoverAt = null;
    this.setLit(null);
    this.setHovered(null);
  }

  /** A pinch on a trackpad comes as a wheel with Ctrl: the controls would zoom the lens by it. */
  private wheel(e: WheelEvent): void {
    if (e.target !== this.s.canvas || this.gesture) return;
    this.s.rig.taken();
    if (!e.ctrlKey) return;
    e.preventDefault();
    e.stopPropagation();
    const { controls } = this.s.rig;
    void controls.dollyTo(controls.distance * Math.exp(e.deltaY * 0.01), true);
  }

  private click(e: PointerEvent): void {
    const modifier = modifierOf(e);
    this.clickNode(e, modifier);
    if (!this.s.filters.engaged("click", modifier)) return;
    const ray = this.aim.worldRay(e);
    this.s.send({
      type: "ScenePointerMessage",
      event_type: "click",
      ray_origin: ray.origin,
      ray_direction: ray.direction,
      screen_pos: [this.aim.onScreen(e)],
      modifier,
    });
  }

  private clickNode(e: PointerEvent, modifier: KeyModifier | null): void {
    const { world } = this.s;
    if (world.clickable.size === 0) return;
    world.flushNodes();
    const at = this.aim.threeRay(e);
    const found = world.pick(world.clickable, at, this.aim.eye());
    const node = found?.place.effective;
    // As in viser's page: what is clicked with other keys than it wants keeps the click from what is behind.
    if (!node || !listensToClick(node.clicks, modifier)) return;
    const ray = this.aim.worldRay(e);
    this.s.send({
      type: "SceneNodeClickMessage",
      name: found.place.path,
      instance_index: found.hit.instance,
      ray_origin: ray.origin,
      ray_direction: ray.direction,
      screen_pos: this.aim.onScreen(e),
      modifier,
      owner: node.owner,
      hit_position: this.s.frame.pointToWorld(along(at, found.hit.distance)),
    });
  }

  private updateHover(): void {
    const { world } = this.s;
    const at = this.hoverAt;
    if (this.gesture?.drags) return;
    if (!at || this.gesture || this.press) {
      this.setLit(null);
      this.setHovered(null);
      return;
    }
    world.flushNodes();
    const start = performance.now();
    this.setLit(this.gripAt(at, "mouse"));
    if (this.lit) {
      this.setHovered(null);
      return;
    }
    const found = world.pick(world.pressable, this.aim.threeRay(at), this.aim.eye());
    this.hoverMs = performance.now() - start;
    this.setHovered(found && { place: found.place, instance: found.hit.instance });
  }

  private setLit(now: Grip | null): void {
    const was = this.lit;
    if (was?.place === now?.place && was?.part === now?.part) return;
    if (was?.place !== now?.place) was?.place.visual?.grips?.light(null);
    now?.place.visual?.grips?.light(now.part);
    this.lit = now;
  }

  private setHovered(now: Hovered | null): void {
    const was = this.hovered;
    this.hovered = now;
    this.s.outline.show(now?.place.visual?.outline?.(now.instance) ?? null);
    const cursor = this.gesture?.drags ? "grabbing" : now || this.lit ? "pointer" : "";
    if (this.s.canvas.style.cursor !== cursor) this.s.canvas.style.cursor = cursor;
    if (was?.place !== now?.place || was?.instance !== now?.instance) this.s.requestRender();
  }
}
