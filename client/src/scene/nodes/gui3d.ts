/** A GUI container at a position in the scene: this node tracks the position, the panel draws the controls. */

import type { Gui3DProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import type { MountHandle } from "../mounts";
import { Pose } from "../pose";
import type { NodeVisual, Report, Unchecked } from "../visual";

type Props = Unchecked<Gui3DProps>;

export class Gui3D implements NodeVisual {
  private mount: MountHandle | null = null;
  private container = "";
  private readonly pose = new Pose();
  private shown = false;

  constructor(
    private readonly ctx: SceneContext,
    private readonly report: Report,
  ) {}

  update(props: Props): void {
    const uuid = typeof props.container_uuid === "string" ? props.container_uuid : "";
    this.report("container", uuid ? null : "it names no container");
    if (uuid !== this.container) {
      this.mount?.remove();
      this.mount = uuid ? this.ctx.mounts.add(uuid) : null;
      this.container = uuid;
      this.mount?.setPose(this.pose);
      this.mount?.setShown(this.shown);
    }
    this.ctx.requestRender();
  }

  setPose(world: Pose): void {
    this.pose.copy(world);
    this.mount?.setPose(world);
    this.ctx.requestRender();
  }

  setShown(shown: boolean): void {
    this.shown = shown;
    this.mount?.setShown(shown);
    this.ctx.requestRender();
  }

  dispose(): void {
    this.mount?.remove();
    this.ctx.requestRender();
  }
}
