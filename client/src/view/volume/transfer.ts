/** The table of a volume's colors and opacities: red, green, blue and opacity per row. */
import { COLORMAPS, colorTable } from "../../shared/colormaps";

/** As many rows show each opacity that a curve has. */
const ROWS = 256;
/** Colors of maps are interpolated here and in the program, which rounds. */
const NEAR = 2;

/** What the page draws: a table that is not one is left out. */
export function tableOf(transfer: unknown): Uint8Array | null {
  const fits = transfer instanceof Uint8Array && transfer.length >= 4 && transfer.length % 4 === 0;
  return fits ? transfer : null;
}

export function opacitiesIn(table: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: table.length / 4 }, (_, i) => table[4 * i + 3]!);
}

/** The colors of a map, as a table. */
export function tableOfMap(name: string): Uint8Array {
  return new Uint8Array(colorTable(name).buffer);
}

/** The name of the map that has these colors; null: none has. */
export function mapIn(table: Uint8Array): string | null {
  return COLORMAPS.find((name) => sameColors(table, tableOfMap(name))) ?? null;
}

function sameColors(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < ROWS; i++) {
    for (let k = 0; k < 3; k++) {
      const x = i / (ROWS - 1);
      if (Math.abs(valueAt(a, x, k) - valueAt(b, x, k)) > NEAR) return false;
    }
  }
  return true;
}

/** A table with the colors of one and the opacities (bytes, at equal distances) of a curve. */
export function tableFrom(colors: Uint8Array, opacities: (rows: number) => Uint8Array): Uint8Array {
  const rows = Math.max(ROWS, colors.length / 4);
  const alpha = opacities(rows);
  const out = new Uint8Array(4 * rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < 3; k++) out[4 * i + k] = Math.round(valueAt(colors, i / (rows - 1), k));
    out[4 * i + 3] = alpha[i]!;
  }
  return out;
}

/** A channel at a place, 0 to 1, between the rows. */
function valueAt(table: Uint8Array, x: number, channel: number): number {
  const last = table.length / 4 - 1;
  const below = Math.min(last, Math.floor(x * last));
  const above = Math.min(last, below + 1);
  const [a, b] = [table[4 * below + channel]!, table[4 * above + channel]!];
  return a + (b - a) * (x * last - below);
}
