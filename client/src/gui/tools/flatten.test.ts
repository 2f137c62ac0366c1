import { expect, test } from "vitest";
import type { TreeNode } from "../../contract";
import { findNode, flatten, search } from "./flatten";

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

test("hidden nodes hide their descendants", () => {
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

test("a node is found by its path in the current tree", () => {
  const box = node("/a b/box", { override: false });
  const root = node("", { children: [node("/a"), node("/a b", { children: [box] })] });
  expect(findNode(root, "/a b/box")).toBe(box);
  expect(findNode(root, "")).toBe(root);
  expect(findNode(root, "/a b/gone")).toBeUndefined();
  expect(findNode(root, "/gone/box")).toBeUndefined();
});

test("a node without a slash in its name is found too", () => {
  const plain = node("plain");
  const slash = node("/", { name: "", children: [node("//x")] });
  const root = node("", { children: [plain, slash] });
  expect(findNode(root, "plain")).toBe(plain);
  expect(findNode(root, "//x")?.path).toBe("//x");
});

test("a search of 10,000 nodes keeps the ancestors of matches, in order", () => {
  const root = node("", {
    children: Array.from({ length: 100 }, (_, i) =>
      node(`/g${i}`, { children: many(`/g${i}`, 100) }),
    ),
  });
  const { rows, count } = search(root, "g7/99");
  expect(paths(rows)).toEqual(["", "/g7", "/g7/99"]);
  expect(count).toBe(1);
  expect(rows.map((r) => [r.depth, r.position, r.siblings, r.open])).toEqual([
    [0, 1, 1, true],
    [1, 1, 1, true],
    [2, 1, 1, false],
  ]);
  expect(search(root, "").count).toBe(10_100);
  expect(search(root, "nothing").rows).toEqual([]);
});

test("a search of a long chain does not overflow", () => {
  let chain = node("/end");
  for (let i = 0; i < 20_000; i++) chain = node(`/${i}`, { children: [chain] });
  expect(search(chain, "end").rows).toHaveLength(20_001);
});
