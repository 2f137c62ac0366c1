/** The interface of node visuals, and types for rendering and picking. */
import type { Box3, BufferGeometry, IUniform, Matrix4, Mesh, SkinnedMesh, Vector2 } from "three";
import type { Pose } from "./pose";

/** Uniforms of the picture that is being drawn, shared (by identity) by all custom shaders. */
export interface FrameUniforms {
  /** Size of the render target in pixels. */
  readonly viewport: IUniform<Vector2>;
  /** Pixels of the render target per CSS pixel. */
  readonly pixelRatio: IUniform<number>;
  /** Whether the points of sparse clouds grow until they touch: 0 or 1. */
  readonly adaptivePoints: IUniform<number>;
  /** Whether surfaces are translucent, so that what is behind them must not be solid: 0 or 1. */
  readonly seeThrough: IUniform<number>;
}

/** Reports a problem with drawing a node (null: resolved); `key` identifies the problem. */
export type Report = (key: string, text: string | null) => void;

export interface Ray {
  readonly origin: readonly [number, number, number];
  /** Of length 1. */
  readonly direction: readonly [number, number, number];
  /** Distances from the origin between which small and thin objects count; absent: all. Others disregard it. */
  readonly span?: readonly [from: number, to: number];
}

/** The camera of a ray, for objects that face it. Directions have length 1. */
export interface Eye {
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly forward: readonly [number, number, number];
  /** Size of a CSS pixel at distance 1. */
  readonly pixel: number;
  /** Near plane. */
  readonly near: number;
}

export interface Hit {
  /** Along the ray, in scene units. */
  distance: number;
  /** Index of the instance of a batched node, or of the element (point, segment …), that was hit. */
  instance: number | null;
  /** Distance from the ray in CSS pixels: such a hit counts only if nothing is hit exactly. */
  off?: number;
  /** Drawn on top of everything else. */
  onTop?: true;
  /** Not picked if an opaque node is in front, even one without bindings. */
  occludable?: true;
  /** Of a convex body that is filled where it is cut. */
  solid?: true;
  /** The triangle that was hit, of a node that has triangles of the program. */
  face?: HitFace;
}

/** A triangle of a mesh. */
export interface HitFace {
  /** Among the triangles that are drawn, in their order at the time of the hit. */
  readonly index: number;
  /** Its vertices, by their indices. */
  readonly vertices: readonly [number, number, number];
  /** With the geometry and the matrix of the time of the hit; it belongs to the node. */
  readonly mesh: Mesh;
}

/** What the hover outline is drawn from; the geometry belongs to the node. */
export interface Outline {
  geometry: BufferGeometry;
  matrix: Matrix4;
  /** The skinned mesh whose bones deform the geometry, if any. */
  skin?: SkinnedMesh;
  /** True if the geometry's normals have seams (a box): it is enlarged from its center instead. */
  fromCenter: boolean;
  /** True if the node does not hide what is behind it. The geometry is then a sphere of radius 1, which stays clear. */
  hollow?: true;
}

/** The hover outline of a node that consists of lines: a rim along each of them. */
export interface LineOutline {
  /** Six numbers per segment. The array belongs to the node, which does not change it. */
  segments: Float32Array;
  matrix: Matrix4;
  /** That of the node's own lines. */
  thickness: LineThickness;
}

/** In CSS pixels, or in scene units. */
export interface LineThickness {
  value: number;
  units: "screen" | "world";
}

/**
 * Changed ranges of array properties, as pairs of an offset and a length in elements. The length of the array may
 * have changed too. A visual may ignore this and treat the array as changed as a whole.
 */
export type Parts = ReadonlyMap<string, readonly number[]>;

/** A handle under the pointer. */
export interface HandleHit {
  part: number;
  /** Distance from the pointer in pixels. */
  off: number;
  /** View depth. */
  depth: number;
}

/** The handles of a gizmo. */
export interface GizmoHandles {
  /** The handle under the pointer, or within `reach` CSS pixels of it. */
  at(ray: Ray, eye: Eye, reach: number): HandleHit | null;
  /** Highlights a handle; null: none. */
  highlight(part: number | null): void;
  /** Starts dragging a handle: `to` returns the pose in the three.js world for a pointer ray; `done` ends the drag. */
  drag(part: number, ray: Ray): { to(ray: Ray): Pose | null; done(): void } | null;
}

/** Properties as received: their names are those of the schema, their values are not validated. */
export type Unchecked<P> = { readonly [K in keyof P]?: unknown };

export interface NodeVisual<P = object> {
  /** `props` are all properties of the node, `changed` the names of those that have changed (null: all). */
  update(props: Unchecked<P>, changed: ReadonlySet<string> | null, parts: Parts): void;
  /** Sets its pose in the three.js world. The object belongs to the tree and changes later: copy it. */
  setPose(world: Pose): void;
  setShown(shown: boolean): void;
  /** Leaves it out of the view that is drawn next, as setShown(false), if that can be cheaper. */
  veil?(veiled: boolean): void;
  /** Sets which cuts apply to it (cuts/engine.ts); undefined: those of the whole scene. */
  setCut?(set: number | undefined): void;
  /** No cut applies to it. */
  readonly uncut?: true;
  /** Nearest hit of a ray in the three.js world; called only while shown. */
  raycast?(ray: Ray, eye: Eye): Hit | null;
  /** Whether it occludes objects behind it. */
  opaque?(): boolean;
  /** The hover outline (of this instance of a batched node). */
  outline?(instance: number | null): Outline | LineOutline | readonly Outline[] | null;
  /**
   * The box around what it draws, in the node's frame, its scale included (of BatchedGlb: around its model, without);
   * null: nothing. Absent: its properties tell, see bounds.ts.
   */
  bounds?(): Box3 | null;
  readonly gizmoHandles?: GizmoHandles;
  dispose(): void;
}
