import temml from "temml";
import { formulaOf } from "./formula";
import { safeMaths } from "./html";
import "./tex.css";

/** Converts TeX to MathML; loaded with the first formula. */

const MAX_TEX_CHARS = 4000;
/** Limit per text. Further formulas show their source. */
const MAX_TEX_CHARS_TOGETHER = 20_000;
const MAX_FORMULAS = 400;
/** Nesting limit: the browser's layout of deeper formulas is slow. */
const MAX_DEPTH = 60;
/** Limits of rules and gaps, in em and in points. */
const MAX_SIZE: [number, number] = [40, 400];

// Macro definitions: a formula could expand without limit.
const DEFINES = /\\(?:[gex]?def|(?:future)?let|global|long|(?:re|provide)?newcommand)(?![A-Za-z])/;
// Commands that would link, load resources, or set names and styles.
const REACHES = /\\(?:href|url|includegraphics|class|id|style|data|label|ref|eqref)(?![A-Za-z])/;

export function drawTex(elements: readonly Element[]): void {
  let left = MAX_TEX_CHARS_TOGETHER;
  for (const [i, element] of elements.entries()) {
    const source = element.textContent;
    left -= source.length;
    try {
      if (left < 0 || i >= MAX_FORMULAS) throw new Error("too many formulas in one text");
      element.replaceChildren(formula(source));
    } catch (e) {
      element.replaceChildren(...failed(source, e));
    }
  }
}

function formula(source: string): DocumentFragment {
  const { tex, display } = formulaOf(source);
  if (tex.length > MAX_TEX_CHARS) throw new Error("the formula is too long");
  const command = (DEFINES.exec(tex) ?? REACHES.exec(tex))?.[0];
  if (command) throw new Error(`${command} is not allowed in formulas`);
  const mathml = temml.renderToString(tex, {
    displayMode: display,
    throwOnError: true,
    trust: false,
    maxExpand: 1000,
    maxSize: MAX_SIZE,
  });
  const fragment = safeMaths(mathml);
  if (depth(fragment) > MAX_DEPTH) throw new Error("the formula is nested too deeply");
  return fragment;
}

/** Breadth first, since recursion could overflow the stack. */
function depth(root: ParentNode): number {
  let level = Array.from(root.children);
  let n = 0;
  for (; level.length > 0; n++) level = level.flatMap((element) => Array.from(element.children));
  return n;
}

function failed(source: string, error: unknown): (Node | string)[] {
  const code = document.createElement("code");
  code.textContent = source;
  const reason = document.createElement("small");
  reason.className = "vg-tex-reason";
  reason.textContent = reasonOf(error);
  return [code, " ", reason];
}

function reasonOf(error: unknown): string {
  // Stack overflow by deep nesting.
  if (error instanceof RangeError) return "the formula is nested too deeply";
  // Unexpected input, such as "x^" at the end.
  if (error instanceof TypeError || !(error instanceof Error)) return "the formula is not complete";
  const [reason = ""] = error.message.trim().split("\n");
  return reason.replace(/:\s*$/, "").slice(0, 200);
}
