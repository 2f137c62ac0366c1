/** Keeps a node in view while it moves: its position, or its frame, so that the camera turns with it. */
import type { Vec3 } from "../../protocol/messages.gen";
import { Pose } from "../../scene/pose";
import type { Mover } from "./mover";

/** Follows what is selected, under the pointer or focused last, until Escape is pressed or it is gone. */
export function follow(moves: Mover, turning: boolean): void {
  const [path] = moves.targets();
  const place = path === undefined ? null : moves.shown(path);
  if (!place) throw new Error("Choose a node first: select it, or put the pointer on it.");
  const { rig } = moves;
  const last = new Pose().copy(place.world);
  if (!finite(last)) throw new Error(`${place.path} has no position.`);
  rig.lookAt(at(last));
  moves.last = place.path;
  const done = moves.deps.actions.onEscape(() => rig.drive(null));
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
