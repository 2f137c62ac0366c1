/** Measurements as text and as JSON. */
import type { MeasureKind, Vec3 } from "../../protocol/messages.gen";
import { KINDS, measured, minus } from "./kinds";

export interface Measurement {
  readonly kind: MeasureKind;
  /** In viser's world. */
  points: Vec3[];
  /** For each point, the path of the node on which it was placed; "": none. */
  nodes: string[];
}

const DIGITS = 5;

/** Of a measurement in progress, with what it would be now; null: too few points. */
export function textOf(
  { kind, points }: Pick<Measurement, "kind" | "points">,
  unit: string,
  local: (p: Vec3) => Vec3 = (p) => p,
): string | null {
  const value = measured(kind, points);
  if (value === null) return null;
  if (kind === "point") return coordinates(local(points[0]!), unit);
  const { power } = KINDS[kind];
  if (power === null) return `${short((value * 180) / Math.PI)}°`;
  return withUnit(short(value), unit, power);
}

/** How the second point lies from the first; of distances. */
export function differences({ points }: Measurement, unit: string): string {
  const d = minus(points[1]!, points[0]!);
  return (["x", "y", "z"] as const)
    .map((axis, i) => `Δ${axis} ${withUnit(short(d[i]!), unit, 1)}`)
    .join(", ");
}

export function coordinates(p: Vec3, unit: string): string {
  const places = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(Math.max(...p.map(Math.abs), 1))));
  return withUnit(p.map((x) => String(Number(x.toFixed(places)) + 0)).join(", "), unit, 1);
}

export function asText(all: readonly Measurement[], unit: string): string {
  return all.map((m) => `${KINDS[m.kind].label}: ${textOf(m, unit)}`).join("\n");
}

/** With all digits. Angles are in degrees, as on the page. */
export function asJSON(all: readonly Measurement[], unit: string): string {
  const list = all.map(({ kind, points, nodes }) => {
    const value = measured(kind, points)!;
    const { power } = KINDS[kind];
    const number =
      kind === "point"
        ? {}
        : power === null
          ? { value: (value * 180) / Math.PI, unit: "°" }
          : { value, unit: unit && unit + (power === 2 ? "²" : "") };
    return { kind, points, nodes, ...number };
  });
  return JSON.stringify(list, null, 2);
}

function withUnit(text: string, unit: string, power: 1 | 2): string {
  return unit === "" ? text : `${text} ${unit}${power === 2 ? "²" : ""}`;
}

function short(x: number): string {
  const digits = Number(x.toPrecision(DIGITS)) + 0;
  return Math.abs(digits) >= 1e6 || (digits !== 0 && Math.abs(digits) < 1e-4)
    ? digits.toExponential()
    : String(digits);
}
