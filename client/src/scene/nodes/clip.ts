/** Planes and boxes that cut the scene open, and the lines that show where they are. */
import type { ClipBoxProps, ClipPlaneProps, Vec3 } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { Cut, MAX_CUTS } from "../cuts/cut";
import { FatLines } from "../fatLines";
import type { Pose } from "../pose";
import { linearRgb } from "../surfaces";
import type { Report, Unchecked } from "../visual";
import { ObjectVisual } from "./object";

type Props = Unchecked<ClipPlaneProps & ClipBoxProps>;

/** sRGB. */
const LINE_COLOR = [0.2, 0.49, 0.93] as const;
let cuts = 0;

abstract class Clip extends ObjectVisual {
  readonly uncut = true;
  protected readonly cut: Cut;
  private readonly lines: FatLines;
  private valid = false;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    // In the order of their creation, before those of the page's user.
    this.cut = new Cut(`0 ${String(++cuts).padStart(9, "0")}`);
    this.cut.tellOver = (over) =>
      this.report("count", over ? `it cuts nothing: only the first ${MAX_CUTS} do` : null);
    this.lines = new FatLines(ctx.frame);
    this.lines.setColor(LINE_COLOR);
    this.lines.setThickness({ value: 1.5, units: "screen" });
    this.group.userData.cut = 0;
    this.add(this.lines.mesh);
    ctx.cuts.add(this.cut);
  }

  update(props: Props): void {
    const { cut } = this;
    const problem = this.apply(props);
    this.report("cut", problem);
    this.valid = problem === null;
    cut.flip = props.flip === true;
    cut.nodes = Array.isArray(props.nodes)
      ? props.nodes.filter((name) => typeof name === "string")
      : [];
    cut.cap = props.open !== true;
    const color = props.cap_color;
    cut.capColor = Array.isArray(color) && color.length === 3 ? linearRgb(color) : null;
    this.lines.setPoints(new Float32Array(this.valid ? this.outlineOf(props) : []));
    this.refresh();
  }

  override setPose(world: Pose): void {
    super.setPose(world);
    this.cut.pose.copy(world);
    this.ctx.requestRender();
  }

  override setShown(shown: boolean): void {
    super.setShown(shown);
    this.refresh();
  }

  /** It is not cut itself. */
  override setCut(): void {}

  override dispose(): void {
    super.dispose();
    this.lines.dispose();
    this.ctx.cuts.remove(this.cut);
  }

  /** Returns the problem with it; then it does not cut. */
  protected abstract apply(props: Props): string | null;
  /** Six numbers per line. */
  protected abstract outlineOf(props: Props): number[];

  private refresh(): void {
    this.cut.shown = this.valid && this.group.visible;
    this.ctx.requestRender();
  }
}

export class ClipPlane extends Clip {
  protected apply({ normal }: Props): string | null {
    const length = Math.hypot(...numbers(normal));
    const ok = length > 0 && Number.isFinite(length);
    this.cut.normal = ok ? (numbers(normal).map((v) => v / length) as Vec3) : [0, 0, 1];
    return ok ? null : "its normal must be three finite numbers, not all 0";
  }

  protected outlineOf({ outline }: Props): number[] {
    const half = Number(outline) / 2;
    return half > 0 && Number.isFinite(half) ? squareOf(this.cut.normal!, half) : [];
  }
}

export class ClipBox extends Clip {
  protected apply({ size }: Props): string | null {
    const half = numbers(size).map((v) => v / 2) as Vec3;
    const ok = half.every((v) => v > 0 && Number.isFinite(v));
    if (ok) this.cut.half = half;
    return ok ? null : "its size must be three finite numbers above 0";
  }

  protected outlineOf({ no_outline }: Props): number[] {
    return no_outline === true ? [] : boxLines(this.cut.half);
  }
}

function numbers(v: unknown): Vec3 {
  const ok = Array.isArray(v) && v.length === 3 && v.every((x) => typeof x === "number");
  return ok ? (v as Vec3) : [Number.NaN, Number.NaN, Number.NaN];
}

/** The edges of a square around the origin, perpendicular to a direction, and a line along that. */
export function squareOf([x, y, z]: Vec3, half: number): number[] {
  const other: Vec3 = Math.abs(z) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const u = unit(cross(other, [x, y, z]));
  const v = cross([x, y, z], u);
  const corner = (s: number, t: number): Vec3 =>
    [0, 1, 2].map((i) => half * (s * u[i]! + t * v[i]!)) as Vec3;
  const [a, b, c, d] = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  const tip: Vec3 = [x * half * 0.4, y * half * 0.4, z * half * 0.4];
  return [a, b, b, c, c, d, d, a, [0, 0, 0] as Vec3, tip].flat();
}

/** The edges of a box around the origin. */
export function boxLines(half: Vec3): number[] {
  const out: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    for (const s of [-1, 1]) {
      for (const t of [-1, 1]) {
        for (const end of [-1, 1]) {
          const p = [0, 0, 0];
          p[axis] = end * half[axis]!;
          p[(axis + 1) % 3] = s * half[(axis + 1) % 3]!;
          p[(axis + 2) % 3] = t * half[(axis + 2) % 3]!;
          out.push(...p);
        }
      }
    }
  }
  return out;
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(v: Vec3): Vec3 {
  const n = Math.hypot(...v);
  return [v[0] / n, v[1] / n, v[2] / n];
}
