/**
 * Bounding boxes of nodes, in their own frames: from their properties, so that a node need not be drawn for it, or by
 * their visual if that alone knows (a model from a file). Boxes of arrays are kept with the arrays. Loaded by what
 * needs them.
 */
import { Box3, Matrix4, Vector3 } from "three";
import { planeMatrix } from "./nodes/grid";
import { halfValues } from "./numbers";
import type { Place } from "./place";
import { type Pose, scaleOf } from "./pose";
import { SPLAT_WORDS } from "./splats/words";
import type { NodeVisual } from "./visual";

type NodePlace = Place<NodeVisual>;
type Props = Readonly<Record<string, unknown>>;
type Numbers = Float32Array | Uint16Array;

/** Of a frustum at scale 1, half width times half height times depth. */
const FRUSTUM_VOLUME = 3;
/** An infinite grid counts as this large: its middle is what is meant. */
const INFINITE = 10;

/**
 * The box around what a node itself draws, in its own frame, its scale included. A node that is a place without an
 * extent (a light, a label, a panel) has an empty extent there. null: it draws nothing.
 */
export function localBounds(place: NodePlace): Box3 | null {
  const { effective, visual } = place;
  if (!effective || effective.empty) return null;
  const kind = effective.kind.replace(/Message$/, "");
  const known = visual?.bounds?.();
  if (known !== undefined && kind !== "BatchedGlb") return sane(known);
  const props = effective.props;
  const box = kind === "BatchedGlb" ? spread(props, known ?? null) : boxOf(kind, props);
  const scale = scaleOf(props.scale ?? 1);
  if (!box || !scale) return null;
  if (scale.some((s) => s !== 1)) box.applyMatrix4(new Matrix4().makeScale(...scale));
  return sane(box);
}

/** The box around a node and its shown descendants, along the axes of the three.js world; null: nothing is drawn. */
export function worldBounds(place: NodePlace, out = new Box3().makeEmpty()): Box3 | null {
  if (!place.shown || place.veiled) return null;
  const own = localBounds(place);
  if (own) out.union(own.applyMatrix4(poseMatrix(place.world)));
  for (const child of place.children.values()) worldBounds(child, out);
  return out.isEmpty() ? null : out;
}

function boxOf(kind: string, props: Props): Box3 | null {
  const of = BOXES[kind];
  return of ? of(props) : new Box3(new Vector3(), new Vector3());
}

export function poseMatrix(pose: Pose, out = new Matrix4()): Matrix4 {
  pose.toMatrix(out.elements, 0, 1, 1, 1);
  return out;
}

const BOXES: Record<string, (props: Props) => Box3 | null> = {
  Box: ({ dimensions }) => {
    const size = scaleOf(dimensions);
    return size && around(size[0] / 2, size[1] / 2, size[2] / 2);
  },
  Icosphere: ({ radius }) => around(Number(radius), Number(radius), Number(radius)),
  Cylinder: ({ radius, height }) => around(Number(radius), Number(radius), Number(height) / 2),
  Frame: (props) => (props.show_axes === false ? null : axesBox(props)),
  BatchedAxes: (props) => spread(props, axesBox(props)),
  BatchedMeshes: (props) => spread(props, arrayBox(props.vertices)),
  Mesh: ({ vertices }) => arrayBox(vertices),
  SkinnedMesh: ({ vertices }) => arrayBox(vertices),
  PointCloud: ({ points, point_size }) => grown(arrayBox(points), Number(point_size)),
  LineSegments: ({ points }) => arrayBox(points),
  Voxels: ({ points, cell_size }) => {
    const size = scaleOf(cell_size);
    return size && (arrayBox(points)?.expandByVector(new Vector3(...size).divideScalar(2)) ?? null);
  },
  Volume: ({ points }) => arrayBox(points),
  CatmullRomSpline: ({ points }) => arrayBox(points),
  CubicBezierSpline: ({ points, control_points }) => {
    const box = arrayBox(points);
    const controls = arrayBox(control_points);
    return box && controls ? box.union(controls) : box;
  },
  Arrow: ({ points, head_radius }) => grown(arrayBox(points), Number(head_radius)),
  GaussianSplats: ({ buffer }) =>
    buffer instanceof Uint32Array
      ? arrayBox(
          new Float32Array(buffer.buffer, buffer.byteOffset, buffer.length),
          SPLAT_WORDS,
          buffer,
        )
      : null,
  Image: ({ render_width, render_height }) =>
    around(Number(render_width) / 2, Number(render_height) / 2, 0),
  CameraFrustum: ({ fov, aspect }) => frustumBox(Number(fov), Number(aspect)),
  Grid: ({ width, height, plane, infinite_grid }) => {
    const size = (n: unknown) => (infinite_grid === true ? INFINITE : Math.abs(Number(n))) / 2;
    return around(size(width), size(height), 0)?.applyMatrix4(planeMatrix(String(plane))) ?? null;
  },
  TransformControls: () => around(1, 1, 1),
};

function around(x: number, y: number, z: number): Box3 | null {
  const [a, b, c] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  return Number.isFinite(a + b + c)
    ? new Box3(new Vector3(0 - a, 0 - b, 0 - c), new Vector3(a, b, c))
    : null;
}

function grown(box: Box3 | null, by: number): Box3 | null {
  return box && Number.isFinite(by) ? box.expandByScalar(Math.abs(by)) : box;
}

function axesBox({ axes_length, axes_radius }: Props): Box3 | null {
  const [length, r] = [Number(axes_length ?? 0.5), Number(axes_radius ?? 0.025)];
  if (!(Number.isFinite(length) && Number.isFinite(r))) return null;
  const to = Math.max(length, r);
  return new Box3(new Vector3(-r, -r, -r), new Vector3(to, to, to));
}

function frustumBox(fov: number, aspect: number): Box3 | null {
  if (!(fov > 0 && fov < Math.PI && aspect > 0)) return null;
  const tan = Math.tan(fov / 2);
  const k = Math.cbrt((tan * tan * aspect) / FRUSTUM_VOLUME);
  const y = tan / k;
  return new Box3(new Vector3(-y * aspect, -y, 0), new Vector3(y * aspect, y, 1 / k));
}

/** Boxes by array: an array that has changed is another one. */
const known = new WeakMap<object, Box3 | null>();

/** Around the positions at the beginning of the rows of an array; those that are not finite are left out. */
function arrayBox(array: unknown, width = 3, key = array): Box3 | null {
  if (!(array instanceof Float32Array || array instanceof Uint16Array)) return null;
  let box = known.get(key as object);
  if (box === undefined) {
    box = boxAround(array, width);
    known.set(key as object, box);
  }
  return box?.clone() ?? null;
}

function boxAround(array: Numbers, width: number): Box3 | null {
  const table = array instanceof Uint16Array ? halfValues() : null;
  let [x0, y0, z0] = [Infinity, Infinity, Infinity];
  let [x1, y1, z1] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 2 < array.length; i += width) {
    let x = array[i]!;
    let y = array[i + 1]!;
    let z = array[i + 2]!;
    if (table) {
      x = table[x]!;
      y = table[y]!;
      z = table[z]!;
    }
    if (x - x + (y - y) + (z - z) !== 0) continue;
    if (x < x0) x0 = x;
    if (y < y0) y0 = y;
    if (z < z0) z0 = z;
    if (x > x1) x1 = x;
    if (y > y1) y1 = y;
    if (z > z1) z1 = z;
  }
  return x0 <= x1 ? new Box3(new Vector3(x0, y0, z0), new Vector3(x1, y1, z1)) : null;
}

/** Around all instances of something with this box: of the positions, and of the largest instance at each of them. */
function spread(props: Props, of: Box3 | null): Box3 | null {
  const places = arrayBox(props.batched_positions);
  if (!places || !of) return null;
  const scales = props.batched_scales;
  const scale = scales instanceof Float32Array ? (largest(scales) ?? 1) : 1;
  return grown(places, farthest(of) * scale);
}

/** The distance of a box's farthest corner from the origin. */
function farthest({ min, max }: Box3): number {
  const side = (a: number, b: number) => Math.max(Math.abs(a), Math.abs(b));
  return Math.hypot(side(min.x, max.x), side(min.y, max.y), side(min.z, max.z));
}

const greatest = new WeakMap<Float32Array, number | null>();

/** The greatest finite number by size; null: there is none. */
function largest(numbers: Float32Array): number | null {
  let best = greatest.get(numbers);
  if (best === undefined) {
    best = null;
    for (const n of numbers) {
      const size = Math.abs(n);
      if (Number.isFinite(size) && (best === null || size > best)) best = size;
    }
    greatest.set(numbers, best);
  }
  return best;
}

function sane(box: Box3 | null): Box3 | null {
  if (!box || box.isEmpty()) return null;
  const sum = box.min.x + box.min.y + box.min.z + box.max.x + box.max.y + box.max.z;
  return Number.isFinite(sum) ? box : null;
}
