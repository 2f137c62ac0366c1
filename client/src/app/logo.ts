import type { Observable } from "../shared/observable";

/** The logo at the bottom left; a server's theme may hide it. */
export function mountLogo(parent: HTMLElement, shown: Observable<boolean>): () => void {
  const image = document.createElement("img");
  image.className = "viser-logo";
  // Also in an exported page, whose icon is in the file.
  image.src = document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "./logo.svg";
  image.alt = "Viser";
  image.width = 28;
  image.height = 28;
  image.hidden = !shown.get();
  parent.appendChild(image);
  const unsubscribe = shown.subscribe((visible) => {
    image.hidden = !visible;
  });
  return () => {
    unsubscribe();
    image.remove();
  };
}
