/** How far the points of a cloud are apart. */

/** Enough for a median. */
const QUERIES = 64;
/** Of more points only each n-th is looked at. */
const MAX_POINTS = 1_000_000;

/**
 * The median distance to the nearest other point, as if the points were evenly spread over a surface; 0 with fewer
 * than two points. Of `count` points with three coordinates each, which `at` returns.
 */
export function pointSpacing(count: number, at: (i: number, axis: 0 | 1 | 2) => number): number {
  const step = Math.max(1, Math.ceil(count / MAX_POINTS));
  const looked = Math.floor(count / step);
  const points = new Float32Array(3 * looked);
  for (let i = 0; i < looked; i++) {
    for (const axis of [0, 1, 2] as const) points[3 * i + axis] = at(i * step, axis);
  }
  const queries = Math.min(QUERIES, looked);
  const nearest: number[] = [];
  for (let q = 0; q < queries; q++) {
    const d = nearestTo(points, Math.floor((q * looked) / queries));
    if (d > 0 && d < Infinity) nearest.push(d);
  }
  nearest.sort((a, b) => a - b);
  const median = nearest[nearest.length >> 1] ?? 0;
  // On a surface, n times as many points are closer by the root of that.
  return Math.sqrt(median) / Math.sqrt(step);
}

/** Squared; points at the same place do not count. */
function nearestTo(points: Float32Array, query: number): number {
  const x = points[3 * query]!;
  const y = points[3 * query + 1]!;
  const z = points[3 * query + 2]!;
  let best = Infinity;
  for (let i = 0; i < points.length; i += 3) {
    const dx = points[i]! - x;
    const dy = points[i + 1]! - y;
    const dz = points[i + 2]! - z;
    const d = dx * dx + dy * dy + dz * dz;
    if (d < best && d > 0) best = d;
  }
  return best;
}
