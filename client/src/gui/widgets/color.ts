import { clamp, list, num } from "../store/read";

const NAMES = new Set(
  "dark gray red pink grape violet indigo blue cyan green lime yellow orange teal".split(" "),
);

/** A color of the wire (a name or RGB) as CSS; nothing for none. */
export function cssColor(color: unknown): string | undefined {
  if (typeof color === "string") {
    return NAMES.has(color) ? `var(--mantine-color-${color}-filled)` : undefined;
  }
  const rgb = list(color);
  return rgb.length === 3 ? `rgb(${rgb.map(channel).join(", ")})` : undefined;
}

/** The same as Mantine's components take it: by its name they know its other shades. */
export function mantineColor(color: unknown): string | undefined {
  return typeof color === "string" && NAMES.has(color) ? color : cssColor(color);
}

export function channel(x: unknown): number {
  return clamp(Math.round(num(x, 0)), 0, 255);
}

export function channels(value: unknown, size: number): number[] {
  const given = list(value);
  return Array.from({ length: size }, (_, i) => channel(given[i] ?? (i === 3 ? 255 : 0)));
}

export function toHex(rgba: readonly number[]): string {
  return `#${rgba.map((c) => channel(c).toString(16).padStart(2, "0")).join("")}`;
}

/** Reads "r, g, b", "rgb(…)" and "#hex", with as many channels as asked; null if it is none of them. */
export function parseChannels(text: string, size: number): number[] | null {
  const hex = /^\s*#?([0-9a-f]{3,8})\s*$/i.exec(text)?.[1];
  if (hex) return fromHex(hex, size);
  const body = /^\s*(?:rgba?\s*\()?([\d\s,.]+)\)?\s*$/i.exec(text)?.[1];
  const parts =
    body
      ?.split(/[\s,]+/)
      .filter(Boolean)
      .map(Number) ?? [];
  if (parts.length !== size || !parts.every((c) => Number.isFinite(c) && c <= 255)) return null;
  return parts.map(channel);
}

function fromHex(hex: string, size: number): number[] | null {
  const wide = hex.length <= 4 ? [...hex].map((c) => c + c).join("") : hex;
  if (wide.length !== 6 && wide.length !== 8) return null;
  const found = wide.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
  if (size === 4 && found.length === 3) found.push(255);
  return found.length === size ? found : null;
}
