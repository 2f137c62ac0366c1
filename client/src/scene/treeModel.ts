import type { SceneTreeModel, TreeNode } from "../contract";
import type { Place } from "./place";
import type { SceneTree } from "./tree";

/** Schedules one call before the next frame (or soon, if no frames are drawn). */
export type Schedule = (cb: () => void) => void;

/**
 * The tree for the panel: immutable snapshots, of which a change replaces only the nodes on the path to the root.
 * So the panel can compare by identity, and pose updates cost it nothing.
 */
export class TreeModel implements SceneTreeModel {
  private readonly snapshots = new Map<Place, TreeNode>();
  private readonly listeners = new Set<() => void>();
  private notifying = false;
  private disposed = false;

  constructor(
    private readonly tree: SceneTree,
    private readonly schedule: Schedule,
  ) {}

  root(): TreeNode {
    return this.snapshot(this.tree.root);
  }

  subscribe(cb: () => void): () => void {
    this.listeners.add(cb);
    return () => this.listeners.delete(cb);
  }

  /** Call when this place, or its list of children, has changed. */
  changed(place: Place): void {
    for (let p: Place | null = place; p && this.snapshots.delete(p); p = p.parent);
    // A place without a snapshot may have a parent with one.
    for (let p = place.parent; p && this.snapshots.delete(p); p = p.parent);
    if (this.notifying || this.listeners.size === 0) return;
    this.notifying = true;
    this.schedule(() => {
      this.notifying = false;
      if (!this.disposed) for (const cb of [...this.listeners]) cb();
    });
  }

  dispose(): void {
    this.disposed = true;
    this.listeners.clear();
    this.snapshots.clear();
  }

  private snapshot(place: Place): TreeNode {
    const known = this.snapshots.get(place);
    if (known) return known;
    const v = place.effective;
    const node: TreeNode = {
      name: place.name,
      path: place.path,
      kind: v && !v.empty ? v.kind.replace(/Message$/, "") : "",
      visible: this.tree.serverVisible(place),
      override: place.override,
      children: [...place.children.values()].map((c) => this.snapshot(c)),
    };
    const error = place.errorText;
    if (error !== undefined) node.error = error;
    if (v?.edits) node.edited = true;
    this.snapshots.set(place, node);
    return node;
  }
}
