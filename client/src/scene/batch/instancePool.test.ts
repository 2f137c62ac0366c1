import { Group, PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";
import { Pose } from "../pose";
import { ShapeCache, unitBox } from "../shapes";
import { type Surface, SurfacePool } from "../surfaces";
import { Instance, type Look } from "./instanceBatch";
import { GROUP_MIN, InstancedGroups } from "./instancedGroups";
import { InstancePool } from "./instancePool";
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

const camera = new PerspectiveCamera();

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

/** x of an instance in the GPU buffer. */
function xOf(i: Instance): number {
  return i.batch!.mesh.instanceMatrix.array[i.slot * 16 + 12]!;
}

describe("DenseSlots", () => {
  it("is dense and keeps every member's index up to date", () => {
    const slots = new DenseSlots<{ slot: number }>();
    const members = Array.from({ length: 50 }, () => ({ slot: -1 }));
    for (const m of members) slots.add(m);
    for (let k = 0; k < 50; k += 3) slots.remove(members[k]!);
    const left = members.filter((m) => m.slot >= 0);
    expect(slots.count).toBe(33);
    expect(left.map((m) => m.slot).sort((a, b) => a - b)).toEqual([...Array(33).keys()]);
    for (const m of left) expect(slots.at(m.slot)).toBe(m);
  });

  it("rejects a member twice, and one that is not in it", () => {
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
      instance.batch!.setLook(instance, [i, 0, 0], 1);
      return instance;
    });
    pool.flush(camera);
    expect(stage.children.length).toBe(1);
    expect(all.map(xOf)).toEqual([...Array(1000).keys()]);
    const mesh = all[0]!.batch!.mesh;
    expect(mesh.count).toBe(1000);
    expect(mesh.instanceColor!.array[999 * 3]).toBe(999);
  });

  it("moves the last instance into a gap, including its color", () => {
    const { pool } = setUp();
    const all = [0, 1, 2].map((i) => {
      const instance = new Instance();
      const b = pool.join(instance, look);
      b.setPose(instance, at(i), 1, 1, 1);
      b.setLook(instance, [i, i, i], 1);
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
    pool.flush(camera);
    const mesh = all[0]!.batch!.mesh;
    mesh.instanceMatrix.clearUpdateRanges();
    mesh.instanceColor!.clearUpdateRanges();
    for (const i of [10, 12]) all[i]!.batch!.setPose(all[i]!, at(1), 1, 1, 1);
    pool.flush(camera);
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
    pool.flush(camera);
    expect(pool.batchCount).toBe(1);
    expect(freed).toBe(1);
    expect(stage.children).toEqual([instance.batch!.mesh]);
    pool.leave(instance);
    pool.flush(camera);
    expect(pool.batchCount).toBe(0);
    expect(shapes.size).toBe(0);
    expect(stage.children).toEqual([]);
  });
});

describe("transparent instances", () => {
  const glass: Look = { ...look, surface: { ...surface, each: true } };

  /** x and opacity of drawn instances, in drawing order. */
  function drawn(i: Instance): [number, number][] {
    const { mesh } = i.batch!;
    const opacities = mesh.geometry.getAttribute("instanceOpacity").array;
    return [...Array(mesh.count).keys()].map((k) => [
      mesh.instanceMatrix.array[k * 16 + 12]!,
      Math.round(opacities[k]! * 1000) / 1000,
    ]);
  }

  function add(pool: InstancePool, x: number, opacity: number): Instance {
    const instance = new Instance();
    const batch = pool.join(instance, glass);
    batch.setLook(instance, [1, 1, 1], opacity);
    batch.setPose(instance, at(x), 1, 1, 1);
    return instance;
  }

  function lookFrom(x: number): void {
    camera.position.set(x, 0, 0);
    camera.updateMatrixWorld();
  }

  it("are sorted back to front, again when the camera or one of them moves", () => {
    const { pool } = setUp();
    lookFrom(10);
    const [first, second] = [add(pool, 3, 0.3), add(pool, 1, 0.1), add(pool, 2, 0.2)];
    pool.flush(camera);
    expect(drawn(first!)).toEqual([
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ]);
    const version = first!.batch!.mesh.instanceMatrix.version;
    pool.flush(camera);
    expect(first!.batch!.mesh.instanceMatrix.version, "nothing moved").toBe(version);
    lookFrom(-10);
    pool.flush(camera);
    expect(drawn(first!).map(([x]) => x)).toEqual([3, 2, 1]);
    expect(first!.batch!.mesh.boundingSphere!.center.x).toBe(2);
    second!.batch!.setPose(second!, at(9), 1, 1, 1);
    pool.flush(camera);
    expect(drawn(first!).map(([x]) => x)).toEqual([9, 3, 2]);
  });

  it("keep their data while others are added and removed, and share no geometry with opaque ones", () => {
    const { stage, shapes, pool } = setUp();
    lookFrom(-1);
    const all = Array.from({ length: 100 }, (_, i) => add(pool, i, i / 200));
    const solid = new Instance();
    pool.join(solid, look);
    pool.flush(camera);
    expect(drawn(all[0]!)).toEqual([...Array(100).keys()].reverse().map((i) => [i, i / 200]));
    expect(solid.batch!.geometry).not.toBe(all[0]!.batch!.geometry);
    expect(solid.batch!.geometry.hasAttribute("instanceOpacity")).toBe(false);
    for (const i of [50, 0, 99]) pool.leave(all[i]!);
    pool.flush(camera);
    const left = [...Array(100).keys()].filter((i) => ![50, 0, 99].includes(i));
    expect(drawn(all[1]!)).toEqual(left.reverse().map((i) => [i, i / 200]));
    let freed = 0;
    all[1]!.batch!.geometry.addEventListener("dispose", () => freed++);
    for (const i of left) pool.leave(all[i]!);
    pool.leave(solid);
    pool.flush(camera);
    expect([freed, pool.batchCount, shapes.size, stage.children.length]).toEqual([1, 0, 0, 0]);
  });
});

describe("InstancedGroups", () => {
  it("are drawn as a batch above a threshold, until few are left", () => {
    const groups = new InstancedGroups();
    const asked: number[] = [];
    const members = Array.from({ length: GROUP_MIN + 1 }, (_, i) => ({
      regroup() {
        asked.push(i);
        // A node enters again.
        groups.enter("glass", this);
      },
    }));
    for (const m of members.slice(0, GROUP_MIN - 1)) expect(groups.enter("glass", m)).toBe(false);
    expect(groups.enter("ice", { regroup: () => asked.push(-1) })).toBe(false);
    expect(groups.enter("glass", members[GROUP_MIN - 1]!)).toBe(true);
    expect(asked, "the others are told").toEqual([...Array(GROUP_MIN - 1).keys()]);
    expect(groups.enter("glass", members[GROUP_MIN]!)).toBe(true);

    asked.length = 0;
    const least = GROUP_MIN / 4;
    while (members.length > least) groups.leave("glass", members.pop()!);
    expect(asked).toEqual([]);
    groups.leave("glass", members.pop()!);
    expect(asked, "the rest are told").toEqual([...Array(least - 1).keys()]);
    expect(groups.enter("glass", members[0]!)).toBe(false);
  });
});
