/**
 * A cloud's places and colors on the GPU. The buffers are given new memory only when there are more points
 * than they hold: then with room for more, if points are appended. What changed in part is uploaded in part.
 */
import { BufferAttribute, BufferGeometry, Sphere } from "three";
import { withRoom } from "../../protocol/patch";
import { type Origin, originOf, subtract, ZERO } from "../farPlaces";
import { Uploads } from "../uploads";

export type Places = Float32Array | Uint16Array;

/** How many more points than there are the buffers hold when points are appended. */
const GROWTH = 1.5;

interface PositionAttribute extends BufferAttribute {
  isFloat16BufferAttribute?: boolean;
}

/** Four values a point, of which three are used: three bytes or halves would not be aligned. */
const ALIGNED = 4;

export class PointBuffers {
  geometry = new BufferGeometry();
  count = 0;
  /** What the places in the buffers are relative to, in the node's frame. */
  origin: Origin = ZERO;
  /** The places relative to it, unless it is zero. */
  private relative: Float32Array | null = null;
  private room = 0;
  private half = false;
  private positions: Uploads | null = null;
  private colors: Uploads | null = null;

  /**
   * Takes new points, or, with `parts`, those whose elements (pairs of an offset and a length) are new. True
   * when there are new buffers, whose colors must be filled in.
   */
  setPlaces(array: Places, parts: readonly number[] | null): boolean {
    this.count = array.length / 3;
    const half = array instanceof Uint16Array;
    const before = this.origin;
    const places = this.relativeOf(array, parts);
    const fresh = !this.positions || half !== this.half || !this.holds(places, parts !== null);
    if (fresh) this.allocate(places, parts !== null);
    const { attribute } = this.positions!;
    const whole = fresh || this.origin !== before;
    if (half) {
      align(array, attribute.array as Uint16Array, whole ? null : parts);
      upload(this.positions!, ALIGNED, array.length, whole ? null : parts);
    } else {
      attribute.array = places;
      upload(this.positions!, 3, array.length, whole ? null : parts);
    }
    this.geometry.setDrawRange(0, this.count);
    return fresh;
  }

  setColors(array: Uint8Array, parts: readonly number[] | null): void {
    const fresh = this.colors === null;
    if (fresh) {
      const attribute = new BufferAttribute(
        new Uint8Array(this.room * ALIGNED).fill(255),
        ALIGNED,
        true,
      );
      this.colors = new Uploads(attribute);
      this.geometry.setAttribute("pointColor", attribute);
    }
    const { attribute } = this.colors!;
    align(array, attribute.array as Uint8Array, fresh ? null : parts);
    upload(this.colors!, ALIGNED, array.length, fresh ? null : parts);
  }

  dispose(): void {
    this.geometry.dispose();
  }

  /** The array with the room behind its end; of far places a copy, relative to an origin. */
  private relativeOf(array: Places, parts: readonly number[] | null): Places {
    const half = array instanceof Uint16Array;
    const all = half ? array : this.roomOf(array);
    const before = this.origin;
    // Half floats reach no farther than 65,504, in steps much larger than what the GPU loses.
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

  /** Whether the buffers can take the points as they are. */
  private holds(places: Places, partly: boolean): boolean {
    if (places instanceof Float32Array) return places.length === this.room * 3;
    return partly ? this.count <= this.room : this.count === this.room;
  }

  /** Memory that the attribute may have for its own: the array's, with what lies behind its end. */
  private roomOf(array: Float32Array): Float32Array {
    const all = withRoom(array);
    return all.length % 3 === 0 ? all : all.subarray(0, all.length - (all.length % 3));
  }

  private allocate(places: Places, partly: boolean): void {
    // Buffers go with their geometry: three.js frees none that was only replaced.
    this.geometry.dispose();
    this.geometry = new BufferGeometry();
    // three.js would walk through all points to find a middle to sort by.
    this.geometry.boundingSphere = new Sphere();
    this.half = places instanceof Uint16Array;
    let position: PositionAttribute;
    if (places instanceof Float32Array) {
      this.room = places.length / 3;
      position = new BufferAttribute(places, 3);
    } else {
      this.room = partly ? Math.ceil(this.count * GROWTH) : this.count;
      position = new BufferAttribute(new Uint16Array(this.room * ALIGNED), ALIGNED);
      // three.js uploads such an array as half floats.
      position.isFloat16BufferAttribute = true;
    }
    this.positions = new Uploads(position);
    this.geometry.setAttribute("position", position);
    this.colors = null;
  }
}

/** Three values a point to four. */
function align(
  from: Uint8Array | Uint16Array,
  out: Uint8Array | Uint16Array,
  parts: readonly number[] | null,
): void {
  for (const [first, end] of rowsOf(from.length, parts)) {
    for (let i = first * ALIGNED, k = first * 3, stop = end * 3; k < stop; i += ALIGNED, k += 3) {
      out[i] = from[k]!;
      out[i + 1] = from[k + 1]!;
      out[i + 2] = from[k + 2]!;
    }
  }
}

function upload(to: Uploads, width: number, length: number, parts: readonly number[] | null): void {
  if (parts === null) {
    to.whole();
    return;
  }
  for (const [first, end] of rowsOf(length, parts)) to.part(first * width, (end - first) * width);
}

/** Points that the parts of an array touch, which has so many numbers; all of them without parts. */
function* rowsOf(length: number, parts: readonly number[] | null): Generator<[number, number]> {
  if (parts === null) {
    yield [0, length / 3];
    return;
  }
  for (let i = 0; i < parts.length; i += 2) {
    const first = Math.floor(parts[i]! / 3);
    // It may have been cut off since.
    const end = Math.min(Math.ceil((parts[i]! + parts[i + 1]!) / 3), length / 3);
    if (first < end) yield [first, end];
  }
}
