import { Matrix4, Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { Vec3, Vec4 } from "../protocol/messages.gen";
import { Pose } from "../scene/pose";
import { WorldFrame } from "./conventions";

/** Root orientation that viser 1.1.1 sends for the up direction +z, and for +y. */
const Z_UP: Vec4 = [0.5, -0.5, 0.5, 0.5];
const Y_UP: Vec4 = [0, 0, 1, 0];

function root(wxyz: Vec4): WorldFrame {
  const pose = new Pose();
  pose.setWxyz(...wxyz);
  return new WorldFrame(pose);
}

/** A three.js camera at p that looks at `at`, y up. */
function lookAt(p: Vec3, at: Vec3): Pose {
  const m = new Matrix4().lookAt(new Vector3(...p), new Vector3(...at), new Vector3(0, 1, 0));
  const q = new Quaternion().setFromRotationMatrix(m);
  const out = new Pose();
  out.setWxyz(q.w, q.x, q.y, q.z);
  out.setPosition(...p);
  return out;
}

function close(got: readonly number[], want: readonly number[]): void {
  expect(got.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) expect(got[i]).toBeCloseTo(want[i]!, 6);
}

/** q and -q are the same rotation. */
function closeRotation(got: Vec4, want: Vec4): void {
  const dot = got.reduce((sum, v, i) => sum + v * want[i]!, 0);
  expect(Math.abs(dot)).toBeCloseTo(1, 8);
}

describe("WorldFrame", () => {
  it("places the default camera at (3, 3, 3) for both common up directions, as upstream viser", () => {
    for (const up of [Z_UP, Y_UP]) {
      const { position } = root(up).cameraToWorld(lookAt([-3, 3, -3], [0, 0, 0]));
      close(position, [3, 3, 3]);
    }
  });

  it("gives the same orientation as upstream viser for a view", () => {
    // Upstream viser's page, and CameraHandle._update_wxyz, for (3, 3, 3) -> (0, 0, 0), up +z.
    const world = root(Z_UP);
    closeRotation(
      world.cameraToWorld(lookAt([-3, 3, -3], [0, 0, 0])).wxyz,
      [-0.17591989660616125, 0.33985114297998714, 0.8204732385702834, -0.42470820027786677],
    );
    // (1, 2, 3) -> (0, 0, 1), up +z.
    const eye = world.pointToThree([1, 2, 3]);
    const at = world.pointToThree([0, 0, 1]);
    const camera = world.cameraToWorld(lookAt(eye, at));
    closeRotation(
      camera.wxyz,
      [-0.09379623704254006, 0.20973476206080288, 0.8884507093343061, -0.39732723614588294],
    );
    close(camera.position, [1, 2, 3]);
  });

  it("is inverted exactly", () => {
    const world = root(Z_UP);
    const camera = lookAt([1, 5, -2], [0.5, 0, 1]);
    const { wxyz, position } = world.cameraToWorld(camera);
    const back = world.cameraToThree(wxyz, position)!;
    close([back.px, back.py, back.pz], [1, 5, -2]);
    closeRotation(
      [back.qw, back.qx, back.qy, back.qz],
      [camera.qw, camera.qx, camera.qy, camera.qz],
    );
    close(world.pointToThree(world.pointToWorld([1, 2, 3])), [1, 2, 3]);
    close(world.directionToWorld([0, 1, 0]), [0, 0, 1]);
  });

  it("rejects invalid poses", () => {
    const world = root(Z_UP);
    expect(world.cameraToThree([0, 0, 0, 0], [0, 0, 0])).toBeNull();
    expect(world.cameraToThree([1, 0, 0, 0], [Number.NaN, 0, 0])).toBeNull();
  });
});

it("a moved origin does not change poses", () => {
  const pose = new Pose();
  pose.setWxyz(...Z_UP);
  const origin: Vec3 = [4e6, -50, 5e5];
  const far = new WorldFrame(pose, origin);
  const p: Vec3 = [5e5 + 0.25, 4e6 + 0.125, 50];
  const three = far.pointToThree(p);
  close(
    three,
    new WorldFrame(pose).pointToThree(p).map((x, i) => x - origin[i]!),
  );
  close(far.pointToWorld(three), p);
  close(far.fixedToThree(origin), [0, 0, 0]);
  const camera = far.cameraToThree([1, 0, 0, 0], p)!;
  close([camera.px, camera.py, camera.pz], three);
  close(far.cameraToWorld(camera).position, p);
});
