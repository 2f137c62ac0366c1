export interface FileLineButton {
  readonly label: string;
  readonly press: () => void;
}

/** Shows in the corner which file of the user's is played, with the way back. */
export function mountFileLine(parent: HTMLElement, name: string, back: FileLineButton): void {
  const line = parent.appendChild(document.createElement("p"));
  line.className = "viser-file";
  const text = line.appendChild(document.createElement("span"));
  text.textContent = name;
  text.title = name;
  const button = line.appendChild(document.createElement("button"));
  button.type = "button";
  button.textContent = back.label;
  button.addEventListener("click", back.press);
}
