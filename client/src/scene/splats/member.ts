import type { Matrix4 } from "three";
import type { Report } from "../visual";

/** One node's splats. */
export interface SplatMember {
  /** Eight 32-bit words per splat. */
  splats: Uint32Array;
  /** Two 32-bit words per splat and degree. */
  harmonics: Uint32Array;
  /** The degree of the harmonics; 0: none. */
  degree: number;
  /** From the node's space to the three.js world. */
  readonly matrix: Matrix4;
  shown: boolean;
  /** Left out of the view that is drawn next. */
  veiled?: boolean;
  /** Which cuts apply to it, if it is not those of the whole scene. */
  cut?: number | undefined;
  readonly report: Report;
  /** Changes that the layer has not applied yet. */
  changed: SplatChanges;
}

export interface SplatChanges {
  /** All splats have changed. */
  all: boolean;
  /** Otherwise the changed ranges (pairs of an offset and a length); null: none. The length may have changed. */
  parts: number[] | null;
  place: boolean;
  /** The same of the harmonics. */
  harmonics: { all: boolean; parts: number[] | null };
}

export function unchanged(): SplatChanges {
  return { all: false, parts: null, place: false, harmonics: { all: false, parts: null } };
}
