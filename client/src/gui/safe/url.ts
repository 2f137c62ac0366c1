/** Addresses that come from programs and from markdown. What is not plainly harmless is null. */

const LINKS = new Set(["http:", "https:", "mailto:"]);
const DATA_IMAGE = /^data:image\/(png|jpeg|jpg|gif|webp|avif|bmp|svg\+xml)[;,]/i;

/** Parsed as the browser would: a "java\nscript:" is seen for what it is. */
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
 * Pictures may come from the address itself, by https, or from the page's own server. An SVG in a picture
 * runs no script.
 */
export function safeImage(address: unknown): string | null {
  const url = parse(address);
  if (!url) return null;
  if (url.protocol === "data:") return DATA_IMAGE.test(url.href) ? url.href : null;
  if (url.protocol === "https:") return url.href;
  return url.protocol === "http:" && url.origin === location.origin ? url.href : null;
}
