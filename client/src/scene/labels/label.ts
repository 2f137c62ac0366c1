/** One label's handle. */
import type { LabelAnchor } from "../../protocol/messages.gen";

export interface LabelSpec {
  text: string;
  mode: "screen" | "scene";
  /** font_screen_scale or font_scene_height. */
  size: number;
  depthTest: boolean;
  anchor: LabelAnchor;
}

/** What a label tells the layer that it belongs to. */
export interface LabelOwner {
  replace(label: Label, spec: LabelSpec): void;
  moved(label: Label): void;
  changed(label: Label): void;
  drop(label: Label): void;
}

/** [left, bottom, width, height], y up. */
export type Rect = readonly [left: number, bottom: number, width: number, height: number];

export class Label {
  /** Its quads, their pose left out; null: to be laid out. */
  quads: Float32Array | null = null;
  /** First quad in its pass's buffer. */
  first = 0;
  x = 0;
  y = 0;
  z = 0;
  /** How far placement moved it on the screen, in CSS pixels, y up. */
  shiftX = 0;
  shiftY = 0;
  /** Placement found no room for it. */
  faded = false;
  /** Distance along the view when last sorted. */
  depth = 0;
  shown = false;
  /** Width of its longest line before wrapping, in CSS pixels; 0 for labels of a size in the scene. */
  unwrappedWidth = 0;

  constructor(
    private readonly owner: LabelOwner,
    public spec: LabelSpec,
    private readonly onProblem: (text: string | null) => void,
  ) {}

  set(spec: LabelSpec): void {
    this.owner.replace(this, spec);
  }

  moveTo(x: number, y: number, z: number): void {
    this.x = x;
    this.y = y;
    this.z = z;
    this.owner.moved(this);
  }

  show(shown: boolean): void {
    if (shown === this.shown) return;
    this.shown = shown;
    this.owner.changed(this);
  }

  remove(): void {
    this.owner.drop(this);
  }

  /** Its background around its anchor, before placement: in CSS pixels, or in scene units. */
  get box(): Rect | null {
    const q = this.quads;
    if (!q) return null;
    // The first quad is the background; the sign of its scale is the mode.
    const size = Math.abs(q[3]!);
    return [q[4]! * size, q[5]! * size, q[6]! * size, q[7]! * size];
  }

  report(problem: string | null): void {
    this.onProblem(problem);
  }
}
