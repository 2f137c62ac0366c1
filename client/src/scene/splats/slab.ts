/** All splats of the page in one texture, so that one draw call can blend splats of several nodes in order. */
import type { Range } from "./ranges";
import { Texels } from "./texels";
import { SPLAT_WORDS } from "./words";

export class Slab extends Texels {
  constructor(maxTextureSize: number) {
    super(maxTextureSize, 2, 4);
  }

  /**
   * Fills a range with splats of a node. The word that the format leaves unused holds the node's slot.
   * Returns the centers, and the number of splats that are not finite: those are not drawn.
   */
  write(
    range: Range,
    splats: Uint32Array,
    group: number,
  ): { centers: Float32Array<ArrayBuffer>; bad: number } {
    const { data } = this;
    const first = range.start * SPLAT_WORDS;
    data.set(splats, first);
    const floats = new Float32Array(data.buffer);
    const centers = new Float32Array(range.count * 3);
    let bad = 0;
    for (let i = 0, at = first; i < range.count; i++, at += SPLAT_WORDS) {
      const x = floats[at]!;
      const y = floats[at + 1]!;
      const z = floats[at + 2]!;
      centers[3 * i] = x;
      centers[3 * i + 1] = y;
      centers[3 * i + 2] = z;
      data[at + 3] = group;
      const finite = x - x + (y - y) + (z - z) === 0 && halvesFinite(data, at + 4);
      if (finite) continue;
      bad++;
      // NaN: without a depth it is left out of the order.
      centers[3 * i] = Number.NaN;
    }
    this.upload(range);
    return { centers, bad };
  }
}

/** Six half floats in three words: the exponent of infinities and NaNs is all ones. */
function halvesFinite(words: Uint32Array, at: number): boolean {
  for (let i = at; i < at + 3; i++) {
    const w = words[i]!;
    if ((w & 0x7c00) === 0x7c00 || (w & 0x7c000000) === 0x7c000000) return false;
  }
  return true;
}
