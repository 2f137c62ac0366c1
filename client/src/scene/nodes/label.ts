import type { LabelAnchor, LabelProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import type { Label as LayerLabel } from "../labels/layer";
import type { Pose } from "../pose";
import { ahead, fromEye, pointerAt } from "../screenPick";
import type { Eye, Hit, NodeVisual, Ray, Report, Unchecked } from "../visual";

type Props = Unchecked<LabelProps>;

const ANCHORS: ReadonlySet<unknown> = new Set(
  ["top", "center", "bottom"].flatMap((v) => ["left", "center", "right"].map((h) => `${v}-${h}`)),
);

export class Label implements NodeVisual {
  private readonly label: LayerLabel;

  constructor(
    ctx: SceneContext,
    private readonly report: Report,
  ) {
    this.label = ctx.labels.add(
      { text: "", mode: "screen", size: 1, depthTest: false, anchor: "top-left" },
      (text) => report("text", text),
    );
  }

  update(props: Props): void {
    const scene = props.font_size_mode === "scene";
    const anchor = props.anchor ?? "top-left";
    const known = ANCHORS.has(anchor);
    this.report("anchor", known ? null : "its anchor is none of the nine");
    this.label.set({
      text: String(props.text ?? ""),
      mode: scene ? "scene" : "screen",
      size: Number(scene ? props.font_scene_height : props.font_screen_scale),
      depthTest: props.depth_test === true,
      anchor: known ? (anchor as LabelAnchor) : "top-left",
    });
  }

  setPose(world: Pose): void {
    this.label.moveTo(world.px, world.py, world.pz);
  }

  setShown(shown: boolean): void {
    this.label.show(shown);
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    const { box, spec } = this.label;
    if (!box) return null;
    const [x, y, depth] = fromEye(ray, eye, this.label.x, this.label.y, this.label.z);
    if (!(depth > eye.near)) return null;
    const [px, py] = pointerAt(ray, eye);
    // In units of the box, from the label's place.
    const unit = box.size * (spec.mode === "screen" ? eye.pixel : 1 / depth);
    const [left, bottom, width, height] = box.rect as [number, number, number, number];
    const right = (px - x / depth) / unit - left;
    const up = (py - y / depth) / unit - bottom;
    if (!(right >= 0 && right <= width && up >= 0 && up <= height)) return null;
    const hit: Hit = { distance: depth / ahead(ray, eye), instance: null };
    return spec.depthTest ? { ...hit, coverable: true } : { ...hit, onTop: true };
  }

  dispose(): void {
    this.label.remove();
  }
}
