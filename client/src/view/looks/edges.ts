/** The feature edges of a triangle mesh. */

/** Two triangles that meet at more than this have an edge between them. */
const ANGLE = (30 * Math.PI) / 180;

export interface Triangles {
  /** Three numbers per vertex. */
  readonly positions: ArrayLike<number>;
  /** Three vertices per triangle; null: each three vertices in turn. */
  readonly index: ArrayLike<number> | null;
}

/**
 * Pairs of vertices: the boundaries, and the edges at which triangles meet at more than 30 degrees. Vertices at the
 * same place count as one, so that seams of normals and textures are no edges by themselves.
 */
export function featureEdges({ positions, index }: Triangles): Uint32Array {
  const vertices = Math.floor(positions.length / 3);
  const count = Math.floor((index?.length ?? vertices) / 3);
  const same = weld(positions, vertices);
  const normals = new Float32Array(3 * count);
  const seen = new EdgeTable(count);
  const kept: number[] = [];
  const limit = Math.cos(ANGLE);
  const corners = [0, 0, 0];
  for (let t = 0; t < count; t++) {
    for (let k = 0; k < 3; k++) corners[k] = index ? index[3 * t + k]! : 3 * t + k;
    if (Math.max(corners[0]!, corners[1]!, corners[2]!) >= vertices) continue;
    if (!normal(positions, corners, normals, 3 * t)) continue;
    for (let k = 0; k < 3; k++) {
      const a = corners[k]!;
      const b = corners[(k + 1) % 3]!;
      const other = seen.meet(same[a]!, same[b]!, t, a, b);
      if (other < 0) continue;
      const cos =
        normals[3 * t]! * normals[3 * other]! +
        normals[3 * t + 1]! * normals[3 * other + 1]! +
        normals[3 * t + 2]! * normals[3 * other + 2]!;
      if (!(cos >= limit)) kept.push(a, b);
    }
  }
  seen.alone((a, b) => kept.push(a, b));
  return Uint32Array.from(kept);
}

/** Places closer than this part of the mesh's size are the same: seams are often not closed to the last bit. */
const CLOSE = 2 ** -20;

/** For each vertex the first one at the same place. */
function weld(positions: ArrayLike<number>, vertices: number): Uint32Array {
  const places = rounded(positions, vertices);
  const size = tableSize(vertices);
  const table = new Int32Array(size).fill(-1);
  const out = new Uint32Array(vertices);
  for (let v = 0; v < vertices; v++) {
    let at = hash(places[3 * v]!, places[3 * v + 1]!, places[3 * v + 2]!) & (size - 1);
    while (table[at]! >= 0 && !equal(places, table[at]!, v)) at = (at + 1) & (size - 1);
    if (table[at]! < 0) table[at] = v;
    out[v] = table[at]!;
  }
  return out;
}

function rounded(positions: ArrayLike<number>, vertices: number): Int32Array {
  let most = 0;
  for (let i = 0; i < 3 * vertices; i++) {
    const size = Math.abs(positions[i]!);
    if (size > most && size < Infinity) most = size;
  }
  const scale = 1 / (CLOSE * most || 1);
  const out = new Int32Array(3 * vertices);
  for (let i = 0; i < out.length; i++) out[i] = Math.round(positions[i]! * scale);
  return out;
}

function equal(places: Int32Array, a: number, b: number): boolean {
  for (let k = 0; k < 3; k++) if (places[3 * a + k] !== places[3 * b + k]) return false;
  return true;
}

/** Edges that one triangle has had so far, and what they were. */
class EdgeTable {
  private readonly size: number;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  /** The triangle; -1 once another one had the edge too. */
  private readonly triangles: Int32Array;
  private readonly ends: Uint32Array;

  constructor(triangles: number) {
    this.size = tableSize(3 * triangles);
    this.lows = new Int32Array(this.size).fill(-1);
    this.highs = new Int32Array(this.size);
    this.triangles = new Int32Array(this.size);
    this.ends = new Uint32Array(2 * this.size);
  }

  /** Notes that a triangle has an edge; returns the one that had it alone before, or -1. */
  meet(from: number, to: number, triangle: number, a: number, b: number): number {
    const low = Math.min(from, to);
    const high = Math.max(from, to);
    let at = hash(low, high, 0) & (this.size - 1);
    while (this.lows[at]! >= 0) {
      if (this.lows[at] === low && this.highs[at] === high) {
        const other = this.triangles[at]!;
        this.triangles[at] = -1;
        return other;
      }
      at = (at + 1) & (this.size - 1);
    }
    this.lows[at] = low;
    this.highs[at] = high;
    this.triangles[at] = triangle;
    this.ends[2 * at] = a;
    this.ends[2 * at + 1] = b;
    return -1;
  }

  /** Calls back for the edges that only one triangle has. */
  alone(found: (a: number, b: number) => void): void {
    for (let at = 0; at < this.size; at++) {
      if (this.lows[at]! < 0 || this.triangles[at]! < 0) continue;
      found(this.ends[2 * at]!, this.ends[2 * at + 1]!);
    }
  }
}

/** A power of two, with room to spare. */
function tableSize(entries: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, 2 * entries)));
}

function hash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x27d4eb2f);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Writes the unit normal; false: the triangle has none, as it has no area or is not finite. */
function normal(
  p: ArrayLike<number>,
  [a, b, c]: readonly number[],
  out: Float32Array,
  at: number,
): boolean {
  const ax = p[3 * a!]!;
  const ay = p[3 * a! + 1]!;
  const az = p[3 * a! + 2]!;
  const ux = p[3 * b!]! - ax;
  const uy = p[3 * b! + 1]! - ay;
  const uz = p[3 * b! + 2]! - az;
  const vx = p[3 * c!]! - ax;
  const vy = p[3 * c! + 1]! - ay;
  const vz = p[3 * c! + 2]! - az;
  const nx = uy * vz - uz * vy;
  const ny = uz * vx - ux * vz;
  const nz = ux * vy - uy * vx;
  const length = Math.hypot(nx, ny, nz);
  if (!(length > 0 && length < Infinity)) return false;
  out[at] = nx / length;
  out[at + 1] = ny / length;
  out[at + 2] = nz / length;
  return true;
}
