import { Marked } from "marked";
import { safeFragment } from "./html";
import { putBack, takeOut } from "./inlined";

const marked = new Marked({
  gfm: true,
  async: false,
  // The page has one heading of the first level: the panel's title.
  walkTokens(token) {
    if (token.type === "heading") token.depth = Math.min(6, token.depth + 1);
  },
});

/** Longer texts, pictures apart, show as they are: parsing them would hold up the page. */
export const MAX_MARKDOWN_CHARS = 400_000;

export function markdownFragment(source: string): DocumentFragment {
  const { text, pictures } = takeOut(source);
  if (text.length > MAX_MARKDOWN_CHARS) return asItIs(source);
  const fragment = safeFragment(marked.parse(text, { async: false }), { styles: false });
  putBack(fragment, pictures);
  return fragment;
}

function asItIs(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(source);
  return fragment;
}
