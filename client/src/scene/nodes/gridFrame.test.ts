import { Matrix4, PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { type GridExtent, phaseOf, writeFrame } from "./gridFrame";
import { gridUniforms, ringGeometry } from "./gridShader";

const EXTENT: GridExtent = {
  size: [10, 6],
  infinite: false,
  fadeDistance: 100,
  fadeFromOrigin: false,
};

function setUp(at: readonly [number, number, number], extent: Partial<GridExtent>, origin = 0) {
  const uniforms = gridUniforms({
    viewport: { value: { x: 1, y: 1 } as never },
    pixelRatio: { value: 1 },
    adaptivePoints: { value: 0 },
    seeThrough: { value: 0 },
  });
  uniforms.cell.value = [0.5, 1];
  uniforms.section.value = [2, 1];
  const camera = new PerspectiveCamera();
  // The origin of the three.js world is near the camera, the grid's node is not.
  camera.position.set(at[0] - origin, at[1], at[2]);
  camera.updateMatrixWorld();
  const matrix = new Matrix4().makeTranslation(-origin, 0, 0);
  const center = writeFrame(uniforms, { ...EXTENT, ...extent }, matrix, camera);
  return { uniforms, center, camera };
}

describe("phaseOf", () => {
  it("is between 0 and 1 on both sides of zero", () => {
    expect(phaseOf(1.25, 0.5)).toBe(0.5);
    expect(phaseOf(-1.125, 0.5)).toBe(0.75);
    expect(phaseOf(3, 0)).toBe(0);
  });
});

describe("writeFrame", () => {
  it.each([0, 5e5, 4e6, 1e7])("has the same frame with the node %d away", (distance) => {
    const near = setUp([0.3, 0.7, 4], { infinite: true }).uniforms;
    const far = setUp([distance + 0.3, 0.7, 4], { infinite: true }, distance).uniforms;
    for (const name of ["foot", "low", "high", "cellPhase", "sectionPhase"] as const) {
      far[name].value.forEach((value, i) => {
        expect(value).toBeCloseTo(near[name].value[i]!, 6);
      });
    }
    expect(far.unit.value).toBe(near.unit.value);
  });

  it("draws an infinite grid around the camera, or around the origin that it fades from", () => {
    const around = setUp([30, 0, 2], { infinite: true });
    expect(around.uniforms.low.value).toEqual([-105, -105]);
    expect(around.center).toEqual([30, 0]);
    const origin = setUp([30, 0, 2], { infinite: true, fadeFromOrigin: true });
    expect(origin.uniforms.low.value).toEqual([-135, -105]);
    expect(origin.uniforms.high.value).toEqual([75, 105]);
    expect(origin.center).toEqual([0, 0]);
  });

  it("measures the edges of a finite grid from the camera's foot", () => {
    const { uniforms } = setUp([4, -1, 2], {});
    expect(uniforms.rimLow.value).toEqual([-9, -2]);
    expect(uniforms.rimHigh.value).toEqual([1, 4]);
    expect(uniforms.low.value[0]).toBeLessThan(-9);
  });

  it.each([
    [3, 3, 3],
    [-3, 3, 3],
    [4, 0, 3],
    [0, -3, 3],
    [4, 4, 0],
    [4, -4, 0],
    [1, 2, 2],
    [0, 4, 0],
  ])("has no vertex in the camera's own plane, seen along %d %d %d", (...direction) => {
    const { uniforms } = setUp([1, 1, 3], { infinite: true });
    const forward = new Vector3(...direction).normalize();
    const position = ringGeometry().getAttribute("position");
    for (let i = 0; i < position.count; i++) {
      const vertex = new Vector3().fromBufferAttribute(position, i);
      vertex.multiplyScalar(uniforms.unit.value).setZ(-3);
      expect(Math.abs(vertex.dot(forward))).toBeGreaterThan(0.01);
    }
  });

  it("keeps the rings of vertices above zero with the camera in the plane", () => {
    expect(setUp([0, 0, 0], {}).uniforms.unit.value).toBeGreaterThan(0);
  });
});

describe("ringGeometry", () => {
  it("has small triangles near the center and reaches beyond every edge", () => {
    const position = ringGeometry().getAttribute("position");
    const sizes = Array.from({ length: position.count }, (_, i) =>
      new Vector3().fromBufferAttribute(position, i).manhattanLength(),
    );
    expect(sizes.filter((size) => size > 0 && size <= 2).length).toBe(4);
    expect(Math.max(...sizes)).toBeGreaterThan(1e29);
  });
});
