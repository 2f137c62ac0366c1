/** The card of a tool that is used, at the edge of the scene. */
import "./toolCard.css";

export function makeToolCard(className: string): HTMLElement {
  const card = document.createElement("div");
  card.className = `viser-tool-card ${className}`;
  card.dataset.portal = "tool";
  card.setAttribute("role", "group");
  // What is below must not get what is done with it.
  for (const type of ["pointerdown", "wheel", "dblclick", "contextmenu"]) {
    card.addEventListener(type, (e) => e.stopPropagation());
  }
  return card;
}

export function addToolButton(
  card: HTMLElement,
  label: string,
  run: () => void,
): HTMLButtonElement {
  const button = card.appendChild(document.createElement("button"));
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", run);
  return button;
}
