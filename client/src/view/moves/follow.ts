/** Keeps a node in view while it moves: its position, or its frame, so that the camera turns with it. */
import type { Vec3 } from "../../protocol/messages.gen";
import { Pose } from "../../scene/pose";
import type { NodePlace } from "../../scene/world";
import type { CameraRig } from "../camera";
import type { Mover } from "./mover";

/** Follows what is selected, under the pointer or focused last, until Escape is pressed or it is gone. */
export function follow(moves: Mover, turning: boolean): void {
  const [path] = moves.targets();
  const place = path === undefined ? null : moves.shown(path);
  if (!place) throw new Error("Choose a node first: select it, or put the pointer on it.");
  const { rig } = moves;
  moves.last = place.path;
  followWith(
    moves,
    rig,
    place,
    turning,
    moves.deps.actions.onEscape(() => rig.drive(null)),
  );
}

/** For the program: nothing is followed if the node is not there. */
export function followNode(moves: Mover, rig: CameraRig, path: string, turning: boolean): void {
  const place = moves.shown(path);
  if (place) followWith(moves, rig, place, turning, () => {});
}

function followWith(
  moves: Mover,
  rig: CameraRig,
  place: NodePlace,
  turning: boolean,
  done: () => void,
): void {
  const last = new Pose().copy(place.world);
  if (!finite(last)) {
    done();
    throw new Error(`${place.path} has no position.`);
  }
  rig.lookAt(at(last));
  rig.drive({
    step() {
      const now = moves.shown(place.path);
      if (!now) return false;
      const { world } = now;
      if (!finite(world)) return true;
      const by: Vec3 = [last.px - world.px, last.py - world.py, last.pz - world.pz];
      if (turning && !same(last, world)) rig.carry(last, world);
      else if (by.some((d) => d !== 0)) rig.moveBack(by);
      last.copy(world);
      return true;
    },
    // The origin of the three.js world has moved, and the camera with it.
    shifted([x, y, z]) {
      last.setPosition(last.px - x, last.py - y, last.pz - z);
    },
    moved: () => false,
    end: done,
  });
}

function finite(p: Pose): boolean {
  return Number.isFinite(p.px + p.py + p.pz + p.qx + p.qy + p.qz + p.qw);
}

function at({ px, py, pz }: Pose): Vec3 {
  return [px, py, pz];
}

function same(a: Pose, b: Pose): boolean {
  const rest = a.qx === b.qx && a.qy === b.qy && a.qz === b.qz && a.qw === b.qw;
  return rest && a.px === b.px && a.py === b.py && a.pz === b.pz;
}
