/**
 * Moving about by actions: to nodes, to the sides, through a camera's eye, on foot. What the actions do is loaded with
 * the first of them.
 */
import type { Vec3 } from "../../protocol/messages.gen";
import type { NodePlace } from "../../scene/world";
import type { Action } from "../../shared/actions";
import { Disposables } from "../../shared/disposables";
import type { At } from "../aim";
import type { CameraRig } from "../camera";
import { listensToClick, modifierOf } from "../modifiers";
import type { MoveDeps, Mover } from "./mover";

type Steps = typeof import("./steps");
let loading: Promise<Steps> | null = null;

/** Kept: import() itself takes a turn of the page's tasks, also of what is loaded. */
function load(): Promise<Steps> {
  loading ??= import("./steps").catch((e: unknown) => {
    loading = null;
    throw e;
  });
  return loading;
}

/** Sides, as parts of the directions to the right, up and to the front. */
const SIDES = [
  ["front", "the front", [0, 0, 1]],
  ["back", "the back", [0, 0, -1]],
  ["right", "the right", [1, 0, 0]],
  ["left", "the left", [-1, 0, 0]],
  ["top", "above", [0, 1, 0]],
  ["bottom", "below", [0, -1, 0]],
] as const;

/** Two taps within this time and distance are a double tap. */
const TAP_MS = 350;
const TAP_PX = 30;

export class Moves implements Mover {
  private readonly disposables = new Disposables();
  /** Where the mouse is over the canvas. */
  private pointer: At | null = null;
  /** A finger that may become a tap. */
  private down: { at: At; time: number; id: number } | null = null;
  private lastTap: { at: At; time: number } | null = null;
  last = "";

  constructor(readonly deps: MoveDeps) {
    this.disposables.add(deps.actions.add(...this.actions()));
    this.listen();
  }

  get rig(): CameraRig {
    return this.deps.stage.active.rig;
  }

  /** Moves the camera to a node and what is in it, and makes it the last one that was focused. */
  async focusNode(path: string): Promise<void> {
    const { focus } = await load();
    focus(this, [path]);
  }

  /** By the program: its camera follows a node; null: none. */
  async followNode(rig: CameraRig, path: string | null, turning: boolean): Promise<void> {
    if (path === null) {
      rig.drive(null);
      return;
    }
    const { followNode } = await load();
    followNode(this, rig, path, turning);
  }

  targets(): readonly string[] {
    const selected = this.deps.selected();
    if (selected.length > 0) return selected;
    const under = this.pointer && this.deps.probe.at(this.pointer)?.place;
    if (under) return [under.path];
    return this.last === "" ? [] : [this.last];
  }

  shown(path: string): NodePlace | null {
    this.deps.world.flushNodes();
    const place = this.deps.world.tree.get(path);
    return place?.effective && place.shown ? place : null;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private actions(): Action[] {
    const view = (id: string, label: string, run: (steps: Steps) => void, description = "") => ({
      id: `view.${id}`,
      label,
      description,
      section: "View" as const,
      run: async () => run(await load()),
    });
    return [
      view("focus", "Focus", (s) => s.focusTargets(this), "what is selected, or under the pointer"),
      view("fit", "Fit everything in the view", (s) => s.fitAll(this)),
      view("reset", "Reset view", () => this.rig.reset(), "to the initial camera"),
      ...SIDES.map(([id, label, side]) =>
        view(id, `View from ${label}`, (s) => s.lookFrom(this, side as Vec3)),
      ),
      {
        ...view("orthographic", "Orthographic view", () => this.toggleProjection()),
        description: "parallel lines stay parallel; off: perspective",
        on: () => this.rig.projection === "orthographic",
      },
      view("through", "Look through the camera", (s) => s.lookThrough(this), "camera frustum"),
      view("walk", "Walk", (s) => s.walk(this), "mouse and W A S D, or two thumbs"),
      view("follow", "Follow the node", (s) => s.follow(this, false), "keep its place in view"),
      view("ride", "Follow and turn with the node", (s) => s.follow(this, true), "in its frame"),
    ];
  }

  private toggleProjection(): void {
    const { rig } = this;
    rig.taken();
    rig.setProjection(rig.projection === "perspective" ? "orthographic" : "perspective");
  }

  private listen(): void {
    const { canvas } = this.deps;
    const on = this.disposables;
    const passive = { passive: true };
    on.listen<PointerEvent>(
      canvas,
      "pointermove",
      (e) => {
        this.pointer = e.pointerType === "mouse" ? e : null;
      },
      passive,
    );
    on.listen(canvas, "pointerleave", () => {
      this.pointer = null;
    });
    on.listen<MouseEvent>(canvas, "dblclick", (e) => this.doubleClicked(e));
    on.listen<PointerEvent>(canvas, "pointerdown", (e) => this.pressed(e), passive);
    on.listen<PointerEvent>(canvas, "pointerup", (e) => this.released(e), passive);
  }

  private pressed(e: PointerEvent): void {
    if (e.pointerType !== "touch") return;
    // With a second finger it is no tap.
    this.down = e.isPrimary ? { at: e, time: e.timeStamp, id: e.pointerId } : null;
    if (!e.isPrimary) this.lastTap = null;
  }

  private released(e: PointerEvent): void {
    const { down } = this;
    this.down = null;
    if (!down || down.id !== e.pointerId || !closeTo(down, e, e.timeStamp)) {
      this.lastTap = null;
      return;
    }
    const second = this.lastTap && closeTo(this.lastTap, e, e.timeStamp);
    this.lastTap = second ? null : { at: e, time: e.timeStamp };
    if (second) this.doubleClicked(e);
  }

  /** Not where a program takes the clicks, nor while a tool does. */
  private doubleClicked(e: MouseEvent): void {
    const { probe, actions } = this.deps;
    if (e.button !== 0 || actions.busy || this.programListens(e)) return;
    const found = probe.at(e);
    if (!found) return;
    const run = async () => (await load()).focusOn(this, found);
    actions.run({ ...actions.available("view.focus")!, run });
  }

  private programListens(e: MouseEvent): boolean {
    const { world, aim, filters } = this.deps;
    const modifier = modifierOf(e);
    if (filters.engaged("click", modifier)) return true;
    if (world.clickable.size === 0) return false;
    const found = world.pick(world.clickable, aim.threeRay(e), aim.eye());
    return listensToClick(found?.place.effective?.clicks ?? [], modifier);
  }
}

function closeTo(tap: { at: At; time: number }, at: At, time: number): boolean {
  const { clientX, clientY } = tap.at;
  const off = Math.hypot(clientX - at.clientX, clientY - at.clientY);
  return time - tap.time < TAP_MS && off < TAP_PX;
}
