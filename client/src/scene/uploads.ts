/**
 * What of an attribute has to go to the GPU: only what changed, as long as it is told; all of it else. An
 * attribute whose object is hidden is not uploaded, and what it owes does not grow.
 */
import { type BufferAttribute, DynamicDrawUsage } from "three";

/** More pieces than this are not worth a call each. */
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

  /** Elements from…from+count of the attribute's array are new. */
  part(from: number, count: number): void {
    const { attribute } = this;
    attribute.needsUpdate = true;
    if (this.all || count === 0) return;
    attribute.addUpdateRange(from, count);
    if (attribute.updateRanges.length > MAX_RANGES) this.whole();
  }

  /** All elements up to `count` are new. */
  whole(): void {
    this.all = true;
    this.attribute.clearUpdateRanges();
    this.attribute.needsUpdate = true;
  }
}
