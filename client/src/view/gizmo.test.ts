// @vitest-environment jsdom
import { PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";
import { axisEnds, Gizmo } from "./gizmo";

describe("axisEnds", () => {
  it("has the ends that are farthest away first, and opposite ends opposite", () => {
    // Looking down along z, x to the right: z comes towards the viewer.
    const ends = axisEnds((d) => [d[0], d[1], d[2]]);
    expect(ends.map((e) => e.z)).toEqual([...ends.map((e) => e.z)].sort((a, b) => a - b));
    expect(ends[0]).toMatchObject({ axis: 2, sign: -1 });
    expect(ends[5]).toMatchObject({ axis: 2, sign: 1 });
    for (const axis of [0, 1, 2]) {
      const [a, b] = ends.filter((e) => e.axis === axis);
      expect([a!.x + b!.x, a!.y + b!.y, a!.z + b!.z]).toEqual([0, 0, 0]);
    }
    expect(ends.find((e) => e.axis === 0 && e.sign === 1)).toMatchObject({ x: 1, y: 0 });
  });
});

it("shows a turn of the root that only swaps the axes", () => {
  const container = document.createElement("div");
  let turned = false;
  const world = {
    directionToThree: ([x, y, z]: readonly number[]) => (turned ? [y, z, x] : [x, y, z]),
  };
  const camera = new PerspectiveCamera();
  camera.position.set(3, 2, 1);
  camera.lookAt(0, 0, 0);
  camera.updateMatrixWorld();
  const gizmo = new Gizmo(container, { camera } as never, world as never);
  const places = () => {
    const ends = [...container.querySelectorAll("g")].filter((g) => g.textContent !== "");
    return Object.fromEntries(ends.map((g) => [g.textContent, g.getAttribute("transform")]));
  };
  gizmo.update();
  const before = places();
  turned = true;
  gizmo.update();
  expect(places()).toEqual({ X: before.Z, Y: before.X, Z: before.Y });
  gizmo.dispose();
});
