/** Reference-counted geometries that many nodes share; the last release() disposes of the geometry. */
import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  CylinderGeometry,
  IcosahedronGeometry,
} from "three";

export class ShapeCache {
  private readonly shapes = new Map<string, { geometry: BufferGeometry; users: number }>();

  acquire(key: string, make: () => BufferGeometry): BufferGeometry {
    let entry = this.shapes.get(key);
    if (!entry) {
      entry = { geometry: make(), users: 0 };
      this.shapes.set(key, entry);
    }
    entry.users++;
    return entry.geometry;
  }

  release(key: string): void {
    const entry = this.shapes.get(key);
    if (!entry || --entry.users > 0) return;
    entry.geometry.dispose();
    this.shapes.delete(key);
  }

  get size(): number {
    return this.shapes.size;
  }
}

/** A cube of side 1 centered at the origin. */
export function unitBox(): BufferGeometry {
  const g = new BoxGeometry(1, 1, 1);
  g.deleteAttribute("uv");
  g.clearGroups();
  return g;
}

export const MAX_SUBDIVISIONS = 63;

/** An icosphere of radius 1: each edge of the icosahedron is split into subdivisions + 1, as in upstream viser. */
export function unitIcosphere(subdivisions: number): BufferGeometry {
  const raw = new IcosahedronGeometry(1, subdivisions);
  const merged = weld(raw);
  raw.dispose();
  return merged;
}

/** A cylinder of radius 1 and height 1 along z, centered at the origin. */
export function unitCylinder(segments: number): BufferGeometry {
  const g = new CylinderGeometry(1, 1, 1, segments);
  g.rotateX(Math.PI / 2);
  g.deleteAttribute("uv");
  g.clearGroups();
  return g;
}

/** Merges equal vertices of a sphere; its normals equal its positions. */
function weld(raw: BufferGeometry): BufferGeometry {
  const from = raw.getAttribute("position");
  const index = new Uint32Array(from.count);
  const points: number[] = [];
  const known = new Map<string, number>();
  for (let i = 0; i < from.count; i++) {
    const key = `${from.getX(i).toFixed(5)} ${from.getY(i).toFixed(5)} ${from.getZ(i).toFixed(5)}`;
    let at = known.get(key);
    if (at === undefined) {
      at = points.length / 3;
      known.set(key, at);
      points.push(from.getX(i), from.getY(i), from.getZ(i));
    }
    index[i] = at;
  }
  const out = new BufferGeometry();
  const position = new Float32Array(points);
  out.setAttribute("position", new BufferAttribute(position, 3));
  out.setAttribute("normal", new BufferAttribute(position.slice(), 3));
  out.setIndex(new BufferAttribute(index, 1));
  return out;
}

/** Merges colored parts into one geometry with vertex colors. Colors are linear, 0 to 1. */
export function mergeColored(
  parts: readonly { geometry: BufferGeometry; color: readonly [number, number, number] }[],
): BufferGeometry {
  let vertices = 0;
  let indices = 0;
  for (const { geometry } of parts) {
    vertices += geometry.getAttribute("position").count;
    indices += geometry.getIndex()!.count;
  }
  const position = new Float32Array(vertices * 3);
  const normal = new Float32Array(vertices * 3);
  const colors = new Float32Array(vertices * 3);
  const index = new Uint32Array(indices);
  let v = 0;
  let k = 0;
  for (const { geometry, color } of parts) {
    const count = geometry.getAttribute("position").count;
    position.set(geometry.getAttribute("position").array, v * 3);
    normal.set(geometry.getAttribute("normal").array, v * 3);
    for (let i = 0; i < count; i++) colors.set(color, (v + i) * 3);
    const from = geometry.getIndex()!;
    for (let i = 0; i < from.count; i++) index[k++] = from.getX(i) + v;
    v += count;
  }
  const out = new BufferGeometry();
  out.setAttribute("position", new BufferAttribute(position, 3));
  out.setAttribute("normal", new BufferAttribute(normal, 3));
  out.setAttribute("color", new BufferAttribute(colors, 3));
  out.setIndex(new BufferAttribute(index, 1));
  return out;
}
