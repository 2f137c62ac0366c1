/**
 * Pointer input of the scene beside moving the camera: clicks, drags of nodes and gizmos, rectangle selection.
 *
 * A press starts at most one *gesture*, which takes the pointer away from the camera controls. Without a
 * gesture the controls get it. In both cases it is a click too if it ends where it began.
 */
import type { SelectMode, Send } from "../contract";
import type { KeyModifier } from "../protocol/messages.gen";
import type { SceneWorld } from "../scene/world";
import { Disposables } from "../shared/disposables";
import type { Aim, At } from "./aim";
import { Clicks } from "./clicks";
import type { WorldFrame } from "./conventions";
import { buttonOf, listensToDrag, NodeDrag } from "./drag";
import { type Gesture, Press } from "./gesture";
import { GizmoDrag } from "./gizmoDrag";
import { type GizmoHandle, gizmoHandleAt } from "./gizmoHandles";
import { Hover } from "./hover";
import { modifierOf } from "./modifiers";
import type { OutlineOverlay } from "./outline";
import type { PointerFilters } from "./pointerFilters";
import type { Probe } from "./probe";
import { RectSelection } from "./rectSelect";
import type { Selection } from "./selection";
import type { Stage, View } from "./stage";

/** How long a finger is held to select one more, in milliseconds. */
const HOLD_MS = 500;

export interface PointerDeps {
  canvas: HTMLCanvasElement;
  container: HTMLElement;
  world: SceneWorld;
  stage: Stage;
  aim: Aim;
  frame: WorldFrame;
  filters: PointerFilters;
  outline: OutlineOverlay;
  probe: Probe;
  selection: Selection;
  send: Send;
  requestRender(): void;
}

export class PointerInput {
  private gesture: Gesture | null = null;
  /** The view in which the gesture began, or began last. */
  private view: View;
  /** The press that may still become a click. */
  private press: Press | null = null;
  private readonly clicks: Clicks;
  private readonly hover: Hover;
  private readonly disposables = new Disposables();
  private readOnly = false;
  /** Takes clicks from the program and from selecting; null: no tool does. */
  tool: ((at: At) => void) | null = null;
  /** The next drag selects in a box. */
  private boxNext: { ended(): void } | null = null;
  /** A finger that is held selects one more. */
  private hold: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: PointerDeps) {
    this.view = deps.stage.pointed;
    this.clicks = new Clicks(deps);
    this.hover = new Hover({
      ...deps,
      dragged: () => this.gesture?.drags ?? null,
      pressed: () => this.gesture !== null || this.press !== null,
    });
    this.listen();
  }

  /** Whether a gesture is in progress: places that were remembered at its start must stay valid. */
  get busy(): boolean {
    return this.gesture !== null;
  }

  /** The next drag selects in a box; `ended` is called when it does not, or has. */
  armBox(ended: () => void): void {
    this.disarmBox();
    this.boxNext = { ended };
    this.deps.container.style.cursor = "crosshair";
  }

  disarmBox(): void {
    const armed = this.boxNext;
    if (!armed) return;
    this.boxNext = null;
    this.deps.container.style.cursor = "";
    armed.ended();
  }

  get isReadOnly(): boolean {
    return this.readOnly;
  }

  /** Only the camera is moved, and nodes are selected: nothing reaches the program, and nothing is highlighted for it. */
  setReadOnly(readOnly: boolean): void {
    this.readOnly = readOnly;
    this.deps.selection.readOnly = readOnly;
    if (!readOnly) return;
    this.abort();
    this.letGo();
    this.hover.leave();
  }

  /** For each frame. */
  /** Before a view is drawn. */
  enterView(): void {
    this.hover.enterView();
  }

  refreshHover(): void {
    if (this.gesture && !(this.gesture.valid && this.deps.stage.views.includes(this.view)))
      this.abort();
    this.hover.refresh();
  }

  dispose(): void {
    this.disposables.dispose();
    this.letGo();
    this.gesture?.cancel();
    this.hover.show(null);
  }

  private listen(): void {
    const { canvas, container } = this.deps;
    const on = this.disposables;
    const passive = { passive: true };
    // In the capture phase of an ancestor: before the camera controls, which a gesture switches off.
    on.listen<PointerEvent>(container, "pointerdown", (e) => this.down(e), {
      ...passive,
      capture: true,
    });
    on.listen<PointerEvent>(canvas, "pointermove", (e) => this.move(e), passive);
    on.listen<PointerEvent>(canvas, "pointerup", (e) => this.up(e), passive);
    on.listen<PointerEvent>(canvas, "pointercancel", (e) => this.cancel(e), passive);
    on.listen(canvas, "pointerleave", () => this.hover.leave(), passive);
    on.listen<WheelEvent>(container, "wheel", (e) => this.wheel(e), {
      capture: true,
      passive: false,
    });
    on.listen<KeyboardEvent>(window, "keydown", (e) => this.keydown(e), { capture: true });
    on.listen(canvas, "contextmenu", (e) => e.preventDefault());
    // A window without focus gets no keyup events, and perhaps no pointerup.
    on.listen(window, "blur", () => this.abort());
  }

  /** Focuses the canvas without a focus ring, which is for users of the keyboard. */
  private focus(): void {
    const { canvas } = this.deps;
    canvas.dataset.pressed = "";
    canvas.focus({ preventScroll: true });
  }

  /** After Tab, the canvas gets its focus by the keyboard: with a focus ring. */
  private keydown(e: KeyboardEvent): void {
    if (e.key === "Tab") delete this.deps.canvas.dataset.pressed;
  }

  private down(e: PointerEvent): void {
    if (e.target !== this.deps.canvas) return;
    this.focus();
    if (this.gesture || this.press) {
      // A second finger: not a click.
      this.letGo();
      return;
    }
    const press = new Press(e);
    const grip = e.button === 0 && !this.readOnly ? this.gripAt(e) : null;
    if (e.button === 0 && !grip) this.begun(press, e);
    const gesture = grip ? this.gizmoDrag(e, grip) : this.gestureOf(e, press);
    if (gesture) this.begin(gesture);
    else this.deps.stage.pointed.rig.taken();
    this.hover.show(gesture?.drags ?? null);
  }

  private gripAt(e: PointerEvent): GizmoHandle | null {
    return gizmoHandleAt(this.deps.world, this.deps.aim, e, e.pointerType);
  }

  /** A press that may become a click; a finger's that is held is one with Shift. */
  private begun(press: Press, e: PointerEvent): void {
    this.press = press;
    if (e.pointerType !== "touch" || this.tool) return;
    const at = { clientX: e.clientX, clientY: e.clientY };
    this.hold = setTimeout(() => {
      if (this.press !== press || this.gesture) return;
      this.letGo();
      this.select(at, "toggle");
    }, HOLD_MS);
  }

  /** The press will not be a click. */
  private letGo(): void {
    this.press = null;
    clearTimeout(this.hold);
  }

  private gizmoDrag(e: PointerEvent, { place, part }: GizmoHandle): GizmoDrag {
    this.hover.releaseHighlight();
    return new GizmoDrag(e, place, part, {
      aim: this.deps.aim,
      poses: this.deps.world.tree.poses,
      send: this.deps.send,
      requestRender: () => this.deps.requestRender(),
    });
  }

  /** The gesture that a press starts; null leaves it to the camera. */
  private gestureOf(e: PointerEvent, press: Press): Gesture | null {
    const modifier = modifierOf(e);
    if (this.boxNext && e.button === 0) return this.boxOf(e, "set");
    const drag = this.readOnly ? null : this.dragOf(e, press, modifier);
    if (drag || e.button !== 0) return drag;
    const { filters, send } = this.deps;
    if (!this.readOnly && filters.engaged("rect-select", modifier)) {
      return new RectSelection(e, this.deps, (screen_pos) =>
        send({
          type: "ScenePointerMessage",
          event_type: "rect-select",
          ray_origin: null,
          ray_direction: null,
          screen_pos,
          modifier,
          ...this.deps.aim.viewport,
        }),
      );
    }
    return modifier === "shift" && e.pointerType === "mouse" ? this.boxOf(e, "add") : null;
  }

  private boxOf(e: PointerEvent, mode: SelectMode): RectSelection {
    this.disarmBox();
    const { world, stage, selection } = this.deps;
    const { rig } = stage.pointed;
    return new RectSelection(e, this.deps, (corners) => {
      void import("./select/inBox").then(({ nodesInBox }) =>
        selection.select(nodesInBox(world, rig.camera, corners), mode),
      );
    });
  }

  /** Selects what is under the pointer. */
  private select(at: At, mode: SelectMode): void {
    const found = this.deps.probe.at(at)?.place.path;
    if (found !== undefined || mode === "set") {
      this.deps.selection.select(found === undefined ? [] : [found], mode);
    }
  }

  private clicked(e: PointerEvent): void {
    if (this.tool) {
      this.tool(e);
      return;
    }
    if (!this.readOnly && this.clicks.clicked(e)) return;
    const modifier = modifierOf(e);
    if (modifier === null) this.select(e, "set");
    else if (modifier === "shift" || modifier === "cmd/ctrl") this.select(e, "toggle");
  }

  private dragOf(e: PointerEvent, press: Press, modifier: KeyModifier | null): NodeDrag | null {
    const { world, frame, send } = this.deps;
    const button = buttonOf(e.button);
    if (!button || world.draggable.size === 0) return null;
    world.flushNodes();
    const found = world.pick(world.pressable, this.deps.aim.threeRay(e), this.deps.aim.eye());
    if (!found || !listensToDrag(found.place.effective?.drags ?? [], button, modifier)) return null;
    const pressed = {
      place: found.place,
      instance: found.hit.instance,
      distance: found.hit.distance,
    };
    return new NodeDrag(e, press, pressed, button, {
      aim: this.deps.aim,
      pointToWorld: (p) => frame.pointToWorld(p),
      send,
    });
  }

  private begin(gesture: Gesture): void {
    this.gesture = gesture;
    this.view = this.deps.stage.pointed;
    this.view.rig.controls.enabled = false;
    this.deps.canvas.setPointerCapture(gesture.pointerId);
  }

  private endGesture(): void {
    this.gesture = null;
    this.view.rig.controls.enabled = true;
    this.deps.requestRender();
  }

  /** Ends the gesture as if the button had been released. */
  private abort(): void {
    if (!this.gesture) return;
    this.letGo();
    this.gesture.cancel();
    this.endGesture();
  }

  private move(e: PointerEvent): void {
    const { press } = this;
    if (press && e.pointerId === press.pointerId && !press.isStill(e)) this.letGo();
    if (this.gesture) {
      if (e.pointerId !== this.gesture.pointerId) return;
      if (this.gesture.valid) this.gesture.move(e);
      else this.abort();
      return;
    }
    if (e.pointerType !== "mouse" || e.buttons !== 0 || this.readOnly) return;
    this.hover.moveTo({ clientX: e.clientX, clientY: e.clientY });
  }

  private up(e: PointerEvent): void {
    const press = this.press;
    if (press?.pointerId === e.pointerId) this.letGo();
    if (this.gesture?.pointerId === e.pointerId) {
      this.gesture.end(e);
      this.endGesture();
    }
    if (press?.pointerId === e.pointerId && e.button === 0) this.clicked(e);
    if (e.pointerType === "mouse" && !this.readOnly)
      this.hover.restAt({ clientX: e.clientX, clientY: e.clientY });
  }

  private cancel(e: PointerEvent): void {
    if (this.press?.pointerId === e.pointerId) this.letGo();
    if (this.gesture?.pointerId !== e.pointerId) return;
    this.gesture.cancel();
    this.endGesture();
  }

  /** Browsers report a pinch on a trackpad as a wheel with Ctrl, by which the controls would change the fov. */
  private wheel(e: WheelEvent): void {
    if (e.target !== this.deps.canvas || this.gesture) return;
    const { rig } = this.deps.stage.pointed;
    rig.taken();
    if (!e.ctrlKey) return;
    e.preventDefault();
    e.stopPropagation();
    const { controls } = rig;
    void controls.dollyTo(controls.distance * Math.exp(e.deltaY * 0.01), true);
  }
}
