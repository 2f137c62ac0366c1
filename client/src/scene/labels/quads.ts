/** The instance data of a label: one quad for its background and one for each piece of text. */
import type { Entry } from "./atlas";

/** Floats of one quad: anchor 3, scale 1, rect 4, uv 4, kind 1, page 1, shift 2. */
export const STRIDE = 16;

export const KIND_CHIP = 0;
export const KIND_TEXT = 1;
export const KIND_COLOR = 2;
/** Added to the kind of the quads of a faded label. */
export const FADED = 4;

/** The pose of a label's quads. */
export interface QuadPose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly faded: boolean;
}

export interface Quad {
  scale: number;
  rect: readonly number[];
  kind: number;
  entry: Entry | null;
}

/** Writes the n-th quad, without its pose. */
export function writeQuad(out: Float32Array, n: number, quad: Quad, pageSize: number): void {
  const at = n * STRIDE;
  const { entry } = quad;
  out[at + 3] = quad.scale;
  out.set(quad.rect, at + 4);
  if (entry) {
    out[at + 8] = entry.x / pageSize;
    out[at + 9] = entry.y / pageSize;
    out[at + 10] = entry.width / pageSize;
    out[at + 11] = entry.height / pageSize;
    out[at + 13] = entry.page;
  }
  out[at + 12] = quad.kind;
}

/** Writes the pose of all quads from an offset on; `quads` has their kinds. */
export function writePose(
  out: Float32Array,
  offset: number,
  quads: Float32Array,
  pose: QuadPose,
): void {
  const { x, y, z, shiftX, shiftY } = pose;
  const added = pose.faded ? FADED : 0;
  for (let i = 0; i < quads.length; i += STRIDE) {
    const at = offset + i;
    out[at] = x;
    out[at + 1] = y;
    out[at + 2] = z;
    out[at + 12] = quads[i + 12]! + added;
    out[at + 14] = shiftX;
    out[at + 15] = shiftY;
  }
}
