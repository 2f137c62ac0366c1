/** Camera-dependent uniforms of the grid's shader, computed in float64 for each frame. */
import { type Camera, Matrix4, Vector3 } from "three";
import type { GridUniforms } from "./gridShader";

/** Extent of infinite grids, in fade distances: with and without fading. */
const REACH = 1.05;
const REACH_UNFADED = 1e4;
/** Lower limit of the vertex rings' unit, as a fraction of the grid: the camera may lie in its plane. */
const MIN_UNIT = 1e-6;

export interface GridExtent {
  readonly size: readonly [width: number, height: number];
  readonly infinite: boolean;
  readonly fadeDistance: number;
  readonly fadeFromOrigin: boolean;
}

/** Position of the camera's foot between two lines, 0 to 1. */
export function phaseOf(foot: number, spacing: number): number {
  if (!(spacing > 0)) return 0;
  const phase = foot / spacing;
  return phase - Math.floor(phase);
}

const inverse = new Matrix4();
const camera_ = new Vector3();
const world = new Vector3();

/**
 * Writes the uniforms of one frame; `matrix` takes the grid's plane to the three.js world. Returns the center of
 * the drawn rectangle, in the plane.
 */
export function writeFrame(
  u: GridUniforms,
  e: GridExtent,
  matrix: Matrix4,
  camera: Camera,
): [x: number, y: number] {
  camera_.setFromMatrixPosition(camera.matrixWorld);
  inverse.copy(matrix).invert();
  const { x, y, z } = camera_.applyMatrix4(inverse);
  u.foot.value = world.set(x, y, 0).applyMatrix4(matrix).toArray();
  const foot = [x, y] as const;
  const worldReach = e.fadeDistance * (u.fadeStrength.value > 0 ? REACH : REACH_UNFADED);
  for (const i of [0, 1] as const) {
    const reach = worldReach * perWorldUnit(matrix, i);
    // A grid that fades from the origin is centered there.
    const center = e.infinite && !e.fadeFromOrigin ? 0 : -foot[i];
    u.rimLow.value[i] = -foot[i] - 0.5 * e.size[i];
    u.rimHigh.value[i] = -foot[i] + 0.5 * e.size[i];
    // Finite grids get a margin for the outer half of their outermost lines.
    const half = e.infinite ? reach : 0.51 * e.size[i];
    u.low.value[i] = center - half;
    u.high.value[i] = center + half;
    u.cellPhase.value[i] = phaseOf(foot[i], u.cell.value[0]);
    u.sectionPhase.value[i] = phaseOf(foot[i], u.section.value[0]);
  }
  const extent = Math.max(u.high.value[0] - u.low.value[0], u.high.value[1] - u.low.value[1]);
  u.unit.value = Math.max(Math.abs(z), MIN_UNIT * extent);
  return e.infinite && !e.fadeFromOrigin ? [x, y] : [0, 0];
}

/** Length of one world unit in units of one of the plane's axes. */
function perWorldUnit(matrix: Matrix4, axis: 0 | 1): number {
  const e = matrix.elements;
  const length = Math.hypot(e[4 * axis]!, e[4 * axis + 1]!, e[4 * axis + 2]!);
  return length > 0 ? 1 / length : 1;
}
