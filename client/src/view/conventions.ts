/**
 * viser's world against the three.js world.
 *
 * The three.js world has y up. viser's world is the frame of the root node, whose orientation the server
 * sets so that the scene's up direction is three's y. The scene tree moves the origin of the three.js world near
 * the camera, since GPUs compute in single precision. Poses of cameras on the wire are in viser's world and
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

/** Converts points, directions and poses between the three.js world and viser's. */
export class WorldFrame {
  private readonly forward = new Pose();
  private readonly inverse = new Pose();

  /** Of the tree's root, and of its origin: both may change. */
  constructor(
    private readonly root: Pose,
    private readonly origin: Readonly<Vec3> = [0, 0, 0],
  ) {}

  pointToWorld(p: Vec3): Vec3 {
    return this.toWorld().apply(p);
  }

  directionToWorld(d: Vec3): Vec3 {
    return this.toWorld().rotate(d);
  }

  pointToThree(p: Vec3): Vec3 {
    return this.toThree().apply(p);
  }

  directionToThree(d: Vec3): Vec3 {
    return this.root.rotate(d);
  }

  /** A position relative to the root's parent, which has three.js's axes and never moves. */
  fixedToThree(p: Readonly<Vec3>): Vec3 {
    return [p[0] - this.origin[0], p[1] - this.origin[1], p[2] - this.origin[2]];
  }

  /** A three.js camera's pose, as ViewerCameraMessage has it. */
  cameraToWorld(camera: Pose): { wxyz: Vec4; position: Vec3 } {
    const inWorld = new Pose().compose(this.toWorld(), camera);
    const cv = new Pose().compose(inWorld, FLIP);
    return { wxyz: [cv.qw, cv.qx, cv.qy, cv.qz], position: [cv.px, cv.py, cv.pz] };
  }

  /** The three.js camera for an OpenCV pose in viser's world; null: not a valid pose. */
  cameraToThree(wxyz: Vec4, position: Vec3): Pose | null {
    const cv = new Pose();
    if (!cv.setWxyz(...wxyz) || !cv.setPosition(...position)) return null;
    const flipped = new Pose().compose(cv, FLIP);
    return new Pose().compose(this.toThree(), flipped);
  }

  private toThree(): Pose {
    return this.forward.copy(this.root).translate(this.origin, -1);
  }

  private toWorld(): Pose {
    return this.inverse.invert(this.toThree());
  }
}
