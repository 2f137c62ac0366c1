/** A message over the scene: why it is not shown. */
export class Overlay {
  private readonly el: HTMLElement;

  constructor(container: HTMLElement) {
    this.el = document.createElement("div");
    this.el.setAttribute("role", "status");
    Object.assign(this.el.style, {
      position: "absolute",
      inset: "0",
      display: "none",
      alignItems: "center",
      justifyContent: "center",
      padding: "2rem",
      textAlign: "center",
      lineHeight: "1.5",
      pointerEvents: "none",
    });
    container.append(this.el);
  }

  show(text: string | null): void {
    this.el.textContent = text ?? "";
    this.el.style.display = text ? "flex" : "none";
  }

  dispose(): void {
    this.el.remove();
  }
}
