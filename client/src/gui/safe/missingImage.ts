import { safeLink } from "./url";

/**
 * A placeholder for an image that could not be loaded, usually from another host, which the page's policy forbids
 * unless the server's AllowRemoteImages is set. A click opens the URL in a new tab, without a referrer.
 */
export function missingImage(image: HTMLImageElement): HTMLElement {
  const address = image.getAttribute("src") ?? "";
  const href = address.startsWith("data:") ? null : safeLink(address);
  // Links must not be nested.
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

/** Replaces each image in a box that fails to load, now or later; returns a clean-up function. */
export function replaceMissingImages(box: HTMLElement): () => void {
  const failed = ({ target }: Event) => {
    if (target instanceof HTMLImageElement) target.replaceWith(missingImage(target));
  };
  // Error events of images do not bubble, but can be captured.
  box.addEventListener("error", failed, true);
  return () => box.removeEventListener("error", failed, true);
}
