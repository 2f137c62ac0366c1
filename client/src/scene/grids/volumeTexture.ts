/** The numbers of a volume, as the graphics card takes them. */
import {
  Data3DTexture,
  FloatType,
  HalfFloatType,
  LinearFilter,
  NearestFilter,
  RedFormat,
  UnsignedByteType,
} from "three";

export type Numbers = Uint8Array | Uint16Array | Float32Array;
type Three = readonly [number, number, number];

/** More bytes than this are not sent to the graphics card. */
const MAX_BYTES = 1 << 29;

export interface Limits {
  /** The largest size along an axis. */
  side: number;
  /** Whether 32-bit floats can be interpolated. */
  floats: boolean;
}

export interface Thinned {
  numbers: Numbers;
  size: [number, number, number];
  /** Of so many numbers along each axis, one is kept. */
  every: [number, number, number];
}

/** Leaves out numbers, evenly, until the grid fits. */
export function thin(numbers: Numbers, size: Three, side: number, most = MAX_BYTES): Thinned {
  const every = size.map((n) => Math.ceil(n / side)) as [number, number, number];
  const counts = () => size.map((n, k) => Math.ceil(n / every[k]!)) as [number, number, number];
  for (;;) {
    const [x, y, z] = counts();
    if (x * y * z * numbers.BYTES_PER_ELEMENT <= most) break;
    const k = x >= y && x >= z ? 0 : y >= z ? 1 : 2;
    every[k]!++;
  }
  if (every.every((n) => n === 1)) return { numbers, size: [...size], every };
  const [nx, ny, nz] = counts();
  const out = new (numbers.constructor as new (n: number) => Numbers)(nx * ny * nz);
  let i = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const row = size[0] * (y * every[1] + size[1] * z * every[2]);
      for (let x = 0; x < nx; x++) out[i++] = numbers[row + x * every[0]]!;
    }
  }
  return { numbers: out, size: [nx, ny, nz], every };
}

/** The values of a texture times this are the numbers. */
export function factorOf(numbers: Numbers): number {
  return numbers instanceof Uint8Array ? 255 : 1;
}

/** Shows the numbers in a texture: the given one, if it has that size and type. */
export function textureOf(
  old: Data3DTexture | null,
  { numbers, size }: Thinned,
  floats: boolean,
): Data3DTexture {
  const type =
    numbers instanceof Uint8Array
      ? UnsignedByteType
      : numbers instanceof Float32Array && floats
        ? FloatType
        : HalfFloatType;
  const data = numbers instanceof Float32Array && !floats ? halves(numbers) : numbers;
  const [width, height, depth] = size;
  const { image } = old ?? {};
  const fits =
    old?.type === type &&
    image?.width === width &&
    image.height === height &&
    image.depth === depth;
  if (old && image && fits) {
    image.data = data as Uint8Array<ArrayBuffer>;
    old.needsUpdate = true;
    return old;
  }
  old?.dispose();
  const texture = new Data3DTexture(data as Uint8Array<ArrayBuffer>, width, height, depth);
  texture.format = RedFormat;
  texture.type = type;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}

export function setFilter(texture: Data3DTexture, blocks: boolean): void {
  const filter = blocks ? NearestFilter : LinearFilter;
  if (texture.magFilter === filter) return;
  texture.minFilter = texture.magFilter = filter;
  texture.needsUpdate = true;
}

/** The bits of half floats. */
function halves(numbers: Float32Array): Uint16Array {
  const out = new Uint16Array(numbers.length);
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  for (let i = 0; i < out.length; i++) out[i] = half(bits[i]!);
  return out;
}

function half(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00 | (exponent > 142 && fraction ? 1 : 0);
  if (exponent <= 0) {
    return exponent < -10 ? sign : sign | ((fraction | 0x800000) >> (14 - exponent));
  }
  return (sign | (exponent << 10) | (fraction >> 13)) + ((fraction >> 12) & 1);
}
