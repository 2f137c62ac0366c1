/** Sorts splats back to front. Runs in the worker; tests run it directly. */

/** Splats of one node: their range, and the row that gives the depth of a center: row · (x, y, z, 1). */
export interface SortGroup {
  start: number;
  count: number;
  row: readonly [number, number, number, number];
}

export class DepthSort {
  /** Three numbers per splat, of all nodes. */
  private centers = new Float32Array(0);
  // Work buffers, reused by each sort.
  private keys = new Uint32Array(0);
  private ids = new Uint32Array(0);
  private halfIds = new Uint32Array(0);
  private halfKeys = new Uint16Array(0);
  private readonly low = new Uint32Array(1 << 16);
  private readonly high = new Uint32Array(1 << 16);

  setCenters(start: number, centers: Float32Array): void {
    const need = start * 3 + centers.length;
    if (need > this.centers.length) {
      const grown = new Float32Array(Math.max(need, Math.ceil(this.centers.length * 1.5)));
      grown.set(this.centers);
      this.centers = grown;
    }
    this.centers.set(centers, start * 3);
  }

  /**
   * Writes the splats' indices into `out`, the farthest first, and returns their number: those without a depth are
   * left out. A radix sort by all 32 bits of the depth, in two passes: outliers do not reduce the precision.
   */
  sort(groups: readonly SortGroup[], out: Uint32Array): number {
    const n = this.readDepths(groups, out.length);
    const { keys, ids, halfIds, halfKeys, low, high } = this;
    low.fill(0);
    high.fill(0);
    for (let i = 0; i < n; i++) {
      const key = keys[i]!;
      low[key & 0xffff]!++;
      high[key >>> 16]!++;
    }
    toStarts(low);
    toStarts(high);
    for (let i = 0; i < n; i++) {
      const key = keys[i]!;
      const to = low[key & 0xffff]!++;
      halfIds[to] = ids[i]!;
      halfKeys[to] = key >>> 16;
    }
    for (let i = 0; i < n; i++) out[high[halfKeys[i]!]!++] = halfIds[i]!;
    return n;
  }

  private readDepths(groups: readonly SortGroup[], most: number): number {
    this.reserve(groups.reduce((sum, g) => sum + g.count, 0));
    const { centers, keys, ids } = this;
    const depths = new Float32Array(keys.buffer);
    let n = 0;
    for (const { start, count, row } of groups) {
      const [a, b, c, d] = row;
      const end = Math.min(start + count, centers.length / 3);
      for (let i = start, k = start * 3; i < end && n < most; i++, k += 3) {
        const depth = a * centers[k]! + b * centers[k + 1]! + c * centers[k + 2]! + d;
        // x - x is 0 for finite numbers only.
        if (depth - depth !== 0) continue;
        depths[n] = depth;
        ids[n++] = i;
      }
    }
    // Maps floats to integers in descending order: for negative numbers all other bits are inverted too.
    for (let i = 0; i < n; i++) {
      const bits = keys[i]!;
      keys[i] = bits & 0x80000000 ? bits : ~bits & 0x7fffffff;
    }
    return n;
  }

  private reserve(n: number): void {
    if (n <= this.keys.length) return;
    const capacity = Math.ceil(n * 1.25);
    this.keys = new Uint32Array(capacity);
    this.ids = new Uint32Array(capacity);
    this.halfIds = new Uint32Array(capacity);
    this.halfKeys = new Uint16Array(capacity);
  }
}

/** Exclusive prefix sum: counts to start indices. */
function toStarts(counts: Uint32Array): void {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    counts[i] = sum;
    sum += count;
  }
}
