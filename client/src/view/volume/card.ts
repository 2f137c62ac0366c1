/** The card with which a volume is adjusted. */
import "./volume.css";
import { COLORMAPS } from "../../shared/colormaps";
import { formatted } from "../barScale";
import { addToolButton, makeToolCard } from "../toolCard";
import type { Curve } from "./curve";
import { CurveEditor } from "./curveEditor";
import { DENSITY_DECADES, decadesOf, type Range } from "./fields";
import { barsOf } from "./histogram";
import { NumberField } from "./numberField";
import { mapIn } from "./transfer";

export interface CardEvents {
  /** null: the program's colors. */
  pickMap(name: string | null): void;
  moveEnd(end: 0 | 1, value: number): void;
  setLevel(level: number): void;
  /** In powers of ten, of the program's. */
  setDensity(decades: number): void;
  setCurve(curve: Curve): void;
  reset(): void;
  done(): void;
}

export interface Shown {
  path: string;
  mode: string;
  table: Uint8Array;
  curve: Curve;
  range: Range;
  level: number;
  density: number;
  baseDensity: number;
  /** Some of the grid's numbers. */
  sample: Float32Array;
  extent: Range;
  edited: boolean;
}

/** Bars of the histogram. */
const BARS = 96;

export class VolumeCard {
  private readonly element = makeToolCard("viser-volume-card");
  private readonly title = document.createElement("b");
  private readonly maps = document.createElement("select");
  private readonly strip = document.createElement("canvas");
  private readonly ends: readonly [NumberField, NumberField];
  private readonly level: NumberField;
  private readonly density = document.createElement("label");
  private readonly slider = document.createElement("input");
  private readonly densityText = document.createElement("output");
  private readonly editor: CurveEditor;
  private readonly add: HTMLButtonElement;
  private readonly remove: HTMLButtonElement;
  private readonly reset: HTMLButtonElement;
  private drawn: Uint8Array | null = null;

  constructor(
    private readonly container: HTMLElement,
    private readonly events: CardEvents,
  ) {
    const { element } = this;
    element.setAttribute("aria-label", "Volume");
    element.addEventListener("keydown", (e) => {
      if (e.key !== "Escape") return;
      e.preventDefault();
      events.done();
    });
    this.editor = new CurveEditor({
      setCurve: (curve) => events.setCurve(curve),
      selected: () => this.enable(),
    });
    this.ends = [
      new NumberField("From", (value) => events.moveEnd(0, value)),
      new NumberField("To", (value) => events.moveEnd(1, value)),
    ];
    this.level = new NumberField("Surface at", (value) => events.setLevel(value));
    this.strip.setAttribute("aria-hidden", "true");
    const buttons = document.createElement("div");
    buttons.className = "viser-volume-buttons";
    this.add = addToolButton(buttons, "Add point", () => this.editor.add());
    this.remove = addToolButton(buttons, "Remove point", () => this.editor.remove());
    this.reset = addToolButton(buttons, "Reset", () => events.reset());
    addToolButton(buttons, "Done", () => events.done());
    const fields = document.createElement("div");
    fields.className = "viser-volume-fields";
    fields.append(...this.ends.map((end) => end.element), this.level.element);
    element.append(
      this.title,
      this.makeMaps(),
      this.editor.element,
      this.strip,
      fields,
      this.makeDensity(),
      buttons,
    );
  }

  show(shown: Shown): void {
    const { mode, curve, range, table, extent } = shown;
    this.title.textContent = shown.path;
    this.title.title = shown.path;
    this.maps.value = mapIn(table) ?? "";
    this.paint(table);
    const step = (extent[1] - extent[0]) / 100;
    this.ends.forEach((end, i) => {
      end.show(range[i]!, step);
    });
    this.level.show(shown.level, step);
    this.level.element.hidden = mode !== "surface";
    // The surface has one color and is opaque; only colors that are laid over each other have a density.
    for (const el of [this.editor.element, this.add, this.remove]) el.hidden = mode === "surface";
    this.density.hidden = mode === "maximum" || mode === "surface";
    this.editor.show(curve, range, barsOf(shown.sample, ...range, BARS));
    this.showDensity(shown);
    this.reset.disabled = !shown.edited;
    this.enable();
    if (!this.element.parentElement) this.container.append(this.element);
  }

  hide(): void {
    this.element.remove();
  }

  private enable(): void {
    this.add.disabled = this.editor.full;
    this.remove.disabled = !this.editor.removable;
  }

  private makeMaps(): HTMLElement {
    const { maps } = this;
    const option = (value: string, text: string) => new Option(text, value);
    maps.append(option("", "As the program set"));
    maps.append(...COLORMAPS.map((name) => option(name, name[0]!.toUpperCase() + name.slice(1))));
    maps.addEventListener("change", () => this.events.pickMap(maps.value || null));
    const label = document.createElement("label");
    label.append("Colors", maps);
    return label;
  }

  private makeDensity(): HTMLElement {
    const { slider, density } = this;
    slider.type = "range";
    slider.min = String(-DENSITY_DECADES);
    slider.max = String(DENSITY_DECADES);
    slider.step = "0.02";
    slider.addEventListener("input", () => this.events.setDensity(Number(slider.value)));
    density.append("Density", slider, this.densityText);
    return density;
  }

  private showDensity({ density, baseDensity }: Shown): void {
    const { slider } = this;
    const at = decadesOf(density, baseDensity);
    if (Math.abs(Number(slider.value) - at) > 0.011) slider.value = String(at);
    const text = formatted(Number(density.toPrecision(3)));
    this.densityText.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }

  private paint(table: Uint8Array): void {
    if (table === this.drawn) return;
    this.drawn = table;
    const { strip } = this;
    const width = table.length / 4;
    strip.width = width;
    strip.height = 1;
    const context = strip.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, 1);
    image.data.set(table);
    for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
    context.putImageData(image, 0, 0);
  }
}
