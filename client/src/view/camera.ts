/**
 * The camera, the controls that move it, and the server's messages about it.
 *
 * Poses are in viser's world, so until the first replay is done they may change with the root's orientation.
 * Initial cameras that arrive later only change where "Reset View" leads.
 */
import CameraControls from "camera-controls";
import {
  Box3,
  Matrix4,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from "three";
import type {
  CameraProjection,
  ServerMessage,
  Vec3,
  ViewerCameraMessage,
} from "../protocol/messages.gen";
import { Pose } from "../scene/pose";
import { ViewCamera } from "../scene/viewCamera";
import { prefersReducedMotion } from "../shared/motion";
import { cameraSetting, finite } from "./cameraSettings";
import type { WorldFrame } from "./conventions";
import { type CameraPose, DEFAULT_POSITION, type InitialCamera, type Lens } from "./initialCamera";

CameraControls.install({
  THREE: {
    Vector2,
    Vector3,
    Vector4,
    Quaternion,
    Matrix4,
    Spherical,
    Box3,
    Sphere,
    Raycaster,
  },
});

/** Time constants in seconds: of movements to a given pose, and while dragging. */
const SMOOTH = 0.12;
const SMOOTH_DRAG = 0.05;
const DEFAULT_MIN_DISTANCE = 0.01;
const DEFAULT_MAX_DISTANCE = 1e4;

/** What moves the camera from frame to frame. */
export interface Drive {
  /** Before each frame; false: it is over. */
  step(): boolean;
  /** The origin of the three.js world was moved, and the camera with it. */
  shifted(by: Readonly<Vec3>): void;
  /** Somebody else moves the camera; true: that ends it. */
  moved(): boolean;
  end(): void;
}

/** Where a camera is and how it sees, in the three.js world. */
export interface CameraState {
  from: Vec3;
  at: Vec3;
  up: Vec3;
  /** Degrees. */
  fov: number;
  projection: CameraProjection;
}

export class CameraRig {
  readonly camera = new ViewCamera();
  readonly controls: CameraControls;
  /** Until the first replay is done, or somebody moves the camera, it follows the initial camera. */
  private starting = true;
  /** By the program, in this step of messages. */
  private requested: Partial<CameraPose> = {};
  private distancesReceived = { minDistance: true, maxDistance: true };
  private driver: Drive | null = null;
  private readonly changed: () => void;
  /** The picture stays the same. */
  private shifting = false;
  private projected: CameraProjection = "perspective";
  private readonly pose = new Pose();
  private readonly v = new Vector3();

  constructor(
    canvas: HTMLElement,
    private readonly initial: InitialCamera,
    private readonly world: WorldFrame,
    changed: () => void,
  ) {
    this.changed = () => {
      if (!this.shifting) changed();
    };
    this.camera.position.set(...DEFAULT_POSITION);
    this.controls = new CameraControls(this.camera, canvas);
    this.controls.restThreshold = 0.001;
    this.controls.minDistance = DEFAULT_MIN_DISTANCE;
    this.controls.maxDistance = DEFAULT_MAX_DISTANCE;
    for (const event of ["control", "controlstart", "controlend", "transitionstart"] as const) {
      this.controls.addEventListener(event, this.changed);
    }
    this.goToInitial(false);
  }

  /** Messages about other things, and invalid values, are ignored. */
  apply(m: ServerMessage): void {
    const s = cameraSetting(m);
    switch (s?.part) {
      case "position":
      case "lookAt":
      case "up":
        if (s.initial) this.initial.set(s.part, s.value);
        else this.requested[s.part] = s.value;
        break;
      case "fov":
      case "near":
      case "far":
        if (s.initial) this.initial.set(s.part, s.value);
        else this.setLens({ [s.part]: s.value });
        break;
      case "projection":
        if (s.initial) this.initial.set(s.part, s.value);
        else this.setProjection(s.value);
        break;
      case "minDistance":
      case "maxDistance":
        this.controls[s.part] = s.value;
        this.distancesReceived[s.part] = true;
        break;
    }
  }

  /** After a step of messages: position, look-at and up are applied together. */
  commit(rootChanged: boolean): void {
    if (this.starting && (this.initial.changed || rootChanged)) this.goToInitial(false);
    this.initial.changed = false;
    const { position, lookAt, up } = this.requested;
    if (!position && !lookAt && !up) return;
    // The program moves this camera: it no longer follows the initial one.
    this.taken();
    this.requested = {};
    if (up) this.setUp(this.world.directionToThree(up));
    this.lookFromTo(
      position ? this.world.pointToThree(position) : this.position(),
      lookAt ? this.world.pointToThree(lookAt) : this.target(),
      false,
    );
  }

  replayStart(): void {
    this.initial.replayStart();
    this.distancesReceived = { minDistance: false, maxDistance: false };
  }

  replayDone(): void {
    this.commit(true);
    this.starting = false;
    if (!this.distancesReceived.minDistance) this.controls.minDistance = DEFAULT_MIN_DISTANCE;
    if (!this.distancesReceived.maxDistance) this.controls.maxDistance = DEFAULT_MAX_DISTANCE;
  }

  /** The user moves the camera: from now on it does not follow the initial one. */
  taken(): void {
    this.starting = false;
    if (this.driver?.moved()) this.drive(null);
  }

  /** Lets something move the camera from frame to frame, instead of what did before; null: nothing. */
  drive(next: Drive | null): void {
    const { driver } = this;
    this.driver = null;
    driver?.end();
    this.driver = next;
    this.changed();
  }

  reset(): void {
    const { starting } = this;
    this.taken();
    this.starting = starting;
    this.goToInitial(true);
  }

  /** Advances the movement by one frame; returns whether it continues. */
  update(seconds: number): boolean {
    if (this.driver && !this.driver.step()) this.drive(null);
    // Without motion, the camera follows wheel and drag at once.
    const still = prefersReducedMotion();
    this.controls.smoothTime = still ? 0 : SMOOTH;
    this.controls.draggingSmoothTime = still ? 0 : SMOOTH_DRAG;
    let moving = this.controls.update(seconds);
    if (moving && this.almostThere()) {
      this.controls.stop();
      this.controls.update(0);
      moving = false;
    }
    this.project();
    this.camera.updateMatrixWorld();
    return moving;
  }

  get projection(): CameraProjection {
    return this.projected;
  }

  /** Orthographic: parallel rays, which show at what is looked at what the perspective would show there. */
  setProjection(projection: CameraProjection): void {
    if (projection === this.projected) return;
    this.projected = projection;
    this.project();
    this.changed();
  }

  /** The origin of the three.js world was moved: the camera and its movement keep their place in the scene. */
  shift(by: Readonly<Vec3>): void {
    this.shifting = true;
    this.moveBack(by);
    this.shifting = false;
    this.driver?.shifted(by);
  }

  /** That of the page, which all of its views have. */
  get initialCamera(): InitialCamera {
    return this.initial;
  }

  /** Sees what another one sees. */
  adopt(other: CameraRig): void {
    this.taken();
    const { fov, near, far } = other.camera;
    this.setLens({ fov: (fov * Math.PI) / 180, near, far });
    this.controls.minDistance = other.controls.minDistance;
    this.controls.maxDistance = other.controls.maxDistance;
    const { from, at, up, projection } = other.state();
    this.setProjection(projection);
    this.setUp(up);
    this.lookFromTo(from, at, false);
  }

  /** Equal if nothing of what the server is told has changed. */
  key(): string {
    const { position: p, quaternion: q, up, fov, near, far } = this.camera;
    return `${p.toArray()} ${q.toArray()} ${up.toArray()} ${this.target(false)} ${fov} ${near} ${far} ${this.projection}`;
  }

  /** Moves the camera, and where its movement leads, by the opposite of this. */
  moveBack(by: Readonly<Vec3>): void {
    const now = this.target(false);
    const end = this.target(true);
    void this.controls.moveTo(now[0] - by[0], now[1] - by[1], now[2] - by[2], false);
    if (now.some((x, i) => x !== end[i])) {
      void this.controls.moveTo(end[0] - by[0], end[1] - by[1], end[2] - by[2], true);
    }
    this.controls.update(0);
    this.camera.updateMatrixWorld();
  }

  setAspect(aspect: number): void {
    this.camera.aspect = aspect;
    this.camera.updateProjectionMatrix();
  }

  /** Moves camera and orbit point together, along the camera's own axes; level: ahead and up as the ground has it. */
  fly(right: number, up: number, ahead: number, level = false): void {
    const axis = (i: number) => new Vector3().setFromMatrixColumn(this.camera.matrixWorld, i);
    const x = axis(0);
    const y = level ? this.camera.up : axis(1);
    const z = level ? new Vector3().crossVectors(y, x) : axis(2).negate();
    const to = this.v.set(...this.target()).addScaledVector(x, right);
    to.addScaledVector(y, up).addScaledVector(z, ahead);
    const t: Vec3 = [to.x, to.y, to.z];
    void this.controls.moveTo(...t, false);
  }

  /** Turns the view around where the camera is. */
  look(yaw: number, pitch: number): void {
    const from = this.position();
    const up = this.camera.up;
    const ahead = this.v.set(...this.target()).sub(new Vector3(...from));
    const polar = ahead.angleTo(up);
    const side = new Vector3().crossVectors(ahead, up);
    if (side.lengthSq() > 0) {
      // Not over the poles.
      const turn = Math.min(Math.max(pitch, polar - Math.PI + 0.01), polar - 0.01);
      ahead.applyAxisAngle(side.normalize(), turn);
    }
    ahead.applyAxisAngle(up, yaw);
    this.lookFromTo(from, [from[0] + ahead.x, from[1] + ahead.y, from[2] + ahead.z], false);
  }

  /** Moves smoothly to look at its target from that side (a direction in the three.js world). */
  lookFrom(side: Vec3): void {
    const t = this.target();
    const d = this.distance;
    this.taken();
    this.lookFromTo([t[0] + side[0] * d, t[1] + side[1] * d, t[2] + side[2] * d], t, true);
  }

  /** Turns smoothly to that point of the three.js world, and orbits around it from then on. */
  lookAt(point: Vec3): void {
    this.taken();
    this.lookFromTo(this.position(), point, true);
  }

  /** Moves smoothly to look from there at a point. */
  go(from: Vec3, at: Vec3): void {
    this.taken();
    this.lookFromTo(from, at, true);
  }

  /** Is there at once, and looks at a point. */
  place(from: Vec3, at: Vec3): void {
    this.lookFromTo(from, at, false);
  }

  /** Moves as something that it is fixed to has moved. */
  carry(from: Pose, to: Pose): void {
    const turn = rotationOf(to).multiply(rotationOf(from).invert());
    const moved = ([x, y, z]: Vec3): Vec3 => {
      const p = new Vector3(x - from.px, y - from.py, z - from.pz).applyQuaternion(turn);
      return [p.x + to.px, p.y + to.py, p.z + to.pz];
    };
    const [position, target] = [moved(this.position()), moved(this.target())];
    const { x, y, z } = this.camera.up.clone().applyQuaternion(turn);
    this.setUp([x, y, z]);
    this.place(position, target);
  }

  /** From what is looked at to the camera, at the end of a movement. */
  direction(): Vec3 {
    const [x, y, z] = this.position();
    const t = this.target();
    const d = this.v.set(x - t[0], y - t[1], z - t[2]).normalize();
    return [d.x, d.y, d.z];
  }

  /** What a look through another camera changes. */
  state(): CameraState {
    const { x, y, z } = this.camera.up;
    return {
      from: this.position(),
      at: this.target(),
      up: [x, y, z],
      fov: this.camera.fov,
      projection: this.projected,
    };
  }

  /** As before; where the camera is only if it is to go back. */
  restore({ from, at, up, fov, projection }: CameraState, back: boolean): void {
    this.setLens({ fov: (fov * Math.PI) / 180 });
    this.setProjection(projection);
    this.setUp(up);
    if (back) this.lookFromTo(from, at, true);
  }

  /** The vertical field of view, in radians. */
  setFov(fov: number): void {
    if (Math.abs((fov * 180) / Math.PI - this.camera.fov) > 1e-9) this.setLens({ fov });
  }

  get distance(): number {
    return this.controls.distance;
  }

  /** The orbit target in the three.js world: of the end of a movement, or (false) of this moment. */
  target(end = true): Vec3 {
    const t = this.controls.getTarget(this.v, end);
    return [t.x, t.y, t.z];
  }

  /** A camera of its own at this one's place, for a picture of other proportions. */
  shot(aspect: number): ViewCamera {
    const camera = this.camera.clone();
    camera.aspect = aspect;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    return camera;
  }

  message(width: number, height: number): ViewerCameraMessage {
    const { camera, world } = this;
    const { position: p, quaternion: q, up } = camera;
    this.pose.setPosition(p.x, p.y, p.z);
    this.pose.setWxyz(q.w, q.x, q.y, q.z);
    const { wxyz, position } = world.cameraToWorld(this.pose);
    return {
      type: "ViewerCameraMessage",
      wxyz,
      position,
      fov: (camera.fov * Math.PI) / 180,
      near: camera.near,
      far: camera.far,
      image_height: height,
      image_width: width,
      look_at: world.pointToWorld(this.target(false)),
      up_direction: world.directionToWorld([up.x, up.y, up.z]),
      projection: this.projected,
    };
  }

  dispose(): void {
    this.controls.dispose();
  }

  private project(): void {
    this.camera.setParallel(this.projected === "orthographic" ? this.controls.distance : 0);
  }

  private position(end = true): Vec3 {
    const p = this.controls.getPosition(this.v, end);
    return [p.x, p.y, p.z];
  }

  /** Less than a tenth of a pixel of the movement is left: easing out would draw frames for a second more. */
  private almostThere(): boolean {
    const near = (a: Vec3, b: Vec3) =>
      Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 2e-4 * this.distance;
    return near(this.position(), this.position(false)) && near(this.target(), this.target(false));
  }

  private setLens({ fov, near, far }: Partial<Lens>): void {
    if (fov !== undefined) this.camera.fov = (fov * 180) / Math.PI;
    if (near !== undefined) this.camera.near = near;
    if (far !== undefined) this.camera.far = far;
    this.camera.updateProjectionMatrix();
    this.changed();
  }

  private goToInitial(smooth: boolean): void {
    const { position, lookAt, up } = this.initial.pose();
    const lens = this.initial.lens();
    this.setLens(lens);
    this.setProjection(lens.projection);
    this.setUp(up ? this.world.directionToThree(up) : [0, 1, 0]);
    this.lookFromTo(
      position ? this.world.pointToThree(position) : this.world.fixedToThree(DEFAULT_POSITION),
      lookAt ? this.world.pointToThree(lookAt) : this.world.fixedToThree([0, 0, 0]),
      smooth,
    );
  }

  setUp(up: Vec3): void {
    this.v.set(...up).normalize();
    if (this.v.distanceToSquared(this.camera.up) < 1e-12) return;
    const from = this.position();
    const at = this.target();
    this.camera.up.set(...up).normalize();
    // The controls keep angles around the old up direction.
    this.controls.updateCameraUp();
    this.lookFromTo(from, at, false);
  }

  private lookFromTo(from: Vec3, at: Vec3, smoothly: boolean): void {
    const smooth = smoothly && !prefersReducedMotion();
    const distance = Math.hypot(at[0] - from[0], at[1] - from[1], at[2] - from[2]);
    // A target at the camera's own position (within rounding) has no direction.
    const apart = distance > 1e-9 * (1 + Math.hypot(...from));
    if (!apart || !finite(from) || !finite(at)) return;
    void this.controls.setLookAt(...from, ...at, smooth);
    if (smooth) this.controls.normalizeRotations();
    this.changed();
  }
}

export function rotationOf({ qx, qy, qz, qw }: Pose): Quaternion {
  return new Quaternion(qx, qy, qz, qw);
}
