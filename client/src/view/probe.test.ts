import { BufferAttribute, BufferGeometry, Matrix4, Mesh } from "three";
import { describe, expect, it } from "vitest";
import type { Vec3 } from "../protocol/messages.gen";
import { type CreateMessage, Place, Variant } from "../scene/place";
import { Pose } from "../scene/pose";
import type { Hit, NodeVisual } from "../scene/visual";
import type { NodePlace, SceneWorld } from "../scene/world";
import type { Aim } from "./aim";
import { WorldFrame } from "./conventions";
import { Probe, type Probed } from "./probe";
import { faceOf, snapsOf } from "./probeDetail";

const frame = new WorldFrame(new Pose());

function place(kind: string, props: Record<string, unknown>): NodePlace {
  const made: NodePlace = new Place<NodeVisual>("n", "/n", null);
  const message = { type: `${kind}Message`, name: "/n", owner: "", virtual: false, props };
  made.effective = new Variant<NodeVisual>(made, "", message as unknown as CreateMessage);
  made.world.setPosition(10, 0, 0);
  return made;
}

function probed(kind: string, props: Record<string, unknown>, hit: Partial<Hit>): Probed {
  const whole = { distance: 1, instance: null, ...hit };
  return { place: place(kind, props), hit: whole, point: [0, 0, 0] };
}

describe("the probe", () => {
  it("gives the place in viser's world, and nothing where nothing is", () => {
    const found = place("Box", {});
    let hit: Hit | null = { distance: 4, instance: null };
    const world = {
      flushNodes: () => {},
      pickAny: () => hit && { place: found, hit },
    } as unknown as SceneWorld;
    const aim = {
      threeRay: () => ({ origin: [1, 2, 3], direction: [0, 0, -1] }),
      eye: () => null,
    } as unknown as Aim;
    const moved = new WorldFrame(new Pose(), [100, 0, 0]);
    const probe = new Probe({ canvas: {} as HTMLCanvasElement, world, aim, frame: moved });
    expect(probe.at({ clientX: 0, clientY: 0 })?.point).toEqual([101, 2, -1]);
    hit = null;
    expect(probe.at({ clientX: 0, clientY: 0 })).toBeNull();
  });
});

describe("places to snap to", () => {
  it("are the point of a cloud, scaled, in either precision", () => {
    const points = new Float32Array([0, 0, 0, 1, 2, 3]);
    const hit = { instance: 1 };
    expect(snapsOf(probed("PointCloud", { points, scale: 2 }, hit), frame)).toEqual([[12, 4, 6]]);
    const halves = new Uint16Array([0, 0, 0, 0x3c00, 0x4000, 0xc000]);
    expect(snapsOf(probed("PointCloud", { points: halves }, hit), frame)).toEqual([[11, 2, -2]]);
  });

  it("are the ends of a segment or of a closed spline's span", () => {
    const points = new Float32Array([0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0]);
    const ends = snapsOf(probed("LineSegments", { points }, { instance: 1 }), frame);
    expect(ends).toEqual([
      [12, 0, 0],
      [13, 0, 0],
    ]);
    const last = snapsOf(probed("CatmullRomSpline", { points }, { instance: 3 }), frame);
    expect(last).toEqual([
      [13, 0, 0],
      [10, 0, 0],
    ]);
  });

  it("are the corners of a box", () => {
    const corners = snapsOf(probed("Box", { dimensions: [2, 4, 6] }, {}), frame);
    expect(corners).toHaveLength(8);
    expect(corners).toContainEqual([11, -2, 3]);
  });

  it("are the node's origin if what was hit is no longer there", () => {
    const points = new Float32Array([1, 2, 3]);
    expect(snapsOf(probed("PointCloud", { points }, { instance: 1 }), frame)).toEqual([[10, 0, 0]]);
    expect(snapsOf(probed("PointCloud", { points: 7 }, { instance: 0 }), frame)).toEqual([
      [10, 0, 0],
    ]);
    expect(snapsOf(probed("Frame", {}, {}), frame)).toEqual([[10, 0, 0]]);
  });
});

describe("the face that was hit", () => {
  const geometry = new BufferGeometry();
  geometry.setAttribute(
    "position",
    new BufferAttribute(new Float32Array([0, 0, 0, 4, 0, 0, 0, 4, 0]), 3),
  );
  const mesh = new Mesh(geometry);
  mesh.matrixWorld = new Matrix4().makeTranslation(1, 0, 0);
  const hit = { face: { index: 0, vertices: [0, 1, 2] as const, mesh } };
  const at = (point: Vec3, faces: Uint32Array) =>
    faceOf({ ...probed("Mesh", { faces }, hit), point }, frame);

  it("has its corners, and weights of the point", () => {
    const face = at([2, 2, 0], new Uint32Array([0, 1, 2]));
    expect(face?.corners).toEqual([
      [1, 0, 0],
      [5, 0, 0],
      [1, 4, 0],
    ]);
    expect(face?.weights).toEqual([0.25, 0.25, 0.5]);
    expect(at([9, 9, 0], new Uint32Array([0, 1, 2]))?.weights).toEqual([0, 1, 0]);
  });

  it("is known by the program's index, though others were left out or sorted", () => {
    expect(at([2, 2, 0], new Uint32Array([0, 1, 9, 0, 1, 2]))?.index).toBe(1);
    expect(at([2, 2, 0], new Uint32Array([0, 2, 1]))?.index).toBeNull();
  });

  it("is none for a node without", () => {
    expect(faceOf(probed("Box", {}, {}), frame)).toBeNull();
  });
});
