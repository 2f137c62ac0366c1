import type { SceneView, TreeNode } from "../../contract";
import { cameraParams, VIEW_PARAMS } from "../../shared/params";
import type { DarkChoice } from "../themeState";

/** Servers and chat programs cut longer ones. */
const MAX_LENGTH = 8_000;

export interface ViewLink {
  url: string;
  /** Nodes that are hidden, shown or selected here and did not fit. */
  leftOut: number;
}

/** The page's address so that it opens with what is seen now. A secret in the address stays out of it. */
export function linkTo(
  href: string,
  scene: Pick<SceneView, "camera" | "tree" | "selection" | "viewsParams">,
  theme: DarkChoice,
): ViewLink {
  const url = new URL(href);
  for (const name of [...VIEW_PARAMS, "token"]) url.searchParams.delete(name);
  const query = url.searchParams;
  for (const [name, value] of new URLSearchParams(cameraParams(scene.camera(true)))) {
    query.set(name, value);
  }
  if (theme !== "program") query.set("theme", theme);
  let leftOut = 0;
  const add = (name: string, path: string) => {
    const length = encodeURIComponent(path).length + name.length + 2;
    if (url.href.length + length > MAX_LENGTH) leftOut++;
    else query.append(name, path);
  };
  for (const [name, value] of scene.viewsParams()) add(name, value);
  for (const path of scene.selection.get()) add("select", path);
  for (const { path, override } of overridden(scene.tree.root())) {
    add(override ? "show" : "hide", path);
  }
  return { url: url.href, leftOut };
}

/** Nodes that the page's user has shown or hidden. */
function* overridden(node: TreeNode): Generator<TreeNode> {
  if (node.override !== null) yield node;
  for (const child of node.children) yield* overridden(child);
}
