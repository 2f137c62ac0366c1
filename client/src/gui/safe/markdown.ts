import { Marked, type MarkedExtension } from "marked";
import { addColorChips } from "./colorChips";
import { safeFragment } from "./html";
import { extractImages, restoreImages } from "./inlined";
import { drawMaths, mathsExtension, mayHaveMaths } from "./maths";
import { drawTasks, taskMark } from "./tasks";

const options: MarkedExtension = {
  gfm: true,
  async: false,
  // The page's only first-level heading is the panel's title.
  walkTokens(token) {
    if (token.type === "heading") token.depth = Math.min(6, token.depth + 1);
  },
  renderer: { checkbox: ({ checked }) => taskMark(checked) },
};
const plain = new Marked(options);
const withMaths = new Marked(options, mathsExtension);

/** Longer texts (without inline images) are shown as plain text: parsing would block the page. */
export const MAX_MARKDOWN_CHARS = 400_000;

export function markdownFragment(source: string): DocumentFragment {
  const { text, pictures } = extractImages(source);
  if (text.length > MAX_MARKDOWN_CHARS) return plainText(source);
  const marked = mayHaveMaths(text) ? withMaths : plain;
  const fragment = safeFragment(marked.parse(text, { async: false }), { styles: false });
  restoreImages(fragment, pictures);
  drawTasks(fragment);
  addColorChips(fragment);
  if (marked === withMaths) drawMaths(fragment);
  return fragment;
}

function plainText(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(source);
  return fragment;
}
