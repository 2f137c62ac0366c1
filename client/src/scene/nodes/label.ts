import type { LabelAnchor, LabelProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import type { Label as LayerLabel } from "../labels/layer";
import { pickLabel } from "../labels/pick";
import type { Pose } from "../pose";
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
    this.report("anchor", known ? null : "its anchor is not one of the nine");
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

  setCut(set: number | undefined): void {
    this.label.cut = set;
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    return pickLabel(this.label, ray, eye);
  }

  dispose(): void {
    this.label.remove();
  }
}
