/** The three rods of a coordinate frame: as a shape, and for the pointer. */
import type { BufferGeometry } from "three";
import { hitUnitCylinder, type UnitRay } from "./rays";
import { unitCylinder } from "./shapes";
import { linearRgb, type Surface } from "./surfaces";

export interface ColoredPart {
  geometry: BufferGeometry;
  color: readonly [number, number, number];
}

const RED = linearRgb([222, 20, 28]);
const GREEN = linearRgb([40, 180, 50]);
const BLUE = linearRgb([20, 70, 235]);

/** The surface of everything that has such rods. */
export const AXES_SURFACE: Surface = {
  material: "standard",
  flat: false,
  wireframe: false,
  side: "front",
  opacity: 1,
  vertexColors: true,
  // Which axis is which must be seen from every side, also from that in the shade.
  unlit: true,
};

/** The rods along x, y and z; the caller disposes of their geometries. */
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

/** How thick the rods are for the pointer: a thin one is hard to hit, a little around it counts too. */
export function touchRadius(length: number, radius: number): number {
  return Math.max(radius, length * 0.04);
}

/** Distance to the nearest rod along a ray in the frame's own space. */
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
