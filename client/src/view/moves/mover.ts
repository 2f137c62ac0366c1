/** What moving about needs. */
import type { NodePlace, SceneWorld } from "../../scene/world";
import type { Actions } from "../../shared/actions";
import type { Aim } from "../aim";
import type { CameraRig } from "../camera";
import type { WorldFrame } from "../conventions";
import type { FlyKeys } from "../fly";
import type { PointerFilters } from "../pointerFilters";
import type { Probe } from "../probe";
import type { Stage } from "../stage";

export interface MoveDeps {
  container: HTMLElement;
  canvas: HTMLCanvasElement;
  stage: Stage;
  world: SceneWorld;
  frame: WorldFrame;
  aim: Aim;
  probe: Probe;
  fly: FlyKeys;
  filters: PointerFilters;
  actions: Actions;
  /** Paths of the nodes that the user has selected. */
  selected(): readonly string[];
  requestRender(): void;
}

/** Moving about, for what its actions do. */
export interface Mover {
  readonly deps: MoveDeps;
  /** Of the view that is used. */
  readonly rig: CameraRig;
  /** The path of the node that was focused last; "": none yet. */
  last: string;
  /** What an action on a node is for: what is selected, else what is under the mouse, else what was focused last. */
  targets(): readonly string[];
  /** A node that is still there and shown; null: it is not. */
  shown(path: string): NodePlace | null;
}
