/** Occupied rectangles of a picture, in a uniform grid for fast overlap tests. */
import type { Rect } from "./label";

const CELL = 64;

export class Occupancy {
  private readonly rects = new Map<number, Rect>();
  private cells: number[][] = [];
  private columns = 1;
  private rows = 1;

  /** Removes all rectangles; sets the size of the picture. */
  reset(width: number, height: number): void {
    this.rects.clear();
    this.columns = Math.max(1, Math.ceil(width / CELL));
    this.rows = Math.max(1, Math.ceil(height / CELL));
    const count = this.columns * this.rows;
    while (this.cells.length < count) this.cells.push([]);
    for (const cell of this.cells) cell.length = 0;
  }

  /** Whether no rectangle of another id is closer than `spare`. */
  free(rect: Rect, spare: number, id: number): boolean {
    const grown: Rect = [
      rect[0] - spare,
      rect[1] - spare,
      rect[2] + 2 * spare,
      rect[3] + 2 * spare,
    ];
    return this.eachCell(grown, (cell) =>
      cell.every((other) => other === id || !overlap(grown, this.rects.get(other)!)),
    );
  }

  /** Sets the id's rectangle. */
  put(id: number, rect: Rect): void {
    const old = this.rects.get(id);
    if (old) {
      this.eachCell(old, (cell) => {
        cell.splice(cell.indexOf(id), 1);
        return true;
      });
    }
    this.rects.set(id, rect);
    this.eachCell(rect, (cell) => {
      cell.push(id);
      return true;
    });
  }

  /** Calls `visit` for each cell that a rectangle touches, until it returns false. Border cells extend to infinity. */
  private eachCell(rect: Rect, visit: (cell: number[]) => boolean): boolean {
    const column = (x: number) => clamp(Math.floor(x / CELL), this.columns - 1);
    const row = (y: number) => clamp(Math.floor(y / CELL), this.rows - 1);
    const [left, bottom, width, height] = rect;
    for (let r = row(bottom); r <= row(bottom + height); r++) {
      for (let c = column(left); c <= column(left + width); c++) {
        if (!visit(this.cells[r * this.columns + c]!)) return false;
      }
    }
    return true;
  }
}

function clamp(v: number, most: number): number {
  return Math.min(Math.max(v, 0), most);
}

function overlap(a: Rect, b: Rect): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}
