import type { NodeEdit, PictureOverlay } from "../contract";
import type { SceneWorld } from "../scene/world";
import type { Actions } from "../shared/actions";
import type { Cell } from "../shared/observable";
import type { WorldFrame } from "./conventions";
import type { Probe } from "./probe";

/** What the color bars need of the view. */
export interface ScalarBarsDeps {
  container: HTMLElement;
  world: SceneWorld;
  probe: Probe;
  frame: WorldFrame;
  actions: Actions;
  /** While there are bars, they are one of what pictures can have. */
  overlays: Cell<readonly PictureOverlay[]>;
  edit(path: string, edit: NodeEdit): void;
  unedit(path: string, names: readonly string[]): void;
}
