import {
  BufferAttribute,
  Group,
  type InterleavedBufferAttribute,
  Matrix4,
  type Mesh,
  type Object3D,
  PerspectiveCamera,
  type Points,
  Vector2,
  Vector3,
} from "three";
import { describe, expect, it } from "vitest";
import { patchProps } from "../protocol/patch";
import type { SceneContext } from "./context";
import { originOf, relativeTo, shift, ZERO } from "./farPlaces";
import { LineSegments } from "./nodes/lines";
import { TriangleMesh } from "./nodes/mesh";
import { PointCloud } from "./nodes/points";
import { CatmullRomSpline, CubicBezierSpline } from "./nodes/splines";
import { Pose } from "./pose";
import { ShapeCache } from "./shapes";
import { SurfacePool } from "./surfaces";
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
    surfaces: new SurfacePool(),
    shapes: new ShapeCache(),
    images: { load: () => ({ cancel: () => {} }) },
    perFrame: new Set(),
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

describe("a far mesh", () => {
  const props = {
    vertices: places(0, 0, 0, 4, 0, 0, 0, 4, 0),
    faces: new Uint32Array([0, 1, 2]),
    color: [255, 0, 0],
    material: "standard",
    flat_shading: false,
    side: "double",
    opacity: null,
    wireframe: false,
    cast_shadow: true,
    receive_shadow: 0.5,
    scale: 1,
  };

  function mesh(more: object = {}) {
    const { ctx, stage } = setUp();
    const visual = new TriangleMesh(ctx, () => {});
    visual.update({ ...props, ...more }, null);
    show(visual);
    const object = stage.children[0]!.children[0] as Mesh;
    const position = () => object.geometry.getAttribute("position") as BufferAttribute;
    return { ctx, visual, object, position };
  }

  it("is drawn where its vertices are, from small numbers, and so is its shadow", () => {
    const { object, position } = mesh();
    expect(greatest(position(), 3)).toBeLessThan(10);
    expect(onGpu(object, position(), 1)).toEqual([4, 0, 0]);
    const skin = object.children[0] as Mesh;
    expect(onGpu(skin, skin.geometry.getAttribute("position") as BufferAttribute, 2)).toEqual([
      0, 4, 0,
    ]);
    const sphere = object.geometry.boundingSphere!.clone().applyMatrix4(object.matrixWorld);
    expect(sphere.center.toArray()).toEqual([2, 2, 0]);
  });

  it("has normals that are not lost in the rounding", () => {
    const { object } = mesh({ vertices: places(0, 0, 0, 0.25, 0, 0, 0, 0.25, 0) });
    expect([...object.geometry.getAttribute("normal").array].slice(0, 3)).toEqual([0, 0, 1]);
  });

  it("is picked and outlined where it is drawn, also after it moved within its node", () => {
    const { visual, position } = mesh();
    expect(visual.raycast(rayAt(1, 1))?.distance).toBeCloseTo(10, 9);
    expect(visual.raycast(rayAt(3, 3))).toBeNull();
    const outlined = () => {
      const { matrix, geometry } = visual.outline()!;
      expect(geometry.getAttribute("position")).toBe(position());
      const [x, y, z] = geometry.getAttribute("position").array;
      return new Vector3(x, y, z).applyMatrix4(matrix).toArray();
    };
    expect(outlined()).toEqual([0, 0, 0]);
    const moved = { ...props, vertices: places(2, 2, 1, 6, 2, 1, 2, 6, 1) };
    visual.update(moved, new Set(["vertices"]));
    expect(outlined()).toEqual([2, 2, 1]);
    expect(visual.raycast(rayAt(3, 3))?.distance).toBeCloseTo(9, 9);
  });

  it("sorts what is seen through as the camera sees it", () => {
    const vertices = places(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 2, 0, 1, 2);
    const faces = new Uint32Array([3, 4, 5, 0, 1, 2]);
    const { ctx, object } = mesh({ vertices, faces, vertex_colors: new Uint8Array(24).fill(99) });
    const camera = new PerspectiveCamera();
    camera.position.set(0, 0, 10);
    camera.updateMatrixWorld();
    for (const frame of ctx.perFrame) frame(camera);
    expect([...object.geometry.getIndex()!.array]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("takes near vertices as they are", () => {
    const vertices = new Float32Array([0, 0, 0, 4, 0, 0, 0, 4, 0]);
    const { visual, object, position } = mesh();
    visual.update({ ...props, vertices }, new Set(["vertices"]));
    expect(position().array).toBe(vertices);
    expect(object.matrix.equals(new Matrix4())).toBe(true);
  });
});

describe("far lines", () => {
  const rest = { thickness: 2, thickness_units: "screen", scale: 1 };
  const ends = (mesh: Mesh) => {
    const buffer = mesh.geometry.getAttribute("segmentStart") as InterleavedBufferAttribute;
    return new BufferAttribute(buffer.data.array as Float32Array, 3);
  };

  it("are drawn, and picked, where their ends are, from small numbers", () => {
    const { ctx, stage } = setUp();
    const visual = new LineSegments(ctx, () => {});
    const colors = new Uint8Array(3);
    const points = places(0, 0, 0, 4, 0, 0, 0, 4, 0, 4, 4, 0);
    visual.update({ points, colors, ...rest }, null);
    show(visual);
    const object = stage.children[0]!.children[0] as Mesh;
    expect(greatest(ends(object), 4)).toBeLessThan(10);
    expect(onGpu(object, ends(object), 3)).toEqual([4, 4, 0]);
    expect(visual.raycast(rayAt(2, 4), eye)).toMatchObject({ distance: 10, instance: 1 });
    expect(visual.raycast(rayAt(2, 2), eye)).toBeNull();
    const near = new Float32Array([0, 0, 0, 4, 0, 0, 0, 4, 0, 4, 4, 0]);
    visual.update({ points: near, colors, ...rest }, new Set(["points"]));
    expect(ends(object).array).toBe(near);
    expect(object.matrix.equals(new Matrix4())).toBe(true);
  });

  it("are smooth curves, whatever the steps of single precision are there", () => {
    const { ctx, stage } = setUp();
    const props = { color: [0, 0, 0], segments: 8, ...rest };
    const points = places(0, 0, 0, 1, 0, 0);
    const spline = new CatmullRomSpline(ctx, () => {});
    const kind = { curve_type: "centripetal", tension: 0.5, closed: false };
    spline.update({ ...props, ...kind, points }, null);
    const bezier = new CubicBezierSpline(ctx, () => {});
    const control_points = places(0.25, 0, 0, 0.75, 0, 0);
    bezier.update({ ...props, points, control_points }, null);
    for (const visual of [spline, bezier]) {
      show(visual);
      expect(visual.raycast(rayAt(1, 0), eye)).toMatchObject({ distance: 10, instance: 0 });
    }
    for (const group of stage.children) {
      const object = group.children[0] as Mesh;
      const along = Array.from({ length: 8 }, (_, i) => onGpu(object, ends(object), 2 * i)[0]!);
      expect(new Set(along).size).toBe(8);
      expect(onGpu(object, ends(object), 15)).toEqual([1, 0, 0]);
    }
  });
});
