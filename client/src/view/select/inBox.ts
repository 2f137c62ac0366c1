/** The nodes in a rectangle of the picture. */
import { type Camera, Matrix4, PerspectiveCamera, Vector3 } from "three";
import { localBounds, poseMatrix } from "../../scene/bounds";
import type { NodePlace, SceneWorld } from "../../scene/world";
import { AROUND } from "../moves/focus";

/** Corners in parts of the picture, 0 to 1 from its upper left corner. */
export type Corners = readonly [readonly [number, number], readonly [number, number]];

const v = new Vector3();
const toClip = new Matrix4();

/** The shown nodes that draw something and have the center of their bounding box in the rectangle. */
export function nodesInBox(world: SceneWorld, camera: Camera, corners: Corners): string[] {
  world.flushNodes();
  const [[x0, y0], [x1, y1]] = corners;
  toClip.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  const found: string[] = [];
  for (const place of world.tree.all()) {
    if (!place.shown || place.veiled || isAround(place) || !centerOf(place)) continue;
    // Behind a perspective camera, points would be mirrored into the picture.
    if (camera instanceof PerspectiveCamera && depthOf(camera) <= 0) continue;
    v.applyMatrix4(toClip);
    const x = (v.x + 1) / 2;
    const y = (1 - v.y) / 2;
    if (x >= x0 && x <= x1 && y >= y0 && y <= y1) found.push(place.path);
  }
  return found;
}

/** What is there to look at the rest, such as a grid on the floor. */
function isAround({ effective }: NodePlace): boolean {
  return effective !== null && AROUND.test(effective.kind);
}

/** Writes the center into v; false: the node draws nothing. */
function centerOf(place: NodePlace): boolean {
  const box = localBounds(place);
  if (!box) return false;
  box.getCenter(v).applyMatrix4(poseMatrix(place.world));
  return true;
}

function depthOf(camera: Camera): number {
  const e = camera.matrixWorldInverse.elements;
  return -(e[2]! * v.x + e[6]! * v.y + e[10]! * v.z + e[14]!);
}
