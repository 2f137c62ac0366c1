/** A field for a number. What is typed counts at its end; what is no number is replaced by the number before. */
import { formatted } from "../barScale";
import { typedNumber } from "./fields";

export class NumberField {
  readonly element = document.createElement("label");
  private readonly input = document.createElement("input");
  private value = 0;
  private step = 1;

  constructor(
    label: string,
    private readonly set: (value: number) => void,
  ) {
    const { input } = this;
    input.type = "text";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    this.element.append(label, input);
    input.addEventListener("input", () => this.mark(typedNumber(input.value) === null));
    input.addEventListener("change", () => this.take());
    input.addEventListener("keydown", (e) => this.key(e));
  }

  /** `step`: of the arrow keys. */
  show(value: number, step: number): void {
    this.step = step;
    // What is being typed stays, until the number itself changes.
    if (Object.is(value, this.value) && document.activeElement === this.input) return;
    this.value = value;
    this.restore();
  }

  private take(): void {
    const value = typedNumber(this.input.value);
    const same = value === null || this.input.value === formatted(this.value);
    this.restore();
    if (!same) this.set(value);
  }

  private restore(): void {
    this.input.value = formatted(this.value);
    this.mark(false);
  }

  private mark(invalid: boolean): void {
    this.input.setAttribute("aria-invalid", String(invalid));
  }

  private key(e: KeyboardEvent): void {
    const { input } = this;
    const arrow = e.key === "ArrowUp" ? 1 : e.key === "ArrowDown" ? -1 : 0;
    if (arrow !== 0 && this.step > 0) {
      this.set(
        (typedNumber(input.value) ?? this.value) + arrow * this.step * (e.shiftKey ? 10 : 1),
      );
    } else if (e.key === "Enter") {
      this.take();
    } else if (e.key === "Escape" && input.value !== formatted(this.value)) {
      this.restore();
    } else {
      return;
    }
    e.preventDefault();
    e.stopPropagation();
  }
}
