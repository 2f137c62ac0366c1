/**
 * Cameras that are linked: what the user or the program does with one of them, the others do too, each around the point
 * that it looks at. A view with parallel rays keeps its direction: it is a plan, or a side.
 */
import type { Vec3 } from "../../protocol/messages.gen";
import type { CameraRig } from "../camera";

interface Seen {
  target: Vec3;
  distance: number;
  azimuth: number;
  polar: number;
}

export class CameraLinks {
  private readonly seen = new WeakMap<CameraRig, Seen>();

  /** After the cameras have moved: the others follow the first of them that has. */
  follow(rigs: readonly CameraRig[]): void {
    const leader = rigs.find((rig) => this.hasMoved(rig));
    if (!leader) return;
    const before = this.seen.get(leader)!;
    const now = stateOf(leader);
    const by = now.target.map((x, i) => x - before.target[i]!) as Vec3;
    const closer = now.distance / before.distance;
    for (const rig of rigs) {
      if (rig === leader) continue;
      const { controls } = rig;
      const [x, y, z] = rig.target(false);
      void controls.moveTo(x + by[0], y + by[1], z + by[2], false);
      if (Number.isFinite(closer)) void controls.dollyTo(rig.distance * closer, false);
      if (rig.projection === "perspective") {
        void controls.rotate(now.azimuth - before.azimuth, now.polar - before.polar, false);
      }
      rig.update(0);
    }
  }

  /** After a frame, or when cameras are linked: what moves from here is followed. */
  note(rigs: readonly CameraRig[]): void {
    for (const rig of rigs) this.seen.set(rig, stateOf(rig));
  }

  private hasMoved(rig: CameraRig): boolean {
    const before = this.seen.get(rig);
    if (!before) return false;
    const now = stateOf(rig);
    return (
      now.distance !== before.distance ||
      now.azimuth !== before.azimuth ||
      now.polar !== before.polar ||
      now.target.some((x, i) => x !== before.target[i])
    );
  }
}

function stateOf(rig: CameraRig): Seen {
  const { azimuthAngle, polarAngle } = rig.controls;
  return {
    target: rig.target(false),
    distance: rig.distance,
    azimuth: azimuthAngle,
    polar: polarAngle,
  };
}
