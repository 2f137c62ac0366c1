/**
 * Each property of each kind of node, with values that no correct server would send. None of them may throw, blank
 * the picture or stop the page: what can't be drawn is left out, and marked on its node.
 */
import { NODE_PROPS, type NodeProp } from "../src/protocol/nodeProps.gen";
import { Beside } from "../src/testing/frame";
import { expect, type Page, test, visit } from "./harness";
import { expectSeen } from "./picture";
import { type Peer, RawServer } from "./rawServer";

const floats = (...v: number[]) => new Beside(new Float32Array(v));
const whole = (...v: number[]) => new Beside(new Uint32Array(v));

/** Valid arrays, by the name of their property. */
const ARRAYS: Record<string, Beside | null> = {
  vertices: floats(0, 0, 0, 1, 0, 0, 0, 0, 1),
  faces: whole(0, 1, 2),
  points: floats(0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1),
  control_points: floats(0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1),
  colors: new Beside(new Uint8Array([0, 0, 200])),
  batched_colors: new Beside(new Uint8Array([0, 0, 200])),
  batched_wxyzs: floats(1, 0, 0, 0, 1, 0, 0, 0),
  batched_positions: floats(0, 0, 0, 1, 0, 0),
  bone_wxyzs: floats(1, 0, 0, 0),
  bone_positions: floats(0, 0, 0),
  skin_indices: new Beside(new Uint16Array(12)),
  skin_weights: floats(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0),
  buffer: whole(0, 0, 0, 0, 0, 0, 0, 0),
};

function right(p: NodeProp): unknown {
  if (p.key in ARRAYS) return ARRAYS[p.key];
  if (p.optional) return null;
  const by: Record<NodeProp["kind"], unknown> = {
    number: 0.5,
    integer: 8,
    boolean: true,
    choice: p.values?.[0],
    text: "text",
    color: [0, 0, 200],
    numbers: Array(p.size ?? 3).fill(0.5),
    booleans: Array(p.size ?? 3).fill(true),
    scale: 1,
    shade: true,
    array: null,
    bytes: new Uint8Array(),
    encoding: "png",
    data: null,
  };
  return by[p.kind];
}

const WRONG: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  1e300,
  "text",
  "",
  null,
  true,
  [],
  [1, Number.NaN, 3],
  ["a", "b", "c"],
  [[1, 2], "x"],
  {},
  new Uint8Array([1, 2, 3, 4, 5]),
  floats(),
  floats(Number.NaN, 0, 0, 0, 1, 0, 0, 0, Number.POSITIVE_INFINITY),
  floats(1e38, -1e38, 3e38, 0, 0, 0, 1, 0, 0, 0, 0, 0),
  floats(1, 2, 3, 4, 5),
  whole(7, 8, 9, 0xffffffff, 0, 1),
  new Beside(new Uint8Array(7)),
];

const BOX = {
  type: "BoxMessage",
  name: "/right",
  owner: "",
  virtual: false,
  props: {
    color: [0, 200, 0],
    dimensions: [1, 1, 1],
    wireframe: false,
    opacity: null,
    flat_shading: true,
    side: "front",
    material: "standard",
    cast_shadow: false,
    receive_shadow: false,
    scale: 1,
  },
};

let server: RawServer;
let peer: Peer;
test.beforeEach(async ({ page }) => {
  server = await RawServer.start((p) => {
    peer = p;
    p.messages(BOX, { type: "ReplayDoneMessage" });
  });
  await visit(page, server);
});
test.afterEach(() => server.stop());

const drawn = (page: Page) =>
  page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));

/** The nodes of a page's tree, with their errors. */
const errors = (page: Page) =>
  page.evaluate(() => {
    const root = window.viserPage!.scene!.tree.root();
    return root.children.map((c) => [c.path, c.error ?? ""] as const);
  });

for (const [type, props] of Object.entries(NODE_PROPS)) {
  // A scene with many lights is slow to draw, and this is not a performance test.
  const atOnce = type.includes("Light") ? 6 : 80;
  test(`wrong properties of a ${type.replace("Message", "")}`, async ({ page }) => {
    const base = Object.fromEntries(props.map((p) => [p.key, right(p)]));
    const cases = props.flatMap((p) =>
      // A curve of half a million segments is valid, but slow to draw.
      WRONG.filter((w) => p.key !== "segments" || !(Number(w) > 1e6)).map((wrong) => ({
        ...base,
        [p.key]: wrong,
      })),
    );
    let marked = 0;
    for (let from = 0; from < cases.length; from += atOnce) {
      const some = cases.slice(from, from + atOnce);
      const name = (i: number) => `/wrong ${from + i}`;
      const node = (i: number, ps: object) => ({
        type,
        name: name(i),
        owner: "",
        virtual: false,
        props: ps,
      });
      // Valid at first, then invalid; and invalid from the beginning.
      peer.messages(...some.map((ps, i) => node(i, i % 2 ? base : ps)));
      await drawn(page);
      peer.messages(
        ...some.map((ps, i) => ({
          type: "SceneNodeUpdateMessage",
          name: name(i),
          owner: "",
          updates: ps,
        })),
      );
      await expect.poll(async () => (await errors(page)).length).toBeGreaterThan(some.length);
      await drawn(page);
      for (const [path, error] of await errors(page)) {
        expect(error, path).not.toContain("can't be drawn");
        if (error) marked++;
      }
      peer.messages(
        ...some.map((_, i) => ({ type: "RemoveSceneNodeMessage", name: name(i), owner: "" })),
      );
      await expect.poll(async () => (await errors(page)).length).toBeLessThanOrEqual(2);
    }
    // The rest of the scene is unharmed.
    await expectSeen(page, "green");
    // Kinds with arrays or sizes have errors.
    if (/Mesh|Points|PointCloud|Line|Arrow|Spline|Batched/.test(type)) {
      expect(marked).toBeGreaterThan(5);
    }
  });
}

test("unusual names, and a hundred levels", async ({ page }) => {
  const deep = Array.from({ length: 100 }, (_, i) => `/l${i}`).join("");
  const names = [
    "/a b",
    "/你好/🦀",
    "//double//slash",
    "/__proto__/constructor",
    "/%2F",
    '/<b>"',
    deep,
  ];
  peer.messages(
    ...names.map((name) => ({ ...BOX, name })),
    { ...BOX, name: `${deep}${deep}${deep}` },
    { type: "SetPositionMessage", name: deep, owner: "", position: [0, 0, 0] },
  );
  await expect
    .poll(() =>
      page.evaluate((all) => {
        const found = new Set<string>();
        const visit = (n: { path: string; kind: string; children: readonly never[] }): void => {
          if (n.kind === "Box") found.add(n.path);
          n.children.forEach(visit);
        };
        visit(window.viserPage!.scene!.tree.root() as never);
        return all.filter((n) => !found.has(n));
      }, names),
    )
    .toEqual([]);
  const root = await page.evaluate(() => window.viserPage!.scene!.tree.root().error ?? "");
  expect(root).toContain("levels");
  await expectSeen(page, "green");
});
