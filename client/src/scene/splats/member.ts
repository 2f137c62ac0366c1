import type { Matrix4 } from "three";
import type { Report } from "../visual";

/** One node's splats. */
export interface SplatMember {
  /** Eight numbers a splat. */
  splats: Uint32Array;
  /** From the node's space to the three.js world. */
  readonly matrix: Matrix4;
  shown: boolean;
  readonly report: Report;
  /** What the layer has not seen yet. */
  changed: SplatChanges;
}

export interface SplatChanges {
  /** All splats are new. */
  all: boolean;
  /** Else those whose numbers (pairs of an offset and a length) are; null: none. Their number may be another. */
  parts: number[] | null;
  place: boolean;
}
