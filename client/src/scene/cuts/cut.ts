/** One plane or box that cuts the scene open. */
import type { Vec3 } from "../../protocol/messages.gen";
import { Pose } from "../pose";

/** As many are applied at the same time. */
export const MAX_CUTS = 8;

/** What is cut like its surroundings has none of its own; 0: nothing cuts it. */
export type CutSet = number | undefined;

export class Cut {
  /** In the three.js world. */
  readonly pose = new Pose();
  /** A cut of the page's user is in the frame of the root, at this pose. */
  inRoot: Pose | null = null;
  /** Of length 1; null: it is a box. */
  normal: Vec3 | null = null;
  /** Half the size of a box. */
  half: Vec3 = [0.5, 0.5, 0.5];
  /** A plane keeps the other side, a box the outside. */
  flip = false;
  /** Names of the nodes that are cut, with their descendants; none: all. */
  nodes: readonly string[] = [];
  cap = true;
  /** Linear; null: that of each body. */
  capColor: Vec3 | null = null;
  shown = false;
  /** Called with whether it cuts nothing as there are too many, when that changes. */
  tellOver: ((over: boolean) => void) | null = null;
  private over = false;

  /** Cuts are applied in the order of their keys. */
  constructor(readonly key: string) {}

  setOver(over: boolean): void {
    if (over === this.over) return;
    this.over = over;
    this.tellOver?.(over);
  }
}
