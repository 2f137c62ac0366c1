/** Splines, drawn as line segments. */

import type { CatmullRomSplineProps, CubicBezierSplineProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { type CurveKind, catmullRom, cubicBezier } from "../curves";
import { FatLines } from "../fatLines";
import { type Origin, originOf, relativeTo, ZERO } from "../localOrigin";
import { allFinite } from "../numbers";
import { srgb } from "../surfaces";
import type { Eye, Hit, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<CatmullRomSplineProps & CubicBezierSplineProps>;

const KINDS: readonly unknown[] = ["centripetal", "chordal", "catmullrom"];
const NONE = new Float32Array();

abstract class Spline extends ObjectVisual {
  private readonly lines: FatLines;
  /** Properties that affect the curve. */
  protected abstract readonly shape: readonly string[];

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.lines = new FatLines(ctx.frame);
    this.add(this.lines.mesh);
  }

  /** The line segments of valid points, relative to an origin. */
  protected abstract pieces(props: Props, origin: Origin, wanted: number | null): Float32Array;

  /** Problem with the points. */
  protected problem(props: Props): string | null {
    return pointsProblem(props.points, "points");
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, ...this.shape)) this.build(props);
    if (anyOf(changed, "color")) this.lines.setColor(srgb(props.color));
    if (anyOf(changed, "thickness", "thickness_units")) {
      this.report("thickness", this.lines.takeThickness(props));
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray, eye: Eye): Hit | null {
    const best = this.lines.pick(ray, eye, this.worldMatrix());
    const stretch = Math.floor(((best.index + 0.5) / this.segmentCount) * this.spans);
    const hit = best.hit(ray, eye, stretch);
    return hit && { ...hit, occludable: true };
  }

  override dispose(): void {
    super.dispose();
    this.lines.dispose();
  }

  /** Numbers of line segments that are drawn, and of spans between points. */
  private segmentCount = 1;
  private spans = 1;

  private build(props: Props): void {
    const n = props.segments ?? null;
    const ok = n === null || (typeof n === "number" && n >= 1);
    this.report("segments", ok ? null : "its number of segments must be above 0");
    const problem = this.problem(props);
    this.report("points", problem);
    // An invalid point affects its neighborhood as well: such a curve is not drawn.
    const wanted = ok && n !== null ? Math.floor(n) : null;
    const origin = problem ? ZERO : originOf(props.points as Float32Array);
    const pieces = problem ? NONE : this.pieces(props, origin, wanted);
    this.lines.setPoints(pieces, origin);
    this.segmentCount = Math.max(1, pieces.length / 6);
    const count = problem ? 1 : (props.points as Float32Array).length / 3;
    this.spans = Math.max(1, props.closed === true ? count : count - 1);
  }
}

function pointsProblem(points: unknown, what: string): string | null {
  if (!(points instanceof Float32Array) || points.length % 3 !== 0) {
    return `its ${what} must be three numbers each`;
  }
  return allFinite(points) ? null : `some ${what} are not finite: the curve is left out`;
}

export class CatmullRomSpline extends Spline {
  protected readonly shape = ["points", "curve_type", "tension", "closed", "segments"];

  protected override problem(props: Props): string | null {
    if (!KINDS.includes(props.curve_type)) return "its curve_type is not one of the three";
    if (!Number.isFinite(props.tension)) return "its tension is not a number";
    return super.problem(props);
  }

  protected pieces(props: Props, origin: Origin, wanted: number | null): Float32Array {
    const points = relativeTo(origin, props.points as Float32Array);
    const kind = props.curve_type as CurveKind;
    return catmullRom(points, kind, Number(props.tension), props.closed === true, wanted);
  }
}

export class CubicBezierSpline extends Spline {
  protected readonly shape = ["points", "control_points", "segments"];

  protected override problem(props: Props): string | null {
    const problem = super.problem(props) ?? pointsProblem(props.control_points, "control_points");
    if (problem) return problem;
    const n = (props.points as Float32Array).length / 3;
    const fits = (props.control_points as Float32Array).length / 3 === Math.max(0, 2 * n - 2);
    return fits ? null : "there must be two control points between each pair of points";
  }

  protected pieces(props: Props, origin: Origin, wanted: number | null): Float32Array {
    const points = relativeTo(origin, props.points as Float32Array);
    return cubicBezier(points, relativeTo(origin, props.control_points as Float32Array), wanted);
  }
}
