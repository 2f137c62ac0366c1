/** Draws measurements over the views: lines and points as SVG, texts as elements. It draws no frames of its own. */
import type { PictureOverlay } from "../../contract";
import type { Vec3 } from "../../protocol/messages.gen";
import type { WorldFrame } from "../conventions";
import { OnScreen, pixels } from "../onScreen";
import type { Stage, View } from "../stage";
import { KINDS } from "./kinds";
import { type Measurement, textOf } from "./text";

const SVG = "http://www.w3.org/2000/svg";

export interface OverlayEvents {
  unit(): string;
  local(p: Vec3): Vec3;
  remove(m: Measurement): void;
  /** A point is dragged to where the pointer is; null: it is let go. */
  drag(m: Measurement, point: number, e: PointerEvent | null): void;
}

interface Drawn {
  m: Measurement;
  path: SVGPathElement;
  points: SVGCircleElement[];
  label: HTMLElement;
  text: HTMLElement;
}

export class MeasureOverlay {
  readonly picture: PictureOverlay;
  private readonly root = document.createElement("div");
  private readonly layers = new Map<View, Layer>();
  /** Where the next point would be. */
  preview: { m: Measurement; snapped: boolean } | null = null;
  list: readonly Measurement[] = [];

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly frame: WorldFrame,
    private readonly events: OverlayEvents,
  ) {
    this.root.className = "viser-measures";
    this.root.dataset.portal = "measure";
    this.picture = { label: "Measurements", element: this.root };
    container.append(this.root);
  }

  /** With each frame, and when something has changed. */
  draw(): void {
    for (const [view, layer] of this.layers) {
      if (this.stage.views.includes(view) && view.box) continue;
      layer.dispose();
      this.layers.delete(view);
    }
    for (const view of this.stage.views) {
      if (!view.box) continue;
      let layer = this.layers.get(view);
      if (!layer) {
        layer = new Layer(this.root, view, this.frame, this.events);
        this.layers.set(view, layer);
      }
      layer.draw(this.list, this.preview);
    }
  }

  /** Points are dragged while no tool is used, whose clicks may be for the same places. */
  set measuring(measuring: boolean) {
    this.root.toggleAttribute("data-measuring", measuring);
  }

  dispose(): void {
    this.root.remove();
  }
}

/** What is drawn over one view. */
class Layer {
  private readonly element = document.createElement("div");
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly mark = document.createElementNS(SVG, "circle");
  private drawn: Drawn[] = [];
  private readonly screen: OnScreen;

  constructor(
    root: HTMLElement,
    private readonly view: View,
    frame: WorldFrame,
    private readonly events: OverlayEvents,
  ) {
    this.screen = new OnScreen(view, frame);
    this.element.className = "viser-measures-view";
    this.mark.setAttribute("class", "viser-measure-mark");
    this.svg.append(this.mark);
    this.element.append(this.svg);
    root.append(this.element);
  }

  draw(list: readonly Measurement[], preview: { m: Measurement; snapped: boolean } | null): void {
    const { x, y, width, height } = this.view.box!;
    this.element.style.cssText = `left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px`;
    const all = preview ? [...list, preview.m] : list;
    for (const gone of this.drawn.filter(({ m }) => !all.includes(m))) this.drop(gone);
    this.drawn = all.map((m) => this.drawn.find((d) => d.m === m) ?? this.make(m));
    for (const d of this.drawn) this.place(d, d.m === preview?.m);
    const last = preview?.m.points.at(-1);
    const at = last && this.screen.point(last);
    this.mark.style.display = at ? "" : "none";
    if (!at) return;
    this.mark.setAttribute("cx", at[0].toFixed(1));
    this.mark.setAttribute("cy", at[1].toFixed(1));
    this.mark.setAttribute("r", preview!.snapped ? "9" : "5");
  }

  dispose(): void {
    this.element.remove();
  }

  private make(m: Measurement): Drawn {
    const path = document.createElementNS(SVG, "path");
    path.dataset.kind = m.kind;
    this.svg.prepend(path);
    const label = document.createElement("div");
    label.className = "viser-measure-label";
    const text = label.appendChild(document.createElement("span"));
    const button = label.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = "✕";
    button.addEventListener("click", () => this.events.remove(m));
    this.element.append(label);
    return { m, path, points: [], label, text };
  }

  private drop({ path, points, label }: Drawn): void {
    path.remove();
    for (const point of points) point.remove();
    label.remove();
  }

  private place(d: Drawn, isPreview: boolean): void {
    const { m } = d;
    const on = m.points.map((p) => this.screen.point(p));
    d.path.setAttribute("d", this.pathOf(m));
    for (const extra of d.points.splice(m.points.length)) extra.remove();
    on.forEach((at, i) => {
      const circle = d.points[i] ?? this.pointOf(m, i);
      d.points[i] = circle;
      circle.style.display = at && !isPreview ? "" : "none";
      if (!at) return;
      circle.setAttribute("cx", at[0].toFixed(1));
      circle.setAttribute("cy", at[1].toFixed(1));
    });
    const text = textOf(m, this.events.unit(), (p) => this.events.local(p));
    const seen = on.filter((at) => at !== null);
    d.label.style.display = text !== null && seen.length > 0 ? "" : "none";
    if (text === null || seen.length === 0) return;
    if (d.text.textContent !== text) {
      d.text.textContent = text;
      const name = `Remove the measurement: ${KINDS[m.kind].label} ${text}`;
      d.label.querySelector("button")!.setAttribute("aria-label", name);
    }
    d.label.querySelector("button")!.hidden = isPreview;
    const [x, y] =
      m.kind === "angle" && on[1]
        ? on[1]
        : [0, 1].map((k) => seen.reduce((sum, at) => sum + at[k as 0 | 1], 0) / seen.length);
    d.label.style.transform = `translate(${x!.toFixed(1)}px, ${y!.toFixed(1)}px) translate(-50%, -140%)`;
  }

  private pointOf(m: Measurement, index: number): SVGCircleElement {
    const circle = document.createElementNS(SVG, "circle");
    circle.setAttribute("class", "viser-measure-point");
    circle.setAttribute("r", "5");
    circle.addEventListener("pointerdown", (e) => {
      if (e.button !== 0) return;
      e.stopPropagation();
      circle.setPointerCapture(e.pointerId);
    });
    let moved = false;
    circle.addEventListener("pointermove", (e) => {
      if (!circle.hasPointerCapture(e.pointerId)) return;
      moved = true;
      this.events.drag(m, index, e);
    });
    for (const type of ["pointerup", "pointercancel"] as const) {
      circle.addEventListener(type, () => {
        if (moved) this.events.drag(m, index, null);
        moved = false;
      });
    }
    this.svg.append(circle);
    return circle;
  }

  private pathOf({ kind, points }: Measurement): string {
    const closed = kind === "area" && points.length > 2;
    let d = "";
    const ends = closed ? [...points, points[0]!] : points;
    for (let i = 1; i < ends.length; i++) {
      const line = this.screen.segment(ends[i - 1]!, ends[i]!);
      if (line) d += `M${line}`;
    }
    // For its filling, which is only right if all corners are in front of the camera.
    const on = closed ? points.map((p) => this.screen.point(p)) : [];
    if (closed && on.every((at) => at !== null)) {
      d = `M${on.map((at) => pixels(at!)).join("L")}Z`;
    }
    return d;
  }
}
