import type { NodeVisual, Report, SceneContext } from "../context";

/** A kind of viser's that this page can't draw: a mark in the tree; its children are drawn all the same. */
export class Placeholder implements NodeVisual {
  constructor(_: SceneContext, report: Report) {
    report("kind", "not shown by this client yet");
  }
  update(): void {}
  setPose(): void {}
  setShown(): void {}
  dispose(): void {}
}
