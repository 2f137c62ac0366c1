/**
 * Splits a label's text into tokens that are drawn once and cached. Words of letters are one token each, so that
 * the browser shapes and kerns them; digits and signs are single tokens, so that a changing number needs ten
 * tokens and not one for each value. A line with right-to-left text is one token: the browser orders it.
 */
export interface Token {
  text: string;
  /** Has its own colors (emoji). */
  colored: boolean;
}

export const MAX_LINES = 64;
export const MAX_CHARS = 2000;

/** Right-to-left scripts. */
export const RTL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const EMOJI =
  "(?:\\p{RI}\\p{RI}|[#*0-9]\\uFE0F?\\u20E3|\\p{Emoji_Presentation}(?:\\uFE0F|\\p{EMod})?(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})?)*|\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})?)*)";
/** A character before and after which a line may break. */
export const IDEOGRAPH =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u30FC]";
const LETTER = `(?!${IDEOGRAPH})\\p{L}`;
const PIECES = new RegExp(
  `(${EMOJI})|${IDEOGRAPH}\\p{M}*|${LETTER}(?:${LETTER}|[\\p{M}\\u200C\\u200D'’])*|[^\\p{M}]\\p{M}*|\\p{M}+`,
  "gsu",
);

/** Lines of tokens, and whether the text was truncated. */
export function tokenize(text: string): { lines: Token[][]; cut: boolean } {
  let cut = false;
  let rest = text;
  if (rest.length > MAX_CHARS) {
    rest = `${[...rest.slice(0, MAX_CHARS)].slice(0, -1).join("")}…`;
    cut = true;
  }
  let lines = rest.replace(/\t/g, "    ").split(/\r\n|\r|\n/);
  if (lines.length > MAX_LINES) {
    lines = [...lines.slice(0, MAX_LINES), "…"];
    cut = true;
  }
  return { lines: lines.map(tokenizeLine), cut };
}

function tokenizeLine(line: string): Token[] {
  if (RTL.test(line)) return [{ text: line, colored: false }];
  const out: Token[] = [];
  for (const m of line.matchAll(PIECES)) out.push({ text: m[0], colored: m[1] !== undefined });
  return out;
}
