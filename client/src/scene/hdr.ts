/** Decodes environment maps to HDR textures: Ultra HDR JPEG, Radiance (.hdr) and OpenEXR. In a separate chunk. */
import {
  DataTexture,
  DataUtils,
  EquirectangularReflectionMapping,
  HalfFloatType,
  LinearFilter,
  LinearSRGBColorSpace,
  RGBAFormat,
} from "three";
import { HDRLoader } from "three/examples/jsm/loaders/HDRLoader.js";
import { applyGain, parseGainMap } from "./gainMap";

/** What an EXR picture begins with. */
const EXR: readonly number[] = [0x76, 0x2f, 0x31, 0x01];

/** The largest half float. */
const MAX_HALF = 65504;

/** The caller owns the texture. Errors are user-facing. */
export async function decodeHdr(bytes: Uint8Array, maxSize: number): Promise<DataTexture> {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return decodeGainMap(bytes, maxSize);
  if (bytes[0] === 0x23 && bytes[1] === 0x3f) return decodeRadiance(bytes, maxSize);
  if (EXR.every((byte, i) => bytes[i] === byte)) {
    const { decodeExr } = await import("./exr");
    const exr = decodeExr(bytes, (width, height) => checkSize(width, height, maxSize));
    const t = texture(exr.data, exr.width, exr.height);
    t.flipY = false;
    return t;
  }
  throw new Error("it is neither a JPEG with a gain map nor a Radiance or EXR picture");
}

async function decodeGainMap(bytes: Uint8Array, maxSize: number): Promise<DataTexture> {
  const map = parseGainMap(bytes);
  const [base, gain] = await Promise.all([bitmap(map.base), bitmap(map.gain)]);
  try {
    const { width, height } = base;
    checkSize(width, height, maxSize);
    const light = applyGain(map, pixels(base, width, height), pixels(gain, width, height));
    const half = new Uint16Array(light.length);
    for (let i = 0; i < light.length; i++) {
      half[i] = DataUtils.toHalfFloat(Math.min(light[i]!, MAX_HALF));
    }
    return texture(half, width, height);
  } finally {
    base.close();
    gain.close();
  }
}

function decodeRadiance(bytes: Uint8Array, maxSize: number): DataTexture {
  const size = /\n-Y (\d+) \+X (\d+)\n/.exec(
    new TextDecoder("latin1").decode(bytes.subarray(0, 4096)),
  );
  if (!size) throw new Error("the Radiance picture has no resolution line");
  // Checked before decoding: a small file could make the decoder allocate gigabytes.
  checkSize(Number(size[2]), Number(size[1]), maxSize);
  const copy = bytes.slice();
  const loader = new HDRLoader().setDataType(HalfFloatType);
  const { data, width, height } = loader.parse(copy.buffer);
  return texture(data as Uint16Array<ArrayBuffer>, width!, height!);
}

function checkSize(width: number, height: number, maxSize: number): void {
  if (width < 4 || height < 2 || width > maxSize || height > maxSize) {
    throw new Error(`it is ${width} x ${height} pixels; at most ${maxSize} a side can be shown`);
  }
}

function bitmap(jpeg: Uint8Array): Promise<ImageBitmap> {
  const blob = new Blob([jpeg as Uint8Array<ArrayBuffer>], { type: "image/jpeg" });
  return createImageBitmap(blob, { colorSpaceConversion: "none" }).catch(() => {
    throw new Error("one of its two JPEGs can't be decoded");
  });
}

function pixels(image: ImageBitmap, width: number, height: number): Uint8ClampedArray {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the browser provides no 2D canvas for decoding");
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

function texture(half: Uint16Array<ArrayBuffer>, width: number, height: number): DataTexture {
  const t = new DataTexture(half, width, height, RGBAFormat, HalfFloatType);
  t.mapping = EquirectangularReflectionMapping;
  t.colorSpace = LinearSRGBColorSpace;
  t.minFilter = t.magFilter = LinearFilter;
  t.flipY = true;
  t.needsUpdate = true;
  return t;
}
