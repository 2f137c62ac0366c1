import temml from "temml";
import { formulaOf } from "./formula";
import { safeMaths } from "./html";
import "./tex.css";

/** Draws formulas; loaded when the first one appears. TeX is turned into MathML, which the browser draws. */

const MAX_TEX_CHARS = 4000;
/** Of one text. The formulas beyond show their source. */
const MAX_TEX_CHARS_TOGETHER = 20_000;
const MAX_FORMULAS = 400;
/** Elements within each other. Deeper ones would take the browser long to arrange. */
const MAX_DEPTH = 60;
/** Of rules and gaps, in em and in points. */
const MAX_SIZE: [number, number] = [40, 400];

// With macros of its own, a formula could grow without end.
const DEFINES = /\\(?:[gex]?def|(?:future)?let|global|long|(?:re|provide)?newcommand)(?![A-Za-z])/;
// These would link, load, or give elements names and styles of their own.
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
  if (command) throw new Error(`${command} is not for formulas on this page`);
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

/** Level by level, for the formula may be deeper than functions can call each other. */
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
  // The stack overflows where a formula is nested thousandfold.
  if (error instanceof RangeError) return "the formula is nested too deeply";
  // What the reader of TeX did not foresee, as "x^" at the end.
  if (error instanceof TypeError || !(error instanceof Error)) return "the formula is not complete";
  const [reason = ""] = error.message.trim().split("\n");
  return reason.replace(/:\s*$/, "").slice(0, 200);
}
