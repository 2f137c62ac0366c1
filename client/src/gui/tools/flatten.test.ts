import { expect, test } from "vitest";
import type { TreeNode } from "../../app/contract";
import { findNode, flatten } from "./flatten";

function node(path: string, given: Partial<TreeNode> = {}): TreeNode {
  return {
    name: path.split("/").pop() ?? "",
    path,
    kind: "Box",
    visible: true,
    override: null,
    children: [],
    ...given,
  };
}

const many = (parent: string, count: number) =>
  Array.from({ length: count }, (_, i) => node(`${parent}/${i}`));
const paths = (rows: { node: TreeNode }[]) => rows.map((row) => row.node.path);

test("small branches near the top are open, large and deep ones closed", () => {
  const root = node("", {
    children: [
      node("/a", { children: [node("/a/b", { children: [node("/a/b/c")] })] }),
      node("/big", { children: many("/big", 31) }),
    ],
  });
  expect(paths(flatten(root, new Map()))).toEqual(["", "/a", "/a/b", "/big"]);
  const asked = new Map([
    ["/a/b", true],
    ["/big", true],
  ]);
  const rows = flatten(root, asked);
  expect(rows).toHaveLength(2 + 3 + 31);
  expect(rows[3]).toMatchObject({ depth: 3, position: 1, siblings: 1 });
  expect(rows.at(-1)).toMatchObject({ depth: 2, position: 31, siblings: 31 });
  expect(paths(flatten(root, new Map([["", false]])))).toEqual([""]);
});

test("what is hidden hides what is below", () => {
  const root = node("", {
    children: [
      node("/a", { visible: false, children: [node("/a/b")] }),
      node("/c", { visible: false, override: true }),
      node("/d", { override: false }),
    ],
  });
  const hidden = Object.fromEntries(flatten(root, new Map()).map((r) => [r.node.path, r.hidden]));
  expect(hidden).toEqual({ "": false, "/a": true, "/a/b": true, "/c": false, "/d": true });
});

test("a chain of any length does not overflow", () => {
  let chain = node("/end");
  const open = new Map<string, boolean>();
  for (let i = 0; i < 20_000; i++) {
    chain = node(`/${i}`, { children: [chain] });
    open.set(`/${i}`, true);
  }
  expect(flatten(chain, open)).toHaveLength(20_001);
});

test("a node is found by its path, as it is now", () => {
  const box = node("/a b/box", { override: false });
  const root = node("", { children: [node("/a"), node("/a b", { children: [box] })] });
  expect(findNode(root, "/a b/box")).toBe(box);
  expect(findNode(root, "")).toBe(root);
  expect(findNode(root, "/a b/gone")).toBeUndefined();
  expect(findNode(root, "/gone/box")).toBeUndefined();
});
