/** The opacity curve, over the histogram of the numbers: points for the mouse, fingers and the keyboard. */
import { formatted } from "../barScale";
import {
  addPoint,
  addPointInGap,
  type Changed,
  type Curve,
  MAX_POINTS,
  movePoint,
  removePoint,
} from "./curve";
import type { Range } from "./fields";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 0.01;
const LARGE_STEP = 0.1;

const KEYS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowDown: [0, -STEP],
  ArrowUp: [0, STEP],
  PageDown: [0, -LARGE_STEP],
  PageUp: [0, LARGE_STEP],
};

export class CurveEditor {
  readonly element = document.createElement("div");
  private readonly bars = svg("path");
  private readonly line = svg("polyline");
  private readonly points: HTMLElement[] = [];
  private curve: Curve = [];
  /** The point that was used last. */
  private at = 0;
  /** From the pointer to the middle of the point that it drags. */
  private grip: readonly [x: number, y: number] = [0, 0];

  constructor(private readonly events: { setCurve(curve: Curve): void; selected(): void }) {
    const { element } = this;
    element.className = "viser-volume-curve";
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", "Opacities");
    element.title = "Double-click adds a point, Delete removes it";
    const drawing = svg("svg");
    drawing.setAttribute("viewBox", "0 0 100 100");
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(this.bars, this.line);
    element.append(drawing);
    element.addEventListener("dblclick", (e) => {
      if (this.points.includes(e.target as HTMLElement)) return;
      this.changeTo(addPoint(this.curve, ...this.placeOf(e)));
    });
  }

  show(curve: Curve, range: Range, bars: readonly number[]): void {
    this.curve = curve;
    this.at = Math.min(this.at, curve.length - 1);
    const percent = (v: number) => Number((100 * v).toFixed(3));
    const line = curve.map(({ x, y }) => `${percent(x)},${percent(1 - y)}`);
    this.line.setAttribute("points", line.join(" "));
    const width = 100 / bars.length;
    const box = (h: number, i: number) => `M${i * width} 100v${-percent(h)}h${width}V100z`;
    this.bars.setAttribute("d", bars.map((h, i) => (h > 0 ? box(h, i) : "")).join(""));
    for (const extra of this.points.splice(curve.length)) extra.remove();
    curve.forEach((point, i) => {
      this.points[i] ??= this.makePoint(i);
      const el = this.points[i];
      el.style.left = `${percent(point.x)}%`;
      el.style.top = `${percent(1 - point.y)}%`;
      el.toggleAttribute("data-current", i === this.at);
      const set = (name: string, v: string | number) => el.setAttribute(`aria-${name}`, `${v}`);
      const number = formatted(range[0] + point.x * (range[1] - range[0]));
      set("label", `Point ${i + 1} of ${curve.length}`);
      set("valuenow", Math.round(100 * point.y));
      set("valuetext", `${number}: opacity ${formatted(point.y)}`);
    });
  }

  get full(): boolean {
    return this.curve.length >= MAX_POINTS;
  }

  /** Whether the point that was used last can be removed. */
  get removable(): boolean {
    return removePoint(this.curve, this.at) !== null;
  }

  add(): void {
    this.changeTo(addPointInGap(this.curve));
  }

  remove(): void {
    this.changeTo(removePoint(this.curve, this.at));
  }

  private changeTo(changed: Changed | null): void {
    if (!changed) return;
    this.at = changed.at;
    this.events.setCurve(changed.curve);
    this.points[changed.at]?.focus();
  }

  private move(i: number, x: number, y: number): void {
    const curve = movePoint(this.curve, i, x, y);
    if (curve !== this.curve) this.events.setCurve(curve);
  }

  private placeOf({ clientX, clientY }: MouseEvent): [x: number, y: number] {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    return [(clientX - left) / width, 1 - (clientY - top) / height];
  }

  private makePoint(i: number): HTMLElement {
    const el = document.createElement("div");
    el.setAttribute("role", "slider");
    el.setAttribute("aria-valuemin", "0");
    el.setAttribute("aria-valuemax", "100");
    el.tabIndex = 0;
    el.addEventListener("focus", () => this.select(i));
    el.addEventListener("keydown", (e) => this.key(i, e));
    el.addEventListener("pointerdown", (e) => {
      if (e.button !== 0) return;
      el.setPointerCapture(e.pointerId);
      el.focus();
      const [x, y] = this.placeOf(e);
      this.grip = [this.curve[i]!.x - x, this.curve[i]!.y - y];
    });
    el.addEventListener("pointermove", (e) => {
      if (!el.hasPointerCapture(e.pointerId)) return;
      const [x, y] = this.placeOf(e);
      this.move(i, x + this.grip[0], y + this.grip[1]);
    });
    this.element.append(el);
    return el;
  }

  private select(i: number): void {
    this.at = i;
    this.points.forEach((el, k) => {
      el.toggleAttribute("data-current", k === i);
    });
    this.events.selected();
  }

  private key(i: number, e: KeyboardEvent): void {
    const point = this.curve[i];
    if (!point || e.ctrlKey || e.metaKey || e.altKey) return;
    const step = KEYS[e.key];
    const factor = e.shiftKey ? LARGE_STEP / STEP : 1;
    if (step) this.move(i, point.x + step[0] * factor, point.y + step[1] * factor);
    else if (e.key === "Home") this.move(i, point.x, 0);
    else if (e.key === "End") this.move(i, point.x, 1);
    else if (e.key === "Delete" || e.key === "Backspace") this.remove();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }
}

function svg<K extends keyof SVGElementTagNameMap>(name: K): SVGElementTagNameMap[K] {
  return document.createElementNS(SVG, name);
}
