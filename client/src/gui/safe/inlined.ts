/**
 * Inline images in markdown, "(data:image/png;base64,…)". They can be megabytes, which would slow down the parser:
 * each is replaced by a short URL, and restored afterwards.
 */
const START = "(data:image/";
const ADDRESS = /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,$/;
const SHORT = "data:image/png,inlined-";

export interface Inlined {
  text: string;
  pictures: string[];
}

export function extractImages(source: string): Inlined {
  const pictures: string[] = [];
  let text = "";
  let done = 0;
  for (let at = source.indexOf(START); at >= 0; at = source.indexOf(START, at + 1)) {
    const end = addressEnd(source, at + 1);
    const head = source.slice(at + 1, source.indexOf(",", at) + 1);
    if (!ADDRESS.test(head)) continue;
    text += `${source.slice(done, at + 1)}${SHORT}${pictures.length}`;
    pictures.push(source.slice(at + 1, end));
    done = end;
    at = end - 1;
  }
  return { text: text + source.slice(done), pictures };
}

/** A URL ends at the bracket, or at the space before the title. */
function addressEnd(source: string, from: number): number {
  const bracket = source.indexOf(")", from);
  const end = bracket < 0 ? source.length : bracket;
  const blank = source.slice(from, end).search(/\s/);
  return blank < 0 ? end : from + blank;
}

/** The URLs were checked when they were extracted: only image types that cannot run script. */
export function restoreImages(fragment: DocumentFragment, pictures: readonly string[]): void {
  for (const img of fragment.querySelectorAll("img")) {
    const src = img.getAttribute("src") ?? "";
    const picture = src.startsWith(SHORT) ? pictures[Number(src.slice(SHORT.length))] : undefined;
    if (picture !== undefined) img.setAttribute("src", picture);
  }
}
