/** The instances of a batched node: validates received arrays and converts them to matrices. */
import { type Origin, originOf, ZERO } from "../localOrigin";
import { Pose } from "../pose";

export interface Instances {
  /** Number of drawable instances. */
  readonly count: number;
  /** Origin of the matrices in the node's frame: zero, unless the positions are far from it. */
  readonly origin: Origin;
  /** Column-major. */
  readonly matrices: Float32Array;
  /** The largest scale factor of each. */
  readonly reach: Float32Array;
  /** The index of each in the message. */
  readonly ids: Uint32Array;
  /** Number of instances in the message. */
  readonly total: number;
  readonly problem: string | null;
}

export const NO_INSTANCES: Instances = {
  count: 0,
  origin: ZERO,
  matrices: new Float32Array(),
  reach: new Float32Array(),
  ids: new Uint32Array(),
  total: 0,
  problem: null,
};

/** Leaves out instances whose position, orientation or scale is invalid. */
export function instancesOf(wxyzs: unknown, positions: unknown, scales: unknown): Instances {
  const refuse = (problem: string): Instances => ({ ...NO_INSTANCES, problem });
  if (!(wxyzs instanceof Float32Array) || !(positions instanceof Float32Array)) {
    return refuse("the poses of its instances must be arrays of numbers");
  }
  const total = Math.floor(positions.length / 3);
  if (positions.length !== 3 * total || wxyzs.length !== 4 * total) {
    return refuse("the numbers of its instances' orientations and positions differ");
  }
  if (scales !== null && scales !== undefined && !(scales instanceof Float32Array)) {
    return refuse("the scales of its instances must be an array of numbers");
  }
  const perInstance = scales ? scales.length / total : 0;
  if (scales && total > 0 && perInstance !== 1 && perInstance !== 3) {
    return refuse("its instances must have one or three scales each");
  }
  const matrices = new Float32Array(16 * total);
  const reach = new Float32Array(total);
  const ids = new Uint32Array(total);
  const pose = new Pose();
  const size: [number, number, number] = [1, 1, 1];
  const origin = originOf(positions);
  const [ox, oy, oz] = origin;
  let count = 0;
  for (let i = 0; i < total; i++) {
    if (scales) {
      for (let k = 0; k < 3; k++) size[k] = scales[perInstance === 1 ? i : 3 * i + k]!;
    }
    const [sx, sy, sz] = size;
    const q = 4 * i;
    const fine =
      sx - sx + (sy - sy) + (sz - sz) === 0 &&
      pose.setPosition(
        positions[3 * i]! - ox,
        positions[3 * i + 1]! - oy,
        positions[3 * i + 2]! - oz,
      ) &&
      pose.setWxyz(wxyzs[q]!, wxyzs[q + 1]!, wxyzs[q + 2]!, wxyzs[q + 3]!);
    if (!fine) continue;
    pose.toMatrix(matrices, 16 * count, sx, sy, sz);
    reach[count] = Math.max(Math.abs(sx), Math.abs(sy), Math.abs(sz));
    ids[count] = i;
    count++;
  }
  const left = total - count;
  return {
    count,
    origin,
    matrices: left > 0 ? matrices.slice(0, 16 * count) : matrices,
    reach,
    ids,
    total,
    problem: left > 0 ? `${left} of ${total} instances have no finite pose: left out` : null,
  };
}

/** Of a value for each instance in the message, those that are drawn; those that are missing are NaN. */
export function drawnOf(values: Float32Array, { ids, count, total }: Instances): Float32Array {
  if (count === total && values.length === total) return values;
  return Float32Array.from({ length: count }, (_, i) => values[ids[i]!] ?? Number.NaN);
}

/** Sorts instances back to front in linear time. */
export class DepthOrder {
  private readonly starts = new Uint32Array(BUCKETS + 1);
  private keys = new Uint16Array();
  order = new Uint32Array();

  sort(distances: Float32Array, count: number): Uint32Array {
    if (this.keys.length < count) {
      this.keys = new Uint16Array(count);
      this.order = new Uint32Array(count);
    }
    let near = Infinity;
    let far = -Infinity;
    for (let i = 0; i < count; i++) {
      near = Math.min(near, distances[i]!);
      far = Math.max(far, distances[i]!);
    }
    const k = far > near ? (BUCKETS - 1) / (far - near) : 0;
    const { starts, keys, order } = this;
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      const key = Math.round((far - distances[i]!) * k);
      keys[i] = key;
      starts[key + 1]!++;
    }
    for (let b = 0; b < BUCKETS; b++) starts[b + 1]! += starts[b]!;
    for (let i = 0; i < count; i++) order[starts[keys[i]!]!++] = i;
    return order;
  }
}

/** Copies rows of `width` numbers in the given order. */
export function copyRows(
  from: Float32Array,
  to: Float32Array,
  which: Uint32Array,
  width: number,
): void {
  for (let k = 0; k < which.length; k++) {
    const at = which[k]! * width;
    for (let c = 0; c < width; c++) to[k * width + c] = from[at + c]!;
  }
}

const BUCKETS = 4096;
