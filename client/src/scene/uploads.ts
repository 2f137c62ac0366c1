/**
 * Tracks which ranges of an attribute must be uploaded. For an attribute whose object is hidden, and so not
 * uploaded, the list of ranges stays bounded.
 */
import { type BufferAttribute, DynamicDrawUsage } from "three";

/** With more ranges than this, the whole attribute is uploaded. */
const MAX_RANGES = 64;

export class Uploads {
  private all = true;

  constructor(readonly attribute: BufferAttribute) {
    attribute.setUsage(DynamicDrawUsage);
    attribute.onUpload(() => {
      this.all = false;
      attribute.clearUpdateRanges();
    });
  }

  /** The `count` elements of the attribute's array from `from` on have changed. */
  part(from: number, count: number): void {
    const { attribute } = this;
    attribute.needsUpdate = true;
    if (this.all || count === 0) return;
    attribute.addUpdateRange(from, count);
    if (attribute.updateRanges.length > MAX_RANGES) this.whole();
  }

  /** All elements have changed. */
  whole(): void {
    this.all = true;
    this.attribute.clearUpdateRanges();
    this.attribute.needsUpdate = true;
  }
}
