/** Gaussian splats: one node's share of those that ../splats draws all together. */

import { Matrix4 } from "three";
import type { GaussianSplatsProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import type { Pose } from "../pose";
import type { SplatMember } from "../splats/member";
import type { Hit, Parts, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<GaussianSplatsProps>;

const NONE = new Uint32Array();

export class GaussianSplats extends ObjectVisual {
  private readonly member: SplatMember;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.member = {
      splats: NONE,
      matrix: new Matrix4(),
      shown: false,
      report,
      changed: { all: true, parts: null, place: true },
    };
    ctx.splats.add(this.member);
  }

  update(props: Props, changed: ReadonlySet<string> | null, parts: Parts = new Map()): void {
    if (anyOf(changed, "buffer")) this.setSplats(props.buffer, parts.get("buffer"));
    if (anyOf(changed, "scale")) {
      this.setScale(props.scale);
      this.placed();
    }
    this.ctx.requestRender();
  }

  override setPose(world: Pose): void {
    super.setPose(world);
    this.placed();
  }

  override setShown(shown: boolean): void {
    super.setShown(shown);
    this.member.shown = shown;
    this.member.changed.place = true;
  }

  raycast(ray: Ray): Hit | null {
    return this.ctx.splats.raycast(this.member, ray);
  }

  override dispose(): void {
    super.dispose();
    this.ctx.splats.remove(this.member);
  }

  private setSplats(buffer: unknown, parts: readonly number[] | undefined): void {
    const { member } = this;
    const ok = buffer instanceof Uint32Array && buffer.length % 8 === 0;
    this.report("splats", ok ? null : "its splats must be eight whole numbers each");
    if (ok && parts) member.changed.parts = [...(member.changed.parts ?? []), ...parts];
    else member.changed.all = true;
    member.splats = ok ? buffer : NONE;
  }

  private placed(): void {
    this.worldMatrix(this.member.matrix);
    this.member.changed.place = true;
  }
}
