// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { type CreateMessage, Place, Variant } from "../../scene/place";
import { Pose } from "../../scene/pose";
import type { NodePlace } from "../../scene/world";
import { Actions } from "../../shared/actions";
import { CameraRig } from "../camera";
import { WorldFrame } from "../conventions";
import { InitialCamera } from "../initialCamera";
import type { Mover } from "./mover";
import { fitAll, focus, focusTargets, follow, lookFrom, lookThrough } from "./steps";

let places: Map<string, NodePlace>;
let root: NodePlace;
let rig: CameraRig;
let chosen: string[];
let actions: Actions;
let mover: Mover;

/** A node at a position of the three.js world. */
function add(path: string, kind: string, props: object, at = [0, 0, 0]): NodePlace {
  const place: NodePlace = new Place(path.slice(1), path, root);
  const message = { type: `${kind}Message`, name: path, owner: "", virtual: false, props };
  place.effective = new Variant(place, "", message as unknown as CreateMessage);
  Object.assign(place.world, { px: at[0], py: at[1], pz: at[2] });
  root.children.set(path, place);
  places.set(path, place);
  return place;
}

function remove(path: string): void {
  root.children.delete(path);
  places.delete(path);
}

beforeEach(() => {
  root = new Place("", "", null);
  places = new Map();
  chosen = [];
  actions = new Actions();
  const initialCamera = {
    position: null,
    lookAt: null,
    up: null,
    fov: null,
    near: null,
    far: null,
    projection: null,
  };
  rig = new CameraRig(
    document.createElement("div"),
    new InitialCamera(initialCamera),
    new WorldFrame(new Pose()),
    () => {},
  );
  rig.setAspect(1);
  mover = {
    deps: {
      world: { flushNodes() {}, tree: { root } },
      frame: new WorldFrame(new Pose()),
      actions,
      requestRender() {},
    } as unknown as Mover["deps"],
    rig,
    last: "",
    targets: () => (chosen.length > 0 ? chosen : mover.last === "" ? [] : [mover.last]),
    shown: (path) => (places.get(path)?.shown ? places.get(path)! : null),
  };
});

/** Completes all movements. */
function settle(): void {
  for (let i = 0; i < 500 && rig.update(1 / 30); i++);
}

const rounded = (v: readonly number[]) => v.map((x) => Math.round(x * 1000) / 1000 + 0);

describe("focus", () => {
  it("fits nodes into the picture, from the side where the camera is", () => {
    add("/a", "Box", { dimensions: [2, 2, 2], scale: 1 }, [10, 0, 0]);
    const before = rig.direction();
    focus(mover, ["/a"]);
    settle();
    expect(rounded(rig.target())).toEqual([10, 0, 0]);
    expect(rounded(rig.direction())).toEqual(rounded(before));
    expect(rig.distance).toBeCloseTo((1.05 * Math.sqrt(3)) / Math.sin((75 * Math.PI) / 360), 3);
    expect(mover.last).toBe("/a");
  });

  it("keeps its distance to a node without an extent, and comes no nearer than the near plane", () => {
    add("/label", "Label", {}, [1, 2, 3]);
    const { distance } = rig;
    focus(mover, ["/label"]);
    settle();
    expect(rig.distance).toBeCloseTo(distance, 5);
    expect(rounded(rig.target())).toEqual([1, 2, 3]);
    add("/dust", "Icosphere", { radius: 1e-6, scale: 1 });
    focus(mover, ["/dust"]);
    settle();
    expect(rig.distance).toBeGreaterThanOrEqual(rig.camera.near);
  });

  it("leaves the camera where it is if a node is gone, hidden or nowhere", () => {
    add("/nan", "Box", { dimensions: [1, 1, 1], scale: 1 }, [Number.NaN, 0, 0]);
    add("/hidden", "Box", { dimensions: [1, 1, 1], scale: 1 }).shown = false;
    const before = rig.target();
    for (const path of ["/gone", "/nan", "/hidden"])
      expect(() => focus(mover, [path])).toThrow(/hidden, or it is not there/);
    expect(rig.target()).toEqual(before);
  });

  it("fits all that is shown, without what is around it", () => {
    add("/a", "Box", { dimensions: [1, 1, 1], scale: 1 }, [4, 0, 0]);
    add("/b", "Box", { dimensions: [1, 1, 1], scale: 1 }, [6, 0, 0]);
    add("/grid", "Grid", { width: 1000, height: 1000, plane: "xy", infinite_grid: false });
    add("/sun", "PointLight", {}, [0, 500, 0]);
    focusTargets(mover);
    settle();
    expect(rounded(rig.target())).toEqual([5, 0, 0]);
    for (const path of ["/a", "/b", "/sun"]) remove(path);
    fitAll(mover);
    settle();
    expect(rounded(rig.target())).toEqual([0, 0, 0]);
    expect(rig.distance).toBeGreaterThan(500);
  });

  it("looks from the sides of a world whose up is y, without turning over the top", () => {
    const sides: [number, number, number][] = [
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
    ];
    for (const side of sides) {
      lookFrom(mover, side);
      settle();
      expect(rounded(rig.direction())).toEqual(side);
    }
    // Right is right in a view from above and below.
    const e = rig.camera.matrixWorld.elements;
    expect(e[0]).toBeCloseTo(1, 3);
  });
});

describe("following", () => {
  it("moves the camera with the node, and ends with Escape", () => {
    const a = add("/a", "Box", { dimensions: [1, 1, 1], scale: 1 });
    chosen = ["/a"];
    follow(mover, false);
    settle();
    const from = rig.state().from;
    a.world.setPosition(1, 2, 3);
    settle();
    expect(rounded(rig.target())).toEqual([1, 2, 3]);
    expect(rounded(rig.state().from)).toEqual(rounded([from[0] + 1, from[1] + 2, from[2] + 3]));
    // The origin of the three.js world moves with camera and nodes.
    rig.shift([1, 2, 3]);
    a.world.setPosition(0, 0, 0);
    settle();
    expect(rounded(rig.target())).toEqual([0, 0, 0]);
    expect(actions.escape()).toBe(true);
    a.world.setPosition(5, 5, 5);
    settle();
    expect(rounded(rig.target())).toEqual([0, 0, 0]);
    expect(actions.busy).toBe(false);
  });

  it("turns with the node, and ends when it is gone", () => {
    const a = add("/a", "Box", { dimensions: [1, 1, 1], scale: 1 });
    mover.last = "/a";
    follow(mover, true);
    settle();
    const [x, y, z] = rig.direction();
    a.world.setWxyz(Math.SQRT1_2, 0, Math.SQRT1_2, 0);
    settle();
    // A quarter turn around y.
    expect(rounded(rig.direction())).toEqual(rounded([z, y, -x]));
    remove("/a");
    settle();
    expect(actions.busy).toBe(false);
    expect(() => follow(mover, true)).toThrow(/Choose a node/);
  });
});

describe("a look through a frustum", () => {
  const frustum = () => add("/eye", "CameraFrustum", { fov: 0.5, aspect: 2, scale: 1 }, [1, 2, 3]);

  it("has the frustum's place and field of view, wide enough for all of it, and goes back", () => {
    frustum();
    chosen = ["/eye"];
    const before = rig.state();
    rig.setProjection("orthographic");
    lookThrough(mover);
    settle();
    const { from, fov, up } = rig.state();
    expect(rounded(from)).toEqual([1, 2, 3]);
    // OpenCV's axes: ahead is z, and up is -y.
    expect(rounded(rig.direction())).toEqual([0, 0, -1]);
    expect(rounded(up)).toEqual([0, -1, 0]);
    expect(Math.tan((fov * Math.PI) / 360)).toBeCloseTo(2 * Math.tan(0.25), 6);
    expect(rig.projection).toBe("perspective");
    actions.escape();
    settle();
    expect(rounded(rig.state().from)).toEqual(rounded(before.from));
    expect(rig.state().fov).toBeCloseTo(before.fov, 6);
    expect(rig.projection).toBe("orthographic");
  });

  it("ends where the user moves on, and with the frustum", () => {
    frustum();
    chosen = ["/eye"];
    lookThrough(mover);
    settle();
    rig.taken();
    expect(rounded(rig.state().from)).toEqual([1, 2, 3]);
    expect(rounded(rig.state().up)).toEqual([0, 1, 0]);
    expect(actions.busy).toBe(false);
    lookThrough(mover);
    remove("/eye");
    settle();
    expect(actions.busy).toBe(false);
    expect(() => lookThrough(mover)).toThrow(/Choose a camera frustum/);
  });
});
