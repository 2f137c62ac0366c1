/**
 * How selected nodes are marked in the picture: few of them by outlines of their own shape, others by the edges of
 * their bounding boxes, all of those in one draw call. Loaded when something is selected for the first time.
 */
import { type Box3, type Camera, Vector3 } from "three";
import { localBounds, worldBounds } from "../../scene/bounds";
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
  /** It is a place without an extent. */
  small: boolean;
  drawn: boolean;
}

export class SelectionHighlight {
  private readonly outline: OutlineOverlay;
  private readonly edges: BoxEdges;
  private paths: readonly string[] = [];
  private outlined: NodePlace[] = [];
  /** Of which it is not known yet how they are marked. */
  private unknown: NodePlace[] = [];
  private boxed: Marked[] = [];
  private nextSubtrees = 0;
  private later: ReturnType<typeof setTimeout> | undefined;
  /** Those of places, whose size depends on the camera. */
  private places: number[] = [];
  /** The frame in which the boxes were refreshed. */
  private frame = -1;
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
    this.unknown = paths.flatMap((path) => this.world.tree.get(path) ?? []);
    this.outline.show(null);
    this.edges.mesh.removeFromParent();
    this.edges.setCount(0);
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
    if (this.unknown.length > 0) this.arrange();
    this.refreshOutlines();
    // Another view of the same frame differs in little.
    const { frames, hasVeil } = this.world;
    if (this.frame !== frames || hasVeil) this.refreshBoxes();
    this.frame = frames;
    for (const i of this.places) this.drawPlace(i, camera);
  }

  /** Those that are hidden in the view that is drawn are arranged in another one: they have no outline there. */
  private arrange(): void {
    const few = this.paths.length <= MAX_OUTLINES;
    const places = this.unknown.filter((place) => !place.veiled);
    this.unknown = this.unknown.filter((place) => place.veiled);
    for (const place of places) {
      if (few && outlinesOf(place).length > 0) this.outlined.push(place);
      else this.boxed.push({ place, props: null, box: null, small: false, drawn: false });
    }
    if (this.boxed.length === 0) return;
    for (const marked of this.boxed) marked.drawn = false;
    this.edges.setCount(this.boxed.length);
    this.world.pageOnly.add(this.edges.mesh);
  }

  private refreshOutlines(): void {
    if (this.outlined.length === 0) return;
    const all = this.outlined.flatMap((place) =>
      place.shown && !place.veiled ? outlinesOf(place) : [],
    );
    this.outline.show(all);
  }

  private refreshBoxes(): void {
    let subtrees = false;
    this.places = [];
    for (let i = 0; i < this.boxed.length; i++) {
      const marked = this.boxed[i]!;
      const { place } = marked;
      if (!place.shown || place.veiled) {
        this.hide(i);
        continue;
      }
      const props = place.effective?.props ?? null;
      if (marked.props !== props || marked.box === null) this.measure(marked, props);
      if (!marked.box) {
        subtrees = true;
        continue;
      }
      if (marked.small) this.places.push(i);
      else if (!marked.drawn) this.drawBox(i, marked.box);
      marked.drawn = true;
      this.edges.setPose(i, place.world);
    }
    if (subtrees) this.refreshSubtrees();
  }

  private measure(marked: Marked, props: object | null): void {
    const box = localBounds(marked.place);
    marked.props = props;
    marked.box = box;
    marked.small = box?.min.equals(box.max) ?? false;
    marked.drawn = false;
  }

  private drawBox(index: number, box: Box3): void {
    box.getCenter(center);
    box.getSize(size);
    // A flat box has an edge that is seen too.
    const least = 1e-3 * Math.max(size.x, size.y, size.z);
    size.set(Math.max(size.x, least), Math.max(size.y, least), Math.max(size.z, least));
    this.edges.setBox(index, center, size.multiplyScalar(MARGIN));
  }

  /** A box of a constant size on the screen, at a place. */
  private drawPlace(index: number, camera: Camera): void {
    const { box, place } = this.boxed[index]!;
    const { px, py, pz } = place.world;
    const away = center.setFromMatrixPosition(camera.matrixWorld).distanceTo(size.set(px, py, pz));
    this.edges.setBox(index, box!.min, size.setScalar(2 * PLACE_SIZE * away));
  }

  /** Nodes that draw nothing themselves: around what is shown of their descendants, as often as that is cheap. */
  private refreshSubtrees(): void {
    const start = performance.now();
    if (start < this.nextSubtrees) {
      this.later ??= setTimeout(() => {
        this.later = undefined;
        this.requestRender();
      }, this.nextSubtrees - start);
      return;
    }
    for (let i = 0; i < this.boxed.length; i++) {
      const { place, box } = this.boxed[i]!;
      if (box || !place.shown || place.veiled) continue;
      const around = worldBounds(place);
      if (!around) {
        this.hide(i);
        continue;
      }
      this.boxed[i]!.drawn = true;
      this.drawBox(i, around);
      this.edges.setPose(i, IDENTITY);
    }
    const took = performance.now() - start;
    this.nextSubtrees = took > SLOW_MS ? start + took * REST : 0;
  }

  private hide(index: number): void {
    const marked = this.boxed[index]!;
    if (!marked.drawn) return;
    marked.drawn = false;
    this.edges.hide(index);
  }
}

const IDENTITY = new Pose();
const center = new Vector3();
const size = new Vector3();

function outlinesOf({ visual }: NodePlace): readonly Outline[] {
  const outline: Outline | LineOutline | readonly Outline[] | null =
    visual?.outline?.(null) ?? null;
  if (outline === null || "segments" in outline) return [];
  return "geometry" in outline ? [outline] : outline;
}
