/** Value conversions of the property editor: text, step sizes, angles. */

import type { Vec3, Vec4 } from "../../protocol/messages.gen";
import type { NodeProp } from "../../protocol/nodeProps.gen";

/** "cast_shadow" as a label. */
export function titleOf(key: string): string {
  const text = key.replace(/^_+/, "").replace(/_/g, " ");
  return text === "" ? key : text[0]!.toUpperCase() + text.slice(1);
}

const ELEMENTS: Record<string, string> = {
  Float32Array: "float32",
  Float64Array: "float64",
  Uint8Array: "uint8",
  Uint16Array: "uint16",
  Uint32Array: "uint32",
};

/** An array as text: "1,200 × 3 float32". */
export function describeArray(value: unknown, prop: NodeProp): string {
  if (value === null || value === undefined) return "none";
  if (!ArrayBuffer.isView(value)) return describeData(value);
  const array = value as Uint8Array;
  if (prop.kind === "bytes") return describeBytes(array.byteLength);
  const half = array instanceof Uint16Array && prop.doc.includes("float16");
  const element = half ? "float16" : (ELEMENTS[array.constructor.name] ?? "");
  const row = prop.row ?? [];
  const size = row.reduce((a, b) => a * b, 1);
  const shape = array.length % size === 0 ? [array.length / size, ...row] : [array.length];
  return `${shape.map((n) => n.toLocaleString("en")).join(" × ")} ${element}`.trim();
}

export function describeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const MAX_TEXT = 200;

/** Any value as short JSON. */
export function describeData(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value, withoutBytes) ?? String(value);
  } catch {
    text = String(value);
  }
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}

function withoutBytes(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? describeBytes(value.byteLength) : value;
}

/** Parses JSON with the same structure as `like`: the same lists of the same types; else an error message. */
export function parseLike(text: string, like: unknown): { value: unknown } | { wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: "This is not valid JSON." };
  }
  return sameShape(value, like)
    ? { value }
    : { wrong: `This does not have the structure of ${describeData(like)}.` };
}

function sameShape(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((x, i) => sameShape(x, b[i]));
  }
  return typeof a === typeof b && a !== null && typeof a !== "object";
}

/** Step of the arrow keys: a tenth of the number's magnitude. */
export function stepFor(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0.1;
  const power = Math.floor(Math.log10(Math.abs(value))) - 1;
  // From text: computed powers of ten below 1 have rounding errors.
  return Number(`1e${Math.min(3, Math.max(-4, power))}`);
}

const DEGREES = 180 / Math.PI;

/** Roll, pitch and yaw in degrees: rotations about the parent's x, then y, then z. */
export function toAngles([w, x, y, z]: Vec4): Vec3 {
  const roll = Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y));
  const pitch = Math.asin(Math.min(1, Math.max(-1, 2 * (w * y - z * x))));
  const yaw = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
  return [roll * DEGREES, pitch * DEGREES, yaw * DEGREES];
}

export function fromAngles([roll, pitch, yaw]: Vec3): Vec4 {
  const [sr, cr] = halves(roll);
  const [sp, cp] = halves(pitch);
  const [sy, cy] = halves(yaw);
  return [
    cr * cp * cy + sr * sp * sy,
    sr * cp * cy - cr * sp * sy,
    cr * sp * cy + sr * cp * sy,
    cr * cp * sy - sr * sp * cy,
  ];
}

function halves(degrees: number): [number, number] {
  const half = degrees / DEGREES / 2;
  return [Math.sin(half), Math.cos(half)];
}
