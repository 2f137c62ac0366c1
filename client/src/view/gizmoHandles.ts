import type { NodePlace, SceneWorld } from "../scene/world";
import type { Aim, At } from "./aim";

/** A handle of a gizmo. */
export interface GizmoHandle {
  place: NodePlace;
  part: number;
}

/** How far beside a handle a press still counts, in CSS pixels. */
const REACH = { mouse: 6, touch: 18 };

/** The handle at a point of the canvas: the one nearest to it, and of equally near ones the one in front. */
export function gizmoHandleAt(
  world: SceneWorld,
  aim: Aim,
  at: At,
  pointerType: string,
): GizmoHandle | null {
  if (world.gizmos.size === 0) return null;
  world.flushNodes();
  const reach = pointerType === "mouse" ? REACH.mouse : REACH.touch;
  const ray = aim.threeRay(at);
  const eye = aim.eye();
  let best: (GizmoHandle & { off: number; depth: number }) | null = null;
  for (const place of world.gizmos) {
    const hit =
      place.shown && !place.veiled ? place.visual?.gizmoHandles?.at(ray, eye, reach) : null;
    if (!hit) continue;
    const nearer = !best || hit.off < best.off - 1;
    if (nearer || (hit.off < best!.off + 1 && hit.depth < best!.depth)) best = { place, ...hit };
  }
  return best;
}
