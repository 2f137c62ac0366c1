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

export interface GizmoSurroundings {
  aim: Aim;
  poses: Pick<PoseUpdates<NodeVisual>, "hold" | "pull" | "release">;
  send: Send;
  requestRender(): void;
}

export class GizmoDrag implements Gesture {
  readonly pointerId: number;
  readonly drags = null;
  private readonly variant;
  private readonly visual;
  private readonly born: number;
  private readonly pulled;
  private readonly updates = new Throttle(UPDATE_MS, () => this.update());
  private unsent = false;

  constructor(
    e: PointerEvent,
    private readonly place: NodePlace,
    private readonly part: number,
    private readonly s: GizmoSurroundings,
  ) {
    this.pointerId = e.pointerId;
    this.variant = place.effective!;
    this.born = this.variant.born;
    this.visual = place.visual;
    this.visual?.grips?.light(part);
    this.pulled = this.visual?.grips?.pull(part, s.aim.threeRay(e)) ?? null;
    s.poses.hold(this.variant);
    s.send({ type: "TransformControlsDragStartMessage", ...this.names() });
  }

  get valid(): boolean {
    const { place, variant, visual, born } = this;
    const same = place.effective === variant && variant.born === born && place.visual === visual;
    return same && place.shown;
  }

  move(e: PointerEvent): void {
    const world = this.pulled?.to(this.s.aim.threeRay(e));
    const parent = this.place.parent?.world;
    if (!world || !parent) return;
    // The handles may have been recreated without the highlight.
    this.visual?.grips?.light(this.part);
    this.s.poses.pull(this.variant, new Pose().compose(new Pose().invert(parent), world));
    this.s.requestRender();
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
    this.pulled?.done();
    this.s.poses.release(this.variant);
    this.s.requestRender();
    this.visual?.grips?.light(null);
    this.s.send({ type: "TransformControlsDragEndMessage", ...this.names() });
  }

  private names(): { name: string; owner: string } {
    return { name: this.place.path, owner: this.variant.owner };
  }

  private update(): void {
    this.unsent = false;
    const { pose } = this.variant;
    this.s.send({
      type: "TransformControlsUpdateMessage",
      ...this.names(),
      wxyz: [pose.qw, pose.qx, pose.qy, pose.qz],
      position: [pose.px, pose.py, pose.pz],
    });
  }
}
