/**
 * GPU buffers of a point cloud. They are reallocated only when the points exceed their capacity: with spare capacity
 * if points are appended. Partial changes are uploaded partially.
 */
import { BufferAttribute, BufferGeometry, Sphere } from "three";
import { withCapacity } from "../../protocol/patch";
import { type Origin, originOf, subtract, ZERO } from "../localOrigin";
import { Uploads } from "../uploads";
import { ALIGNED, align } from "./pointAlign";

export type Positions = Float32Array | Uint16Array;

/** Capacity relative to the number of points, when points are appended. */
const GROWTH = 1.5;

interface PositionAttribute extends BufferAttribute {
  isFloat16BufferAttribute?: boolean;
}

export class PointBuffers {
  geometry = new BufferGeometry();
  count = 0;
  /** Local origin of the positions in the buffers, in the node's frame. */
  origin: Origin = ZERO;
  /** The positions relative to the origin, unless it is zero. */
  private relative: Float32Array | null = null;
  private capacity = 0;
  private half = false;
  private positions: Uploads | null = null;
  private colors: Uploads | null = null;
  private scalars: Uploads | null = null;
  /** The copy of numbers that are not as many as the points. */
  private ownScalars: Float32Array | null = null;

  /**
   * Sets the points. With `parts` (pairs of an offset and a length, in elements), only these have changed. Returns
   * true if the buffers are new, so that the colors must be set again.
   */
  setPositions(array: Positions, parts: readonly number[] | null): boolean {
    this.count = array.length / 3;
    const half = array instanceof Uint16Array;
    const before = this.origin;
    const positions = this.relativeOf(array, parts);
    const fresh = !this.positions || half !== this.half || !this.fits(positions, parts !== null);
    if (fresh) this.allocate(positions, parts !== null);
    const { attribute } = this.positions!;
    const whole = fresh || this.origin !== before;
    if (half) {
      alignParts(array, attribute.array as Uint16Array, whole ? null : parts);
      upload(this.positions!, ALIGNED, array.length, whole ? null : parts);
    } else {
      attribute.array = positions;
      upload(this.positions!, 3, array.length, whole ? null : parts);
    }
    this.geometry.setDrawRange(0, this.count);
    return fresh;
  }

  setColors(array: Uint8Array, parts: readonly number[] | null): void {
    const fresh = this.colors === null;
    if (fresh) {
      const attribute = new BufferAttribute(
        new Uint8Array(this.capacity * ALIGNED).fill(255),
        ALIGNED,
        true,
      );
      this.colors = new Uploads(attribute);
      this.geometry.setAttribute("pointColor", attribute);
    }
    const { attribute } = this.colors!;
    alignParts(array, attribute.array as Uint8Array, fresh ? null : parts);
    upload(this.colors!, ALIGNED, array.length, fresh ? null : parts);
  }

  /** A number for each point; those that are missing are NaN. */
  setScalars(values: Float32Array, parts: readonly number[] | null): void {
    const fits = values.length === this.capacity;
    const known = this.scalars?.attribute.array as Float32Array | undefined;
    // Without copying: new numbers of all points cost their upload only.
    const own = !fits && known && known !== values && this.ownScalars === known;
    const array = fits ? values : own ? known : new Float32Array(this.capacity);
    if (!fits) {
      array.set(values.subarray(0, this.capacity));
      array.fill(Number.NaN, values.length);
      this.ownScalars = array;
    }
    if (!this.scalars) {
      this.scalars = new Uploads(new BufferAttribute(array, 1));
      this.geometry.setAttribute("scalar", this.scalars.attribute);
      this.scalars.whole();
      return;
    }
    this.scalars.attribute.array = array;
    if (parts && (array === known || fits)) {
      for (let i = 0; i < parts.length; i += 2) this.scalars.part(parts[i]!, parts[i + 1]!);
    } else this.scalars.whole();
  }

  dispose(): void {
    this.geometry.dispose();
  }

  /** The array with the spare capacity behind its end; for far positions a copy, relative to an origin. */
  private relativeOf(array: Positions, parts: readonly number[] | null): Positions {
    const half = array instanceof Uint16Array;
    const all = half ? array : this.backingArray(array);
    const before = this.origin;
    // Half floats end at 65,504, with a precision far below that of the GPU.
    this.origin = half ? ZERO : originOf(array, parts && before);
    if (half || this.origin === ZERO) {
      this.relative = null;
      return all;
    }
    const known = this.origin === before && this.relative?.length === all.length;
    if (this.relative?.length !== all.length) this.relative = new Float32Array(all.length);
    for (const [first, end] of rowsOf(array.length, known ? parts : null)) {
      subtract(this.origin, array, this.relative, first, end);
    }
    return this.relative;
  }

  /** Whether the existing buffers can be reused for the points. */
  private fits(positions: Positions, partly: boolean): boolean {
    if (positions instanceof Float32Array) return positions.length === this.capacity * 3;
    return partly ? this.count <= this.capacity : this.count === this.capacity;
  }

  /** The memory that the attribute uses: the array with the spare capacity behind its end. */
  private backingArray(array: Float32Array): Float32Array {
    const all = withCapacity(array);
    return all.length % 3 === 0 ? all : all.subarray(0, all.length - (all.length % 3));
  }

  private allocate(positions: Positions, partly: boolean): void {
    // three.js frees buffers only with their geometry, not when an attribute is replaced.
    this.geometry.dispose();
    this.geometry = new BufferGeometry();
    // three.js sorts by the center of this sphere; without one it would compute it from all points.
    this.geometry.boundingSphere = new Sphere();
    this.half = positions instanceof Uint16Array;
    let position: PositionAttribute;
    if (positions instanceof Float32Array) {
      this.capacity = positions.length / 3;
      position = new BufferAttribute(positions, 3);
    } else {
      this.capacity = partly ? Math.ceil(this.count * GROWTH) : this.count;
      position = new BufferAttribute(new Uint16Array(this.capacity * ALIGNED), ALIGNED);
      // Makes three.js upload the array as half floats.
      position.isFloat16BufferAttribute = true;
    }
    this.positions = new Uploads(position);
    this.geometry.setAttribute("position", position);
    this.colors = null;
    this.scalars = null;
    this.ownScalars = null;
  }
}

/** Copies what has changed to where four values are a point. */
function alignParts(
  from: Uint8Array | Uint16Array,
  out: Uint8Array | Uint16Array,
  parts: readonly number[] | null,
): void {
  for (const [first, end] of rowsOf(from.length, parts)) align(from, out, first, end);
}

function upload(to: Uploads, width: number, length: number, parts: readonly number[] | null): void {
  if (parts === null) {
    to.whole();
    return;
  }
  for (const [first, end] of rowsOf(length, parts)) to.part(first * width, (end - first) * width);
}

/** Ranges of points that the parts of an array of this length touch; without parts, all points. */
function* rowsOf(length: number, parts: readonly number[] | null): Generator<[number, number]> {
  if (parts === null) {
    yield [0, length / 3];
    return;
  }
  for (let i = 0; i < parts.length; i += 2) {
    const first = Math.floor(parts[i]! / 3);
    // The array may have been shortened since.
    const end = Math.min(Math.ceil((parts[i]! + parts[i + 1]!) / 3), length / 3);
    if (first < end) yield [first, end];
  }
}
