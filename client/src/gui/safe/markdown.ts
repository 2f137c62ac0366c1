import { Marked } from "marked";
import { safeFragment } from "./html";

const marked = new Marked({ gfm: true, async: false });

/** Longer texts show as they are: parsing them would hold up the page. */
export const MAX_MARKDOWN_CHARS = 400_000;

export function markdownFragment(source: string): DocumentFragment {
  return safeFragment(marked.parse(source, { async: false }), { styles: false });
}
