/** Hides and shows nodes on this page only. */
import type { Place } from "../../scene/place";
import type { SceneTree } from "../../scene/tree";

type Tree<V> = Pick<SceneTree<V>, "root" | "all" | "get" | "setOverride">;

export function hide<V>(tree: Tree<V>, paths: readonly string[]): void {
  for (const path of paths) tree.setOverride(path, false);
}

/** Shows nodes with their descendants, and hides everything else but the lights. */
export function isolate<V>(tree: Tree<V>, paths: readonly string[]): void {
  const kept = new Set<Place<V>>();
  const above = new Set<Place<V>>();
  for (const path of paths) {
    const place = tree.get(path);
    if (!place) continue;
    kept.add(place);
    for (let p: Place<V> | null = place; p; p = p.parent) above.add(p);
  }
  const visit = (place: Place<V>): void => {
    for (const child of place.children.values()) {
      if (above.has(child)) {
        show(tree, child);
        // A selected node is shown as a whole.
        if (!kept.has(child)) visit(child);
      } else if (!child.effective?.kind.endsWith("LightMessage")) {
        tree.setOverride(child.path, false);
      }
    }
  };
  if (kept.size > 0) visit(tree.root);
}

/** Shows what was hidden on this page. */
export function showAll<V>(tree: Tree<V>): void {
  for (const place of tree.all()) if (place.override === false) tree.setOverride(place.path, null);
}

function show<V>(tree: Tree<V>, place: Place<V>): void {
  const { override } = place;
  if (override === false) tree.setOverride(place.path, null);
  // Hidden by the program: this page's user wants to see it.
  if (override !== true && !place.serverVisible) tree.setOverride(place.path, true);
}
