import type { NodePlace, SceneWorld } from "../scene/world";
import type { Aim, At } from "./aim";
import { type GizmoHandle, gizmoHandleAt } from "./gizmoHandles";
import type { OutlineOverlay } from "./outline";

/** If a search takes longer than this, it is not made for each frame. */
const SEARCH_EACH_FRAME_MS = 1;
/** How many times as long as a slow search takes there is none, unless the pointer moves. */
const REST_AFTER_SLOW = 30;

/** A node, and which of its instances if it is batched. */
export interface NodeInstance {
  place: NodePlace;
  instance: number | null;
}

export interface HoverDeps {
  canvas: HTMLCanvasElement;
  world: SceneWorld;
  aim: Aim;
  outline: OutlineOverlay;
  requestRender(): void;
  /** The node that is being dragged with the mouse. */
  dragged(): NodeInstance | null;
  /** Whether a press or a gesture is in progress. */
  pressed(): boolean;
}

/** Outline and cursor over nodes that can be clicked or dragged, and the highlight of gizmo handles. */
export class Hover {
  private at: At | null = null;
  private node: NodeInstance | null = null;
  private grip: GizmoHandle | null = null;
  private searchPending = false;
  /** When the next frame may search, if the last search was slow. */
  private nextSearch = 0;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: HoverDeps) {}

  /** The mouse has moved without a button pressed. */
  moveTo(at: At): void {
    this.at = at;
    const { pressable, gizmos } = this.deps.world;
    if (this.searchPending || pressable.size + gizmos.size === 0) return;
    this.searchPending = true;
    requestAnimationFrame(() => {
      this.searchPending = false;
      this.search();
    });
  }

  /** The mouse is here; what is under it is searched with the next frame. */
  restAt(at: At): void {
    this.at = at;
  }

  leave(): void {
    this.at = null;
    clearTimeout(this.later);
    this.later = undefined;
    this.setGrip(null);
    this.show(null);
  }

  /** For each frame: what is under a resting pointer may be another node, or elsewhere, or removed. */
  refresh(): void {
    const { pressable, gizmos } = this.deps.world;
    const dragged = this.deps.dragged();
    if (dragged) {
      this.show(dragged);
      return;
    }
    const searched = this.at && pressable.size + gizmos.size > 0;
    if (searched && performance.now() >= this.nextSearch) {
      this.search();
      return;
    }
    if (this.node) {
      const { place } = this.node;
      this.show(pressable.has(place) && place.shown ? this.node : null);
    }
    if (searched) this.searchLater();
  }

  /** In a view in which the node is hidden, it has no outline. */
  enterView(): void {
    if (!this.node || !this.deps.world.hasVeil) return;
    const { place, instance } = this.node;
    this.deps.outline.show(place.veiled ? null : (place.visual?.outline?.(instance) ?? null));
  }

  /** A slow search is made again after a while, as there may be no further frame. */
  private searchLater(): void {
    if (this.later !== undefined) return;
    this.later = setTimeout(
      () => {
        this.later = undefined;
        this.search();
      },
      Math.max(0, this.nextSearch - performance.now()),
    );
  }

  /** Outlines a node; null: none. */
  show(node: NodeInstance | null): void {
    const before = this.node;
    this.node = node;
    this.deps.outline.show(node?.place.visual?.outline?.(node.instance) ?? null);
    const cursor = this.deps.dragged() ? "grabbing" : node || this.grip ? "pointer" : "";
    const { style } = this.deps.canvas;
    if (style.cursor !== cursor) style.cursor = cursor;
    if (before?.place !== node?.place || before?.instance !== node?.instance) {
      this.deps.requestRender();
    }
  }

  /** A gizmo drag takes over the highlight of its handle. */
  releaseHighlight(): void {
    this.grip = null;
  }

  private search(): void {
    const { world, aim } = this.deps;
    if (this.deps.dragged()) return;
    if (!this.at || this.deps.pressed()) {
      this.setGrip(null);
      this.show(null);
      return;
    }
    world.flushNodes();
    const start = performance.now();
    this.setGrip(gizmoHandleAt(world, aim, this.at, "mouse"));
    if (this.grip) {
      this.show(null);
      return;
    }
    const found = world.pick(world.pressable, aim.threeRay(this.at), aim.eye());
    const end = performance.now();
    const took = end - start;
    this.nextSearch = took > SEARCH_EACH_FRAME_MS ? end + took * REST_AFTER_SLOW : 0;
    this.show(found && { place: found.place, instance: found.hit.instance });
  }

  private setGrip(grip: GizmoHandle | null): void {
    const before = this.grip;
    if (before?.place === grip?.place && before?.part === grip?.part) return;
    if (before?.place !== grip?.place) before?.place.visual?.gizmoHandles?.highlight(null);
    grip?.place.visual?.gizmoHandles?.highlight(grip.part);
    this.grip = grip;
  }
}
