import type { Send } from "../contract";
import type { KeyModifier } from "../protocol/messages.gen";
import type { SceneWorld } from "../scene/world";
import { type Aim, along } from "./aim";
import type { WorldFrame } from "./conventions";
import { listensToClick, modifierOf } from "./modifiers";
import type { PointerFilters } from "./pointerFilters";

export interface ClickDeps {
  world: SceneWorld;
  frame: WorldFrame;
  filters: PointerFilters;
  aim: Aim;
  send: Send;
}

/** Sends clicks on nodes and on the scene, as far as the program listens to them; others select. */
export class Clicks {
  constructor(private readonly deps: ClickDeps) {}

  /** Returns whether the program gets it. */
  clicked(e: PointerEvent): boolean {
    const modifier = modifierOf(e);
    const node = this.clickNode(e, modifier);
    const scene = this.clickScene(e, modifier);
    return node || scene;
  }

  private clickScene(e: PointerEvent, modifier: KeyModifier | null): boolean {
    const { filters, aim, send } = this.deps;
    if (!filters.engaged("click", modifier)) return false;
    const ray = aim.worldRay(e);
    send({
      type: "ScenePointerMessage",
      event_type: "click",
      ray_origin: ray.origin,
      ray_direction: ray.direction,
      screen_pos: [aim.onScreen(e)],
      modifier,
      ...aim.viewport,
    });
    return true;
  }

  private clickNode(e: PointerEvent, modifier: KeyModifier | null): boolean {
    const { world, aim, frame, send } = this.deps;
    if (world.clickable.size === 0) return false;
    world.flushNodes();
    const threeRay = aim.threeRay(e);
    const found = world.pick(world.clickable, threeRay, aim.eye());
    const node = found?.place.effective;
    // As in upstream viser: a node that listens with other modifier keys still hides what is behind it.
    if (!node || !listensToClick(node.clicks, modifier)) return false;
    const ray = aim.worldRay(e);
    send({
      type: "SceneNodeClickMessage",
      name: found.place.path,
      instance_index: found.hit.instance,
      ray_origin: ray.origin,
      ray_direction: ray.direction,
      screen_pos: aim.onScreen(e),
      modifier,
      ...aim.viewport,
      owner: node.owner,
      hit_position: frame.pointToWorld(along(threeRay, found.hit.distance)),
    });
    return true;
  }
}
