/** Moves the camera so that nodes fill the picture, or to a side. */
import { Box3, Vector3 } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import { localBounds, poseMatrix, worldBounds } from "../../scene/bounds";
import type { NodePlace } from "../../scene/world";
import { along } from "../aim";
import type { CameraRig } from "../camera";
import type { Probed } from "../probe";
import type { Mover } from "./mover";
import { sideOf } from "./sides";

/** Space around what is shown. */
const MARGIN = 1.05;

/** Nodes that are around a scene, or light it, and not what it shows. */
export const AROUND = /^(Grid|.*Light|TransformControls|Gui3D)Message$/;

/** Focuses what is selected, else what is under the pointer, else the last one again. */
export function focusTargets(moves: Mover): void {
  const targets = moves.targets();
  if (targets.length === 0) fitAll(moves);
  else focus(moves, targets);
}

/** What a double click has found. The middle of a plane under everything is not what is meant. */
export function focusOn(moves: Mover, { place, hit, point }: Probed): void {
  if (place.effective?.kind === "GridMessage" && Number.isFinite(hit.distance)) {
    moves.rig.lookAt(moves.deps.frame.pointToThree(point));
  } else focus(moves, [place.path]);
}

/** Focuses nodes with what is in them. Those that are gone, hidden or nowhere are left out. */
export function focus(moves: Mover, paths: readonly string[]): void {
  const box = new Box3().makeEmpty();
  for (const path of paths) {
    const place = moves.shown(path);
    if (!place) continue;
    // A node that draws nothing has a place.
    if (!worldBounds(place, box)) expand(box, place);
    moves.last = path;
  }
  if (!show(moves.rig, box)) throw new Error("The node is hidden, or it is not there any more.");
}

/** Fits all that is shown; without anything, the camera is reset. */
export function fitAll(moves: Mover): void {
  moves.deps.world.flushNodes();
  const { root } = moves.deps.world.tree;
  const box = contents(root, new Box3().makeEmpty());
  if (box.isEmpty()) worldBounds(root, box);
  if (!show(moves.rig, box)) moves.rig.reset();
}

/** The boxes of what is shown, without what is around it. */
export function contents(place: NodePlace, out: Box3): Box3 {
  if (!place.shown || place.veiled || place.path === "/WorldAxes") return out;
  if (place.effective && !AROUND.test(place.effective.kind)) {
    const own = localBounds(place);
    if (own) out.union(own.applyMatrix4(poseMatrix(place.world)));
  }
  for (const child of place.children.values()) contents(child, out);
  return out;
}

function expand(box: Box3, { world }: NodePlace): void {
  if (Number.isFinite(world.px + world.py + world.pz))
    box.expandByPoint(new Vector3(world.px, world.py, world.pz));
}

/** Moves the camera to see a box, from the side where it is; false: there is nothing to see. */
function show(rig: CameraRig, box: Box3): boolean {
  if (box.isEmpty()) return false;
  const center = box.getCenter(new Vector3());
  const radius = box.getSize(new Vector3()).length() / 2;
  if (!Number.isFinite(center.x + center.y + center.z + radius)) return false;
  const at: Vec3 = [center.x, center.y, center.z];
  const away = rig.direction();
  const distance = radius > 0 ? distanceFor(rig, radius) : rig.distance;
  rig.go(along({ origin: at, direction: away }, distance), at);
  return true;
}

/** From where a ball fills the picture. */
function distanceFor({ camera, controls }: CameraRig, radius: number): number {
  const half = (camera.fov * Math.PI) / 360;
  const narrow = Math.min(half, Math.atan(Math.tan(half) * camera.aspect));
  const full = (MARGIN * radius) / Math.sin(narrow);
  // Not cut off by the near plane.
  const distance = Math.max(full, camera.near + radius);
  return Math.min(Math.max(distance, controls.minDistance), controls.maxDistance);
}

/** Looks from a side. */
export function lookFrom(moves: Mover, side: Vec3): void {
  moves.rig.lookFrom(sideOf(moves.deps.frame, side));
}
