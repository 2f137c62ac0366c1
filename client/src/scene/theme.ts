/**
 * Default colors that depend on the light or dark theme. On the wire a default is an ordinary color, so a color
 * that equals the light theme's default counts as not set; every other color is drawn unchanged.
 */
type RGB = readonly [number, number, number];

/** A default color in both themes, in bytes. */
export interface ThemedColor {
  /** Also the default on the wire. */
  readonly light: RGB;
  readonly dark: RGB;
}

export class Theme {
  private isDark = false;
  private readonly listeners = new Set<() => void>();

  get dark(): boolean {
    return this.isDark;
  }

  set(dark: boolean): void {
    if (dark === this.isDark) return;
    this.isDark = dark;
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after each change; returns the function that stops it. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The color to draw, in bytes, for a property that was received. */
  resolve(received: unknown, color: ThemedColor): unknown {
    return this.isDark && equal(received, color.light) ? color.dark : received;
  }
}

function equal(received: unknown, color: RGB): boolean {
  if (!Array.isArray(received) && !ArrayBuffer.isView(received)) return false;
  const values = received as ArrayLike<unknown>;
  return values.length === 3 && color.every((value, i) => values[i] === value);
}
