import type { Vec3 } from "../protocol/messages.gen";
import type { SceneWorld } from "../scene/world";
import type { CameraRig } from "./camera";
import type { Stage } from "./stage";

/**
 * How far the camera may be from the origin of the three.js world, in scene units, or as a multiple of its
 * distance to its target: within that, steps of single precision are far below a pixel.
 */
const REACH = 1000;
const REACH_DISTANCES = 10;

/** Keeps the origin of the three.js world near the camera, since GPUs compute in single precision. */
export class FloatingOrigin {
  constructor(
    private readonly world: SceneWorld,
    private readonly stage: Pick<Stage, "views">,
    /** Whether something is being dragged: places remembered at its start must stay valid. */
    private readonly dragging: () => boolean,
  ) {}

  /** Before a frame is drawn with this camera. */
  follow(rig: CameraRig): void {
    const reach = Math.max(REACH, REACH_DISTANCES * rig.distance);
    this.move(rig.camera.position.toArray(), reach, rig.target(false));
  }

  /** Before a picture that is taken from a point of the three.js world. */
  moveNear(point: Vec3): void {
    this.move(point, REACH, point);
  }

  /** Moves the origin to `to` if the eye is farther than `reach` from the present one. */
  private move(eye: Vec3, reach: number, to: Vec3): void {
    if (Math.hypot(...eye) <= reach || this.dragging()) return;
    const { origin } = this.world.tree;
    const inScene = to.map((x, i) => x + origin[i]!);
    // Most scenes lie near their own origin: back to it when the camera is.
    const by = Math.hypot(...inScene) < REACH ? origin.map((x) => -x) : to;
    this.world.moveOrigin(by as Vec3);
    for (const { rig } of this.stage.views) rig.shift(by as Vec3);
  }
}
