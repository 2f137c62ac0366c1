import { type MarkedExtension, Tokenizer, type TokenizerAndRendererExtension } from "marked";

/**
 * Formulas in markdown: `$…$` and `\(…\)` in a line, `$$…$$` and `\[…\]` on separate lines. Each becomes an element
 * with its source; the renderer is loaded with the first formula.
 */

/** In longer texts, and in those with more delimiters, formulas stay text: finding them would block the page. */
const MAX_CHARS = 100_000;
const MAX_DELIMITERS = 2000;
/** Maximum length between delimiters. Longer ones stay text. */
const MAX_BETWEEN = 8000;

// A formula contains no code, no blank line, and no unescaped delimiter of its kind.
const between = (plain: string, escaped: string) =>
  String.raw`(?:\\${escaped}|(?!\n[ \t]*\n)[^\\${plain}\x60]){1,${MAX_BETWEEN}}`;
const DOLLARS = String.raw`\$\$${between("$", "[^]")}\$\$`;
// Prices stay text: a formula starts and ends without a space, and no digit follows it.
const DOLLAR = String.raw`\$(?![\s$])${between("$", "[^]")}(?<!\s)\$(?!\d)`;
const BRACKETS = String.raw`\\\[${between("", String.raw`[^[\]]`)}\\\]`;
const PARENTHESES = String.raw`\\\(${between("", "[^()]")}\\\)`;

const BLOCK_RULE = new RegExp(String.raw`^ {0,3}(?:${DOLLARS}|${BRACKETS})[ \t]*(?:\n+|$)`);
const INLINE_RULE = new RegExp(`^(?:${DOLLARS}|${DOLLAR}|${PARENTHESES})`);

const MARK = "vg-tex";
const DISPLAY_MARK = "vg-tex-display";

function element(tag: string, raw: string, display: boolean): string {
  const text = raw.trim().replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<${tag} class="${MARK}${display ? ` ${DISPLAY_MARK}` : ""}">${text}</${tag}>`;
}

const inBlock: TokenizerAndRendererExtension = {
  name: "mathsBlock",
  level: "block",
  // A display formula ends a paragraph.
  start(src) {
    const begins = [src.indexOf("\n$$"), src.indexOf("\n\\[")].filter((at) => at >= 0);
    return begins.length === 0 ? undefined : Math.min(...begins) + 1;
  },
  tokenizer(src) {
    const found = BLOCK_RULE.exec(src);
    return found ? { type: "mathsBlock", raw: found[0] } : undefined;
  },
  renderer: (token) => element("div", token.raw, true),
};

const inLine: TokenizerAndRendererExtension = {
  name: "maths",
  level: "inline",
  tokenizer(src) {
    const found = INLINE_RULE.exec(src);
    return found ? { type: "maths", raw: found[0] } : undefined;
  },
  renderer: (token) => element("span", token.raw, token.raw.startsWith("$$")),
};

export const mathsExtension: MarkedExtension = {
  extensions: [inBlock, inLine],
  tokenizer: {
    // Text goes up to the next dollar, which may begin a formula. (A backslash ends it anyway.)
    inlineText(src) {
      const dollar = src.indexOf("$", 1);
      const upTo = dollar < 0 ? src : src.slice(0, dollar);
      return Tokenizer.prototype.inlineText.call(this, upTo);
    },
  },
};

export function mayHaveMaths(text: string): boolean {
  if (text.length > MAX_CHARS) return false;
  const delimiters = text.match(/\$|\\[([]/g)?.length ?? 0;
  return delimiters > 0 && delimiters <= MAX_DELIMITERS;
}

type Draw = (elements: readonly Element[]) => void;
let loading: Promise<Draw> | null = null;

/** Draws the formulas of a text when the renderer is loaded. Until then, or if it fails, they show their source. */
export function drawMaths(fragment: DocumentFragment): void {
  const elements = Array.from(fragment.querySelectorAll(`.${MARK}`));
  if (elements.length === 0) return;
  loading ??= import("./tex").then((m) => m.drawTex);
  loading.then(
    (draw) => draw(elements),
    (e: unknown) => {
      loading = null;
      console.error("viser: the formula renderer could not be loaded:", e);
    },
  );
}
