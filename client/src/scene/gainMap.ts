/**
 * Ultra HDR: an ordinary JPEG followed by a second JPEG, the gain map, with the HDR gain of each pixel. This finds
 * both and the parameters, and computes the HDR pixels; it does not decode JPEG.
 * https://developer.android.com/media/platform/hdr-image-format
 */

export interface GainMap {
  base: Uint8Array;
  gain: Uint8Array;
  /** One number per color channel. */
  min: Rgb;
  max: Rgb;
  gamma: Rgb;
  offsetBase: Rgb;
  offsetHdr: Rgb;
}

type Rgb = [number, number, number];

/** Parses an Ultra HDR file; throws a user-facing error if it is not one. */
export function parseGainMap(file: Uint8Array): GainMap {
  const at = secondPicture(file);
  const gain = file.subarray(at);
  const xmp = new TextDecoder("latin1").decode(gain.subarray(0, 0x10000));
  if (!xmp.includes("hdrgm:Version")) {
    throw new Error("its gain map has no hdrgm metadata (XMP)");
  }
  if (/BaseRenditionIsHDR(="|>)\s*true/i.test(xmp)) {
    throw new Error(
      "its gain map describes an SDR rendition of an HDR base image, which is not supported",
    );
  }
  const value = (name: string, otherwise: number) => numbers(xmp, name, otherwise);
  const map: GainMap = {
    base: file.subarray(0, at),
    gain,
    min: value("GainMapMin", 0),
    max: value("GainMapMax", 1),
    gamma: value("Gamma", 1),
    offsetBase: value("OffsetSDR", 1 / 64),
    offsetHdr: value("OffsetHDR", 1 / 64),
  };
  if (!map.gamma.every((g) => g > 0)) throw new Error("the gamma of its gain map is not above 0");
  return map;
}

/** Linear HDR pixels (RGBA) from the sRGB pixels of both images (RGBA, of the same size). */
export function applyGain(map: GainMap, base: Uint8ClampedArray, gain: Uint8ClampedArray) {
  const out = new Float32Array(base.length);
  for (let c = 0; c < 3; c++) {
    const boost = boosts(map, c);
    for (let i = c; i < out.length; i += 4) {
      const light = (LINEAR[base[i]!]! + map.offsetBase[c]!) * boost[gain[i]!]!;
      out[i] = Math.max(0, light - map.offsetHdr[c]!);
    }
  }
  for (let i = 3; i < out.length; i += 4) out[i] = 1;
  return out;
}

/** sRGB bytes to linear. */
const LINEAR = Float64Array.from({ length: 256 }, (_, i) => {
  const s = i / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
});

function boosts(map: GainMap, c: number): Float64Array {
  const [min, max] = [map.min[c]!, map.max[c]!];
  return Float64Array.from({ length: 256 }, (_, i) => {
    const share = (i / 255) ** (1 / map.gamma[c]!);
    return 2 ** (min + (max - min) * share);
  });
}

/** A property as an attribute, or as an element with one number or three. */
function numbers(xmp: string, name: string, otherwise: number): Rgb {
  const attribute = new RegExp(`hdrgm:${name}="([^"]*)"`).exec(xmp)?.[1];
  const element = new RegExp(`<hdrgm:${name}>([\\s\\S]*?)</hdrgm:${name}>`).exec(xmp)?.[1];
  const text = (attribute ?? element ?? "").replace(/<[^>]*>/g, " ").trim();
  if (text === "") return [otherwise, otherwise, otherwise];
  const all = text.split(/\s+/).map(Number);
  const rgb: Rgb = all.length >= 3 ? [all[0]!, all[1]!, all[2]!] : [all[0]!, all[0]!, all[0]!];
  if (!rgb.every((x) => Math.abs(x) < 1e4))
    throw new Error(`${name} of its gain map is not a number`);
  return rgb;
}

/** Offset of the second JPEG, from the MPF segment of the first. */
function secondPicture(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const noMap = () => new Error("it is a JPEG without a gain map (Ultra HDR)");
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1]!;
    // Image data begins here: no more segments.
    if (marker === 0xda || marker === 0xd9) break;
    const body = at + 4;
    if (marker === 0xe2 && body + 16 <= file.length && view.getUint32(body) === 0x4d504600) {
      const second = mpfOffset(view, body + 4);
      const valid = second !== null && view.byteLength > second + 4;
      if (!valid || view.getUint16(second) !== 0xffd8) throw noMap();
      return second;
    }
    at += 2 + view.getUint16(at + 2);
  }
  throw noMap();
}

/** The file offset of image 2 in an MPF index, whose offsets are relative to the index itself. */
function mpfOffset(view: DataView, start: number): number | null {
  try {
    const little = view.getUint16(start) === 0x4949;
    const ifd = start + view.getUint32(start + 4, little);
    const entries = view.getUint16(ifd, little);
    for (let i = 0; i < entries; i++) {
      const entry = ifd + 2 + 12 * i;
      // The list of images, 16 bytes each.
      if (view.getUint16(entry, little) !== 0xb002) continue;
      const list = start + view.getUint32(entry + 8, little);
      return start + view.getUint32(list + 16 + 8, little);
    }
  } catch {
    // Offset outside of the file.
  }
  return null;
}
