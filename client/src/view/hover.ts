import type { NodePlace, SceneWorld } from "../scene/world";
import type { Aim, At } from "./aim";
import { type GizmoHandle, gizmoHandleAt } from "./gizmoHandles";
import type { OutlineOverlay } from "./outline";

/** If a search takes longer than this, it is made only when the pointer moves, not for each frame. */
const SEARCH_EACH_FRAME_MS = 1;

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
  /** Duration of the last search. */
  private searchMs = 0;

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
    this.setGrip(null);
    this.show(null);
  }

  /** For each frame: what is under a resting pointer may be another node, or elsewhere, or removed. */
  refresh(): void {
    const { pressable, gizmos } = this.deps.world;
    const dragged = this.deps.dragged();
    if (dragged) {
      this.show(dragged);
    } else if (
      this.at &&
      pressable.size + gizmos.size > 0 &&
      this.searchMs <= SEARCH_EACH_FRAME_MS
    ) {
      this.search();
    } else if (this.node) {
      const { place } = this.node;
      this.show(pressable.has(place) && place.shown ? this.node : null);
    }
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
    this.searchMs = performance.now() - start;
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
