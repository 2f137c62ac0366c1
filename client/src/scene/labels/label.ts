/** The state of one label. */
import type { LabelAnchor } from "../../protocol/messages.gen";

export interface LabelSpec {
  text: string;
  mode: "screen" | "scene";
  /** font_screen_scale or font_scene_height. */
  size: number;
  depthTest: boolean;
  anchor: LabelAnchor;
}

/** Callbacks of a label to its layer. */
export interface LabelOwner {
  replace(label: Label, spec: LabelSpec): void;
  moved(label: Label): void;
  changed(label: Label): void;
  drop(label: Label): void;
}

/** [left, bottom, width, height], y up. */
export type Rect = readonly [left: number, bottom: number, width: number, height: number];

export class Label {
  /** Its quads without pose; null: layout is pending. */
  quads: Float32Array | null = null;
  /** Index of its first quad in its pass's buffer. */
  first = 0;
  x = 0;
  y = 0;
  z = 0;
  /** Offset on the screen by placement, in CSS pixels, y up. */
  shiftX = 0;
  shiftY = 0;
  /** Placement found no free position. */
  faded = false;
  /** View depth when last sorted. */
  depth = 0;
  /** It is drawn: the program shows it, and its point is not cut away. */
  shown = false;
  /** Which cuts apply to it, if it is not those of the whole scene. */
  cut: number | undefined;
  private wanted = false;
  private cutAway = false;
  /** Width of its longest line before wrapping, in CSS pixels; 0 for labels with a size in scene units. */
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
    this.wanted = shown;
    this.refresh();
  }

  setCutAway(away: boolean): void {
    this.cutAway = away;
    this.refresh();
  }

  private refresh(): void {
    const shown = this.wanted && !this.cutAway;
    if (shown === this.shown) return;
    this.shown = shown;
    this.owner.changed(this);
  }

  remove(): void {
    this.owner.drop(this);
  }

  /** Its background rectangle relative to its anchor, before placement: in CSS pixels, or in scene units. */
  get box(): Rect | null {
    const q = this.quads;
    if (!q) return null;
    // The first quad is the background; the sign of its scale encodes the mode.
    const size = Math.abs(q[3]!);
    return [q[4]! * size, q[5]! * size, q[6]! * size, q[7]! * size];
  }

  report(problem: string | null): void {
    this.onProblem(problem);
  }
}
