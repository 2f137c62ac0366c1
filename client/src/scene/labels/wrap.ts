/** Breaks long lines of a label at word boundaries. */
import { IDEOGRAPH, RTL, type Token } from "./tokens";

type Advance = (token: Token) => number;

const BREAKS_ANYWHERE = new RegExp(`^${IDEOGRAPH}`, "u");

const isSpace = (token: Token) => token.text === " ";
const plain = (text: string): Token => ({ text, colored: false });

export interface WrapLimits {
  /** Width of a line. */
  line: number;
  /** Maximum width of a token: wider ones do not fit a page of the atlas. */
  token: number;
}

/**
 * Wraps a line to a limited width. A word that is wider is broken between its tokens, and within tokens if that is
 * not enough.
 */
export function wrapLine(line: readonly Token[], limits: WrapLimits, advance: Advance): Token[][] {
  const { line: width } = limits;
  const most = Math.min(width, limits.token);
  // A right-to-left line is one token: it is broken as text, and the browser orders each part.
  if (line.length === 1 && RTL.test(line[0]!.text)) {
    return breakToken(line[0]!, most, advance).map((token) => [token]);
  }
  const total = line.reduce((sum, token) => sum + advance(token), 0);
  if (total <= width && line.every((token) => advance(token) <= most)) return [[...line]];
  const out: Token[][] = [];
  let current: Token[] = [];
  let used = 0;
  const next = () => {
    while (current.length > 0 && isSpace(current.at(-1)!)) current.pop();
    out.push(current);
    current = [];
    used = 0;
  };
  const put = (token: Token) => {
    current.push(token);
    used += advance(token);
  };
  for (const word of words(line)) {
    const wide = word.reduce((sum, token) => sum + advance(token), 0);
    if (isSpace(word[0]!)) {
      // Spaces at a break are not drawn.
      if (current.length > 0 || out.length === 0) put(word[0]!);
      continue;
    }
    if (used + wide > width && used > 0) next();
    for (const token of word) {
      for (const part of breakToken(token, most, advance)) {
        if (used + advance(part) > width && used > 0) next();
        put(part);
      }
    }
  }
  if (current.length > 0) next();
  return out;
}

/** Parts of a line between which it may break. */
function words(line: readonly Token[]): Token[][] {
  const out: Token[][] = [];
  let open = false;
  for (const token of line) {
    const single = isSpace(token) || token.colored || BREAKS_ANYWHERE.test(token.text);
    if (open && !single) out.at(-1)!.push(token);
    else out.push([token]);
    open = !single;
  }
  return out;
}

/** Splits a token's text into parts of at most `width`: at spaces if it has any, else between characters. */
function breakToken(token: Token, width: number, advance: Advance): Token[] {
  if (token.colored || advance(token) <= width) return [token];
  const parts = token.text.includes(" ")
    ? token.text.split(/(?<= )/)
    : [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(token.text)].map(
        ({ segment }) => segment,
      );
  const out: Token[] = [];
  let current = "";
  for (const part of parts) {
    const longer = plain(current + part);
    if (current !== "" && advance(plain(longer.text.trimEnd())) > width) {
      out.push(plain(current.trimEnd()));
      current = part;
    } else current = longer.text;
  }
  out.push(plain(current.trimEnd()));
  // Single words may still be too wide.
  return out.flatMap((part) =>
    part.text.length < token.text.length ? breakToken(part, width, advance) : [part],
  );
}
