import type { TreeNode } from "../../contract";

/** One visible row of the tree. */
export interface TreeRow {
  node: TreeNode;
  depth: number;
  /** Position among its siblings, from 1. */
  position: number;
  siblings: number;
  open: boolean;
  /** Not visible, because of itself or an ancestor. */
  hidden: boolean;
}

/** A branch with more children than this is initially closed. */
const OPEN_UP_TO = 30;
const OPEN_DEPTH = 2;

/** Branches that the user opened or closed, by path. */
export type OpenBranches = ReadonlyMap<string, boolean>;

/** The node with this path, if any. */
export function findNode(root: TreeNode, path: string): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  while (node && node.path !== path) node = towards(node, path);
  return node;
}

function towards({ children }: TreeNode, path: string): TreeNode | undefined {
  return children.find((child) => path === child.path || path.startsWith(`${child.path}/`));
}

/** The paths of the branches that must be open for a node to be seen. */
export function ancestors(root: TreeNode, path: string): string[] {
  const found: string[] = [];
  let node: TreeNode | undefined = root;
  while (node && node.path !== path) {
    found.push(node.path);
    node = towards(node, path);
  }
  return found;
}

export function isShown(node: TreeNode): boolean {
  return node.override ?? node.visible;
}

/** The visible rows in order. Without recursion, since the depth is not limited. */
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

export interface Found {
  rows: TreeRow[];
  /** Number of matches, without their ancestors. */
  count: number;
}

/**
 * The nodes whose name or kind (or path, if the text has a slash) contains the text, ignoring case, and their
 * ancestors.
 */
export function search(root: TreeNode, text: string): Found {
  const wanted = text.toLowerCase();
  const found = (node: TreeNode) =>
    wanted.includes("/")
      ? node.path.toLowerCase().includes(wanted)
      : node.name.toLowerCase().includes(wanted) || node.kind.toLowerCase().includes(wanted);
  // Parents are before their children, so a reverse pass visits children first.
  const all: { node: TreeNode; parent: number; keep: boolean }[] = [
    { node: root, parent: -1, keep: false },
  ];
  for (let i = 0; i < all.length; i++) {
    for (const child of all[i]!.node.children) all.push({ node: child, parent: i, keep: false });
  }
  let count = 0;
  const kept = new Set<TreeNode>();
  for (let i = all.length - 1; i >= 0; i--) {
    const at = all[i]!;
    if (i > 0 && found(at.node)) {
      at.keep = true;
      count++;
    }
    if (!at.keep) continue;
    kept.add(at.node);
    if (at.parent >= 0) all[at.parent]!.keep = true;
  }
  return { rows: count === 0 ? [] : flattenKept(root, kept), count };
}

function flattenKept(root: TreeNode, kept: ReadonlySet<TreeNode>): TreeRow[] {
  const rows: TreeRow[] = [];
  const only = (node: TreeNode) => node.children.filter((child) => kept.has(child));
  const row = (
    node: TreeNode,
    depth: number,
    position: number,
    siblings: number,
    above: boolean,
  ) => ({
    node,
    depth,
    position,
    siblings,
    open: node.children.some((child) => kept.has(child)),
    hidden: above || !isShown(node),
  });
  const stack: TreeRow[] = [row(root, 0, 1, 1, false)];
  for (;;) {
    const next = stack.pop();
    if (!next) return rows;
    rows.push(next);
    const children = only(next.node);
    for (let i = children.length - 1; i >= 0; i--) {
      stack.push(row(children[i]!, next.depth + 1, i + 1, children.length, next.hidden));
    }
  }
}
