/** Packs rectangles onto square pages, in rows (shelf packing). Rectangles are never moved or freed one by one. */
export interface Spot {
  page: number;
  x: number;
  y: number;
}

interface Shelf {
  y: number;
  height: number;
  x: number;
}

export class PagePacker {
  private pages: { shelves: Shelf[]; bottom: number }[] = [];

  constructor(
    readonly pageSize: number,
    readonly maxPages: number,
  ) {}

  get pageCount(): number {
    return this.pages.length;
  }

  /** A position for w × h pixels; null: too large for a page, or all pages are full. */
  add(w: number, h: number): Spot | null {
    if (w > this.pageSize || h > this.pageSize || w <= 0 || h <= 0) return null;
    for (let page = 0; page < this.pages.length; page++) {
      const spot = this.addTo(page, w, h);
      if (spot) return spot;
    }
    if (this.pages.length >= this.maxPages) return null;
    this.pages.push({ shelves: [], bottom: 0 });
    return this.addTo(this.pages.length - 1, w, h);
  }

  clear(): void {
    this.pages = [];
  }

  private addTo(page: number, w: number, h: number): Spot | null {
    const p = this.pages[page]!;
    let best: Shelf | null = null;
    for (const s of p.shelves) {
      // Pieces much lower than the shelf are rejected: they would waste space for tall ones.
      const fits = s.height >= h && s.height <= h * 1.5 + 4 && s.x + w <= this.pageSize;
      if (fits && (!best || s.height < best.height)) best = s;
    }
    if (!best) {
      if (p.bottom + h > this.pageSize) return null;
      best = { y: p.bottom, height: h, x: 0 };
      p.shelves.push(best);
      p.bottom += h;
    }
    const spot = { page, x: best.x, y: best.y };
    best.x += w;
    return spot;
  }
}
