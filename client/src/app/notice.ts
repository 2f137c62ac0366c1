/** Shows an error in the middle of the page instead of its content. */
export function showNotice(parent: HTMLElement, title: string, text: string): HTMLElement {
  const notice = document.createElement("div");
  notice.className = "viser-notice";
  notice.setAttribute("role", "alert");
  const heading = notice.appendChild(document.createElement("h1"));
  heading.textContent = title;
  const body = notice.appendChild(document.createElement("p"));
  body.textContent = text;
  return parent.appendChild(notice);
}
