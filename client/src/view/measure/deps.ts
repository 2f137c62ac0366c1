/** What measuring needs. */
import type { PictureOverlay, Send } from "../../contract";
import type { SceneWorld } from "../../scene/world";
import type { Actions } from "../../shared/actions";
import type { Cell } from "../../shared/observable";
import type { WorldFrame } from "../conventions";
import type { PointerInput } from "../pointer";
import type { Probe } from "../probe";
import type { Stage } from "../stage";

export interface MeasureDeps {
  container: HTMLElement;
  canvas: HTMLElement;
  stage: Stage;
  world: SceneWorld;
  frame: WorldFrame;
  probe: Probe;
  pointer: PointerInput;
  actions: Actions;
  overlays: Cell<readonly PictureOverlay[]>;
  send: Send;
  extended(): boolean;
  readOnly(): boolean;
  /** Paths of the nodes that are selected. */
  selected(): readonly string[];
}
