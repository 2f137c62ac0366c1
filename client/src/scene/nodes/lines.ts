/** Separate line segments. */

import type { LineSegmentsProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { FatLines } from "../fatLines";
import { originOf, relativeTo } from "../localOrigin";
import { allFinite } from "../numbers";
import { SCALAR_PROPS, ScalarUniforms, scalarsFor, scalarsOf } from "../scalars";
import { srgb } from "../surfaces";
import type { Eye, Hit, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<LineSegmentsProps>;

export class LineSegments extends ObjectVisual {
  private readonly lines: FatLines;
  private readonly scalars = new ScalarUniforms(false);

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.lines = new FatLines(ctx.frame);
    this.add(this.lines.mesh);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    const before = this.count;
    if (anyOf(changed, "points")) this.setPoints(props.points);
    if (anyOf(changed, "colors") || this.count !== before) this.setColors(props.colors);
    if (anyOf(changed, ...SCALAR_PROPS) || this.count !== before) {
      const { corners } = this.scalars.set(props);
      const another = corners !== this.corners;
      this.corners = corners;
      if (another || anyOf(changed, "scalars") || this.count !== before) this.setScalars(props);
    }
    if (anyOf(changed, "thickness", "thickness_units")) {
      this.report("thickness", this.lines.takeThickness(props));
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    const hit = this.lines.pick(ray, eye, this.worldMatrix()).hit(ray, eye);
    return hit && { ...hit, occludable: true };
  }

  override dispose(): void {
    super.dispose();
    this.lines.dispose();
    this.scalars.dispose();
  }

  private count = 0;
  private corners = false;

  private setScalars(props: Props): void {
    const given = scalarsOf(props);
    const values = given && scalarsFor(given, this.corners ? 2 * this.count : this.count);
    this.lines.setScalars(values && (this.corners ? values : twice(values)), this.scalars);
  }

  private setPoints(points: unknown): void {
    const ok = points instanceof Float32Array && points.length % 6 === 0;
    const problem = ok
      ? allFinite(points)
        ? null
        : "some points are not finite: their segments are left out"
      : "its points must be two ends of three numbers for each segment";
    this.report("points", problem);
    this.count = ok ? points.length / 6 : 0;
    const array = ok ? points : new Float32Array();
    const origin = originOf(array);
    this.lines.setPoints(relativeTo(origin, array), origin);
  }

  private setColors(colors: unknown): void {
    if (colors instanceof Uint8Array && colors.length === this.count * 6 && this.count > 0) {
      this.report("colors", null);
      this.lines.setColors(colors);
      return;
    }
    const single = (colors instanceof Uint8Array || Array.isArray(colors)) && colors.length === 3;
    const fits = single || this.count === 0;
    this.report("colors", fits ? null : "its colors must be one for all, or two for each segment");
    this.lines.setColor(single ? srgb(colors) : [0.5, 0.5, 0.5]);
  }
}

/** The same number for both ends. */
function twice(values: Float32Array): Float32Array {
  const out = new Float32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) out[2 * i] = out[2 * i + 1] = values[i]!;
  return out;
}
