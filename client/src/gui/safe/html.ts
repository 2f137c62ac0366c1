import DOMPurify from "dompurify";
import { safeImage, safeLink } from "./url";

/**
 * Loaded when the first markdown or HTML appears. Turns text of a program into elements that cannot run
 * script, send forms, reach outside their box or fetch from where they should not.
 */
const FORBIDDEN = [
  ..."style form input button textarea select option dialog audio video source track".split(" "),
  ..."iframe object embed link meta base template slot svg math".split(" "),
];

const purify = DOMPurify(window);

purify.addHook("afterSanitizeAttributes", (node) => {
  node.removeAttribute("srcset");
  node.removeAttribute("background");
  if (node.localName === "img") {
    if (!node.hasAttribute("alt")) node.setAttribute("alt", "");
    if (/^https:/i.test(node.getAttribute("src") ?? ""))
      node.setAttribute("referrerpolicy", "no-referrer");
  }
  if (node.hasAttribute("src")) keepSafe(node, "src", safeImage);
  if (node.hasAttribute("href")) keepSafeLink(node);
  if (node.hasAttribute("style")) keepSafeStyle(node);
});

function keepSafe(node: Element, name: string, check: (x: unknown) => string | null): void {
  if (check(node.getAttribute(name)) === null) node.removeAttribute(name);
}

function keepSafeLink(node: Element): void {
  const href = node.getAttribute("href") ?? "";
  // A link inside the text itself would move the page's address; there is nowhere to go.
  if (href.startsWith("#") || safeLink(href) === null) {
    node.removeAttribute("href");
    return;
  }
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
}

/** Styles may color and arrange, not fetch and not leave the box that the widget draws in. */
function keepSafeStyle(node: Element & Partial<ElementCSSInlineStyle>): void {
  // What cannot tell how a style was understood gets none.
  if (!node.style) {
    node.removeAttribute("style");
    return;
  }
  for (const property of Array.from(node.style)) {
    const value = node.style.getPropertyValue(property);
    const fetches = /url\s*\(|image-set\s*\(|expression\s*\(/i.test(value);
    const escapes = property === "position" && value !== "relative" && value !== "static";
    if (fetches || escapes) node.style.removeProperty(property);
  }
  // Only what was understood stays in the text of the attribute.
  const kept = node.style.cssText;
  if (kept === "") node.removeAttribute("style");
  else node.setAttribute("style", kept);
}

export interface HtmlOptions {
  /** Keeps style attributes: for HTML that a program wrote, not for markdown. */
  styles: boolean;
}

export function safeFragment(html: string, options: HtmlOptions): DocumentFragment {
  return purify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: options.styles ? [] : ["style"],
    // An id or a name of the program's must not shadow one of the page's.
    SANITIZE_NAMED_PROPS: true,
    ALLOW_DATA_ATTR: false,
  });
}

/** What the page's own TeX reader wrote: formulas, which link, load and name nothing. */
export function safeMaths(mathml: string): DocumentFragment {
  return purify.sanitize(mathml, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { mathMl: true },
    // Which holds the number of an equation.
    ADD_TAGS: ["span"],
    FORBID_TAGS: ["mglyph"],
    ADD_ATTR: ["class", "style", "form"],
    FORBID_ATTR: ["href", "xlink:href", "id"],
    ALLOW_DATA_ATTR: false,
  });
}
