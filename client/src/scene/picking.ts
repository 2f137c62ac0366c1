/**
 * Finds the node under the pointer. For bindings, as in upstream viser, only nodes with a binding are tested, and their
 * descendants, which count as parts of them unless they have a binding of their own. Other nodes let the pointer
 * through; only small and thin objects are not picked if another node occludes them. What a user does on the page by
 * themselves is with any node: pickAny.
 */

import type { Place } from "./place";
import type { Eye, Hit, NodeVisual, Ray } from "./visual";

type NodePlace = Place<NodeVisual>;

/** An object on a surface is visible. */
const TOLERANCE = 1.001;

/** Where a ray meets what is drawn of a node. */
export type Cast = (place: NodePlace, ray: Ray, eye: Eye) => Hit | null;

const castWhole: Cast = ({ visual }, ray, eye) => visual?.raycast?.(ray, eye) ?? null;

export interface Picked {
  /** The node with the binding. */
  place: NodePlace;
  /** The node that was hit: this one, or a descendant. */
  at: NodePlace;
  /** Its instance is one of `place`; null if a descendant was hit. */
  hit: Hit;
}

export class PickSearch {
  private best: Picked | null = null;
  private nearestOpaque: number | null = null;

  /** `all` returns all places, as possible occluders. */
  constructor(
    private readonly pickable: ReadonlySet<NodePlace>,
    private readonly all: () => Iterable<NodePlace>,
    private readonly ray: Ray,
    private readonly eye: Eye,
    private readonly cast = castWhole,
  ) {
    for (const place of pickable) this.search(place, place);
  }

  result(): Picked | null {
    return this.best;
  }

  private search(place: NodePlace, at: NodePlace): void {
    if (!at.shown || at.veiled) return;
    const hit = this.cast(at, this.ray, this.eye);
    if (hit && (!this.best || before(hit, this.best.hit)) && !this.occluded(hit)) {
      this.best = { place, at, hit: at === place ? hit : { ...hit, instance: null } };
    }
    for (const child of at.children.values()) {
      if (!this.pickable.has(child)) this.search(place, child);
    }
  }

  private occluded(hit: Hit): boolean {
    if (!hit.occludable) return false;
    this.nearestOpaque ??= this.findNearestOpaque();
    return hit.distance > this.nearestOpaque * TOLERANCE;
  }

  /** Distance of the nearest opaque node. */
  private findNearestOpaque(): number {
    let nearest = Number.POSITIVE_INFINITY;
    for (const place of this.all()) {
      if (!place.shown || place.veiled || !place.visual?.opaque?.()) continue;
      const hit = this.cast(place, this.ray, this.eye);
      if (hit && hit.distance < nearest) nearest = hit.distance;
    }
    return nearest;
  }
}

/** The first of all these places that is hit, whether or not it has a binding: each counts for itself. */
export function pickAny(
  places: () => Iterable<NodePlace>,
  ray: Ray,
  eye: Eye,
  cast = castWhole,
): { place: NodePlace; hit: Hit } | null {
  let best: { place: NodePlace; hit: Hit } | null = null;
  let opaque = Number.POSITIVE_INFINITY;
  const occludable: { place: NodePlace; hit: Hit }[] = [];
  for (const place of places()) {
    if (!place.shown || place.veiled) continue;
    const { visual } = place;
    const hit = cast(place, ray, eye);
    if (!hit) continue;
    if (visual?.opaque?.()) opaque = Math.min(opaque, hit.distance);
    if (hit.occludable) occludable.push({ place, hit });
    else if (!best || before(hit, best.hit)) best = { place, hit };
  }
  for (const found of occludable) {
    if (found.hit.distance > opaque * TOLERANCE) continue;
    if (!best || before(found.hit, best.hit)) best = found;
  }
  return best;
}

/** Whether a hit has precedence: under the pointer, on top, nearer. */
function before(a: Hit, b: Hit): boolean {
  const [aOff, bOff] = [a.off ?? 0, b.off ?? 0];
  if (aOff !== bOff) return aOff < bOff;
  if (a.onTop !== b.onTop) return a.onTop === true;
  return a.distance < b.distance;
}
