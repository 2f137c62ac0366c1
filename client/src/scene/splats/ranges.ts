export interface Range {
  start: number;
  count: number;
}

/** First-fit allocator of ranges in a long array. */
export class Ranges {
  /** By start, without overlaps. */
  private readonly taken: Range[] = [];

  /** End of the last range. */
  get end(): number {
    const last = this.taken.at(-1);
    return last ? last.start + last.count : 0;
  }

  take(count: number): Range {
    let start = 0;
    let at = 0;
    for (; at < this.taken.length; at++) {
      const next = this.taken[at]!;
      if (next.start - start >= count) break;
      start = next.start + next.count;
    }
    const range = { start, count };
    this.taken.splice(at, 0, range);
    return range;
  }

  give(range: Range): void {
    const at = this.taken.indexOf(range);
    if (at >= 0) this.taken.splice(at, 1);
  }
}
