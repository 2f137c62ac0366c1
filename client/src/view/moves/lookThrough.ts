/** Shows what a camera frustum of the scene sees, and what it sees next while it moves. */
import { Vector3 } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import type { NodePlace } from "../../scene/world";
import { along } from "../aim";
import { rotationOf } from "../camera";
import type { Mover } from "./mover";

/** Looks through the frustum that is selected, under the pointer or was focused last. Escape goes back. */
export function lookThrough(moves: Mover): void {
  const path = moves.targets().find((p) => isFrustum(moves.shown(p)));
  if (path === undefined)
    throw new Error("Choose a camera frustum first: select it, or put the pointer on it.");
  const { rig } = moves;
  const { actions } = moves.deps;
  rig.drive(null);
  const before = rig.state();
  const { distance } = rig;
  let back = true;
  const done = actions.onEscape(() => rig.drive(null));
  const step = (): boolean => {
    const place = moves.shown(path);
    if (!isFrustum(place)) return false;
    const { fov, aspect } = place.effective!.props as { fov?: unknown; aspect?: unknown };
    const q = rotationOf(place.world);
    const turned = (x: number, y: number, z: number): Vec3 =>
      new Vector3(x, y, z).applyQuaternion(q).toArray();
    const { px, py, pz } = place.world;
    // OpenCV's frame: z ahead, y down.
    const ahead = turned(0, 0, 1);
    rig.setUp(turned(0, -1, 0));
    rig.setFov(wholeFrame(Number(fov), Number(aspect), rig.camera.aspect));
    const from: Vec3 = [px, py, pz];
    rig.place(from, along({ origin: from, direction: ahead }, distance));
    return true;
  };
  moves.last = path;
  rig.taken();
  rig.setProjection("perspective");
  rig.drive({
    step,
    shifted(by) {
      for (const p of [before.from, before.at]) for (const i of [0, 1, 2] as const) p[i] -= by[i];
    },
    // Who moves on has left the camera, and goes on from where they are.
    moved() {
      back = false;
      return true;
    },
    end() {
      done();
      rig.restore(before, back);
    },
  });
  moves.deps.requestRender();
}

function isFrustum(place: NodePlace | null): place is NodePlace {
  return place?.effective?.kind === "CameraFrustumMessage";
}

/** A vertical field of view in which the whole picture of the camera is seen, also in a narrow window. */
function wholeFrame(fov: number, aspect: number, window: number): number {
  if (!(fov > 0 && fov < Math.PI)) return 1;
  const wide = aspect > window ? aspect / window : 1;
  return 2 * Math.atan(Math.tan(fov / 2) * wide);
}
