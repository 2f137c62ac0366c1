import { safeLink } from "./url";

/**
 * Stands in for an image that could not be loaded: most are on other hosts, from which the page's policy lets
 * none in unless the server's AllowRemoteImages is set. The address opens in a tab of its own, without a
 * referrer, when somebody clicks it.
 */
export function missingImage(image: HTMLImageElement): HTMLElement {
  const address = image.getAttribute("src") ?? "";
  const href = address.startsWith("data:") ? null : safeLink(address);
  // A link inside a link would be cut in two by the next parser.
  const link = href !== null && !image.closest("a");
  const element = document.createElement(link ? "a" : "span");
  element.className = "vg-missing-image";
  const parts = [image.alt || "Image", href ?? "cannot be shown"];
  element.textContent = parts.join(": ");
  if (element instanceof HTMLAnchorElement && href !== null) {
    element.href = href;
    element.target = "_blank";
    element.rel = "noopener noreferrer";
    element.referrerPolicy = "no-referrer";
    element.dataset.hint = "This image is not loaded. Click to open it in a new tab.";
  }
  return element;
}

/** Replaces each image in a box that fails to load, now or later; returns how to stop. */
export function replaceMissingImages(box: HTMLElement): () => void {
  const failed = ({ target }: Event) => {
    if (target instanceof HTMLImageElement) target.replaceWith(missingImage(target));
  };
  // Errors of images do not bubble, but can be caught on their way down.
  box.addEventListener("error", failed, true);
  return () => box.removeEventListener("error", failed, true);
}
