import { Matrix4, Mesh, Raycaster, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { Pose } from "./pose";
import { hitTriangle, hitUnitBall, hitUnitBox, hitUnitCylinder, rayToUnit } from "./rays";
import { unitBox, unitCylinder, unitIcosphere } from "./shapes";
import type { Ray } from "./visual";

/** The same numbers on every run. */
function* numbers(seed: number): Generator<number, never> {
  let s = seed;
  for (;;) {
    s = (s * 1664525 + 1013904223) >>> 0;
    yield s / 2 ** 32;
  }
}

const shapes = [
  { name: "box", hit: hitUnitBox, geometry: unitBox(), slack: 1e-6 },
  // The meshes are inside the round shapes: hits are slightly farther, some near the silhouette are missed.
  { name: "ball", hit: hitUnitBall, geometry: unitIcosphere(40), slack: 0.02 },
  { name: "cylinder", hit: hitUnitCylinder, geometry: unitCylinder(256), slack: 0.02 },
] as const;

describe("rays against unit shapes", () => {
  it.each(shapes)("agree with three.js on a mesh: $name", ({ hit, geometry, slack }) => {
    const random = numbers(7);
    const next = () => random.next().value * 2 - 1;
    let hits = 0;
    let differ = 0;
    for (let i = 0; i < 300; i++) {
      const pose = new Pose();
      pose.setWxyz(next(), next(), next(), next());
      pose.setPosition(next(), next(), next());
      const size: [number, number, number] = [1 + next() * 0.5, 1 + next() * 0.5, 1 + next() * 0.5];
      const origin: [number, number, number] = [4 * next(), 4 * next(), 4 * next()];
      // Aimed at a point near the shape.
      const d = new Vector3(pose.px + next(), pose.py + next(), pose.pz + next())
        .sub(new Vector3(...origin))
        .normalize();
      const ray: Ray = { origin, direction: [d.x, d.y, d.z] };
      const mesh = new Mesh(geometry);
      pose.toMatrix(mesh.matrixWorld.elements, 0, ...size);
      const caster = new Raycaster(new Vector3(...ray.origin), d);
      const want = caster.intersectObject(mesh)[0]?.distance ?? null;
      const got = hit(rayToUnit(ray, pose, size));
      const inside = got !== null && want === null;
      if (want !== null) hits++;
      const same = (got === null && want === null) || inside || Math.abs(got! - want!) < slack;
      // A ray from inside hits no front face; one that just grazes a round shape misses the mesh.
      if (!same) differ++;
      if (want !== null) expect(got).not.toBeNull();
    }
    expect(hits).toBeGreaterThan(20);
    expect(differ).toBeLessThanOrEqual(2);
  });

  it("miss shapes behind the origin, and hit from inside", () => {
    expect(hitUnitBox([2, 0, 0, 1, 0, 0])).toBeNull();
    expect(hitUnitBox([0, 0, 0, 1, 0, 0])).toBe(0.5);
    expect(hitUnitBox([0, 0.6, 0, 1, 0, 0])).toBeNull();
    expect(hitUnitBall([-3, 0, 0, 1, 0, 0])).toBe(2);
    expect(hitUnitBall([3, 0, 0, 1, 0, 0])).toBeNull();
    expect(hitUnitCylinder([0, 0, 3, 0, 0, -1])).toBe(2.5);
    expect(hitUnitCylinder([2, 0, 0, 0, 0, 1])).toBeNull();
    expect(hitUnitCylinder([-2, 0, 0, 1, 0, 0])).toBe(1);
    expect(hitUnitCylinder([-2, 0, 0.6, 1, 0, 0])).toBeNull();
  });
});

describe("hitTriangle", () => {
  const a = [0, 0, 0];
  const b = [1, 0, 0];
  const c = [0, 1, 0];

  it("hits from both sides, in the node's local space", () => {
    const toLocal = new Matrix4().makeTranslation(10, 0, 0).invert().elements;
    const down: Ray = { origin: [10.2, 0.2, 5], direction: [0, 0, -1] };
    const up: Ray = { origin: [10.2, 0.2, -2], direction: [0, 0, 1] };
    expect(hitTriangle(down, toLocal, a, b, c)).toBeCloseTo(5, 9);
    expect(hitTriangle(up, toLocal, a, b, c)).toBeCloseTo(2, 9);
    expect(hitTriangle({ ...down, direction: [0, 0, 1] }, toLocal, a, b, c)).toBeNull();
    expect(hitTriangle({ ...down, origin: [10.8, 0.8, 5] }, toLocal, a, b, c)).toBeNull();
    expect(hitTriangle({ ...down, direction: [1, 0, 0] }, toLocal, a, b, c)).toBeNull();
  });
});
