/** What a node's visual must be, what it may use of the picture being drawn, and what it answers to rays. */
import type { BufferGeometry, IUniform, Matrix4, SkinnedMesh, Vector2 } from "three";
import type { Pose } from "./pose";

/** Uniforms of the picture that is being drawn, shared (by identity) by all our own shaders. */
export interface FrameUniforms {
  /** Size in pixels of what is drawn into. */
  readonly viewport: IUniform<Vector2>;
  /** Pixels of what is drawn into, for each CSS pixel. */
  readonly pixelRatio: IUniform<number>;
}

/** Reports a problem that keeps a node from being drawn as it should be (null: resolved); `key` tells problems apart. */
export type Report = (key: string, text: string | null) => void;

export interface Ray {
  readonly origin: readonly [number, number, number];
  /** Of length 1. */
  readonly direction: readonly [number, number, number];
}

/** The camera that a ray comes from, for what is drawn to face it. Directions have length 1. */
export interface Eye {
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly forward: readonly [number, number, number];
  /** How large a CSS pixel is at distance 1. */
  readonly pixel: number;
  /** What is nearer is not drawn. */
  readonly near: number;
}

export interface Hit {
  /** Along the ray, in scene units. */
  distance: number;
  /** Which instance of a batched node was hit, or which of the many things that it is made of. */
  instance: number | null;
  /** How many CSS pixels the ray missed it by: it is meant if nothing is hit. */
  off?: number;
  /** Drawn over all else, however far it is. */
  onTop?: true;
  /** Not hit through opaque nodes, even through those that the pointer does not care for. */
  coverable?: true;
}

/** What the pointer's outline is drawn from: a geometry of somebody else, only borrowed. */
export interface Outline {
  geometry: BufferGeometry;
  matrix: Matrix4;
  /** The mesh whose bones bend the geometry, if any do. */
  skin?: SkinnedMesh;
  /** True where the geometry's normals have seams (a box): it is blown up from its center instead. */
  fromCenter: boolean;
}

/**
 * Of properties that are arrays and changed only in part: where, as pairs of an offset and a length in
 * elements. The array may have become longer or shorter too. A kind may take it for changed as a whole.
 */
export type Parts = ReadonlyMap<string, readonly number[]>;

/** A handle under the pointer. */
export interface GripHit {
  part: number;
  /** Pixels between it and the pointer. */
  off: number;
  /** Before the camera. */
  depth: number;
}

/** What a gizmo has to be taken hold of. */
export interface Grips {
  /** The handle that the pointer is over, or up to `reach` CSS pixels beside. */
  at(ray: Ray, eye: Eye, reach: number): GripHit | null;
  /** Shows that the pointer is over a handle, or over none. */
  light(part: number | null): void;
  /** Takes hold of a handle: `to` says which pose, in the three.js world, a ray makes of it. */
  pull(part: number, ray: Ray): { to(ray: Ray): Pose | null; done(): void } | null;
}

/** Properties as they came: the schema names them, but their values may be anything. */
export type Unchecked<P> = { readonly [K in keyof P]?: unknown };

export interface NodeVisual<P = object> {
  /** `props` are all of the node's, `changed` the names that are new (null: every one). */
  update(props: Unchecked<P>, changed: ReadonlySet<string> | null, parts: Parts): void;
  /** Its pose in the three.js world. The object belongs to the tree and changes later: copy it. */
  setPose(world: Pose): void;
  setShown(shown: boolean): void;
  /** Nearest hit of a ray in the three.js world; only asked while shown. */
  raycast?(ray: Ray, eye: Eye): Hit | null;
  /** Whether what is behind its hits is hidden. */
  opaque?(): boolean;
  /** What is drawn around it while the pointer is over it (over that instance of a batched one). */
  outline?(instance: number | null): Outline | readonly Outline[] | null;
  readonly grips?: Grips;
  dispose(): void;
}
