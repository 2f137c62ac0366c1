/** Layout of a label's pieces relative to its anchor, in pixels of the font they are drawn in, y up. */
import type { LabelAnchor } from "../../protocol/messages.gen";
import type { Token } from "./tokens";

export interface PlacedToken {
  token: Token;
  /** Pen position: left end on the baseline. */
  x: number;
  y: number;
}

export interface Layout {
  tokens: PlacedToken[];
  /** Background rectangle: left, bottom, width, height. */
  box: [number, number, number, number];
}

export interface FontMetrics {
  /** Heights above and below the baseline. */
  ascent: number;
  descent: number;
}

const LINE_HEIGHT = 1.25;
const PAD_X = 0.35;
const PAD_Y = 0.15;

/** Fractions of the box that lie left of and above the anchor, 0 to 1. */
export function anchorFractions(anchor: LabelAnchor): [left: number, above: number] {
  const [v, h] = anchor.split("-");
  const left = h === "left" ? 0 : h === "right" ? 1 : 0.5;
  const above = v === "top" ? 0 : v === "bottom" ? 1 : 0.5;
  return [left, above];
}

export function layOut(
  lines: readonly (readonly Token[])[],
  em: number,
  font: FontMetrics,
  advance: (token: Token) => number,
  anchor: LabelAnchor,
): Layout {
  const widths = lines.map((line) => line.reduce((sum, t) => sum + advance(t), 0));
  const lineHeight = Math.round(em * LINE_HEIGHT);
  const padX = Math.round(em * PAD_X);
  const padY = Math.round(em * PAD_Y);
  const width = Math.ceil(Math.max(0, ...widths)) + 2 * padX;
  const height = lineHeight * lines.length + 2 * padY;
  const [left, above] = anchorFractions(anchor);
  // Rounded to whole pixels, so that text at its native size stays sharp.
  const x0 = Math.round(-width * left);
  const top = Math.round(height * above);
  const alongX = anchor.endsWith("left") ? 0 : anchor.endsWith("right") ? 1 : 0.5;
  const tokens: PlacedToken[] = [];
  // Centers the text vertically in its line, whatever the font's own line height is.
  const drop = Math.round((lineHeight - font.ascent - font.descent) / 2 + font.ascent);
  for (let i = 0; i < lines.length; i++) {
    let x = x0 + padX + Math.round((width - 2 * padX - widths[i]!) * alongX);
    const y = top - padY - i * lineHeight - drop;
    for (const token of lines[i]!) {
      tokens.push({ token, x, y });
      x += advance(token);
    }
  }
  return { tokens, box: [x0, top - height, width, height] };
}
