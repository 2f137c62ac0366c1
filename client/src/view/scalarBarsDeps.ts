import type { NodeEdit } from "../contract";
import type { SceneWorld } from "../scene/world";
import type { Actions } from "../shared/actions";
import type { WorldFrame } from "./conventions";
import type { Probe } from "./probe";

/** What the color bars need of the view. */
export interface ScalarBarsDeps {
  container: HTMLElement;
  world: SceneWorld;
  probe: Probe;
  frame: WorldFrame;
  actions: Actions;
  edit(path: string, edit: NodeEdit): void;
  unedit(path: string, names: readonly string[]): void;
}
