/** Decodes OpenEXR pictures. In a separate chunk: few environment maps are of that format. */
import { HalfFloatType, RGBAFormat } from "three";
import { EXRLoader } from "three/examples/jsm/loaders/EXRLoader.js";

/** The bits of the largest half float, and of infinity. */
const MAX_HALF = 0x7bff;
const INFINITY_HALF = 0x7c00;

/** Half floats, red, green, blue and alpha; the first row is the lowest one. */
export interface ExrPicture {
  data: Uint16Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** `check` refuses a size by an error. Errors are user-facing. */
export function decodeExr(
  bytes: Uint8Array,
  check: (width: number, height: number) => void,
): ExrPicture {
  // Before decoding: a small file could make the decoder allocate gigabytes.
  check(...sizeOf(bytes));
  const loader = new EXRLoader().setDataType(HalfFloatType).setOutputFormat(RGBAFormat);
  let picture: ReturnType<EXRLoader["parse"]>;
  try {
    picture = loader.parse(bytes.slice().buffer);
  } catch (e) {
    const why = e instanceof Error ? e.message : String(e);
    throw new Error(`the EXR picture can't be read: ${why.replace(/^THREE\.\w+: /, "")}`);
  }
  const data = picture.data as Uint16Array<ArrayBuffer>;
  makeLight(data);
  return { data, width: picture.width!, height: picture.height! };
}

/** The bytes of values of a type, which the decoder reads whatever length the file gives. */
const FIXED: Readonly<Record<string, number>> = {
  box2i: 16,
  chromaticities: 32,
  compression: 1,
  envmap: 1,
  float: 4,
  int: 4,
  lineOrder: 1,
  rational: 8,
  tiledesc: 9,
  timecode: 8,
  v2f: 8,
  v3f: 12,
};
const DEEP_OR_PARTS = 8 | 16;

/**
 * The size in the header, all of which is checked: the decoder itself goes on for ever in one that is cut off, or whose
 * lengths are wrong.
 */
function sizeOf(bytes: Uint8Array): [width: number, height: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 5 && (bytes[5]! & DEEP_OR_PARTS) !== 0) {
    throw new Error("the EXR picture is deep or has several parts, which is not supported");
  }
  let at = 8;
  const text = (end: number): string => {
    const from = at;
    const to = bytes.subarray(0, end).indexOf(0, from);
    if (to < 0) throw new Error("the EXR picture has a header that is cut off");
    at = to + 1;
    return new TextDecoder("latin1").decode(bytes.subarray(from, to));
  };
  let size: [number, number] | null = null;
  for (;;) {
    const name = text(bytes.length);
    if (name === "") break;
    const type = text(bytes.length);
    const length = at + 4 <= bytes.length ? view.getInt32(at, true) : -1;
    at += 4;
    const end = at + length;
    const fixed = Object.hasOwn(FIXED, type) ? FIXED[type] : length;
    if (length < 0 || end > bytes.length || length !== fixed) {
      throw new Error(`the EXR picture has a header whose ${name} is damaged`);
    }
    if (type === "chlist") {
      while (at < end - 1) {
        text(end);
        at += 16;
      }
      if (at !== end - 1) throw new Error("the EXR picture has channels that are damaged");
    }
    if (name === "dataWindow" && type === "box2i") {
      const [left, top, right, bottom] = [0, 4, 8, 12].map((i) => view.getInt32(at + i, true));
      size = [right! - left! + 1, bottom! - top! + 1];
    }
    at = end;
  }
  if (!size) throw new Error("the EXR picture has no dataWindow");
  return size;
}

/** Replaces what is no light: one such pixel would make all that it lights black. */
function makeLight(halves: Uint16Array): void {
  for (let i = 0; i < halves.length; i++) {
    const bits = halves[i]!;
    if (bits < INFINITY_HALF) continue;
    // Above infinity are the numbers that are none, and then all negative ones.
    halves[i] = bits === INFINITY_HALF ? MAX_HALF : 0;
  }
}
