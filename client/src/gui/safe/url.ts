/** Validation of URLs from programs and markdown; null: not allowed. */

const LINKS = new Set(["http:", "https:", "mailto:"]);
const DATA_IMAGE = /^data:image\/(png|jpeg|jpg|gif|webp|avif|bmp|svg\+xml)[;,]/i;

/** Parsed as by the browser, which ignores line breaks in "java\nscript:". */
function parse(address: unknown): URL | null {
  if (typeof address !== "string") return null;
  try {
    return new URL(address, document.baseURI);
  } catch {
    return null;
  }
}

export function safeLink(address: unknown): string | null {
  const url = parse(address);
  return url && LINKS.has(url.protocol) ? url.href : null;
}

/**
 * Images may be data URLs, https, or from the page's own server. SVG as an image runs no script.
 */
export function safeImage(address: unknown): string | null {
  const url = parse(address);
  if (!url) return null;
  if (url.protocol === "data:") return DATA_IMAGE.test(url.href) ? url.href : null;
  if (url.protocol === "https:") return url.href;
  return url.protocol === "http:" && url.origin === location.origin ? url.href : null;
}
