import type { TreeNode } from "../../app/contract";

/** One line of the tree as it is shown. */
export interface TreeRow {
  node: TreeNode;
  depth: number;
  /** Place among its siblings, from 1. */
  position: number;
  siblings: number;
  open: boolean;
  /** Not drawn, because of itself or of a node above. */
  hidden: boolean;
}

/** A branch with more children than this opens only when asked. */
const OPEN_UP_TO = 30;
const OPEN_DEPTH = 2;

/** What the user opened and closed, by path. */
export type OpenBranches = ReadonlyMap<string, boolean>;

/** The node of that path, if it is there. */
export function findNode(root: TreeNode, path: string): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const name of path.split("/").slice(1)) {
    node = node?.children.find((child) => child.name === name);
  }
  return node;
}

export function isShown(node: TreeNode): boolean {
  return node.override ?? node.visible;
}

/** The lines of the tree in order. Without recursion: a program may build a chain of any length. */
export function flatten(root: TreeNode, branches: OpenBranches): TreeRow[] {
  const rows: TreeRow[] = [];
  const stack: TreeRow[] = [rowOf(root, 0, 1, 1, false, branches)];
  for (;;) {
    const row = stack.pop();
    if (!row) return rows;
    rows.push(row);
    if (!row.open) continue;
    const { children } = row.node;
    for (let i = children.length - 1; i >= 0; i--) {
      stack.push(rowOf(children[i]!, row.depth + 1, i + 1, children.length, row.hidden, branches));
    }
  }
}

function rowOf(
  node: TreeNode,
  depth: number,
  position: number,
  siblings: number,
  hiddenAbove: boolean,
  branches: OpenBranches,
): TreeRow {
  const count = node.children.length;
  const asked = branches.get(node.path);
  const open = count > 0 && (asked ?? (depth === 0 || (depth < OPEN_DEPTH && count <= OPEN_UP_TO)));
  return { node, depth, position, siblings, open, hidden: hiddenAbove || !isShown(node) };
}
