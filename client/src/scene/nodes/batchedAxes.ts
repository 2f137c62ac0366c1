/** Many coordinate frames in one node: copies of three axes. */

import { type BufferGeometry, Matrix4, Vector3 } from "three";
import type { BatchedAxesProps } from "../../protocol/messages.gen";
import { AXES_SURFACE, axisRods, hitAxisRods, touchRadius } from "../axes";
import type { SceneContext } from "../context";
import { Copies } from "../copies";
import { type Origin, originOf, relativeTo, setOrigin, shift, ZERO } from "../localOrigin";
import { Pose } from "../pose";
import { mergeColored } from "../shapes";
import type { SurfaceMaterial } from "../surfaces";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<BatchedAxesProps>;

function makeAxes(length: number, radius: number): BufferGeometry {
  const rods = axisRods(length, radius);
  const merged = mergeColored(rods);
  for (const { geometry } of rods) geometry.dispose();
  return merged;
}

const one = new Pose();
const matrix = new Matrix4();
const origin = new Vector3();
const direction = new Vector3();
const center = new Vector3();

export class BatchedAxes extends ObjectVisual {
  private readonly material: SurfaceMaterial;
  private readonly copies: Copies;
  private geometry = makeAxes(1, 1);
  private length = 0;
  private radius = 0;
  /** Local origin of the matrices, in the node's frame. */
  private origin: Origin = ZERO;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.material = ctx.surfaces.make(AXES_SURFACE);
    this.copies = new Copies(this.geometry, this.material, false);
    this.add(this.copies.holder);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, "axes_length", "axes_radius")) this.reshape(props);
    if (anyOf(changed, "batched_wxyzs", "batched_positions", "batched_scales")) this.place(props);
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    if (this.length === 0) return null;
    const toNode = this.copiesMatrix().invert();
    // Not normalized, so that distances along it stay in world units.
    origin.set(...ray.origin).applyMatrix4(toNode);
    direction.set(...ray.direction).transformDirection(toNode);
    const stretch = stretchOf(toNode, ray.direction);
    direction.multiplyScalar(stretch);
    const touch = touchRadius(this.length, this.radius);
    const reach = Math.hypot(this.length, touch);
    const m = this.copies.matrices;
    let best: Hit | null = null;
    for (let i = 0; i < this.copies.count; i++) {
      if (!this.near(m, i * 16, reach)) continue;
      matrix.fromArray(m, i * 16).invert();
      const o = origin.clone().applyMatrix4(matrix);
      const e = matrix.elements;
      const { x, y, z } = direction;
      const distance = hitAxisRods(
        [
          o.x,
          o.y,
          o.z,
          e[0]! * x + e[4]! * y + e[8]! * z,
          e[1]! * x + e[5]! * y + e[9]! * z,
          e[2]! * x + e[6]! * y + e[10]! * z,
        ],
        this.length,
        touch,
      );
      if (distance !== null && (!best || distance < best.distance))
        best = { distance, instance: i };
    }
    return best;
  }

  outline(instance: number | null): Outline | null {
    if (instance === null || instance >= this.copies.count) return null;
    const own = new Matrix4().fromArray(this.copies.matrices, instance * 16);
    return {
      geometry: this.geometry,
      matrix: this.copiesMatrix().multiply(own),
      fromCenter: false,
    };
  }

  override dispose(): void {
    super.dispose();
    this.copies.dispose();
    this.geometry.dispose();
    this.material.dispose();
  }

  /** Matrix from the copies' space to the three.js world. */
  private copiesMatrix(): Matrix4 {
    return shift(this.worldMatrix(), this.origin);
  }

  private reshape(props: Props): void {
    const length = Number(props.axes_length);
    const radius = Number(props.axes_radius);
    const ok = [length, radius].every((v) => Number.isFinite(Math.fround(v)) && v >= 0);
    this.report("size", ok ? null : "its sizes must be finite numbers, 0 or more");
    this.length = ok ? length : 0;
    this.radius = ok ? radius : 0;
    this.geometry.dispose();
    this.geometry = makeAxes(this.length, this.radius);
    this.copies.setGeometry(this.geometry);
  }

  private place(props: Props): void {
    const { batched_wxyzs: w, batched_positions: p, batched_scales: s } = props;
    const n = p instanceof Float32Array ? Math.floor(p.length / 3) : 0;
    const fits =
      p instanceof Float32Array &&
      w instanceof Float32Array &&
      p.length === 3 * n &&
      w.length === 4 * n;
    const scaled = s instanceof Float32Array && (s.length === n || s.length === 3 * n);
    const scalesFit = scaled || s === null || s === undefined;
    this.report("batch", fits ? null : "the numbers of its orientations and positions differ");
    this.report("scales", scalesFit ? null : "there must be one or three scales for each frame");
    this.copies.setCount(fits ? n : 0);
    if (!fits) return;
    this.origin = originOf(p);
    setOrigin(this.copies.holder, this.origin);
    const places = relativeTo(this.origin, p);
    const bad = writeMatrices(this.copies.matrices, w, places, scaled ? s : null);
    this.report("poses", bad > 0 ? `${bad} of its frames have no pose and are left out` : null);
    this.copies.changed();
  }

  /** Whether the ray hits the bounding sphere of a copy. */
  private near(m: Float32Array, at: number, reach: number): boolean {
    const size = Math.max(
      Math.hypot(m[at]!, m[at + 1]!, m[at + 2]!),
      Math.hypot(m[at + 4]!, m[at + 5]!, m[at + 6]!),
      Math.hypot(m[at + 8]!, m[at + 9]!, m[at + 10]!),
    );
    if (size === 0) return false;
    center.set(m[at + 12]!, m[at + 13]!, m[at + 14]!).sub(origin);
    const along = center.dot(direction) / direction.lengthSq();
    center.addScaledVector(direction, -Math.max(0, along));
    return center.length() <= size * reach;
  }
}

/** The length of a unit direction after a transform by the matrix. */
function stretchOf(m: Matrix4, [x, y, z]: readonly [number, number, number]): number {
  const e = m.elements;
  return Math.hypot(
    e[0]! * x + e[4]! * y + e[8]! * z,
    e[1]! * x + e[5]! * y + e[9]! * z,
    e[2]! * x + e[6]! * y + e[10]! * z,
  );
}

/** Scales are one or three per frame, or null for 1. Returns the number of invalid poses. */
export function writeMatrices(
  out: Float32Array,
  wxyzs: Float32Array,
  positions: Float32Array,
  scales: Float32Array | null,
): number {
  const n = positions.length / 3;
  const axes = scales && scales.length === 3 * n && n > 0;
  let bad = 0;
  for (let i = 0; i < n; i++) {
    const at = (k: number) => (scales ? scales[axes ? 3 * i + k : i]! : 1);
    const [sx, sy, sz] = [at(0), at(1), at(2)];
    const placed =
      one.setPosition(positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!) &&
      one.setWxyz(wxyzs[4 * i]!, wxyzs[4 * i + 1]!, wxyzs[4 * i + 2]!, wxyzs[4 * i + 3]!) &&
      Number.isFinite(sx + sy + sz);
    if (placed) {
      one.toMatrix(out, i * 16, sx, sy, sz);
    } else {
      bad++;
      out.fill(0, i * 16, i * 16 + 16);
      out[i * 16 + 15] = 1;
    }
  }
  return bad;
}
