/** Where points and lines of the viser world are in a view, for what is drawn over it as elements. */
import { Vector3 } from "three";
import type { Vec3 } from "../protocol/messages.gen";
import type { WorldFrame } from "./conventions";
import type { View } from "./stage";

/** Part of the distance to the camera's near plane at which lines end that come from behind it. */
const CLIP = 1.01;

export class OnScreen {
  private readonly v = new Vector3();

  constructor(
    private readonly view: View,
    private readonly frame: WorldFrame,
  ) {}

  /** CSS pixels from the view's corner; null: behind the camera. */
  point(p: Vec3): [x: number, y: number] | null {
    const v = this.toView(p);
    return this.inFront(v) ? this.onPage(v) : null;
  }

  /** What is seen of a line, as the data of an SVG path without its first letter. */
  segment(a: Vec3, b: Vec3): string | null {
    const [u, v] = [this.toView(a), this.toView(b)];
    const [first, second] = [this.inFront(u), this.inFront(v)];
    if (!first && !second) return null;
    const z = -this.near() * CLIP;
    if (!first) u.lerp(v, (z - u.z) / (v.z - u.z));
    if (!second) v.lerp(u, (z - v.z) / (u.z - v.z));
    return `${pixels(this.onPage(u))}L${pixels(this.onPage(v))}`;
  }

  /** Size of a CSS pixel at a point, in units of the scene. */
  pixelAt(p: Vec3): number {
    const { camera, projection } = this.view.rig;
    const depth = projection === "orthographic" ? 1 : -this.toView(p).z;
    return (2 * depth) / (camera.projectionMatrix.elements[5]! * this.view.box!.height);
  }

  /** In the camera's frame. */
  private toView(p: Vec3): Vector3 {
    return new Vector3(...this.frame.pointToThree(p)).applyMatrix4(
      this.view.rig.camera.matrixWorldInverse,
    );
  }

  private inFront(v: Vector3): boolean {
    return -v.z > this.near();
  }

  private near(): number {
    const { camera, projection } = this.view.rig;
    return projection === "orthographic" ? Number.NEGATIVE_INFINITY : camera.near;
  }

  private onPage(v: Vector3): [number, number] {
    const { width, height } = this.view.box!;
    const { x, y } = this.v.copy(v).applyMatrix4(this.view.rig.camera.projectionMatrix);
    return [((x + 1) / 2) * width, ((1 - y) / 2) * height];
  }
}

/** As SVG writes a point. */
export function pixels([x, y]: readonly [number, number]): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
