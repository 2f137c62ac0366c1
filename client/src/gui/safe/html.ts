import DOMPurify from "dompurify";
import { safeImage, safeLink } from "./url";

/**
 * Sanitizes HTML of a program: the result cannot run script, submit forms, extend outside its box, or load from
 * hosts that are not allowed. Loaded with the first markdown or HTML.
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
  // Fragment links would change the page's URL, and have no target.
  if (href.startsWith("#") || safeLink(href) === null) {
    node.removeAttribute("href");
    return;
  }
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
}

/** Styles may set colors and layout, but not load resources or leave the widget's box. */
function keepSafeStyle(node: Element & Partial<ElementCSSInlineStyle>): void {
  // Without a parsed style nothing can be checked: removed.
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
  // Keeps only what the browser has parsed.
  const kept = node.style.cssText;
  if (kept === "") node.removeAttribute("style");
  else node.setAttribute("style", kept);
}

export interface HtmlOptions {
  /** Keeps style attributes: for HTML, not for markdown. */
  styles: boolean;
}

export function safeFragment(html: string, options: HtmlOptions): DocumentFragment {
  return purify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: options.styles ? [] : ["style"],
    // Ids and names must not shadow those of the page.
    SANITIZE_NAMED_PROPS: true,
    ALLOW_DATA_ATTR: false,
  });
}

/** Sanitizes MathML from the page's own TeX converter: no links, resources or names. */
export function safeMaths(mathml: string): DocumentFragment {
  return purify.sanitize(mathml, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { mathMl: true },
    // For equation numbers.
    ADD_TAGS: ["span"],
    FORBID_TAGS: ["mglyph"],
    ADD_ATTR: ["class", "style", "form"],
    FORBID_ATTR: ["href", "xlink:href", "id"],
    ALLOW_DATA_ATTR: false,
  });
}
