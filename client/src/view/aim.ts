/** Where the pointer is: in the view that it points into, and in the scene as a ray. */
import { Vector3 } from "three";
import type { Vec2, Vec3 } from "../protocol/messages.gen";
import { isParallel, type ViewCamera } from "../scene/viewCamera";
import type { Eye, Ray } from "../scene/visual";
import type { WorldFrame } from "./conventions";
import type { Stage } from "./stage";

/** As a PointerEvent has it: CSS pixels of the window. */
export interface At {
  clientX: number;
  clientY: number;
}

export class Aim {
  private readonly v = new Vector3();

  constructor(
    private readonly stage: Pick<Stage, "pointed" | "indexOf" | "rectOf">,
    private readonly frame: WorldFrame,
  ) {}

  /** The number of the view that the pointer is in, for messages. */
  get viewport(): { viewport?: number } {
    const viewport = this.stage.indexOf(this.stage.pointed);
    return viewport > 0 ? { viewport } : {};
  }

  /** 0 to 1 from the view's upper left corner; in the middle of the pixel, as viser's page. */
  onScreen(at: At): Vec2 {
    const r = this.stage.rectOf(this.stage.pointed);
    return [(at.clientX - r.left + 0.5) / r.width, (at.clientY - r.top + 0.5) / r.height];
  }

  /** In the three.js world. */
  threeRay(at: At): Ray {
    const { camera } = this.stage.pointed.rig;
    const [x, y] = this.onScreen(at);
    if (isParallel(camera)) return this.parallelRay(camera, x * 2 - 1, 1 - y * 2, camera.rayBack);
    const o = this.v.setFromMatrixPosition(camera.matrixWorld);
    const origin: Vec3 = [o.x, o.y, o.z];
    const d = this.v.set(x * 2 - 1, 1 - y * 2, 0.5).unproject(camera);
    d.x -= origin[0];
    d.y -= origin[1];
    d.z -= origin[2];
    d.normalize();
    return { origin, direction: [d.x, d.y, d.z] };
  }

  /** Through a point of the picture (-1 to 1), from so far behind the camera. */
  private parallelRay(camera: ViewCamera, x: number, y: number, back: number): Ray {
    const e = camera.matrixWorld.elements;
    const direction: Vec3 = [-e[8]!, -e[9]!, -e[10]!];
    // In view space the depth does not change the place.
    const at = this.v.set(x, y, 0).applyMatrix4(camera.projectionMatrixInverse).setZ(back);
    const { x: ox, y: oy, z: oz } = at.applyMatrix4(camera.matrixWorld);
    return { origin: [ox, oy, oz], direction };
  }

  /** In viser's world; a parallel ray begins beside the camera. */
  worldRay(at: At): { origin: Vec3; direction: Vec3 } {
    const { camera } = this.stage.pointed.rig;
    const [x, y] = this.onScreen(at);
    const { origin, direction } = isParallel(camera)
      ? this.parallelRay(camera, x * 2 - 1, 1 - y * 2, 0)
      : this.threeRay(at);
    return {
      origin: this.frame.pointToWorld([...origin]),
      direction: this.frame.directionToWorld([...direction]),
    };
  }

  /** The camera as pickers need it. */
  eye(): Eye {
    const { camera } = this.stage.pointed.rig;
    const e = camera.matrixWorld.elements;
    const column = (i: number, sign: number): Vec3 => [
      sign * e[i]!,
      sign * e[i + 1]!,
      sign * e[i + 2]!,
    ];
    const { height } = this.stage.rectOf(this.stage.pointed);
    const pixel = 2 / (camera.projectionMatrix.elements[5]! * height);
    const parallel = isParallel(camera);
    return {
      right: column(0, 1),
      up: column(4, 1),
      forward: column(8, -1),
      // Parallel rays begin so far away that they are like those of a camera there.
      pixel: parallel ? pixel / camera.rayBack : pixel,
      near: parallel ? 0 : camera.near,
    };
  }

  /** Which way the camera looks, in the three.js world. */
  ahead(): Vec3 {
    const d = this.stage.pointed.rig.camera.getWorldDirection(this.v);
    return [d.x, d.y, d.z];
  }
}

/** The point at a distance along a ray. */
export function along({ origin: o, direction: d }: Ray, t: number): Vec3 {
  return [o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t];
}

/** Where a ray meets the plane through a point; null where it does not, or behind its origin. */
export function meetPlane(ray: Ray, point: Vec3, normal: Vec3): Vec3 | null {
  const { origin: o, direction: d } = ray;
  const slope = normal[0] * d[0] + normal[1] * d[1] + normal[2] * d[2];
  const away =
    normal[0] * (point[0] - o[0]) + normal[1] * (point[1] - o[1]) + normal[2] * (point[2] - o[2]);
  const t = away / slope;
  return Number.isFinite(t) && t > 0 ? along(ray, t) : null;
}
