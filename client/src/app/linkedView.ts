import type { SceneView } from "../contract";
import type { LinkedView } from "../shared/params";

/**
 * Hides and shows the nodes of a link as they come: a program may add them later. Each is applied once, so that the
 * user may change it again. Returns what ends the wait for those that have not come.
 */
export function followLink(
  scene: Pick<SceneView, "tree" | "node" | "setVisibilityOverride">,
  view: Pick<LinkedView, "hide" | "show">,
): () => void {
  const waiting = new Map<string, boolean>();
  for (const path of view.show) waiting.set(path, true);
  for (const path of view.hide) waiting.set(path, false);
  let stop = () => {};
  const apply = () => {
    for (const [path, visible] of waiting) {
      if (!scene.node(path)) continue;
      waiting.delete(path);
      scene.setVisibilityOverride(path, visible);
    }
    if (waiting.size === 0) stop();
  };
  stop = scene.tree.subscribe(apply);
  apply();
  return () => stop();
}
