// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import type { ServerMessage, Vec3, Vec4, ViewerCameraMessage } from "../protocol/messages.gen";
import { Pose } from "../scene/pose";
import type { UrlParams } from "../shared/params";
import { CameraRig } from "./camera";
import { WorldFrame } from "./conventions";
import { InitialCamera } from "./initialCamera";

const Z_UP: Vec4 = [0.5, -0.5, 0.5, 0.5];
const NOWHERE: UrlParams["initialCamera"] = {
  position: null,
  lookAt: null,
  up: null,
  fov: null,
  near: null,
  far: null,
  projection: null,
};

let root: Pose;
let rig: CameraRig;

function start(initialCamera = NOWHERE): void {
  root = new Pose();
  rig = new CameraRig(
    document.createElement("div"),
    new InitialCamera(initialCamera),
    new WorldFrame(root),
    () => {},
  );
}

/** Messages as one step; "root" is the scene's up direction, +z. */
function step(...messages: (ServerMessage | "root")[]): void {
  let turned = false;
  for (const m of messages) {
    if (m === "root") turned = root.setWxyz(...Z_UP);
    else rig.apply(m);
  }
  rig.commit(turned);
}

/** Completes all movements, and returns the message to the server. */
function now(): ViewerCameraMessage {
  for (let i = 0; i < 500 && rig.update(1 / 30); i++);
  return rig.message(640, 480);
}

const position = (p: Vec3, initial = false): ServerMessage => ({
  type: "SetCameraPositionMessage",
  position: p,
  initial,
});
const lookAt = (p: Vec3, initial = false): ServerMessage => ({
  type: "SetCameraLookAtMessage",
  look_at: p,
  initial,
});
const up = (p: Vec3, initial = false): ServerMessage => ({
  type: "SetCameraUpDirectionMessage",
  position: p,
  initial,
});

function at(got: Vec3, want: Vec3, digits = 5): void {
  for (let i = 0; i < 3; i++) expect(got[i]).toBeCloseTo(want[i]!, digits);
}

beforeEach(() => start());

describe("the initial camera", () => {
  it("is (3, 3, 3) -> (0, 0, 0), 75 degrees by default", () => {
    rig.replayStart();
    step("root");
    rig.replayDone();
    const m = now();
    at(m.position, [3, 3, 3]);
    at(m.look_at, [0, 0, 0]);
    at(m.up_direction, [0, 0, 1]);
    expect(m.fov).toBeCloseTo((75 * Math.PI) / 180, 9);
    expect([m.near, m.far, m.image_width, m.image_height]).toEqual([0.01, 1000, 640, 480]);
  });

  it("is the server's initial camera, wherever in the replay the up direction is", () => {
    rig.replayStart();
    step(position([1, 2, 3], true), lookAt([0, 0, 1], true));
    step({ type: "SetCameraFovMessage", fov: 1, initial: true });
    step("root");
    rig.replayDone();
    const m = now();
    at(m.position, [1, 2, 3]);
    at(m.look_at, [0, 0, 1]);
    expect(m.fov).toBeCloseTo(1, 9);
    // CameraHandle._update_wxyz of viser 1.1.1 for this view.
    const want = [-0.09379623704254006, 0.20973476206080288, 0.8884507093343061, -0.39732723614588];
    const dot = m.wxyz.reduce((sum, v, i) => sum + v * want[i]!, 0);
    expect(Math.abs(dot)).toBeCloseTo(1, 8);
  });

  it("is the camera of the URL, with precedence over all others", () => {
    start({ ...NOWHERE, position: [5, 0, 1], fov: 0.5 });
    rig.replayStart();
    step("root", position([1, 2, 3], true), lookAt([0, 1, 0], true));
    rig.replayDone();
    const m = now();
    at(m.position, [5, 0, 1]);
    at(m.look_at, [0, 1, 0]);
    expect(m.fov).toBeCloseTo(0.5, 9);
  });

  it("does not follow later changes, which only Reset View uses", () => {
    rig.replayStart();
    step("root");
    rig.replayDone();
    step(position([9, 9, 9], true), lookAt([1, 1, 1], true), up([0, 1, 0], true));
    at(now().position, [3, 3, 3]);
    rig.reset();
    const m = now();
    at(m.position, [9, 9, 9], 2);
    at(m.look_at, [1, 1, 1], 2);
    at(m.up_direction, [0, 1, 0]);
  });

  it("stays where the user left it when the page reconnects", () => {
    rig.replayStart();
    step("root");
    rig.replayDone();
    step(position([1, 1, 5]));
    rig.replayStart();
    step("root", position([7, 7, 7], true));
    rig.replayDone();
    at(now().position, [1, 1, 5]);
    rig.reset();
    at(now().position, [7, 7, 7], 2);
  });
});

describe("the program's camera", () => {
  beforeEach(() => {
    rig.replayStart();
    step("root");
    rig.replayDone();
  });

  it("applies position, look-at and up of one step together", () => {
    step(position([0, 0, 0]), lookAt([0, 5, 0]), up([1, 0, 0]));
    const m = now();
    at(m.position, [0, 0, 0]);
    at(m.look_at, [0, 5, 0]);
    at(m.up_direction, [1, 0, 0]);
  });

  it("keeps the look-at when only the position is set, and vice versa", () => {
    step(position([4, 0, 0]));
    at(now().look_at, [0, 0, 0]);
    step(lookAt([4, 4, 0]));
    at(now().position, [4, 0, 0]);
  });

  it("ignores invalid positions, directions and lenses", () => {
    const before = now();
    step(
      position([Number.NaN, 0, 0]),
      lookAt([Number.POSITIVE_INFINITY, 0, 0]),
      up([0, 0, 0]),
      { type: "SetCameraFovMessage", fov: 4, initial: false },
      { type: "SetCameraNearMessage", near: -1, initial: false },
      { type: "SetCameraFarMessage", far: Number.NaN, initial: false },
      { type: "SetCameraMinOrbitDistanceMessage", min_orbit_distance: Number.NaN },
    );
    // The point that it already looks at.
    step(lookAt(before.position));
    expect(now()).toEqual(before);
  });

  it("looks straight down", () => {
    step(position([0, 0, 5]), lookAt([0, 0, 0]));
    const m = now();
    at(m.position, [0, 0, 5], 3);
    expect(m.wxyz.every(Number.isFinite)).toBe(true);
  });

  it("limits the orbit distance, and resets the limits for a new server", () => {
    step(
      { type: "SetCameraMinOrbitDistanceMessage", min_orbit_distance: 2 },
      { type: "SetCameraMaxOrbitDistanceMessage", max_orbit_distance: Number.POSITIVE_INFINITY },
    );
    expect(rig.controls.minDistance).toBe(2);
    expect(rig.controls.maxDistance).toBe(Number.POSITIVE_INFINITY);
    rig.replayStart();
    step({ type: "SetCameraMaxOrbitDistanceMessage", max_orbit_distance: 50 });
    rig.replayDone();
    expect(rig.controls.minDistance).toBe(0.01);
    expect(rig.controls.maxDistance).toBe(50);
  });
});

describe("flying", () => {
  beforeEach(() => {
    rig.replayStart();
    step("root", position([4, 0, 0]));
    rig.replayDone();
    now();
  });

  it("moves along the view direction, together with the orbit point", () => {
    rig.fly(0, 0, 1);
    const m = now();
    at(m.position, [3, 0, 0], 3);
    at(m.look_at, [-1, 0, 0], 3);
  });

  it("looks around from its position, but not over the poles", () => {
    rig.look(Math.PI / 2, 0);
    let m = now();
    at(m.position, [4, 0, 0], 3);
    at(m.look_at, [4, -4, 0], 2);
    for (let i = 0; i < 50; i++) rig.look(0, 0.2);
    m = now();
    expect(m.look_at[2]).toBeGreaterThan(3.9);
    expect(m.position.concat(m.look_at, m.wxyz).every(Number.isFinite)).toBe(true);
  });
});

describe("settling", () => {
  it("comes to rest within a second", () => {
    rig.replayStart();
    step("root", position([4, 0, 0]));
    rig.replayDone();
    now();
    rig.reset();
    let frames = 0;
    while (rig.update(1 / 60)) frames++;
    expect(frames).toBeGreaterThan(5);
    expect(frames).toBeLessThan(70);
    expect(rig.update(1 / 60)).toBe(false);
  });
});

describe("lookFrom", () => {
  it("orbits to that side, at the same distance, straight down too", () => {
    rig.replayStart();
    step("root", position([4, 0, 3]), lookAt([1, 0, 3]));
    rig.replayDone();
    now();
    rig.lookFrom(new WorldFrame(root).directionToThree([0, -1, 0]));
    let m = now();
    at(m.position, [1, -3, 3], 2);
    at(m.look_at, [1, 0, 3], 2);
    rig.lookFrom(new WorldFrame(root).directionToThree([0, 0, 1]));
    m = now();
    at(m.position, [1, 0, 6], 2);
  });
});

it("keeps its pose in the scene when the origin moves, also during a movement", () => {
  const origin: Vec3 = [0, 0, 0];
  const frame = new WorldFrame(root, origin);
  rig = new CameraRig(
    document.createElement("canvas"),
    new InitialCamera(NOWHERE),
    frame,
    () => {},
  );
  rig.replayDone();
  rig.lookAt(frame.pointToThree([2, 1, 0]));
  rig.update(0.02);
  const before = {
    now: frame.pointToWorld(rig.target(false)),
    end: frame.pointToWorld(rig.target()),
  };
  const by: Vec3 = [1000, 2000, -500];
  origin.splice(0, 3, ...by);
  rig.shift(by);
  at(frame.pointToWorld(rig.target(false)), before.now);
  at(frame.pointToWorld(rig.target()), before.end);
  expect(before.now).not.toEqual(before.end);
});

describe("the projection", () => {
  const projection = (p: string, initial = false) =>
    ({ type: "SetCameraProjectionMessage", projection: p, initial }) as ServerMessage;

  beforeEach(() => {
    rig.replayStart();
    step("root");
    rig.replayDone();
  });

  it("is the program's, keeps all else of the camera, and ignores what it does not know", () => {
    const before = now();
    step(projection("orthographic"));
    expect(now()).toEqual({ ...before, projection: "orthographic" });
    expect(rig.camera.isOrthographicCamera).toBe(true);
    step(projection("fisheye"));
    expect(rig.projection).toBe("orthographic");
    step(projection("perspective"));
    expect(now()).toEqual(before);
  });

  it("shows more from farther away, as the perspective does", () => {
    step(projection("orthographic"));
    now();
    const height = () => 2 / rig.camera.projectionMatrix.elements[5]!;
    const near = height();
    void rig.controls.dollyTo(rig.distance * 2, false);
    now();
    expect(height() / near).toBeCloseTo(2, 5);
  });

  it("is the initial one after Reset View", () => {
    step(projection("orthographic", true));
    expect(rig.projection).toBe("perspective");
    rig.reset();
    expect(rig.projection).toBe("orthographic");
  });
});
