/** The sides of the world. */
import { Vector3 } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import type { WorldFrame } from "../conventions";

/** A view straight down has no direction on the screen: it is as if from a little before. */
const ASIDE = 1e-5;

/**
 * A direction in the three.js world, from parts to the right, up, and to the front of viser's world as its up direction
 * has it.
 */
export function sideOf(frame: WorldFrame, [right, up, front]: Vec3): Vec3 {
  const u = new Vector3(...frame.directionToWorld([0, 1, 0]));
  // The axis to the right is the next one after the one that is up: as x, if that is z or y.
  const x = new Vector3(1, 0, 0);
  const r = Math.abs(u.x) > 0.7 ? new Vector3(0, 1, 0) : x;
  r.addScaledVector(u, -u.dot(r)).normalize();
  const f = new Vector3().crossVectors(r, u);
  const tilt = right === 0 && front === 0 ? ASIDE : 0;
  const side = new Vector3()
    .addScaledVector(r, right)
    .addScaledVector(u, up)
    .addScaledVector(f, front + tilt);
  return frame.directionToThree([side.x, side.y, side.z]);
}
