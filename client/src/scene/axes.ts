/** The three shafts of a coordinate frame: geometry and ray test. */
import type { BufferGeometry } from "three";
import { hitUnitCylinder, type UnitRay } from "./rays";
import { unitCylinder } from "./shapes";
import { linearRgb, type Surface } from "./surfaces";

export interface ColoredPart {
  geometry: BufferGeometry;
  color: readonly [number, number, number];
}

/** What the pixels of upstream viser's axes are. */
const RED = linearRgb([216, 0, 10]);
const GREEN = linearRgb([75, 201, 34]);
const BLUE = linearRgb([0, 0, 200]);

/** The material settings of all coordinate axes. */
export const AXES_SURFACE: Surface = {
  material: "standard",
  flat: false,
  wireframe: false,
  side: "front",
  opacity: 1,
  vertexColors: true,
  // Unlit, so that the axis colors are the same from every side.
  unlit: true,
};

/** The shafts along x, y and z; the caller disposes of their geometries. */
export function axisRods(length: number, radius: number): ColoredPart[] {
  const rod = () => {
    const g = unitCylinder(12);
    g.translate(0, 0, 0.5);
    g.scale(radius, radius, length);
    return g;
  };
  return [
    { geometry: rod().rotateY(Math.PI / 2), color: RED },
    { geometry: rod().rotateX(-Math.PI / 2), color: GREEN },
    { geometry: rod(), color: BLUE },
  ];
}

/** Radius of the axes for picking: enlarged, because thin axes are hard to hit. */
export function touchRadius(length: number, radius: number): number {
  return Math.max(radius, length * 0.04);
}

/** Distance to the nearest axis along a ray in the frame's local space. */
export function hitAxisRods(ray: UnitRay, length: number, touch: number): number | null {
  const [ox, oy, oz, dx, dy, dz] = ray;
  const rods = [
    [oy, oz, ox, dy, dz, dx],
    [oz, ox, oy, dz, dx, dy],
    [ox, oy, oz, dx, dy, dz],
  ] as const;
  let best: number | null = null;
  for (const [a, b, c, da, db, dc] of rods) {
    const t = hitUnitCylinder([
      a / touch,
      b / touch,
      c / length - 0.5,
      da / touch,
      db / touch,
      dc / length,
    ]);
    if (t !== null && (best === null || t < best)) best = t;
  }
  return best;
}
