/**
 * Which node the pointer is over. Only nodes that care for the pointer are looked at, and those below them,
 * which count as their parts unless they care themselves; so it is in viser's page. What does not care lets
 * the pointer through. Only small and thin things are not picked where one can't see them.
 */

import type { Place } from "./place";
import type { Eye, Hit, NodeVisual, Ray } from "./visual";

type NodePlace = Place<NodeVisual>;

export interface Picked {
  /** The node that cares. */
  place: NodePlace;
  /** The node that was hit: that one, or one below it. */
  at: NodePlace;
  /** Its instance is that of `place`: null where another was hit. */
  hit: Hit;
}

export class PickSearch {
  private best: Picked | null = null;
  private nearestWall: number | null = null;

  /** `all` are all places, for what may stand in front. */
  constructor(
    private readonly caring: ReadonlySet<NodePlace>,
    private readonly all: () => Iterable<NodePlace>,
    private readonly ray: Ray,
    private readonly eye: Eye,
  ) {
    for (const place of caring) this.search(place, place);
  }

  result(): Picked | null {
    return this.best;
  }

  private search(place: NodePlace, at: NodePlace): void {
    if (!at.shown) return;
    const hit = at.visual?.raycast?.(this.ray, this.eye);
    if (hit && (!this.best || before(hit, this.best.hit)) && !this.covered(hit)) {
      this.best = { place, at, hit: at === place ? hit : { ...hit, instance: null } };
    }
    for (const child of at.children.values()) {
      if (!this.caring.has(child)) this.search(place, child);
    }
  }

  private covered(hit: Hit): boolean {
    if (!hit.coverable) return false;
    this.nearestWall ??= this.wall();
    // What lies on a surface is seen on it.
    return hit.distance > this.nearestWall * 1.001;
  }

  /** Distance of the nearest opaque node. */
  private wall(): number {
    let nearest = Number.POSITIVE_INFINITY;
    for (const { shown, visual } of this.all()) {
      if (!shown || !visual?.opaque?.()) continue;
      const hit = visual.raycast?.(this.ray, this.eye);
      if (hit && hit.distance < nearest) nearest = hit.distance;
    }
    return nearest;
  }
}

/** Whether one hit comes before another: under the pointer, on top, nearer. */
function before(a: Hit, b: Hit): boolean {
  const [aOff, bOff] = [a.off ?? 0, b.off ?? 0];
  if (aOff !== bOff) return aOff < bOff;
  if (a.onTop !== b.onTop) return a.onTop === true;
  return a.distance < b.distance;
}
