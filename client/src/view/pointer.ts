/**
 * What the pointer does in the scene besides moving the camera: clicks on nodes and on the scene, rectangle
 * selection, and the rim and cursor over nodes that can be clicked.
 *
 * A press starts at most one *gesture* that takes the pointer away from the camera (today the rectangle).
 * All else is left to the camera controls, and counts as a click if it ends where it began.
 */
import { Vector3 } from "three";
import type { Send } from "../app/contract";
import type { KeyModifier, Vec2, Vec3 } from "../protocol/messages.gen";
import type { Eye, Ray } from "../scene/context";
import type { NodePlace, SceneWorld } from "../scene/world";
import type { CameraRig } from "./camera";
import type { WorldFrame } from "./conventions";
import { listensToClick, modifierOf } from "./modifiers";
import type { OutlineOverlay } from "./outline";
import type { PointerFilters } from "./pointerFilters";

/** How far, in CSS pixels, a press may wander and still be a click. */
const CLICK_SLACK = { mouse: 4, touch: 12 };

/** Where a search takes more milliseconds than this, only a moving pointer searches. */
const HOVER_EACH_FRAME_MS = 1;

/** A press that belongs to the scene until it ends. */
interface Gesture {
  pointerId: number;
  move(e: PointerEvent): void;
  end(e: PointerEvent): void;
  cancel(): void;
}

interface Press {
  pointerId: number;
  x: number;
  y: number;
  slack: number;
}

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
  private hoverAt: { x: number; y: number } | null = null;
  private hovered: NodePlace | null = null;
  private hoverPending = false;
  /** What the last search under a resting or moving pointer took. */
  private hoverMs = 0;
  private readonly off: () => void;
  private readonly v = new Vector3();

  constructor(private readonly s: PointerSurroundings) {
    const { canvas, container } = s;
    const on: [HTMLElement, string, (e: never) => void, boolean][] = [
      // In the capture phase of an ancestor: before the camera controls, which may have to stay out of it.
      [container, "pointerdown", (e: PointerEvent) => this.down(e), true],
      [canvas, "pointermove", (e: PointerEvent) => this.move(e), false],
      [canvas, "pointerup", (e: PointerEvent) => this.up(e), false],
      [canvas, "pointercancel", (e: PointerEvent) => this.cancel(e), false],
      [canvas, "pointerleave", () => this.leave(), false],
      [container, "wheel", (e: WheelEvent) => this.wheel(e), true],
    ];
    for (const [el, type, fn, capture] of on) {
      el.addEventListener(type, fn as EventListener, { capture, passive: type !== "wheel" });
    }
    this.off = () => {
      for (const [el, type, fn, capture] of on) {
        el.removeEventListener(type, fn as EventListener, { capture });
      }
    };
  }

  /** A frame was drawn: what is under a resting pointer may be another, or elsewhere. */
  refreshHover(): void {
    const { clickable } = this.s.world;
    if (this.hoverAt && clickable.size > 0 && this.hoverMs <= HOVER_EACH_FRAME_MS) {
      this.updateHover();
    } else if (this.hovered) {
      const stays = clickable.has(this.hovered) && this.hovered.shown;
      this.setHovered(stays ? this.hovered : null);
    }
  }

  dispose(): void {
    this.off();
    this.gesture?.cancel();
    this.setHovered(null);
  }

  private down(e: PointerEvent): void {
    if (e.target !== this.s.canvas) return;
    this.s.canvas.focus({ preventScroll: true });
    if (this.gesture || this.press) {
      // A second finger: no click any more.
      this.press = null;
      return;
    }
    if (e.button !== 0) {
      this.s.rig.taken();
      return;
    }
    const slack = e.pointerType === "mouse" ? CLICK_SLACK.mouse : CLICK_SLACK.touch;
    this.press = { pointerId: e.pointerId, x: e.clientX, y: e.clientY, slack };
    this.setHovered(null);
    const modifier = modifierOf(e);
    if (this.s.filters.engaged("rect-select", modifier)) {
      this.begin(new RectSelection(e, modifier, this.s, (p) => this.onScreen(p)));
    } else {
      this.s.rig.taken();
    }
  }

  private begin(gesture: Gesture): void {
    this.gesture = gesture;
    this.s.rig.controls.enabled = false;
    this.s.canvas.setPointerCapture(gesture.pointerId);
  }

  private endGesture(): void {
    this.gesture = null;
    this.s.rig.controls.enabled = true;
  }

  private move(e: PointerEvent): void {
    const { press } = this;
    if (press && e.pointerId === press.pointerId) {
      const far = Math.hypot(e.clientX - press.x, e.clientY - press.y) > press.slack;
      if (far) this.press = null;
    }
    if (this.gesture) {
      if (e.pointerId === this.gesture.pointerId) this.gesture.move(e);
      return;
    }
    if (e.pointerType !== "mouse" || e.buttons !== 0) return;
    this.hoverAt = { x: e.clientX, y: e.clientY };
    if (this.hoverPending || this.s.world.clickable.size === 0) return;
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
    if (e.pointerType === "mouse") this.hoverAt = { x: e.clientX, y: e.clientY };
  }

  private cancel(e: PointerEvent): void {
    if (this.press?.pointerId === e.pointerId) this.press = null;
    if (this.gesture?.pointerId !== e.pointerId) return;
    this.gesture.cancel();
    this.endGesture();
  }

  private leave(): void {
    this.hoverAt = null;
    this.setHovered(null);
  }

  /** A pinch on a trackpad comes as a wheel with Ctrl: the controls would zoom the lens by it. */
  private wheel(e: WheelEvent): void {
    if (e.target !== this.s.canvas) return;
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
    const ray = this.rayAt(e);
    this.s.send({
      type: "ScenePointerMessage",
      event_type: "click",
      ray_origin: ray.origin,
      ray_direction: ray.direction,
      screen_pos: [this.onScreen(e)],
      modifier,
    });
  }

  private clickNode(e: PointerEvent, modifier: KeyModifier | null): void {
    const { world } = this.s;
    if (world.clickable.size === 0) return;
    world.flushNodes();
    const at = this.threeRay(e);
    const found = world.pick(world.clickable, at, this.eye());
    const node = found?.place.effective;
    // As in viser's page: what is clicked with other keys than it wants keeps the click from what is behind.
    if (!node || !listensToClick(node.clicks, modifier)) return;
    const ray = this.rayAt(e);
    const along = (i: 0 | 1 | 2) => at.origin[i] + at.direction[i] * found.hit.distance;
    this.s.send({
      type: "SceneNodeClickMessage",
      name: found.place.path,
      instance_index: found.hit.instance,
      ray_origin: ray.origin,
      ray_direction: ray.direction,
      screen_pos: this.onScreen(e),
      modifier,
      owner: node.owner,
      hit_position: this.s.frame.pointToWorld([along(0), along(1), along(2)]),
    });
  }

  /** 0 to 1 from the upper left corner; in the middle of the pixel, as viser's page. */
  private onScreen(e: { clientX: number; clientY: number }): Vec2 {
    const r = this.s.canvas.getBoundingClientRect();
    return [(e.clientX - r.left + 0.5) / r.width, (e.clientY - r.top + 0.5) / r.height];
  }

  /** In the three.js world. */
  private threeRay(e: { clientX: number; clientY: number }): Ray {
    const { camera } = this.s.rig;
    const [x, y] = this.onScreen(e);
    const o = this.v.setFromMatrixPosition(camera.matrixWorld);
    const origin: Vec3 = [o.x, o.y, o.z];
    const d = this.v.set(x * 2 - 1, 1 - y * 2, 0.5).unproject(camera);
    d.x -= origin[0];
    d.y -= origin[1];
    d.z -= origin[2];
    d.normalize();
    return { origin, direction: [d.x, d.y, d.z] };
  }

  private eye(): Eye {
    const { camera } = this.s.rig;
    const e = camera.matrixWorld.elements;
    const column = (i: number, sign: number): Vec3 => [
      sign * e[i]!,
      sign * e[i + 1]!,
      sign * e[i + 2]!,
    ];
    const { height } = this.s.canvas.getBoundingClientRect();
    return {
      right: column(0, 1),
      up: column(4, 1),
      forward: column(8, -1),
      pixel: 2 / (camera.projectionMatrix.elements[5]! * height),
      near: camera.near,
    };
  }

  /** In viser's world. */
  private rayAt(e: { clientX: number; clientY: number }): { origin: Vec3; direction: Vec3 } {
    const { origin, direction } = this.threeRay(e);
    return {
      origin: this.s.frame.pointToWorld([...origin]),
      direction: this.s.frame.directionToWorld([...direction]),
    };
  }

  private updateHover(): void {
    const { world } = this.s;
    const at = this.hoverAt;
    if (!at || this.gesture || this.press) {
      this.setHovered(null);
      return;
    }
    world.flushNodes();
    const start = performance.now();
    const ray = this.threeRay({ clientX: at.x, clientY: at.y });
    const found = world.pick(world.clickable, ray, this.eye());
    this.hoverMs = performance.now() - start;
    this.setHovered(found?.place ?? null);
  }

  private setHovered(place: NodePlace | null): void {
    const was = this.hovered;
    this.hovered = place;
    this.s.outline.show(place?.visual?.outline?.() ?? null);
    if (was === place) return;
    this.s.canvas.style.cursor = place ? "pointer" : "";
    this.s.requestRender();
  }
}

/** A rubber band; at its end, the two corners are sent. */
class RectSelection implements Gesture {
  readonly pointerId: number;
  private readonly band: HTMLElement;
  private readonly from: { clientX: number; clientY: number };

  constructor(
    e: PointerEvent,
    private readonly modifier: KeyModifier | null,
    private readonly s: PointerSurroundings,
    private readonly onScreen: (e: { clientX: number; clientY: number }) => Vec2,
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
    const a = this.onScreen(this.from);
    const b = this.onScreen(e);
    const clamp = (v: number) => Math.min(1, Math.max(0, v));
    const [x0, x1] = ordered(clamp(a[0]), clamp(b[0]));
    const [y0, y1] = ordered(clamp(a[1]), clamp(b[1]));
    if (x0 === x1 && y0 === y1) return;
    this.s.send({
      type: "ScenePointerMessage",
      event_type: "rect-select",
      ray_origin: null,
      ray_direction: null,
      screen_pos: [
        [x0, y0],
        [x1, y1],
      ],
      modifier: this.modifier,
    });
  }

  cancel(): void {
    this.band.remove();
  }
}

function ordered(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}
