import { Group } from "three";
import { describe, expect, it } from "vitest";
import { Pose } from "../pose";
import { ShapeCache, unitBox } from "../shapes";
import { type Surface, SurfacePool } from "../surfaces";
import { Instance, InstancePool, type Look } from "./instancePool";
import { capacityFor, DenseSlots } from "./slots";

const surface: Surface = {
  material: "standard",
  flat: false,
  wireframe: false,
  side: "front",
  opacity: 1,
  vertexColors: false,
};
const look: Look = {
  shapeKey: "box",
  makeShape: unitBox,
  surface,
  castShadow: true,
  receiveShadow: true,
};
const toon: Look = { ...look, surface: { ...surface, material: "toon3" } };

function setUp() {
  const stage = new Group();
  const shapes = new ShapeCache();
  const surfaces = new SurfacePool();
  return { stage, shapes, pool: new InstancePool(stage, shapes, surfaces) };
}

function at(x: number): Pose {
  const p = new Pose();
  p.setPosition(x, 0, 0);
  return p;
}

/** x of an instance, as the GPU would see it. */
function xOf(i: Instance): number {
  return i.batch!.mesh.instanceMatrix.array[i.slot * 16 + 12]!;
}

describe("DenseSlots", () => {
  it("has no holes and keeps every member's place right", () => {
    const slots = new DenseSlots<{ slot: number }>();
    const members = Array.from({ length: 50 }, () => ({ slot: -1 }));
    for (const m of members) slots.add(m);
    for (let k = 0; k < 50; k += 3) slots.remove(members[k]!);
    const left = members.filter((m) => m.slot >= 0);
    expect(slots.count).toBe(33);
    expect(left.map((m) => m.slot).sort((a, b) => a - b)).toEqual([...Array(33).keys()]);
    for (const m of left) expect(slots.at(m.slot)).toBe(m);
  });

  it("refuses a member twice, and one that is not in it", () => {
    const slots = new DenseSlots<{ slot: number }>();
    const m = { slot: -1 };
    slots.add(m);
    expect(() => slots.add(m)).toThrow();
    expect(() => slots.remove({ slot: 0 })).toThrow();
  });
});

describe("capacityFor", () => {
  it("grows by doubling and shrinks late", () => {
    expect(capacityFor(1, 0)).toBe(16);
    expect(capacityFor(17, 16)).toBe(32);
    expect(capacityFor(10_000, 16)).toBe(16_384);
    expect(capacityFor(9_000, 16_384)).toBe(16_384);
    expect(capacityFor(0, 16_384)).toBe(1024);
    expect(capacityFor(5000, 16_384)).toBe(16_384);
    expect(capacityFor(4000, 16_384)).toBe(8192);
  });
});

describe("InstancePool", () => {
  it("draws equal looks with one mesh, however many, and keeps data while growing", () => {
    const { stage, pool } = setUp();
    const all = Array.from({ length: 1000 }, (_, i) => {
      const instance = new Instance();
      pool.join(instance, look).setPose(instance, at(i), 1, 1, 1);
      instance.batch!.setColor(instance, [i, 0, 0]);
      return instance;
    });
    pool.flush();
    expect(stage.children.length).toBe(1);
    expect(all.map(xOf)).toEqual([...Array(1000).keys()]);
    const mesh = all[0]!.batch!.mesh;
    expect(mesh.count).toBe(1000);
    expect(mesh.instanceColor!.array[999 * 3]).toBe(999);
  });

  it("moves the last instance into a gap, colours and all", () => {
    const { pool } = setUp();
    const all = [0, 1, 2].map((i) => {
      const instance = new Instance();
      const b = pool.join(instance, look);
      b.setPose(instance, at(i), 1, 1, 1);
      b.setColor(instance, [i, i, i]);
      return instance;
    });
    pool.leave(all[0]!);
    expect(all[0]!.batch).toBeNull();
    expect(all[2]!.slot).toBe(0);
    expect(xOf(all[2]!)).toBe(2);
    expect(all[2]!.batch!.mesh.instanceColor!.array[0]).toBe(2);
    expect(xOf(all[1]!)).toBe(1);
  });

  it("uploads only the range that changed", () => {
    const { pool } = setUp();
    const all = Array.from({ length: 100 }, () => {
      const instance = new Instance();
      pool.join(instance, look);
      return instance;
    });
    pool.flush();
    const mesh = all[0]!.batch!.mesh;
    mesh.instanceMatrix.clearUpdateRanges();
    mesh.instanceColor!.clearUpdateRanges();
    for (const i of [10, 12]) all[i]!.batch!.setPose(all[i]!, at(1), 1, 1, 1);
    pool.flush();
    expect(mesh.instanceMatrix.updateRanges).toEqual([{ start: 160, count: 48 }]);
    expect(mesh.instanceColor!.updateRanges).toEqual([]);
  });

  it("changes batches with the look, and frees the empty one", () => {
    const { stage, shapes, pool } = setUp();
    const instance = new Instance();
    pool.join(instance, look);
    const first = instance.batch!.mesh;
    let freed = 0;
    first.addEventListener("dispose", () => freed++);
    pool.join(instance, toon);
    pool.flush();
    expect(pool.batchCount).toBe(1);
    expect(freed).toBe(1);
    expect(stage.children).toEqual([instance.batch!.mesh]);
    pool.leave(instance);
    pool.flush();
    expect(pool.batchCount).toBe(0);
    expect(shapes.size).toBe(0);
    expect(stage.children).toEqual([]);
  });
});
