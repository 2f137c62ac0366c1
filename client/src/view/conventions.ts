/**
 * viser's world against the three.js world.
 *
 * The three.js world has y up. viser's world is what hangs below the root node, whose orientation the server
 * sets so that the scene's up direction is three's y. Poses of cameras on the wire are in viser's world and
 * follow OpenCV: z ahead, x right, y down; a three.js camera looks along -z with y up.
 */
import type { Vec3, Vec4 } from "../protocol/messages.gen";
import { Pose } from "../scene/pose";

export interface CameraInWorld {
  wxyz: Vec4;
  position: Vec3;
  look_at: Vec3;
  up_direction: Vec3;
}

/** Half a turn about x: between three's camera axes and OpenCV's. */
const FLIP = new Pose();
FLIP.setWxyz(0, 1, 0, 0);

/** A point or pose of the three.js world, as viser's programs know it. */
export class WorldFrame {
  private readonly inverse = new Pose();

  constructor(private readonly root: Pose) {}

  pointToWorld(p: Vec3): Vec3 {
    return this.inverse.invert(this.root).apply(p);
  }

  directionToWorld(d: Vec3): Vec3 {
    return this.inverse.invert(this.root).rotate(d);
  }

  pointToThree(p: Vec3): Vec3 {
    return this.root.apply(p);
  }

  directionToThree(d: Vec3): Vec3 {
    return this.root.rotate(d);
  }

  /** A three.js camera's pose, as ViewerCameraMessage has it. */
  cameraToWorld(camera: Pose): { wxyz: Vec4; position: Vec3 } {
    const inWorld = new Pose().compose(this.inverse.invert(this.root), camera);
    const cv = new Pose().compose(inWorld, FLIP);
    return { wxyz: [cv.qw, cv.qx, cv.qy, cv.qz], position: [cv.px, cv.py, cv.pz] };
  }

  /** The three.js camera for an OpenCV pose in viser's world; null if the numbers are no pose. */
  cameraToThree(wxyz: Vec4, position: Vec3): Pose | null {
    const cv = new Pose();
    if (!cv.setWxyz(...wxyz) || !cv.setPosition(...position)) return null;
    const flipped = new Pose().compose(cv, FLIP);
    return new Pose().compose(this.root, flipped);
  }
}
