/**
 * The faces of voxels: those between an occupied cell and an empty one. Equal neighbors in a plane become one larger
 * face. All orders are made by counting, so that the time is proportional to the number of cells, whatever their
 * coordinates.
 */

/** Faces as instances of a square. */
export interface CellFaces {
  count: number;
  /** Coordinates of the lowest cell of each, relative to `origin`: three per face. */
  corners: Float32Array<ArrayBuffer>;
  /** How many cells each covers along its two axes, which follow each other in the order x, y, z: two per face. */
  spans: Uint16Array<ArrayBuffer>;
  /** Color (sRGB) and direction (2 · axis, plus 1 for the upper side): four per face. */
  paints: Uint8Array<ArrayBuffer>;
}

export interface Cells {
  /** Coordinates of the lowest corner of all cells. */
  origin: [number, number, number];
  /** How many cells there are along x, y and z from there. */
  size: [number, number, number];
  /** Cells without those that a later one replaces, ordered by z, y, x: three coordinates each, relative to `origin`. */
  sorted: Int32Array<ArrayBuffer>;
  /** The number of each of them in the order of the node. */
  ids: Int32Array<ArrayBuffer>;
  faces: CellFaces;
  /** How many cells the node has. */
  total: number;
  /** Cells that were left out, since they are not finite or too far away. */
  bad: number;
}

/** As in the server's API. Farther ones could not be told apart. */
const LIMIT = 1 << 21;
const MAX_SPAN = 0xffff;

/** `points` are the centers of the cells, `colors` three numbers for each, or three for all. */
export function meshCells(
  points: Float32Array,
  size: readonly [number, number, number],
  colors: Uint8Array,
): Cells {
  const { at, ids: all, origin, extent, bad } = cellsOf(points, size);
  const [x, y, z] = at;
  const counter = new Counter(Math.max(...extent));
  // Within each of these orders the cells that are neighbors along one axis follow each other.
  const orders = [
    counter.by(counter.by(counter.by(all, x, extent[0]), y, extent[1]), z, extent[2]),
    counter.by(counter.by(counter.by(all, y, extent[1]), x, extent[0]), z, extent[2]),
    counter.by(counter.by(counter.by(all, z, extent[2]), x, extent[0]), y, extent[1]),
  ];
  const each = colors.length === points.length && points.length > 3;
  const colorOf = each
    ? (id: number) => (colors[3 * id]! << 16) | (colors[3 * id + 1]! << 8) | colors[3 * id + 2]!
    : () => ((colors[0] ?? 0) << 16) | ((colors[1] ?? 0) << 8) | (colors[2] ?? 0);
  const out = new Faces();
  for (let axis = 0; axis < 3; axis++) {
    const order = unique(orders[axis]!, at);
    orders[axis] = order;
    const plane = at[axis]!;
    const [u, v] = [at[axis === 0 ? 1 : 0]!, at[axis === 2 ? 1 : 2]!];
    for (const upper of [false, true]) {
      const open = counter.by(exposed(order, plane, u, v, upper), plane, extent[axis]!);
      merge(open, plane, u, v, colorOf, (first, across, up, color) =>
        out.add(x[first]!, y[first]!, z[first]!, across, up, color, 2 * axis + Number(upper)),
      );
    }
  }
  const ids = orders[0]!;
  const sorted = new Int32Array(3 * ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    sorted[3 * i] = x[id]!;
    sorted[3 * i + 1] = y[id]!;
    sorted[3 * i + 2] = z[id]!;
  }
  const total = Math.floor(points.length / 3);
  return { origin, size: extent, sorted, ids, faces: out.result(), total, bad };
}

/** The coordinates of the cells, from 0 on; `ids` are those that have some. */
function cellsOf(points: Float32Array, size: readonly [number, number, number]) {
  const count = Math.floor(points.length / 3);
  const at = [new Int32Array(count), new Int32Array(count), new Int32Array(count)] as const;
  const low = [LIMIT + 1, LIMIT + 1, LIMIT + 1];
  const high = [-LIMIT - 1, -LIMIT - 1, -LIMIT - 1];
  let ids = new Int32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    let ok = true;
    for (let k = 0; k < 3; k++) {
      const cell = Math.round(points[3 * i + k]! / size[k]! - 0.5);
      ok &&= Math.abs(cell) <= LIMIT;
      at[k]![i] = cell;
    }
    if (!ok) continue;
    ids[kept++] = i;
    for (let k = 0; k < 3; k++) {
      low[k] = Math.min(low[k]!, at[k]![i]!);
      high[k] = Math.max(high[k]!, at[k]![i]!);
    }
  }
  ids = ids.slice(0, kept);
  if (kept === 0) return { at, ids, origin: zero(), extent: zero(), bad: count };
  for (let k = 0; k < 3; k++) {
    const axis = at[k]!;
    for (let i = 0; i < count; i++) axis[i]! -= low[k]!;
  }
  const extent = low.map((v, k) => high[k]! - v + 1) as [number, number, number];
  return { at, ids, origin: low as [number, number, number], extent, bad: count - kept };
}

function zero(): [number, number, number] {
  return [0, 0, 0];
}

/** Stable sorts by a coordinate. */
class Counter {
  private readonly starts: Int32Array;

  constructor(largest: number) {
    this.starts = new Int32Array(largest + 1);
  }

  /** `extent` is above all coordinates. */
  by(
    ids: Int32Array<ArrayBuffer>,
    coordinate: Int32Array,
    extent: number,
  ): Int32Array<ArrayBuffer> {
    const starts = this.starts.subarray(0, extent + 1).fill(0);
    for (let i = 0; i < ids.length; i++) starts[coordinate[ids[i]!]! + 1]!++;
    for (let i = 1; i <= extent; i++) starts[i]! += starts[i - 1]!;
    const out = new Int32Array(ids.length);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      out[starts[coordinate[id]!]!++] = id;
    }
    return out;
  }
}

/** Without the first ones of equal cells, which follow each other. */
function unique(
  order: Int32Array<ArrayBuffer>,
  [x, y, z]: readonly [Int32Array, Int32Array, Int32Array],
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(order.length);
  let kept = 0;
  for (let i = 0; i < order.length; i++) {
    const [a, b] = [order[i]!, order[i + 1]];
    if (b !== undefined && x[a] === x[b] && y[a] === y[b] && z[a] === z[b]) continue;
    out[kept++] = a;
  }
  return out.slice(0, kept);
}

/** The cells whose next one along an axis is empty, in an order in which neighbors along it follow each other. */
function exposed(
  order: Int32Array,
  plane: Int32Array,
  u: Int32Array,
  v: Int32Array,
  upper: boolean,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(order.length);
  const step = upper ? 1 : -1;
  let kept = 0;
  for (let i = 0; i < order.length; i++) {
    const a = order[i]!;
    const b = order[i + step];
    const covered =
      b !== undefined && plane[b] === plane[a]! + step && u[b] === u[a] && v[b] === v[a];
    if (!covered) out[kept++] = a;
  }
  return out.slice(0, kept);
}

interface Run {
  first: number;
  u: number;
  across: number;
  up: number;
  color: number;
}

/** Joins faces, ordered by plane, v, u, to rectangles of one color. */
function merge(
  ids: Int32Array,
  plane: Int32Array,
  u: Int32Array,
  v: Int32Array,
  colorOf: (id: number) => number,
  emit: (first: number, across: number, up: number, color: number) => void,
): void {
  let above: Run[] = []; // the rectangles that end in the row before
  let [atPlane, atRow] = [-1, -1];
  const done = (r: Run) => emit(r.first, r.across, r.up, r.color);
  for (let i = 0; i < ids.length; ) {
    // One row.
    const [p, row] = [plane[ids[i]!]!, v[ids[i]!]!];
    if (p !== atPlane || row !== atRow + 1) {
      above.forEach(done);
      above = [];
    }
    [atPlane, atRow] = [p, row];
    const next: Run[] = [];
    let k = 0;
    while (i < ids.length && plane[ids[i]!] === p && v[ids[i]!] === row) {
      const run = runAt(ids, i, p, row, plane, u, v, colorOf);
      i += run.across;
      while (k < above.length && above[k]!.u < run.u) done(above[k++]!);
      const before = above[k];
      const fits =
        before?.u === run.u &&
        before.across === run.across &&
        before.color === run.color &&
        before.up < MAX_SPAN;
      if (fits) {
        before.up++;
        next.push(before);
        k++;
      } else {
        next.push(run);
      }
    }
    while (k < above.length) done(above[k++]!);
    above = next;
  }
  above.forEach(done);
}

/** The faces of one color that follow each other in a row, from the i-th on. */
function runAt(
  ids: Int32Array,
  i: number,
  p: number,
  row: number,
  plane: Int32Array,
  u: Int32Array,
  v: Int32Array,
  colorOf: (id: number) => number,
): Run {
  const first = ids[i]!;
  const color = colorOf(first);
  let across = 1;
  for (; across < MAX_SPAN; across++) {
    const id = ids[i + across];
    if (id === undefined || u[id] !== u[first]! + across || v[id] !== row || plane[id] !== p) break;
    if (colorOf(id) !== color) break;
  }
  return { first, u: u[first]!, across, up: 1, color };
}

/** Grows as faces are added. */
class Faces {
  private count = 0;
  private corners = new Float32Array(3 * 1024);
  private spans = new Uint16Array(2 * 1024);
  private paints = new Uint8Array(4 * 1024);

  add(
    x: number,
    y: number,
    z: number,
    across: number,
    up: number,
    color: number,
    direction: number,
  ): void {
    const i = this.count++;
    if (3 * i >= this.corners.length) this.grow();
    this.corners[3 * i] = x;
    this.corners[3 * i + 1] = y;
    this.corners[3 * i + 2] = z;
    this.spans[2 * i] = across;
    this.spans[2 * i + 1] = up;
    this.paints[4 * i] = color >> 16;
    this.paints[4 * i + 1] = color >> 8;
    this.paints[4 * i + 2] = color;
    this.paints[4 * i + 3] = direction;
  }

  result(): CellFaces {
    const { count } = this;
    return {
      count,
      corners: this.corners.slice(0, 3 * count),
      spans: this.spans.slice(0, 2 * count),
      paints: this.paints.slice(0, 4 * count),
    };
  }

  private grow(): void {
    const [{ corners }, { spans }, { paints }] = [this, this, this];
    this.corners = new Float32Array(2 * corners.length);
    this.spans = new Uint16Array(2 * spans.length);
    this.paints = new Uint8Array(2 * paints.length);
    this.corners.set(corners);
    this.spans.set(spans);
    this.paints.set(paints);
  }
}

/** The place of a cell in `sorted`, or -1. */
export function cellAt(sorted: Int32Array, x: number, y: number, z: number): number {
  let low = 0;
  let high = sorted.length / 3;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const k = 3 * middle;
    const d = sorted[k + 2]! - z || sorted[k + 1]! - y || sorted[k]! - x;
    if (d === 0) return middle;
    if (d < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}
