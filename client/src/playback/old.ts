/** Messages of viser before 1.1, which have their arrays as bytes, without their type. */
import type { MakeMessage } from "./entries";
import { isRecord, StoredArray } from "./values";

/** Types of arrays by the name of the property. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["points", "<f4"],
  ["colors", "|u1"],
  ["vertices", "<f4"],
  ["faces", "<u4"],
  ["batched_wxyzs", "<f4"],
  ["batched_positions", "<f4"],
  ["batched_scales", "<f4"],
  ["batched_colors", "|u1"],
  ["batched_opacities", "<f4"],
  ["bone_wxyzs", "<f4"],
  ["bone_positions", "<f4"],
  ["skin_indices", "<u2"],
  ["skin_weights", "<f4"],
  ["control_points", "<f4"],
  ["buffer", "<u4"],
]);

export function oldMessageMaker(make: MakeMessage): MakeMessage {
  return (value) => {
    const message = make(value);
    if (!message) return null;
    const { props, updates } = message;
    return {
      ...message,
      ...(isRecord(props) && { props: withTypes(props) }),
      ...(isRecord(updates) && { updates: withTypes(updates) }),
    };
  };
}

function withTypes(props: Record<string, unknown>): Record<string, unknown> {
  const half = props.precision === "float16";
  return Object.fromEntries(
    Object.entries(props).map(([key, value]) => {
      const dtype = TYPES.get(key);
      if (!dtype || !(value instanceof Uint8Array)) return [key, value];
      const halves = key === "points" && (half || value.length % 12 !== 0);
      const data = value as Uint8Array<ArrayBuffer>;
      return [key, new StoredArray(-1, halves ? "<f2" : dtype, value.length, data)];
    }),
  );
}
