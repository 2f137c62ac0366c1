import type { LabelAnchor } from "../../protocol/messages.gen";
import type { NodeVisual, Report, SceneContext } from "../context";
import type { Label as LayerLabel } from "../labels/layer";
import type { Pose } from "../pose";

export class Label implements NodeVisual {
  private readonly label: LayerLabel;

  constructor(ctx: SceneContext, report: Report) {
    this.label = ctx.labels.add(
      { text: "", mode: "screen", size: 1, depthTest: false, anchor: "top-left" },
      (text) => report("text", text),
    );
  }

  update(props: Record<string, unknown>): void {
    const scene = props.font_size_mode === "scene";
    this.label.set({
      text: String(props.text ?? ""),
      mode: scene ? "scene" : "screen",
      size: Number(scene ? props.font_scene_height : props.font_screen_scale),
      depthTest: props.depth_test === true,
      anchor: (props.anchor ?? "top-left") as LabelAnchor,
    });
  }

  setPose(world: Pose): void {
    this.label.moveTo(world.px, world.py, world.pz);
  }

  setShown(shown: boolean): void {
    this.label.show(shown);
  }

  dispose(): void {
    this.label.remove();
  }
}
