/** What the grid's shader needs to know of the camera of each frame, computed in float64. */
import { type Camera, Matrix4, Vector3 } from "three";
import type { GridUniforms } from "./gridShader";

/** How far infinite grids are drawn, in fade distances: those that fade, and those that do not. */
const REACH = 1.05;
const REACH_UNFADED = 1e4;
/** Rings of vertices are not smaller than this share of the grid: the camera may lie in its plane. */
const MIN_UNIT = 1e-6;

export interface GridExtent {
  readonly size: readonly [width: number, height: number];
  readonly infinite: boolean;
  readonly fadeDistance: number;
  readonly fadeFromOrigin: boolean;
}

/** Where the camera's foot is between two lines, 0 to 1. */
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
    // What fades from the origin is around the origin.
    const center = e.infinite && !e.fadeFromOrigin ? 0 : -foot[i];
    u.rimLow.value[i] = -foot[i] - 0.5 * e.size[i];
    u.rimHigh.value[i] = -foot[i] + 0.5 * e.size[i];
    // Finite ones get a rim, on which half of the outermost lines lies.
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

/** Units along one of the plane's axes that a unit of the world is. */
function perWorldUnit(matrix: Matrix4, axis: 0 | 1): number {
  const e = matrix.elements;
  const length = Math.hypot(e[4 * axis]!, e[4 * axis + 1]!, e[4 * axis + 2]!);
  return length > 0 ? 1 / length : 1;
}
