/**
 * How selected nodes are marked in the picture: few of them by outlines of their own shape, others by the edges of
 * their bounding boxes, all of those in one draw call. Loaded when something is selected for the first time.
 */
import { type Box3, type Camera, Matrix4, Vector3 } from "three";
import { localBounds, poseMatrix, worldBounds } from "../../scene/bounds";
import { Pose } from "../../scene/pose";
import type { LineOutline, Outline } from "../../scene/visual";
import type { NodePlace, SceneWorld } from "../../scene/world";
import { OutlineOverlay } from "../outline";
import { BoxEdges } from "./boxes";

/** sRGB; the outline under the pointer is yellow. */
const COLOR = [0.13, 0.59, 1] as const;
/** With more selected nodes all are marked by boxes. */
export const MAX_OUTLINES = 32;
/** Of a place without an extent: the half side of its box, relative to the distance from the camera. */
const PLACE_SIZE = 0.015;
/** Boxes are larger than the nodes by this. */
const MARGIN = 1.02;
/** If boxes of subtrees take longer, the next ones wait for REST times as long. */
const SLOW_MS = 1;
const REST = 20;

interface Marked {
  readonly place: NodePlace;
  /** What the box was computed from. */
  props: object | null;
  /** In the node's frame; null: the node draws nothing itself, and its box is that of its descendants. */
  box: Box3 | null;
  readonly at: Pose;
  drawn: boolean;
}

export class SelectionHighlight {
  private readonly outline: OutlineOverlay;
  private readonly edges: BoxEdges;
  private paths: readonly string[] = [];
  private outlined: NodePlace[] = [];
  private boxed: Marked[] = [];
  private nextSubtrees = 0;
  private later: ReturnType<typeof setTimeout> | undefined;
  private readonly prepare = (camera: Camera) => this.refresh(camera);

  constructor(
    private readonly world: SceneWorld,
    private readonly requestRender: () => void,
  ) {
    this.outline = new OutlineOverlay(world.pageOnly, world.frame, COLOR);
    this.edges = new BoxEdges(world.frame, COLOR);
  }

  show(paths: readonly string[]): void {
    if (paths === this.paths) return;
    this.paths = paths;
    this.boxed = [];
    this.outlined = [];
    this.outline.show(null);
    this.edges.mesh.removeFromParent();
    clearTimeout(this.later);
    this.later = undefined;
    this.nextSubtrees = 0;
    if (paths.length > 0) this.world.perFrame.add(this.prepare);
    else this.world.perFrame.delete(this.prepare);
    this.requestRender();
  }

  dispose(): void {
    this.show([]);
    this.outline.dispose();
    this.edges.dispose();
  }

  /** For each picture that is drawn. */
  private refresh(camera: Camera): void {
    if (this.boxed.length + this.outlined.length === 0) this.arrange();
    this.refreshOutlines();
    this.refreshBoxes(camera);
  }

  private arrange(): void {
    const places = this.paths.flatMap((path) => this.world.tree.get(path) ?? []);
    const few = places.length <= MAX_OUTLINES;
    for (const place of places) {
      if (few && outlinesOf(place).length > 0) this.outlined.push(place);
      else this.boxed.push({ place, props: null, box: null, at: new Pose(), drawn: false });
    }
    this.edges.setCount(this.boxed.length);
    if (this.boxed.length > 0) this.world.pageOnly.add(this.edges.mesh);
  }

  private refreshOutlines(): void {
    if (this.outlined.length === 0) return;
    const all = this.outlined.flatMap((place) => (place.shown ? outlinesOf(place) : []));
    this.outline.show(all);
  }

  private refreshBoxes(camera: Camera): void {
    let changed = false;
    let subtrees = false;
    for (let i = 0; i < this.boxed.length; i++) {
      const marked = this.boxed[i]!;
      const { place } = marked;
      if (!place.shown) {
        changed = this.hide(i) || changed;
        continue;
      }
      const props = place.effective?.props ?? null;
      const stale = marked.props !== props || marked.box === null;
      if (stale) {
        marked.props = props;
        marked.box = localBounds(place);
      }
      if (!marked.box) {
        subtrees = true;
        continue;
      }
      const small = marked.box.min.equals(marked.box.max);
      if (!stale && !small && marked.drawn && same(marked.at, place.world)) continue;
      marked.at.copy(place.world);
      marked.drawn = true;
      this.edges.write(i, small ? dotMatrix(place, camera) : boxMatrix(marked.box, place.world));
      changed = true;
    }
    if (subtrees) changed = this.refreshSubtrees() || changed;
    if (changed) this.edges.changed();
  }

  /** Nodes that draw nothing themselves: around what is shown of their descendants, as often as that is cheap. */
  private refreshSubtrees(): boolean {
    const start = performance.now();
    if (start < this.nextSubtrees) {
      this.later ??= setTimeout(() => {
        this.later = undefined;
        this.requestRender();
      }, this.nextSubtrees - start);
      return false;
    }
    for (let i = 0; i < this.boxed.length; i++) {
      const { place, box } = this.boxed[i]!;
      if (box || !place.shown) continue;
      const around = worldBounds(place);
      if (!around) {
        this.hide(i);
        continue;
      }
      this.boxed[i]!.drawn = true;
      this.edges.write(i, boxMatrix(around, IDENTITY));
    }
    const took = performance.now() - start;
    this.nextSubtrees = took > SLOW_MS ? start + took * REST : 0;
    return true;
  }

  private hide(index: number): boolean {
    const marked = this.boxed[index]!;
    if (!marked.drawn) return false;
    marked.drawn = false;
    this.edges.write(index, NOWHERE);
    return true;
  }
}

const IDENTITY = new Pose();
const NOWHERE = new Array<number>(16).fill(0);
const matrix = new Matrix4();
const center = new Vector3();
const size = new Vector3();

function outlinesOf({ visual }: NodePlace): readonly Outline[] {
  const outline: Outline | LineOutline | readonly Outline[] | null =
    visual?.outline?.(null) ?? null;
  if (outline === null || "segments" in outline) return [];
  return "geometry" in outline ? [outline] : outline;
}

function same(a: Pose, b: Pose): boolean {
  return (
    a.px === b.px &&
    a.py === b.py &&
    a.pz === b.pz &&
    a.qx === b.qx &&
    a.qy === b.qy &&
    a.qz === b.qz &&
    a.qw === b.qw
  );
}

/** From the cube of side 1 to a box in a frame. */
function boxMatrix(box: Box3, at: Pose): readonly number[] {
  box.getCenter(center);
  box.getSize(size);
  // A flat box has an edge that is seen too.
  const least = 1e-3 * Math.max(size.x, size.y, size.z);
  const side = (s: number) => Math.max(s, least) * MARGIN;
  poseMatrix(at, matrix);
  const e = matrix.elements;
  for (let row = 0; row < 3; row++) {
    e[12 + row]! += e[row]! * center.x + e[4 + row]! * center.y + e[8 + row]! * center.z;
    e[row]! *= side(size.x);
    e[4 + row]! *= side(size.y);
    e[8 + row]! *= side(size.z);
  }
  return e;
}

/** A box of a constant size on the screen, at a place. */
function dotMatrix({ world }: NodePlace, camera: Camera): readonly number[] {
  const away = center
    .setFromMatrixPosition(camera.matrixWorld)
    .distanceTo(size.set(world.px, world.py, world.pz));
  const side = 2 * PLACE_SIZE * away;
  poseMatrix(world, matrix);
  for (let i = 0; i < 12; i++) if (i % 4 < 3) matrix.elements[i]! *= side;
  return matrix.elements;
}
