/** The feature edges of geometries, as lines that share the geometry's vertices. */
import { BufferAttribute, BufferGeometry, Sphere } from "three";
import { featureEdges } from "./edges";
import { trianglesOf } from "./surfaces";

/** Finding the edges of larger ones would block the page for seconds. */
const MAX_TRIANGLES = 1_000_000;
/** Milliseconds of a frame that are spent on edges; the rest follows in the next ones. */
const BUDGET_MS = 20;

interface Entry {
  lines: BufferGeometry;
  /** What they were found from. */
  version: string;
  /** When, and how long that took. */
  at: number;
  ms: number;
  forget(): void;
}

export class EdgeCache {
  private readonly entries = new Map<BufferGeometry, Entry>();
  private spent = 0;

  constructor(
    private readonly redraw: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A frame begins. */
  begin(): void {
    this.spent = 0;
  }

  /** null: it has none, or they are found in a later frame. */
  of(geometry: BufferGeometry): BufferGeometry | null {
    const known = this.entries.get(geometry);
    if (known && !this.stale(geometry, known)) return known.lines;
    if (!geometry.getAttribute("position") || trianglesOf(geometry) > MAX_TRIANGLES) return null;
    if (this.spent > BUDGET_MS) {
      this.redraw();
      return known?.lines ?? null;
    }
    return this.find(geometry, known);
  }

  dispose(): void {
    for (const entry of [...this.entries.values()]) entry.forget();
  }

  /** A mesh that changes all the time keeps its edges for a while: its vertices move them. */
  private stale(geometry: BufferGeometry, { version, at, ms }: Entry): boolean {
    return version !== versionOf(geometry) && this.now() - at > 20 * ms;
  }

  private find(geometry: BufferGeometry, known: Entry | undefined): BufferGeometry {
    const start = this.now();
    const pairs = featureEdges({
      positions: positionsOf(geometry),
      index: geometry.getIndex()?.array ?? null,
    });
    known?.forget();
    const lines = new BufferGeometry();
    share(geometry, lines);
    lines.setIndex(new BufferAttribute(pairs, 1));
    const forget = () => {
      geometry.removeEventListener("dispose", forget);
      this.entries.delete(geometry);
      // The vertices belong to the other geometry: only the lines are freed.
      for (const name of Object.keys(lines.attributes)) lines.deleteAttribute(name);
      lines.morphAttributes = {};
      lines.dispose();
    };
    geometry.addEventListener("dispose", forget);
    const at = this.now();
    const ms = at - start;
    this.spent += ms;
    this.entries.set(geometry, { lines, version: versionOf(geometry), at, ms, forget });
    return lines;
  }
}

function share(from: BufferGeometry, to: BufferGeometry): void {
  for (const name of ["position", "skinIndex", "skinWeight"]) {
    const attribute = from.getAttribute(name);
    if (attribute) to.setAttribute(name, attribute);
  }
  // three.js sorts by its center.
  to.boundingSphere = from.boundingSphere ?? new Sphere();
  to.morphAttributes = from.morphAttributes;
  to.morphTargetsRelative = from.morphTargetsRelative;
}

function versionOf(geometry: BufferGeometry): string {
  const position = geometry.getAttribute("position") as BufferAttribute;
  return `${position.version} ${geometry.getIndex()?.version} ${position.count}`;
}

function positionsOf(geometry: BufferGeometry): ArrayLike<number> {
  const position = geometry.getAttribute("position");
  if (position instanceof BufferAttribute && position.itemSize === 3 && !position.normalized) {
    return position.array;
  }
  const out = new Float32Array(3 * position.count);
  for (let i = 0; i < position.count; i++) {
    out.set([position.getX(i), position.getY(i), position.getZ(i)], 3 * i);
  }
  return out;
}
