import { Box3, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { localBounds, worldBounds } from "./bounds";
import { KINDS } from "./nodes";
import { type CreateMessage, Place, Variant } from "./place";
import type { NodeVisual } from "./visual";

type NodePlace = Place<NodeVisual>;

function node(kind: string, props: object, parent: NodePlace | null = null): NodePlace {
  const made = new Place<NodeVisual>("n", `/n${parent?.children.size ?? ""}`, parent);
  const message = { type: `${kind}Message`, name: "/n", owner: "", virtual: false, props };
  made.effective = new Variant<NodeVisual>(made, "", message as unknown as CreateMessage);
  parent?.children.set(made.path, made);
  return made;
}

const box = (min: number[], max: number[]) =>
  new Box3(new Vector3(...(min as [number])), new Vector3(...(max as [number])));

describe("the box around a node", () => {
  it.each([
    ["Box", { dimensions: [2, 4, 6], scale: [1, 2, 1] }, [-1, -4, -3], [1, 4, 3]],
    ["Icosphere", { radius: 2, scale: 1 }, [-2, -2, -2], [2, 2, 2]],
    ["Cylinder", { radius: 1, height: 4 }, [-1, -1, -2], [1, 1, 2]],
    ["Frame", { axes_length: 2, axes_radius: 0.5 }, [-0.5, -0.5, -0.5], [2, 2, 2]],
    ["Image", { render_width: 2, render_height: 1 }, [-1, -0.5, 0], [1, 0.5, 0]],
    ["Label", { text: "x" }, [0, 0, 0], [0, 0, 0]],
    ["PointLight", {}, [0, 0, 0], [0, 0, 0]],
    ["Grid", { width: 4, height: 2, plane: "xy" }, [-2, -1, 0], [2, 1, 0]],
    ["Grid", { width: 4, height: 2, infinite_grid: true, plane: "xy" }, [-5, -5, 0], [5, 5, 0]],
  ])("%s", (kind, props, min, max) => {
    expect(localBounds(node(kind, props))).toEqual(box(min, max));
  });

  it("is around its points, in either precision, without those that are not finite", () => {
    const points = new Float32Array([0, 0, 0, 1, 2, 3, Number.NaN, 9, 9]);
    const cloud = node("PointCloud", { points, point_size: 0.5, scale: 2 });
    expect(localBounds(cloud)).toEqual(box([-1, -1, -1], [3, 5, 7]));
    const halves = new Uint16Array([0, 0, 0, 0x3c00, 0x4000, 0xc000]);
    const half = localBounds(node("PointCloud", { points: halves, point_size: 0 }));
    expect(half).toEqual(box([0, 0, -2], [1, 2, 0]));
  });

  it("is computed again for another array only, and not spoiled by its users", () => {
    const points = new Float32Array([0, 0, 0, 1, 1, 1]);
    const lines = node("LineSegments", { points });
    localBounds(lines)?.expandByScalar(5);
    points[3] = 7;
    expect(localBounds(lines)?.max.x).toBe(1);
    lines.effective!.props = { points: points.subarray(0) };
    expect(localBounds(lines)?.max.x).toBe(7);
  });

  it("is around the instances of a batch, however they are turned", () => {
    const batch = node("BatchedMeshes", {
      vertices: new Float32Array([1, 0, 0, 0, 0, 0]),
      batched_positions: new Float32Array([0, 0, 0, 10, 0, 0]),
      batched_scales: new Float32Array([1, 2]),
    });
    expect(localBounds(batch)).toEqual(box([-2, -2, -2], [12, 2, 2]));
  });

  it("is what the visual says, if it says so", () => {
    const model = node("Glb", { scale: 3 });
    model.visual = { bounds: () => box([0, 0, 0], [1, 1, 1]) } as unknown as NodeVisual;
    expect(localBounds(model)).toEqual(box([0, 0, 0], [1, 1, 1]));
    model.visual = { bounds: () => null } as unknown as NodeVisual;
    expect(localBounds(model)).toBeNull();
    const batch = node("BatchedGlb", { batched_positions: new Float32Array([5, 0, 0]) });
    batch.visual = { bounds: () => box([0, 0, 0], [1, 0, 0]) } as unknown as NodeVisual;
    expect(localBounds(batch)).toEqual(box([4, -1, -1], [6, 1, 1]));
  });

  it("is none for what draws nothing or has no sensible numbers", () => {
    const virtual = node("Frame", {});
    virtual.effective!.virtual = true;
    expect(localBounds(virtual)).toBeNull();
    for (const [kind, props] of [
      ["Frame", { show_axes: false }],
      ["Box", { dimensions: [1, Number.NaN, 1] }],
      ["Box", {}],
      ["Mesh", { vertices: "no" }],
      ["PointCloud", { points: new Float32Array() }],
      ["LineSegments", { points: new Float32Array([Number.NaN, 0, 0]) }],
      ["CameraFrustum", { fov: 4, aspect: 1 }],
      ["Icosphere", { radius: 1, scale: Number.POSITIVE_INFINITY }],
    ] as const) {
      expect(localBounds(node(kind, props)), kind).toBeNull();
    }
  });

  it("is never an exception, whatever the kind and its properties", () => {
    for (const type of Object.keys(KINDS)) {
      for (const props of [{}, { points: 3, vertices: null, scale: "x", dimensions: {} }]) {
        expect(() => localBounds(node(type.replace("Message", ""), props)), type).not.toThrow();
      }
    }
  });
});

describe("the box of a subtree", () => {
  it("is around what is shown of it, in the world", () => {
    const top = node("Frame", { show_axes: false });
    const near = node("Box", { dimensions: [2, 2, 2] }, top);
    near.world.setPosition(5, 0, 0);
    const far = node("Icosphere", { radius: 1 }, top);
    far.world.setPosition(100, 0, 0);
    far.shown = false;
    expect(worldBounds(top)).toEqual(box([4, -1, -1], [6, 1, 1]));
    top.shown = false;
    expect(worldBounds(top)).toBeNull();
  });
});
