/**
 * The camera, the controls that move it, and what a server may say about it.
 *
 * Where it starts: the page's address wins over the server's initial camera, which wins over the default.
 * The default is a place in three.js's axes, so that it looks at a scene from above whatever its up
 * direction is; all else is in viser's world, and waits for the root's orientation until the first replay is
 * done. What the server says about the initial camera later only changes where "Reset View" goes.
 */
import CameraControls from "camera-controls";
import {
  Box3,
  Matrix4,
  PerspectiveCamera,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from "three";
import type { ServerMessage, Vec3, ViewerCameraMessage } from "../protocol/messages.gen";
import { Pose } from "../scene/pose";
import { prefersReducedMotion } from "../shared/motion";
import type { UrlParams } from "../shared/params";
import type { WorldFrame } from "./conventions";

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

/** Seconds in which the camera catches up with what it was told, and with the pointer. */
const SMOOTH = 0.12;
const SMOOTH_DRAG = 0.05;
const DEFAULT_POSITION = [-3, 3, -3] as const;
const DEFAULT_FOV = (75 * Math.PI) / 180;
const DEFAULT_NEAR = 0.01;
const DEFAULT_FAR = 1000;
const DEFAULT_MIN_DISTANCE = 0.01;
const DEFAULT_MAX_DISTANCE = 1e4;

interface Initial {
  position: Vec3 | null;
  lookAt: Vec3 | null;
  up: Vec3 | null;
  fov: number | null;
  near: number | null;
  far: number | null;
}

const NOTHING: Initial = {
  position: null,
  lookAt: null,
  up: null,
  fov: null,
  near: null,
  far: null,
};

const finite = (v: readonly number[]): boolean => v.every(Number.isFinite);

export class CameraRig {
  readonly camera = new PerspectiveCamera();
  readonly controls: CameraControls;
  /** True until the first replay is done: the camera goes where the server says it starts. */
  private starting = true;
  private fromServer: Initial = { ...NOTHING };
  private readonly fromUrl: Initial;
  private initialChanged = true;
  private wish: { position: Vec3 | null; lookAt: Vec3 | null; up: Vec3 | null } = {
    position: null,
    lookAt: null,
    up: null,
  };
  private distancesSaid = { min: true, max: true };
  private readonly pose = new Pose();
  private readonly v = new Vector3();

  constructor(
    canvas: HTMLElement,
    params: Pick<UrlParams, "initialCamera">,
    private readonly world: WorldFrame,
    private readonly changed: () => void,
  ) {
    const { position, lookAt, up, fov, near, far } = params.initialCamera;
    this.fromUrl = {
      position: position && [...position],
      lookAt: lookAt && [...lookAt],
      up: up && [...up],
      fov,
      near,
      far,
    };
    this.camera.position.set(...DEFAULT_POSITION);
    this.controls = new CameraControls(this.camera, canvas);
    this.controls.restThreshold = 0.001;
    this.resetDistances();
    for (const event of ["control", "controlstart", "controlend", "transitionstart"] as const) {
      this.controls.addEventListener(event, changed);
    }
    this.goToInitial(false);
  }

  /** Takes a message about the camera; false when it is about something else. */
  apply(m: ServerMessage): boolean {
    switch (m.type) {
      case "SetCameraPositionMessage":
        if (finite(m.position)) this.say(m.initial, "position", m.position);
        return true;
      case "SetCameraLookAtMessage":
        if (finite(m.look_at)) this.say(m.initial, "lookAt", m.look_at);
        return true;
      case "SetCameraUpDirectionMessage":
        if (finite(m.position) && Math.hypot(...m.position) > 0) {
          this.say(m.initial, "up", m.position);
        }
        return true;
      case "SetCameraFovMessage":
        if (m.fov > 0 && m.fov < Math.PI) this.sayLens(m.initial, "fov", m.fov);
        return true;
      case "SetCameraNearMessage":
        if (m.near > 0 && Number.isFinite(m.near)) this.sayLens(m.initial, "near", m.near);
        return true;
      case "SetCameraFarMessage":
        if (m.far > 0 && Number.isFinite(m.far)) this.sayLens(m.initial, "far", m.far);
        return true;
      case "SetCameraMinOrbitDistanceMessage":
        if (m.min_orbit_distance > 0) this.controls.minDistance = m.min_orbit_distance;
        this.distancesSaid.min = true;
        return true;
      case "SetCameraMaxOrbitDistanceMessage":
        if (m.max_orbit_distance > 0) this.controls.maxDistance = m.max_orbit_distance;
        this.distancesSaid.max = true;
        return true;
      default:
        return false;
    }
  }

  /** After a step of messages: position, look-at and up are taken together, as they were meant. */
  commit(rootChanged: boolean): void {
    if (this.starting && (this.initialChanged || rootChanged)) this.goToInitial(false);
    this.initialChanged = false;
    const { position, lookAt, up } = this.wish;
    if (!position && !lookAt && !up) return;
    // A program moves this camera: it is no longer where it starts.
    this.starting = false;
    this.wish = { position: null, lookAt: null, up: null };
    if (up) this.setUp(this.world.directionToThree(up));
    this.lookFromTo(
      position ? this.world.pointToThree(position) : this.position(),
      lookAt ? this.world.pointToThree(lookAt) : this.target(),
      false,
    );
  }

  replayStart(): void {
    this.fromServer = { ...NOTHING };
    this.initialChanged = true;
    this.distancesSaid = { min: false, max: false };
  }

  replayDone(): void {
    this.commit(true);
    this.starting = false;
    if (!this.distancesSaid.min) this.controls.minDistance = DEFAULT_MIN_DISTANCE;
    if (!this.distancesSaid.max) this.controls.maxDistance = DEFAULT_MAX_DISTANCE;
  }

  /** The user has taken hold of the camera: it is theirs from now on. */
  taken(): void {
    this.starting = false;
  }

  reset(): void {
    this.goToInitial(true);
  }

  /** Moves on by a frame; says whether it is still under way. */
  update(seconds: number): boolean {
    // A wheel or a drag is followed at once, instead of gliding on.
    const still = prefersReducedMotion();
    this.controls.smoothTime = still ? 0 : SMOOTH;
    this.controls.draggingSmoothTime = still ? 0 : SMOOTH_DRAG;
    let moving = this.controls.update(seconds);
    if (moving && this.almostThere()) {
      this.controls.stop();
      this.controls.update(0);
      moving = false;
    }
    this.camera.updateMatrixWorld();
    return moving;
  }

  /** The three.js world's zero has moved by so much: nothing else has, whatever is under way. */
  shift(by: Readonly<Vec3>): void {
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

  /** Moves camera and orbit point together, along the camera's own axes. */
  fly(right: number, up: number, ahead: number): void {
    const { elements } = this.camera.matrixWorld;
    const t = this.target();
    for (let i = 0; i < 3; i++) {
      t[i]! += elements[i]! * right + elements[4 + i]! * up - elements[8 + i]! * ahead;
    }
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

  /** Turns smoothly to look at the orbit point from that side (a direction in the three.js world). */
  lookFrom(side: Vec3): void {
    const t = this.target();
    const d = this.distance;
    this.taken();
    this.lookFromTo([t[0] + side[0] * d, t[1] + side[1] * d, t[2] + side[2] * d], t, true);
  }

  /** Turns smoothly to that point (of the three.js world), and goes around it from now on. */
  lookAt(point: Vec3): void {
    this.taken();
    this.lookFromTo(this.position(), point, true);
  }

  get distance(): number {
    return this.controls.distance;
  }

  /** Where the camera orbits around, in the three.js world: where it goes, or (false) where it is. */
  target(end = true): Vec3 {
    const t = this.controls.getTarget(this.v, end);
    return [t.x, t.y, t.z];
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
    };
  }

  dispose(): void {
    this.controls.dispose();
  }

  private position(end = true): Vec3 {
    const p = this.controls.getPosition(this.v, end);
    return [p.x, p.y, p.z];
  }

  /** Less than a tenth of a pixel is left of the way: a smooth end would draw frames for a second more. */
  private almostThere(): boolean {
    const near = (a: Vec3, b: Vec3) =>
      Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 2e-4 * this.distance;
    return near(this.position(), this.position(false)) && near(this.target(), this.target(false));
  }

  private say(initial: boolean, what: "position" | "lookAt" | "up", v: Vec3): void {
    if (!initial) {
      this.wish[what] = v;
      return;
    }
    this.fromServer[what] = v;
    this.initialChanged = true;
  }

  private sayLens(initial: boolean, what: "fov" | "near" | "far", v: number): void {
    if (initial) {
      this.fromServer[what] = v;
      this.initialChanged = true;
    } else {
      this.setLens({ [what]: v });
    }
  }

  private setLens(lens: Partial<Pick<Initial, "fov" | "near" | "far">>): void {
    if (lens.fov != null) this.camera.fov = (lens.fov * 180) / Math.PI;
    if (lens.near != null) this.camera.near = lens.near;
    if (lens.far != null) this.camera.far = lens.far;
    this.camera.updateProjectionMatrix();
    this.changed();
  }

  private goToInitial(smooth: boolean): void {
    const pick = <K extends keyof Initial>(k: K): Initial[K] =>
      this.fromUrl[k] ?? this.fromServer[k];
    const position = pick("position");
    const lookAt = pick("lookAt");
    const up = pick("up");
    this.setLens({
      fov: pick("fov") ?? DEFAULT_FOV,
      near: pick("near") ?? DEFAULT_NEAR,
      far: pick("far") ?? DEFAULT_FAR,
    });
    this.setUp(up ? this.world.directionToThree(up) : [0, 1, 0]);
    this.lookFromTo(
      position ? this.world.pointToThree(position) : this.world.fixedToThree(DEFAULT_POSITION),
      lookAt ? this.world.pointToThree(lookAt) : this.world.fixedToThree([0, 0, 0]),
      smooth,
    );
  }

  private setUp(up: Vec3): void {
    this.v.set(...up).normalize();
    if (this.v.distanceToSquared(this.camera.up) < 1e-12) return;
    const from = this.position();
    const at = this.target();
    this.camera.up.set(...up).normalize();
    // The controls keep angles around the up direction: they must forget them and look again.
    this.controls.updateCameraUp();
    this.lookFromTo(from, at, false);
  }

  private lookFromTo(from: Vec3, at: Vec3, smoothly: boolean): void {
    const smooth = smoothly && !prefersReducedMotion();
    const way = Math.hypot(at[0] - from[0], at[1] - from[1], at[2] - from[2]);
    // Where it stands is no place to look at (but for the last bits, which rounding makes).
    const far = way > 1e-9 * (1 + Math.hypot(...from));
    if (!far || !finite(from) || !finite(at)) return;
    void this.controls.setLookAt(...from, ...at, smooth);
    if (smooth) this.controls.normalizeRotations();
    this.changed();
  }

  private resetDistances(): void {
    this.controls.minDistance = DEFAULT_MIN_DISTANCE;
    this.controls.maxDistance = DEFAULT_MAX_DISTANCE;
  }
}
