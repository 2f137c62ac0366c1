import { clamp, list, num } from "../store/read";

const NAMES = new Set(
  "dark gray red pink grape violet indigo blue cyan green lime yellow orange teal".split(" "),
);

/** A color from the wire (a name or RGB) as CSS; undefined: none. */
export function cssColor(color: unknown): string | undefined {
  if (typeof color === "string") {
    return NAMES.has(color) ? `var(--mantine-color-${color}-filled)` : undefined;
  }
  const rgb = list(color);
  return rgb.length === 3 ? `rgb(${rgb.map(channel).join(", ")})` : undefined;
}

/** The same for Mantine's components, which derive shades from a color's name. */
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

/**
 * Parses "r, g, b" (with size 4 also a fourth channel up to 255), hexadecimal with or without "#", and any CSS color.
 * null: invalid, or transparent with size 3.
 */
export function parseChannels(text: string, size: number): number[] | null {
  const hex = /^\s*#?([0-9a-f]{3,8})\s*$/i.exec(text)?.[1];
  if (hex) return fromHex(hex, size);
  if (/^[\d\s,.]+$/.test(text)) return fromList(text, size);
  return fromCss(text.trim(), size);
}

function fromList(text: string, size: number): number[] | null {
  const parts = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  if (parts.length !== size || !parts.every((c) => Number.isFinite(c) && c <= 255)) return null;
  return parts.map(channel);
}

/** Keywords that refer to other colors. */
const NO_COLOR = /^(inherit|initial|unset|revert|revert-layer|currentcolor)$|var\(|attr\(/i;
const MAX_CSS_CHARS = 100;

/** Parsed by the browser; colors outside of sRGB are clipped. */
function fromCss(text: string, size: number): number[] | null {
  if (text.length > MAX_CSS_CHARS || NO_COLOR.test(text)) return null;
  const probe = document.createElement("span");
  probe.style.color = text;
  if (probe.style.color === "") return null;
  document.body.append(probe);
  const plain = fromComputed(getComputedStyle(probe).color);
  // Converts other color spaces to sRGB.
  if (!plain) probe.style.color = `color-mix(in srgb, ${text}, ${text})`;
  const found = plain ?? fromComputed(getComputedStyle(probe).color);
  probe.remove();
  if (!found || (size === 3 && found[3] !== 255)) return null;
  return found.slice(0, size);
}

/** Parses "rgb(1, 2, 3)", "rgba(1, 2, 3, 0.5)" and "color(srgb 0 0.5 1 / 0.5)". */
function fromComputed(color: string): number[] | null {
  const [, kind, body = ""] = /^(rgba?|color)\((.*)\)$/.exec(color) ?? [];
  const parts = body
    .replace(/^srgb /, "")
    .split(/[\s,/]+/)
    .map(Number);
  if (!kind || parts.length < 3 || parts.some(Number.isNaN)) return null;
  const scale = kind === "color" ? 255 : 1;
  const alpha = parts[3] ?? 1;
  return [...parts.slice(0, 3).map((c) => channel(c * scale)), channel(alpha * 255)];
}

function fromHex(hex: string, size: number): number[] | null {
  const wide = hex.length <= 4 ? [...hex].map((c) => c + c).join("") : hex;
  if (wide.length !== 6 && wide.length !== 8) return null;
  const found = wide.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
  if (size === 4 && found.length === 3) found.push(255);
  return found.length === size ? found : null;
}
