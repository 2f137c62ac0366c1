/** The number under the pointer. */
import { scalarsOf } from "../scene/scalars";
import { lookOf } from "../shared/scalars";
import type { WorldFrame } from "./conventions";
import type { Probed } from "./probe";
import { faceOf, snapsOf } from "./probeDetail";

/** null: what was found is not colored by number; NaN: it has none. */
export function scalarAt(probed: Probed, frame: WorldFrame): number | null {
  const variant = probed.place.effective;
  const values = variant && scalarsOf(variant.props);
  if (!values) return null;
  const at = (i: number) => values[i] ?? Number.NaN;
  const { corners } = lookOf(variant.props.scalars_look);
  if (variant.kind === "MeshMessage") {
    const face = faceOf(probed, frame);
    if (!face) return null;
    if (!corners) return face.index === null ? null : at(face.index);
    return face.vertices.reduce((sum, v, i) => sum + face.weights[i]! * at(v), 0);
  }
  const i = probed.hit.instance;
  if (i === null) return null;
  if (variant.kind === "LineSegmentsMessage" && corners) {
    const t = along(probed, frame);
    return at(2 * i) * (1 - t) + at(2 * i + 1) * t;
  }
  return at(i);
}

/** How far along its line the point is: 0 to 1. */
function along(probed: Probed, frame: WorldFrame): number {
  const [a, b] = snapsOf(probed, frame);
  if (!a || !b) return 0;
  const { point } = probed;
  let dot = 0;
  let length = 0;
  for (let k = 0; k < 3; k++) {
    dot += (point[k]! - a[k]!) * (b[k]! - a[k]!);
    length += (b[k]! - a[k]!) ** 2;
  }
  return length > 0 ? Math.min(1, Math.max(0, dot / length)) : 0;
}
