import {
  type BufferAttribute,
  Group,
  Matrix4,
  type Object3D,
  type Points,
  Vector2,
  Vector3,
} from "three";
import { describe, expect, it } from "vitest";
import { patchProps } from "../protocol/patch";
import type { SceneContext } from "./context";
import { originOf, relativeTo, shift, ZERO } from "./farPlaces";
import { PointCloud } from "./nodes/points";
import { Pose } from "./pose";
import type { Eye, NodeVisual, Ray } from "./visual";

const FAR: [number, number, number] = [500_000, -4_000_000, 250];

/** Places around FAR, in steps that are exact in single precision. */
function places(...near: number[]): Float32Array {
  return Float32Array.from(near, (v, i) => v + FAR[i % 3]!);
}

/** As much of a context as the kinds here need; the camera is near the places. */
function setUp() {
  const stage = new Group();
  const ctx = {
    stage,
    frame: { viewport: { value: new Vector2() }, pixelRatio: { value: 1 } },
    requestRender: () => {},
  } as unknown as SceneContext;
  return { stage, ctx };
}

/** The node at zero, as the tree has it while the three.js world's origin is near the camera. */
function nodeAtZero(): Pose {
  const pose = new Pose();
  pose.setPosition(-FAR[0], -FAR[1], -FAR[2]);
  return pose;
}

/** Where a row of an attribute is, as the GPU computes it: with both factors in single precision. */
function onGpu(object: Object3D, attribute: BufferAttribute, row: number): number[] {
  const at = (k: number) => attribute.array[row * attribute.itemSize + k]!;
  const matrix = new Matrix4().fromArray(new Float32Array(object.matrixWorld.elements));
  return new Vector3(at(0), at(1), at(2)).applyMatrix4(matrix).toArray().map(Math.fround);
}

/** The greatest number that the GPU gets of an attribute's places. */
function greatest(attribute: BufferAttribute, rows: number): number {
  const used = [...attribute.array].slice(0, rows * attribute.itemSize);
  return Math.max(...used.map(Math.abs));
}

/** Looks at the places along -z. */
const eye: Eye = { right: [1, 0, 0], up: [0, 1, 0], forward: [0, 0, -1], pixel: 0.01, near: 0.1 };

function rayAt(x: number, y: number): Ray {
  return { origin: [x, y, 10], direction: [0, 0, -1] };
}

function show(visual: NodeVisual): void {
  visual.setPose(nodeAtZero());
  visual.setShown(true);
}

describe("the origin of an array", () => {
  it("is zero for what is near, which is used as it is", () => {
    const near = new Float32Array([0, 0, 0, 9000, 0, 0, 1, 2, 3]);
    expect(originOf(near)).toBe(ZERO);
    expect(relativeTo(ZERO, near)).toBe(near);
    expect(originOf(new Float32Array())).toBe(ZERO);
    expect(originOf(new Float32Array([Number.NaN, 0, 0]))).toBe(ZERO);
  });

  it("is among the places, whatever a few of them are", () => {
    const some = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4];
    const array = places(...some);
    array.fill(0, 0, 3);
    array.fill(Number.NaN, 3, 6);
    array.fill(Number.POSITIVE_INFINITY, 14);
    const origin = originOf(array);
    expect(Math.hypot(...origin.map((v, k) => v - FAR[k]!))).toBeLessThan(10);
    expect([...relativeTo(origin, array)].slice(6, 9)).toEqual(
      [2, 2, 2].map((v, k) => v + FAR[k]! - origin[k]!),
    );
  });

  it("stays while a part changes, and moves when the places do", () => {
    const origin = originOf(places(0, 0, 0, 1, 0, 0));
    expect(originOf(places(50, 0, 0, 60, 0, 0), origin)).toBe(origin);
    expect(originOf(places(50_000, 0, 0), origin)).not.toBe(origin);
    expect(originOf(new Float32Array(9), origin)).toBe(ZERO);
    expect(originOf(places(0, 0, 0), ZERO)).not.toBe(ZERO);
  });

  it("moves a matrix's space", () => {
    const m = new Matrix4()
      .makeRotationZ(1)
      .scale(new Vector3(2, 3, 4))
      .setPosition(5, 6, 7);
    const moved = shift(m.clone(), [1, 2, 3]);
    expect(new Vector3(1, 1, 1).applyMatrix4(moved).toArray()).toEqual(
      new Vector3(2, 3, 4)
        .applyMatrix4(m)
        .toArray()
        .map((v) => expect.closeTo(v, 10)),
    );
  });
});

describe("a far cloud", () => {
  const rest = { point_size: 0.1, point_shape: "circle", point_shading: "flat", scale: 1 };
  const colors = new Uint8Array([1, 2, 3]);

  function cloud(points: Float32Array | Uint16Array) {
    const { ctx, stage } = setUp();
    const visual = new PointCloud(ctx, () => {});
    let props: Record<string, unknown> = { points, colors, ...rest };
    visual.update(props, null);
    show(visual);
    const object = stage.children[0]!.children[0] as Points;
    const position = () => object.geometry.getAttribute("position") as BufferAttribute;
    const set = (next: Float32Array | Uint16Array) => {
      props = { ...props, points: next };
      visual.update(props, new Set(["points"]));
    };
    const patch = (from: number, data: Float32Array, total: number) => {
      const ranges = data.length > 0 ? [from, data.length] : [];
      const change = { property: "points", index: 0, total, ranges, data };
      ({ props } = patchProps(props, [change]));
      visual.update(props, new Set(["points"]), new Map([["points", ranges]]));
    };
    const upload = () => {
      const ranges = position().updateRanges.map(({ start, count }) => [start / 3, count / 3]);
      position().onUploadCallback.call(position());
      return ranges;
    };
    return { visual, object, position, set, patch, upload };
  }

  it("is drawn where its points are, from small numbers", () => {
    const { object, position } = cloud(places(0, 0, 0, 0.25, 0.5, 1, 3, 2, 1));
    expect(greatest(position(), 3)).toBeLessThan(10);
    expect(onGpu(object, position(), 1)).toEqual([0.25, 0.5, 1]);
    expect(onGpu(object, position(), 2)).toEqual([3, 2, 1]);
  });

  it("is picked where it is drawn", () => {
    const { visual } = cloud(places(0, 0, 0, 3, 2, 1));
    expect(visual.raycast(rayAt(3, 2), eye)).toEqual({ distance: 9, instance: 1, coverable: true });
    expect(visual.raycast(rayAt(2, 2), eye)).toBeNull();
  });

  it("keeps its buffers and origin when it changes in part", () => {
    const { object, position, patch, upload } = cloud(places(...new Array(300).fill(1)));
    patch(3, places(2, 2, 2), 300);
    upload();
    const before = position();
    patch(30, places(4, 3, 2), 300);
    expect(upload()).toEqual([[10, 1]]);
    expect(position()).toBe(before);
    expect(onGpu(object, before, 10)).toEqual([4, 3, 2]);
    expect(onGpu(object, before, 1)).toEqual([2, 2, 2]);
    patch(300, places(5, 6, 7), 303);
    upload();
    patch(303, places(7, 6, 5), 306);
    expect(upload()).toEqual([[101, 1]]);
    expect(onGpu(object, position(), 100)).toEqual([5, 6, 7]);
    expect(onGpu(object, position(), 101)).toEqual([7, 6, 5]);
    expect(onGpu(object, position(), 99)).toEqual([1, 1, 1]);
    patch(0, new Float32Array(), 6);
    expect(onGpu(object, position(), 1)).toEqual([2, 2, 2]);
  });

  it("gets an origin when far points are appended to none", () => {
    const { object, position, patch, upload } = cloud(new Float32Array());
    patch(0, places(1, 2, 3, 4, 5, 6), 6);
    expect(onGpu(object, position(), 1)).toEqual([4, 5, 6]);
    expect(greatest(position(), 2)).toBeLessThan(10);
    upload();
  });

  it("is uploaded whole when a part brings another origin", () => {
    const { object, position, patch, upload } = cloud(new Float32Array(9));
    patch(0, places(1, 2, 3), 9);
    upload();
    patch(3, places(4, 5, 6), 9);
    expect(upload()).toEqual([]); // all
    expect(onGpu(object, position(), 0)).toEqual([1, 2, 3]);
    expect(onGpu(object, position(), 1)).toEqual([4, 5, 6]);
  });

  it("goes back to the array as it is when it comes near", () => {
    const { object, position, set } = cloud(places(0, 0, 0, 1, 1, 1));
    set(places(2, 2, 2, 5, 5, 5));
    expect(onGpu(object, position(), 0)).toEqual([2, 2, 2]);
    const near = new Float32Array([1, 2, 3, 4, 5, 6]);
    set(near);
    expect(position().array).toBe(near);
    expect(object.matrix.equals(new Matrix4())).toBe(true);
    set(places(0, 0, 0, 1, 1, 1));
    set(new Uint16Array(6));
    expect(object.matrix.equals(new Matrix4())).toBe(true);
  });
});
