import type { SceneView } from "../contract";
import type { LinkedView } from "../shared/params";

/**
 * Hides, shows and selects the nodes of a link as they come: a program may add them later. Each is applied once, so
 * that the user may change it again. Returns what ends the wait for those that have not come.
 */
export function followLink(
  scene: Pick<SceneView, "tree" | "node" | "setVisibilityOverride" | "select">,
  view: Pick<LinkedView, "hide" | "show" | "select">,
): () => void {
  const visible = new Map<string, boolean>();
  for (const path of view.show) visible.set(path, true);
  for (const path of view.hide) visible.set(path, false);
  const selected = new Set(view.select);
  let stop = () => {};
  const apply = () => {
    for (const [path, on] of visible) {
      if (!scene.node(path)) continue;
      visible.delete(path);
      scene.setVisibilityOverride(path, on);
    }
    const come = [...selected].filter((path) => scene.node(path));
    for (const path of come) selected.delete(path);
    if (come.length > 0) scene.select(come, "add");
    if (visible.size + selected.size === 0) stop();
  };
  stop = scene.tree.subscribe(apply);
  apply();
  return () => stop();
}
