import {
  BufferAttribute,
  Group,
  type InstancedMesh,
  type InterleavedBufferAttribute,
  Matrix4,
  type Mesh,
  type Object3D,
  PerspectiveCamera,
  type Points,
  type SkinnedMesh as ThreeSkinnedMesh,
  Vector2,
  Vector3,
} from "three";
import { describe, expect, it } from "vitest";
import { patchProps } from "../protocol/patch";
import type { SceneContext } from "./context";
import { originOf, relativeTo, shift, ZERO } from "./localOrigin";
import { Arrows } from "./nodes/arrows";
import { BatchedAxes } from "./nodes/batchedAxes";
import { BatchedMeshes } from "./nodes/batchedMeshes";
import { LineSegments } from "./nodes/lines";
import { TriangleMesh } from "./nodes/mesh";
import { PointCloud } from "./nodes/points";
import { SkinnedMesh } from "./nodes/skinnedMesh";
import { GaussianSplats } from "./nodes/splats";
import { CatmullRomSpline, CubicBezierSpline } from "./nodes/splines";
import { BONES } from "./place";
import { Pose } from "./pose";
import { ShapeCache } from "./shapes";
import { type SplatMember, unchanged } from "./splats/member";
import { pickSplat } from "./splats/pick";
import { SurfacePool } from "./surfaces";
import type { Eye, NodeVisual, Ray } from "./visual";

const FAR: [number, number, number] = [500_000, -4_000_000, 250];

/** Positions around FAR, in steps that are exact in single precision. */
function places(...near: number[]): Float32Array {
  return Float32Array.from(near, (v, i) => v + FAR[i % 3]!);
}

/** The part of a context that these kinds use; the camera is near the positions. */
function setUp() {
  const stage = new Group();
  const ctx = {
    stage,
    frame: {
      viewport: { value: new Vector2() },
      pixelRatio: { value: 1 },
      adaptivePoints: { value: 0 },
      seeThrough: { value: 0 },
    },
    requestRender: () => {},
    surfaces: new SurfacePool(),
    shapes: new ShapeCache(),
    images: { load: () => ({ cancel: () => {} }) },
    perFrame: new Set(),
  } as unknown as SceneContext;
  return { stage, ctx };
}

/** The pose of a node at the scene's origin, while the three.js world's origin is near the camera. */
function nodeAtZero(): Pose {
  const pose = new Pose();
  pose.setPosition(-FAR[0], -FAR[1], -FAR[2]);
  return pose;
}

/** The position of a row of an attribute, computed as on the GPU: with both factors in single precision. */
function onGpu(object: Object3D, attribute: BufferAttribute, row: number): number[] {
  const at = (k: number) => attribute.array[row * attribute.itemSize + k]!;
  const matrix = new Matrix4().fromArray(new Float32Array(object.matrixWorld.elements));
  return new Vector3(at(0), at(1), at(2)).applyMatrix4(matrix).toArray().map(Math.fround);
}

/** The largest coordinate of an attribute on the GPU. */
function greatest(attribute: BufferAttribute, rows: number): number {
  const used = [...attribute.array].slice(0, rows * attribute.itemSize);
  return Math.max(...used.map(Math.abs));
}

/** Looks at the positions along -z. */
const eye: Eye = { right: [1, 0, 0], up: [0, 1, 0], forward: [0, 0, -1], pixel: 0.01, near: 0.1 };

function rayAt(x: number, y: number): Ray {
  return { origin: [x, y, 10], direction: [0, 0, -1] };
}

function show(visual: NodeVisual): void {
  visual.setPose(nodeAtZero());
  visual.setShown(true);
}

describe("the origin of an array", () => {
  it("is zero for near positions, which are used unchanged", () => {
    const near = new Float32Array([0, 0, 0, 9000, 0, 0, 1, 2, 3]);
    expect(originOf(near)).toBe(ZERO);
    expect(relativeTo(ZERO, near)).toBe(near);
    expect(originOf(new Float32Array())).toBe(ZERO);
    expect(originOf(new Float32Array([Number.NaN, 0, 0]))).toBe(ZERO);
  });

  it("is among the positions, whatever a few outliers are", () => {
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

  it("stays while a part changes, and moves with the positions", () => {
    const origin = originOf(places(0, 0, 0, 1, 0, 0));
    expect(originOf(places(50, 0, 0, 60, 0, 0), origin)).toBe(origin);
    expect(originOf(places(50_000, 0, 0), origin)).not.toBe(origin);
    expect(originOf(new Float32Array(9), origin)).toBe(ZERO);
    expect(originOf(places(0, 0, 0), ZERO)).not.toBe(ZERO);
  });

  it("translates a matrix in its local space", () => {
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

  it("is drawn at its points, from small coordinates", () => {
    const { object, position } = cloud(places(0, 0, 0, 0.25, 0.5, 1, 3, 2, 1));
    expect(greatest(position(), 3)).toBeLessThan(10);
    expect(onGpu(object, position(), 1)).toEqual([0.25, 0.5, 1]);
    expect(onGpu(object, position(), 2)).toEqual([3, 2, 1]);
  });

  it("is picked at its drawn position", () => {
    const { visual } = cloud(places(0, 0, 0, 3, 2, 1));
    expect(visual.raycast(rayAt(3, 2), eye)).toEqual({
      distance: 9,
      instance: 1,
      occludable: true,
    });
    expect(visual.raycast(rayAt(2, 2), eye)).toBeNull();
  });

  it("keeps its buffers and origin in a partial update", () => {
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

  it("gets an origin when far points are appended to an empty cloud", () => {
    const { object, position, patch, upload } = cloud(new Float32Array());
    patch(0, places(1, 2, 3, 4, 5, 6), 6);
    expect(onGpu(object, position(), 1)).toEqual([4, 5, 6]);
    expect(greatest(position(), 2)).toBeLessThan(10);
    upload();
  });

  it("is uploaded as a whole when a part changes the origin", () => {
    const { object, position, patch, upload } = cloud(new Float32Array(9));
    patch(0, places(1, 2, 3), 9);
    upload();
    patch(3, places(4, 5, 6), 9);
    expect(upload()).toEqual([]); // all
    expect(onGpu(object, position(), 0)).toEqual([1, 2, 3]);
    expect(onGpu(object, position(), 1)).toEqual([4, 5, 6]);
  });

  it("uses the original array again when it is near", () => {
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

  it("and its shadow are drawn at its vertices, from small coordinates", () => {
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

  it("has normals without rounding errors", () => {
    const { object } = mesh({ vertices: places(0, 0, 0, 0.25, 0, 0, 0, 0.25, 0) });
    expect([...object.geometry.getAttribute("normal").array].slice(0, 3)).toEqual([0, 0, 1]);
  });

  it("is picked and outlined at its drawn position, also after it moved within its node", () => {
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
    visual.outline()!.geometry.computeBoundingBox();
    const moved = { ...props, vertices: places(2, 2, 1, 6, 2, 1, 2, 6, 1) };
    visual.update(moved, new Set(["vertices"]));
    expect(outlined()).toEqual([2, 2, 1]);
    expect(visual.raycast(rayAt(3, 3))?.distance).toBeCloseTo(9, 9);
    const near = new Float32Array([-3, -3, 0, -1, -3, 0, -3, -1, 0]);
    visual.outline()!.geometry.computeBoundingBox();
    visual.update({ ...props, vertices: near }, new Set(["vertices"]));
    const ray = { origin: FAR.map((v) => -v) as typeof FAR, direction: [0, 0, -1] as const };
    for (const [k, by] of [-2.5, -2.5, 5].entries()) ray.origin[k]! += by;
    expect(visual.raycast(ray)?.distance).toBeCloseTo(5, 9);
  });

  it("sorts transparent triangles by depth", () => {
    const vertices = places(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 2, 0, 1, 2);
    const faces = new Uint32Array([3, 4, 5, 0, 1, 2]);
    const { ctx, object } = mesh({ vertices, faces, vertex_colors: new Uint8Array(24).fill(99) });
    const camera = new PerspectiveCamera();
    camera.position.set(0, 0, 10);
    camera.updateMatrixWorld();
    for (const frame of ctx.perFrame) frame(camera);
    expect([...object.geometry.getIndex()!.array]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("uses near vertices unchanged", () => {
    const vertices = new Float32Array([0, 0, 0, 4, 0, 0, 0, 4, 0]);
    const { visual, object, position } = mesh();
    visual.update({ ...props, vertices }, new Set(["vertices"]));
    expect(position().array).toBe(vertices);
    expect(object.matrix.equals(new Matrix4())).toBe(true);
  });
});

describe("a far mesh with bones", () => {
  const props = {
    vertices: places(0, 0, 0, 4, 0, 0, 0, 4, 0),
    faces: new Uint32Array([0, 1, 2]),
    bone_wxyzs: new Float32Array([1, 0, 0, 0]),
    bone_positions: places(1, 0, 0),
    skin_indices: new Uint16Array(12),
    skin_weights: new Float32Array([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
    color: [255, 0, 0],
    side: "double",
    opacity: null,
    scale: 1,
  };

  function skinned() {
    const { ctx, stage } = setUp();
    const visual = new SkinnedMesh(ctx, () => {});
    visual.update(props, null);
    show(visual);
    const object = stage.children[0]!.children[0] as ThreeSkinnedMesh;
    /** The same computation as the shader's, with the bone's matrix in single precision. */
    const skinnedOnGpu = (row: number) => {
      object.skeleton.update();
      const vertex = new Vector3().fromBufferAttribute(
        object.geometry.getAttribute("position"),
        row,
      );
      const { boneMatrices } = object.skeleton;
      vertex.applyMatrix4(object.bindMatrix);
      vertex.applyMatrix4(new Matrix4().fromArray(boneMatrices!));
      vertex.applyMatrix4(object.bindMatrixInverse);
      return vertex
        .applyMatrix4(object.matrixWorld)
        .toArray()
        .map((v) => expect.closeTo(v, 4));
    };
    return { visual, object, skinnedOnGpu };
  }

  it("is drawn and picked as posed by its bones, from small coordinates", () => {
    const { visual, object, skinnedOnGpu } = skinned();
    expect(greatest(object.geometry.getAttribute("position") as BufferAttribute, 3)).toBeLessThan(
      10,
    );
    expect([4, 0, 0]).toEqual(skinnedOnGpu(1));
    // A quarter around the bone, about z; and up.
    const pose = { wxyz: [Math.SQRT1_2, 0, 0, Math.SQRT1_2], position: places(1, 0, 2) };
    const bones = new Map([[0, pose]]);
    visual.update({ ...props, [BONES]: bones }, new Set([BONES]));
    expect([1, 3, 2]).toEqual(skinnedOnGpu(1));
    expect(visual.raycast(rayAt(0, 0))?.distance).toBeCloseTo(8, 4);
    expect(visual.raycast(rayAt(2, 2))).toBeNull();
  });

  it("keeps the poses of its bones when its origin changes", () => {
    const { visual, object, skinnedOnGpu } = skinned();
    const half = { wxyz: [0, 0, 0, 1], position: places(1, 0, 2) };
    const bones = new Map([[0, half]]);
    visual.update({ ...props, [BONES]: bones }, new Set([BONES]));
    const vertices = places(0, 30_000, 0, 4, 30_000, 0, 0, 30_004, 0);
    visual.update({ ...props, vertices, [BONES]: bones }, new Set(["vertices"]));
    expect([-2, -30_000, 2]).toEqual(skinnedOnGpu(1));
    const near = new Float32Array([0, 0, 0, 4, 0, 0, 0, 4, 0]);
    visual.update({ ...props, vertices: near, [BONES]: bones }, new Set(["vertices"]));
    expect(object.matrix.equals(new Matrix4())).toBe(true);
  });
});

describe("far lines", () => {
  const rest = { thickness: 2, thickness_units: "screen", scale: 1 };
  const ends = (mesh: Mesh) => {
    const buffer = mesh.geometry.getAttribute("segmentStart") as InterleavedBufferAttribute;
    return new BufferAttribute(buffer.data.array as Float32Array, 3);
  };

  it("are drawn and picked at their end points, from small coordinates", () => {
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

  it("are smooth curves, whatever the spacing of single-precision numbers", () => {
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

describe("far instances", () => {
  const poses = {
    batched_wxyzs: new Float32Array([1, 0, 0, 0, 1, 0, 0, 0]),
    batched_positions: places(0, 0, 0, 4, 3, 2),
    batched_scales: null,
    scale: 1,
  };

  /** The position of an instance's origin, computed as on the GPU. */
  function instanceOnGpu(mesh: InstancedMesh, i: number): number[] {
    const rows = new BufferAttribute(mesh.instanceMatrix.array.slice(16 * i + 12, 16 * i + 15), 3);
    expect(greatest(rows, 1)).toBeLessThan(10);
    return onGpu(mesh, rows, 0);
  }

  const outlined = (visual: NodeVisual, i: number) => {
    const outline = [visual.outline!(i)!].flat()[0]!;
    return new Vector3().applyMatrix4(outline.matrix).toArray();
  };

  it("of a mesh are drawn, picked and outlined at their positions", () => {
    const { ctx, stage } = setUp();
    const visual = new BatchedMeshes(ctx, () => {});
    const vertices = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    const props = {
      ...{ vertices, faces: new Uint32Array([0, 1, 2]), side: "double", material: "standard" },
      ...{ flat_shading: false, wireframe: false, opacity: null, lod: "off" },
      ...{ batched_colors: new Uint8Array(3), batched_opacities: null },
      ...{ cast_shadow: true, receive_shadow: true, ...poses },
    };
    visual.update(props, null);
    show(visual);
    const camera = new PerspectiveCamera();
    for (const frame of ctx.perFrame) frame(camera);
    let mesh: InstancedMesh | null = null;
    stage.traverse((o) => {
      if ("instanceMatrix" in o) mesh = o as InstancedMesh;
    });
    expect(instanceOnGpu(mesh!, 1)).toEqual([4, 3, 2]);
    expect(visual.raycast(rayAt(4.25, 3.25))).toMatchObject({
      distance: 8,
      instance: 1,
      face: { index: 0, vertices: [0, 1, 2] },
    });
    expect(outlined(visual, 1)).toEqual([4, 3, 2]);
    const near = new Float32Array([0, 0, 0, 1, 2, 3]);
    visual.update({ ...props, batched_positions: near }, new Set(["batched_positions"]));
    for (const frame of ctx.perFrame) frame(camera);
    expect([...mesh!.instanceMatrix.array].slice(28, 31)).toEqual([1, 2, 3]);
    expect(mesh!.matrixWorld.elements.slice(12, 15)).toEqual(FAR.map((v) => -v));
  });

  it("of axes are drawn, picked and outlined at their positions", () => {
    const { ctx, stage } = setUp();
    const visual = new BatchedAxes(ctx, () => {});
    visual.update({ axes_length: 1, axes_radius: 0.1, ...poses }, null);
    show(visual);
    const mesh = stage.children[0]!.children[0]!.children[0] as InstancedMesh;
    expect(instanceOnGpu(mesh, 1)).toEqual([4, 3, 2]);
    expect(visual.raycast(rayAt(4.5, 3))).toMatchObject({ instance: 1 });
    expect(visual.raycast(rayAt(2, 1))).toBeNull();
    expect(outlined(visual, 1)).toEqual([4, 3, 2]);
  });

  it("of arrows are drawn and picked at their positions", () => {
    const { ctx, stage } = setUp();
    const visual = new Arrows(ctx, () => {});
    const points = places(0, 0, 0, 2, 0, 0, 4, 3, 2, 6, 3, 2);
    const sizes = { shaft_radius: 0.1, head_radius: 0.2, head_length: 0.5 };
    visual.update({ points, colors: new Uint8Array(3), scale: 1, ...sizes }, null);
    show(visual);
    const [rods, heads] = stage.children[0]!.children.map((o) => o.children[0] as InstancedMesh);
    expect(instanceOnGpu(rods!, 1)).toEqual([4, 3, 2]);
    expect(instanceOnGpu(heads!, 1)).toEqual([5.5, 3, 2]);
    const hit = visual.raycast(rayAt(5, 3), eye)!;
    expect(hit.instance).toBe(1);
    expect(hit.distance).toBeCloseTo(7.9, 5);
    expect(visual.raycast(rayAt(5, 1), eye)).toBeNull();
  });
});

describe("far splats", () => {
  /** Opaque spheres with a variance of a quarter. */
  function splats(centers: Float32Array): Uint32Array {
    const words = new Uint32Array((8 * centers.length) / 3);
    const floats = new Float32Array(words.buffer);
    const quarter = 0x3400;
    for (let i = 0; 3 * i < centers.length; i++) {
      floats.set(centers.subarray(3 * i, 3 * i + 3), 8 * i);
      words.set([quarter, quarter << 16, quarter << 16, 0xff000000], 8 * i + 4);
    }
    return words;
  }

  function node(buffer: Uint32Array) {
    const { ctx } = setUp();
    let member!: SplatMember;
    const layer = {
      add: (m: SplatMember) => {
        member = m;
      },
      raycast: (m: SplatMember, ray: Ray) => pickSplat(m.splats, m.matrix, ray),
    };
    const visual = new GaussianSplats({ ...ctx, splats: layer } as never, () => {});
    let props: Record<string, unknown> = { buffer, scale: 1 };
    visual.update(props, null);
    show(visual);
    /** The changes that the layer applies. */
    const taken = () => {
      const { changed } = member;
      member.changed = unchanged();
      return changed;
    };
    const patch = (first: number, data: Uint32Array, count: number) => {
      const ranges = data.length > 0 ? [8 * first, data.length] : [];
      const change = { property: "buffer", index: 0, total: 8 * count, ranges, data };
      ({ props } = patchProps(props, [change]));
      visual.update(props, new Set(["buffer"]), new Map([["buffer", ranges]]));
    };
    const at = (i: number) => {
      const { splats: words, matrix } = member;
      const centers = new Float32Array(words.buffer, words.byteOffset, words.length);
      const center = new BufferAttribute(centers.slice(8 * i, 8 * i + 3), 3);
      expect(greatest(center, 1)).toBeLessThan(100);
      return onGpu({ matrixWorld: matrix } as Object3D, center, 0);
    };
    return { visual, member, taken, patch, at };
  }

  it("are drawn and picked at their positions, from small coordinates", () => {
    const { visual, member, at } = node(splats(places(0, 0, 0, 4, 3, 2)));
    expect(at(1)).toEqual([4, 3, 2]);
    expect([...member.splats.subarray(12, 16)]).toEqual([
      ...splats(new Float32Array(3)).subarray(4, 8),
    ]);
    expect(visual.raycast(rayAt(4, 3))).toMatchObject({ instance: 1 });
    expect(visual.raycast(rayAt(8, 3))).toBeNull();
    const near = splats(new Float32Array([1, 2, 3]));
    visual.update({ buffer: near, scale: 1 }, new Set(["buffer"]));
    expect(member.splats).toBe(near);
    expect(member.matrix.elements.slice(12, 15)).toEqual(FAR.map((v) => -v));
  });

  it("are updated partially", () => {
    const { taken, patch, at, member } = node(splats(places(0, 0, 0, 4, 3, 2)));
    patch(2, splats(places(5, 5, 5)), 3);
    taken();
    patch(1, splats(places(6, 6, 6)), 3);
    expect(taken()).toEqual({ ...unchanged(), parts: [8, 8] });
    expect([at(0), at(1), at(2)]).toEqual([
      [0, 0, 0],
      [6, 6, 6],
      [5, 5, 5],
    ]);
    patch(0, new Uint32Array(), 1);
    expect(member.splats).toHaveLength(8);
    expect(at(0)).toEqual([0, 0, 0]);
  });

  it("that are appended to an empty node are uploaded as a whole, with their origin", () => {
    const { taken, patch, at } = node(new Uint32Array());
    taken();
    patch(0, splats(places(1, 2, 3)), 1);
    expect(taken()).toMatchObject({ all: true, place: true });
    expect(at(0)).toEqual([1, 2, 3]);
  });
});
