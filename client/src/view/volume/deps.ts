import type { NodeEdit } from "../../contract";
import type { SceneWorld } from "../../scene/world";
import type { Actions } from "../../shared/actions";

/** What adjusting volumes needs of the view. */
export interface VolumeDeps {
  container: HTMLElement;
  actions: Actions;
  world: SceneWorld;
  selected(): readonly string[];
  edit(path: string, edit: NodeEdit): void;
  unedit(path: string, names: readonly string[]): void;
}
