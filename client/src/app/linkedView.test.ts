import { expect, test } from "vitest";
import { followLink } from "./linkedView";

function fakeScene() {
  const nodes = new Set<string>();
  const watchers = new Set<() => void>();
  const calls: string[] = [];
  return {
    calls,
    watchers,
    add(path: string) {
      nodes.add(path);
      for (const cb of [...watchers]) cb();
    },
    tree: {
      root: () => {
        throw new Error("not needed");
      },
      subscribe(cb: () => void) {
        watchers.add(cb);
        return () => void watchers.delete(cb);
      },
    },
    node: (path: string) => (nodes.has(path) ? ({} as never) : null),
    select: (paths: readonly string[], mode?: string) => void calls.push(`${mode} ${paths}`),
    setVisibilityOverride: (path: string, visible: boolean | null) =>
      void calls.push(`${path} ${visible}`),
  };
}

test("nodes of a link are hidden and shown once, when they come", () => {
  const scene = fakeScene();
  scene.add("/a");
  followLink(scene, { hide: ["/a", "/late"], show: ["/b"], select: [] });
  expect(scene.calls).toEqual(["/a false"]);
  scene.add("/b");
  expect(scene.calls).toEqual(["/a false", "/b true"]);
  scene.add("/b");
  expect(scene.calls).toHaveLength(2);
  scene.add("/late");
  expect(scene.calls.at(-1)).toBe("/late false");
  expect(scene.watchers.size).toBe(0);
});

test("nodes of a link are selected when they come, together if they come together", () => {
  const scene = fakeScene();
  scene.add("/a");
  scene.add("/b");
  followLink(scene, { hide: [], show: [], select: ["/a", "/late", "/b"] });
  expect(scene.calls).toEqual(["add /a,/b"]);
  scene.add("/late");
  expect(scene.calls).toEqual(["add /a,/b", "add /late"]);
  expect(scene.watchers.size).toBe(0);
});

test("the wait for nodes that never come ends with the page", () => {
  const scene = fakeScene();
  const stop = followLink(scene, { hide: ["/never", "", "\u0000"], show: [], select: ["/none"] });
  expect(scene.watchers.size).toBe(1);
  stop();
  expect(scene.watchers.size).toBe(0);
});
