/** Dragging a gizmo. Until its end, the pose on this page wins over the server's, which receives it. */
import type { Send } from "../contract";
import { Pose } from "../scene/pose";
import type { PoseUpdates } from "../scene/poseUpdates";
import type { NodeVisual } from "../scene/visual";
import type { NodePlace } from "../scene/world";
import type { Aim } from "./aim";
import type { Gesture } from "./gesture";
import { Throttle } from "./loop";

/** Milliseconds between two updates. */
const UPDATE_MS = 50;

export interface GizmoDeps {
  aim: Aim;
  poses: Pick<PoseUpdates<NodeVisual>, "startDrag" | "drag" | "endDrag">;
  send: Send;
  requestRender(): void;
}

export class GizmoDrag implements Gesture {
  readonly pointerId: number;
  readonly drags = null;
  private readonly variant;
  private readonly visual;
  private readonly creations: number;
  private readonly handleDrag;
  private readonly updates = new Throttle(UPDATE_MS, () => this.update());
  private unsent = false;

  constructor(
    e: PointerEvent,
    private readonly place: NodePlace,
    private readonly part: number,
    private readonly deps: GizmoDeps,
  ) {
    this.pointerId = e.pointerId;
    this.variant = place.effective!;
    this.creations = this.variant.creations;
    this.visual = place.visual;
    this.visual?.gizmoHandles?.highlight(part);
    this.handleDrag = this.visual?.gizmoHandles?.drag(part, deps.aim.threeRay(e)) ?? null;
    deps.poses.startDrag(this.variant);
    deps.send({ type: "TransformControlsDragStartMessage", ...this.names() });
  }

  get valid(): boolean {
    const { place, variant, visual, creations } = this;
    const same =
      place.effective === variant && variant.creations === creations && place.visual === visual;
    return same && place.shown;
  }

  move(e: PointerEvent): void {
    const world = this.handleDrag?.to(this.deps.aim.threeRay(e));
    const parent = this.place.parent?.world;
    if (!world || !parent) return;
    // The handles may have been recreated without the highlight.
    this.visual?.gizmoHandles?.highlight(this.part);
    this.deps.poses.drag(this.variant, new Pose().compose(new Pose().invert(parent), world));
    this.deps.requestRender();
    this.unsent = true;
    this.updates.call();
  }

  end(e: PointerEvent): void {
    if (this.valid) this.move(e);
    this.cancel();
  }

  cancel(): void {
    this.updates.stop();
    if (this.unsent && this.valid) this.update();
    this.handleDrag?.done();
    this.deps.poses.endDrag(this.variant);
    this.deps.requestRender();
    this.visual?.gizmoHandles?.highlight(null);
    this.deps.send({ type: "TransformControlsDragEndMessage", ...this.names() });
  }

  private names(): { name: string; owner: string } {
    return { name: this.place.path, owner: this.variant.owner };
  }

  private update(): void {
    this.unsent = false;
    const { pose } = this.variant;
    this.deps.send({
      type: "TransformControlsUpdateMessage",
      ...this.names(),
      wxyz: [pose.qw, pose.qx, pose.qy, pose.qz],
      position: [pose.px, pose.py, pose.pz],
    });
  }
}
