/** The card with which a cut is moved: sliders, for the mouse, the keyboard and fingers. */
import { addToolButton, makeToolCard } from "../toolCard";

export interface CardEvents {
  turn(axis: number): void;
  /** The plane is to face the camera. */
  face(): void;
  flip(): void;
  remove(): void;
  done(): void;
  /** The plane, or a side of a box by its number. */
  move(side: number, value: number): void;
}

export interface CutSlider {
  label: string;
  value: number;
  least: number;
  most: number;
}

/** Steps of a slider from end to end. */
const STEPS = 500;

export class CutCard {
  private readonly element = makeToolCard("viser-cut-card");
  private readonly sliders = document.createElement("div");
  private readonly axes: HTMLButtonElement[];
  private readonly facing: HTMLButtonElement;
  private inputs: HTMLInputElement[] = [];

  constructor(
    private readonly container: HTMLElement,
    private readonly events: CardEvents,
  ) {
    const { element } = this;
    element.setAttribute("aria-label", "Cut");
    this.sliders.className = "viser-cut-sliders";
    element.append(this.sliders);
    this.axes = ["X", "Y", "Z"].map((name, axis) => {
      const button = addToolButton(element, name, () => events.turn(axis));
      button.setAttribute("aria-label", `Plane along ${name}`);
      return button;
    });
    this.facing = addToolButton(element, "View", () => events.face());
    this.facing.setAttribute("aria-label", "Plane facing the camera");
    addToolButton(element, "Flip", () => events.flip());
    addToolButton(element, "Remove", () => events.remove());
    addToolButton(element, "Done", () => events.done());
  }

  /** `axis`: that of a plane, -1 if it is along none; null: it is a box. */
  show(axis: number | null, sliders: readonly CutSlider[]): void {
    this.axes.forEach((button, i) => {
      button.hidden = axis === null;
      button.setAttribute("aria-pressed", String(i === axis));
    });
    this.facing.hidden = axis === null;
    if (this.inputs.length !== sliders.length) this.make(sliders.length);
    sliders.forEach(({ label, value, least, most }, i) => {
      const input = this.inputs[i]!;
      input.min = String(least);
      input.max = String(most);
      input.step = String((most - least) / STEPS || 1);
      if (document.activeElement !== input || Math.abs(Number(input.value) - value) > 1e-9) {
        input.value = String(value);
      }
      input.setAttribute("aria-label", `Cut at ${label}`);
      input.previousSibling!.textContent = label;
    });
    if (!this.element.parentElement) this.container.append(this.element);
  }

  hide(): void {
    this.element.remove();
  }

  private make(count: number): void {
    this.inputs = Array.from({ length: count }, (_, i) => {
      const input = document.createElement("input");
      input.type = "range";
      input.addEventListener("input", () => this.events.move(i, Number(input.value)));
      return input;
    });
    this.sliders.replaceChildren(
      ...this.inputs.map((input) => {
        const label = document.createElement("label");
        label.append(document.createTextNode(""), input);
        return label;
      }),
    );
  }
}
